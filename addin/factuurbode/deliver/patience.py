"""Waiting for something that may never answer, and that cannot be told to stop."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def within(seconds: float, question: Callable[[], T]) -> T:
    """The answer to *question*, or what it raises; TimeoutError when there is none within *seconds*.

    It is asked in a thread of its own, which goes on waiting after that and ends with this process at the latest.
    """
    answers: queue.SimpleQueue[tuple[T] | Exception] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put((question(),))
        except Exception as error:  # raised again below, where somebody waits for it
            answers.put(error)

    threading.Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except queue.Empty:
        raise TimeoutError(f"{seconds:g} s") from None
    if isinstance(answer, Exception):
        raise answer
    return answer[0]

"""How much more a larger task costs: a ratio within one run, which a slow or busy computer does not change."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time


def times_dearer(work: Callable[[int], object], small: int, large: int) -> float:
    """The processor time of work(*large*) over that of work(*small*), each the least of three."""
    return _least(work, large) / max(_least(work, small), 0.0005)


def _least(work: Callable[[int], object], size: int) -> float:
    return min(_cost(work, size) for _ in range(3))


def _cost(work: Callable[[int], object], size: int) -> float:
    before = process_time()
    work(size)
    return process_time() - before

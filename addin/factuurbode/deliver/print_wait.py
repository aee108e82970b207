"""Waiting for a print job: printers tell nothing by themselves, they are asked."""

from __future__ import annotations

import time
from collections.abc import Callable

from ..domain.states import State
from ..ports import Receipt

_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 2.0  # seconds between two questions, ever longer


def settled(standing: Callable[[], Receipt], patience: float) -> Receipt:
    """What *standing* tells once it is no longer ATTENTION, or after *patience* seconds."""
    until = time.monotonic() + patience
    pause = _FIRST_PAUSE
    while True:
        receipt = standing()
        left = until - time.monotonic()
        if receipt.state is not State.ATTENTION or left <= 0:
            return receipt
        time.sleep(min(pause, left))
        pause = min(pause * 1.5, _LONGEST_PAUSE)

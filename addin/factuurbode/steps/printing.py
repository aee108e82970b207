"""Waiting for print jobs, as long as paper keeps coming out."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from ..domain.states import State
from ..ports import Printer, Receipt

PATIENCE = 60.0
"""Seconds without a job coming to its end, after which a person has to look; the next command follows the job on."""


def followed(printer: Printer, jobs: Sequence[str]) -> Iterator[Receipt]:
    """What became of each of *jobs*, in order. One printer without paper is waited for once, not for each job."""
    until = time.monotonic() + PATIENCE
    for job in jobs:
        receipt = printer.follow(job, max(0.0, until - time.monotonic()))
        if receipt.state is not State.ATTENTION:
            until = time.monotonic() + PATIENCE
        yield receipt

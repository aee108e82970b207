"""Looking at processes and waiting for their end, by /proc and pidfds."""

from __future__ import annotations

import os
import select
from pathlib import Path


def children(pid: int) -> list[int]:
    """The processes that *pid* started and that have not been waited for."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for task in tasks for child in task.read_text().split()]


def ended_within(pid: int, seconds: float = 120) -> bool:
    """Whether process *pid*, ours or not, is gone after at most *seconds*; a busy computer takes its time."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([descriptor], [], [], seconds)[0])
    finally:
        os.close(descriptor)


def state(pid: int) -> str:
    """The letter of /proc/PID/stat: R running, S sleeping, T stopped, Z ended; '' when there is no such process."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][:1]
    except (FileNotFoundError, ProcessLookupError):
        return ""

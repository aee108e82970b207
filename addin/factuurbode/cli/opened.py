"""Opening a workbook for a command: what must be told of every workbook is told first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..bootstrap import move_stray_passwords, open_office
from ..steps.office import Office
from .voice import Voice


@contextmanager
def opened(path: Path, voice: Voice, *, looking: bool = False) -> Iterator[Office]:
    """Everything for a command on the workbook at *path*, in whose language *voice* goes on. Raises what it says.

    One that is only *looking* changes nothing, a password in a cell neither.
    """
    with open_office(path, looking=looking) as office:
        if not looking and (moved := move_stray_passwords(office.book)):
            voice.speak(office.book.read().language)
            voice.tell_moved(moved)
        yield office

"""A warm LibreOffice behind the Converter port.

Each lane is a worker process of its own (`libreoffice_worker`). Documents are handed to a lane some ahead, so that it
converts while the caller works on the PDF before; the batch is read no further than that. The answers come in order.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Generator, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from ..errors import ConversionRefused, ConverterCrashed, FactuurError
from ..ports import Conversion, Document
from .lane import Answer, Lane, LaneDied
from .probe import Installation, installed
from .room import out_of_room
from .word_document import is_word_document

AHEAD = 3
MOST_WORKERS = 4
TRIES = 2


@dataclass(frozen=True, slots=True)
class Task:
    """A document to be converted, given up after so many *tries*. A *merged* one is many, to be taken apart again."""

    document: Document
    tries: int = TRIES
    merged: bool = False


@dataclass(slots=True)
class _Waiting:
    """A task whose turn is still to come: the lane that does it, or the reason that none does."""

    task: Task
    lane: Lane | None
    error: FactuurError | None = None


class LibreOffice:
    """Converts with LibreOffice: *limit* seconds for a document at most, *start_limit* for LibreOffice to start.

    Without *workers* there is one for each core, at most four; none starts before a document needs it. A document on
    which LibreOffice hangs or dies is tried once more, alone, in a new process. Without an *installation* the one of
    this computer is looked for at the first batch.
    """

    def __init__(
        self,
        *,
        installation: Installation | None = None,
        workers: int | None = None,
        limit: float = 60,
        start_limit: float = 60,
    ) -> None:
        self._installation = installation
        self._workers = workers or min(_cores(), MOST_WORKERS)
        self._limit = limit
        self._start_limit = start_limit
        self._lanes: list[Lane] = []
        self._turn: object | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def convert(self, batch: Iterable[Document]) -> Generator[Conversion]:
        """See `ports.Converter`. One batch at a time: a batch that was left half read ends when another begins."""
        return self.done(Task(document) for document in batch)

    def done(self, tasks: Iterable[Task]) -> Generator[Conversion]:
        """The same for *tasks*, as `convert` does it for documents."""
        if self._turn is not None:
            self.close()
        turn = self._turn = object()
        try:
            source = iter(tasks)
            waiting: deque[_Waiting] = deque()
            while True:
                while len(waiting) < AHEAD * self._workers and (task := next(source, None)) is not None:
                    waiting.append(self._handed_over(task))
                if not waiting:
                    self._turn = None
                    return
                yield self._answered(waiting)
                if self._turn is not turn:
                    raise RuntimeError("the converter was closed, or given another batch, before this one was read")
        finally:
            if self._turn is turn:  # left half read, or an error: what is under way is for nobody
                self.close()

    def close(self) -> None:
        """See `ports.Converter`."""
        self._turn = None
        lanes, self._lanes = self._lanes, []
        for lane in lanes:
            lane.dismiss()
        for lane in lanes:
            lane.end()

    def _next_lane(self) -> Lane:
        """Each in turn; a new one as long as there may be more."""
        if len(self._lanes) < self._workers:
            self._installation = self._installation or installed()
            lane = Lane(self._installation, self._start_limit)
        else:
            lane = self._lanes.pop(0)
        self._lanes.append(lane)
        return lane

    def _handed_over(self, task: Task) -> _Waiting:
        document = task.document
        if not is_word_document(document.docx):
            refused = ConversionRefused(document=document.name, detail="not a Word document")
            return _Waiting(task, None, refused)
        lane = self._next_lane()
        lane.give(document.docx, merged=task.merged)
        return _Waiting(task, lane)

    def _answered(self, waiting: deque[_Waiting]) -> Conversion:
        """The answer for the first of *waiting*."""
        first = waiting.popleft()
        name, lane = first.task.document.name, first.lane
        if lane is None:
            return Conversion(name, error=first.error)
        try:
            return _conversion(name, lane.take(self._limit), lane.folder)
        except LaneDied:
            conversion = self._tried_again(first.task, lane)
        for later in waiting:
            if later.lane is lane:
                lane.give(later.task.document.docx, merged=later.task.merged)
        return conversion

    def _tried_again(self, task: Task, lane: Lane) -> Conversion:
        """The answer of a new process for *task* alone, as long as it is not to be given up."""
        name = task.document.name
        for _ in range(task.tries - 1):
            lane.restart()
            lane.give(task.document.docx, merged=task.merged)
            with suppress(LaneDied):
                return _conversion(name, lane.take(self._limit), lane.folder)
        lane.restart()
        return Conversion(name, error=ConverterCrashed(document=name))


def _conversion(name: str, answer: Answer, folder: Path) -> Conversion:
    if answer.pdf:
        return Conversion(name, answer.pdf)
    refused = ConversionRefused(document=name, detail=answer.trouble or "LibreOffice made no PDF")
    return Conversion(name, error=out_of_room(folder) or refused)


def _cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

"""Converting invoices together behind the Converter port, as long as it makes no difference but in time.

The first documents of a template are converted singly and once more together; only when page, picture and text are
the same do its other documents go together in this run. Whatever goes wrong with a batch, its documents are converted
singly as if nothing had happened. Nothing is remembered for the next run: the trial costs a third of a second, and a
font or a LibreOffice that has changed meanwhile would make what was remembered untrue.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

from ...ports import Conversion, Document
from ..libreoffice import LibreOffice, Task
from .doubt import Doubt
from .group import Given, Group, Verdict
from .merge import merged
from .pieces import Own, Pieces, Reader
from .proof import difference
from .split import split

LONGEST_WAIT = 40
FEWEST = 3
_log = logging.getLogger(__name__)


class Merging:
    """`ports.Converter` over a LibreOffice, which it closes."""

    def __init__(self, libreoffice: LibreOffice) -> None:
        self._libreoffice = libreoffice
        self._turn: object | None = None

    def convert(self, batch: Iterable[Document]) -> Generator[Conversion]:
        """See `ports.Converter`."""
        turn = self._turn = object()
        with closing(_Run(self._libreoffice, batch).conversions()) as conversions:
            for conversion in conversions:
                yield conversion
                if self._turn is not turn:
                    raise RuntimeError("the converter was closed, or given another batch, before this one was read")

    def close(self) -> None:
        """See `ports.Converter`."""
        self._turn = None
        self._libreoffice.close()


@dataclass(frozen=True, slots=True)
class _UnderWay:
    """What a task is for: a document, some documents of a group, or with `trial` its sample."""

    given: tuple[Given, ...]
    group: Group | None = None
    own: tuple[Own, ...] = ()
    trial: bool = False


class _Run:
    """One batch. Its documents are read in order, go their ways, and come back in order."""

    def __init__(self, libreoffice: LibreOffice, batch: Iterable[Document]) -> None:
        self._libreoffice = libreoffice
        self._reader = Reader()
        self._groups: dict[str, Group] = {}
        self._planned = self._plan(batch)
        self._again: deque[Given] = deque()
        self._under_way: deque[_UnderWay] = deque()
        self._made: dict[int, Conversion] = {}
        self._sample: dict[int, bytes] = {}

    def conversions(self) -> Generator[Conversion]:
        """One for each document, in order."""
        place = 0
        while True:
            with closing(self._libreoffice.done(self._tasks())) as answers:
                for answer in answers:
                    self._take(self._under_way.popleft(), answer)
                    while place in self._made:
                        yield self._made.pop(place)
                        place += 1
            if not self._again:
                return

    def _tasks(self) -> Iterator[Task]:
        """What is to be done next; a document whose batch failed goes first, for all others wait for it."""
        while True:
            if self._again:
                yield self._alone(self._again.popleft())
            elif (task := next(self._planned, None)) is not None:
                yield task
            else:
                return

    def _plan(self, batch: Iterable[Document]) -> Iterator[Task]:
        for place, document in enumerate(batch):
            given = Given(place, document)
            try:
                pieces = self._reader.pieces(document.docx)
            except Doubt as doubt:
                _log.debug("%s goes singly: %s", document.name, doubt)
                yield self._alone(given)
                continue
            group = self._groups.setdefault(pieces.form, Group())
            if group.verdict is Verdict.SINGLE:
                yield self._alone(given)
            elif group.wants_sample:
                group.sample.append((given, pieces))
                yield self._alone(given, group)
            else:
                group.waiting.append((given, pieces))
            if group.worth_a_trial:
                group.verdict = Verdict.ON_TRIAL
                yield from self._together(group, group.sample, trial=True)
            for one in self._groups.values():
                if one.full or (one.waiting and place - one.waiting[0][0].place >= LONGEST_WAIT):
                    yield from self._sent(one)
        for one in self._groups.values():
            yield from self._sent(one)

    def _sent(self, group: Group) -> Iterator[Task]:
        """All that wait, together if that may be. Before the verdict is there they go ahead on good hope."""
        waiting, group.waiting = group.waiting, []
        if group.verdict in (Verdict.ON_TRIAL, Verdict.TOGETHER) and len(waiting) >= FEWEST:
            yield from self._together(group, waiting)
        else:
            for given, _ in waiting:
                yield self._alone(given)

    def _alone(self, given: Given, group: Group | None = None) -> Task:
        self._under_way.append(_UnderWay((given,), group))
        return Task(given.document)

    def _together(
        self, group: Group, documents: Sequence[tuple[Given, Pieces]], *, trial: bool = False
    ) -> Iterator[Task]:
        first, _ = documents[0]
        given = tuple(one for one, _ in documents)
        try:
            docx = merged(first.document.docx, [pieces for _, pieces in documents])
        except Doubt as doubt:
            self._failed(_UnderWay(given, group, trial=trial), doubt)
            return
        own = tuple(pieces.own for _, pieces in documents)
        self._under_way.append(_UnderWay(given, group, own, trial=trial))
        yield Task(Document(first.document.name, docx), tries=1, merged=True)

    def _take(self, work: _UnderWay, answer: Conversion) -> None:
        """Put away what *answer* brings."""
        if not work.own:
            [given] = work.given
            self._made[given.place] = answer
            if work.group:
                self._sample[given.place] = answer.pdf
            return
        try:
            self._put_away(work, _pdfs(work, answer))
        except Doubt as doubt:
            self._failed(work, doubt)

    def _put_away(self, work: _UnderWay, pdfs: Sequence[bytes]) -> None:
        assert work.group  # noqa: S101 - what goes together is of a group
        if work.trial:
            for given, pdf in zip(work.given, pdfs, strict=True):
                if trouble := difference(self._sample.pop(given.place), pdf):
                    raise Doubt(f"not the same {trouble}")
            work.group.verdict = Verdict.TOGETHER
            work.group.sample.clear()
            return
        if work.group.verdict is not Verdict.TOGETHER:
            raise Doubt("the trial was lost")
        for given, pdf in zip(work.given, pdfs, strict=True):
            self._made[given.place] = Conversion(given.document.name, pdf)

    def _failed(self, work: _UnderWay, doubt: Doubt) -> None:
        assert work.group  # noqa: S101 - what goes together is of a group
        _log.debug("%d documents from %s on go singly: %s", len(work.given), work.given[0].document.name, doubt)
        if work.trial:
            work.group.verdict = Verdict.SINGLE
        else:
            work.group.failed()
            self._again.extend(work.given)


def _pdfs(work: _UnderWay, answer: Conversion) -> list[bytes]:
    """The PDF of each document in the *answer* for all. Raises Doubt."""
    if answer.error:
        raise Doubt(f"no PDF: {type(answer.error).__name__}")
    return split(answer.pdf, work.own)

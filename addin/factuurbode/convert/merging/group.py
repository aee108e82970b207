"""The documents of one template in a run: the first are a sample, and when that stands the trial the others merge."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

from ...ports import Document
from .pieces import Pieces

SAMPLE = 4
TOGETHER = 12
MOST_BYTES = 700_000
MOST_FAILURES = 2


class Verdict(Enum):
    """Whether the documents of a template may go together."""

    NOT_TRIED = auto()
    ON_TRIAL = auto()
    TOGETHER = auto()
    SINGLE = auto()


@dataclass(frozen=True, slots=True)
class Given:
    """A document and its place in the batch."""

    place: int
    document: Document


@dataclass(slots=True)
class Group:
    """Documents of one form. `waiting` are those that will go together, `sample` those that also go alone."""

    verdict: Verdict = Verdict.NOT_TRIED
    sample: list[tuple[Given, Pieces]] = field(default_factory=list)
    waiting: list[tuple[Given, Pieces]] = field(default_factory=list)
    failures: int = 0

    @property
    def wants_sample(self) -> bool:
        """Whether the next document is to go alone, to be compared."""
        return self.verdict is Verdict.NOT_TRIED and len(self.sample) < SAMPLE

    @property
    def worth_a_trial(self) -> bool:
        """Whether there are so many documents that merging pays."""
        return self.verdict is Verdict.NOT_TRIED and len(self.sample) == SAMPLE and len(self.waiting) >= SAMPLE

    @property
    def full(self) -> bool:
        """Whether those that wait make a batch: about as large as one invoice of 300 lines, and as quick."""
        return len(self.waiting) >= TOGETHER or sum(pieces.size for _, pieces in self.waiting) >= MOST_BYTES

    def failed(self) -> None:
        """Note that a batch came to nothing. After a second one, the template's documents go singly."""
        self.failures += 1
        if self.failures >= MOST_FAILURES:
            self.verdict = Verdict.SINGLE

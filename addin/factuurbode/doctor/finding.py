"""What one check found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from ..domain.problems import Fact
from ..errors import FactuurError


class Standing(StrEnum):
    """Whether a person has something to do."""

    FINE = "fine"
    NOTE = "note"  # good to know; nothing that is asked for hangs on it
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Finding:
    """The outcome of one check.

    Its sentence is `<key>` of the text catalogues with *facts*, and `doctor_remedy.<code>` where there is one; or that
    of *error*, which is what a real command would run into.
    """

    check: str
    standing: Standing
    key: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)
    error: FactuurError | None = None

    @property
    def code(self) -> str:
        """A name for the finding that is the same in every language."""
        return self.error.code if self.error else self.key.rpartition(".")[2]


def fine(check: str, code: str, **facts: object) -> Finding:
    """All is well."""
    return Finding(check, Standing.FINE, f"doctor.{code}", _told(facts))


def good_to_know(check: str, code: str, **facts: object) -> Finding:
    """Something that a person may want to know."""
    return Finding(check, Standing.NOTE, f"doctor.{code}", _told(facts))


def missing(check: str, code: str, **facts: object) -> Finding:
    """Something that has to be mended."""
    return Finding(check, Standing.MISSING, f"doctor.{code}", _told(facts))


def trouble(check: str, error: FactuurError) -> Finding:
    """What stops a real command."""
    return Finding(check, Standing.MISSING, error=error)


def refused(check: str, code: str, detail: str) -> Finding:
    """What a server says no to, told as a delivery would be; *detail* is what it literally said."""
    return Finding(check, Standing.MISSING, f"outcome.{code}", {"detail": detail})


def _told(facts: Mapping[str, object]) -> dict[str, Fact]:
    """Numbers and moments stay what they are: the reader's language says how they are written."""
    return {name: fact if isinstance(fact, Decimal | date) else str(fact) for name, fact in facts.items()}

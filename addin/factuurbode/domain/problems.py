"""A problem: something in the workbook that a person has to look at, told as a code and its facts.

The words for a code stand in the text catalogues (`problem.<code>` and `remedy.<code>`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from .model import Place


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the text catalogues as a fact of another one: its key, and its own facts by their names."""

    key: str
    facts: tuple[tuple[str, Fact], ...] = ()


Fact: TypeAlias = "str | date | Decimal | Sentence"
"""What a sentence is filled with; dates, amounts and sentences are written out in the reader's language."""


class Severity(StrEnum):
    """An error keeps its invoice in; a warning is only told."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault or doubt: where it stands, what was read there, and the invoice it concerns ('' = the whole book).

    `hint` is what probably mends it, for the remedy to name.
    """

    code: str
    severity: Severity = Severity.ERROR
    place: Place | None = None
    value: Fact = ""
    invoice: str = ""
    detail: Fact = ""
    hint: Fact = ""

    @property
    def stops(self) -> bool:
        """Whether the invoice may not go out."""
        return self.severity is Severity.ERROR

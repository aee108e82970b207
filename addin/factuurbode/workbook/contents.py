"""What goes into a new workbook, apart from its form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ..domain.model import Language
from .choices import Choices

Value = str | int | float | Decimal | bool | dt.date | dt.datetime | None


@dataclass(frozen=True, slots=True)
class Contents:
    """Rows by sheet key, each by column key; settings by their key. A choice may be given by its value in code."""

    rows: Mapping[str, Sequence[Mapping[str, Value]]] = field(default_factory=dict)
    settings: Mapping[str, Value] = field(default_factory=dict)
    spare: Mapping[str, int] = field(default_factory=dict)

    def rows_of(self, sheet: str) -> Sequence[Mapping[str, Value]]:
        """The rows of a sheet."""
        return self.rows.get(sheet, ())


def written(value: Value, choices: Choices, language: Language) -> Value:
    """*value* as it stands in the cell: a choice becomes its word, a Decimal a float."""
    if isinstance(value, bool):
        value = "yes" if value else "no"
    if isinstance(value, Decimal):
        return float(value)
    for choice in choices:
        if value == choice.value:
            return choice.word(language)
    return value

"""What a person says about the files of an import, where it is not to be found out."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.model import Period
from .proposal import ImportKind


@dataclass(frozen=True, slots=True)
class Wishes:
    """Each None is found out. `mapping` is the name of a saved or a ready one; `header_row` counts from 1.

    `delimiter` and `decimal` are one character, `date_order` is `dmy`, `mdy` or `ymd`, `encoding` a name that Python
    knows. `period` goes before that of each customer.
    """

    kind: ImportKind | None = None
    mapping: str | None = None
    period: Period | None = None
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    decimal: str | None = None
    date_order: str | None = None
    header_row: int | None = None

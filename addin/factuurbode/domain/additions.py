"""Rows that come into the workbook and rows that leave it, for the Book port."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

Content = str | int | Decimal | date | None
"""What a cell gets. A choice is given by its value in code; None leaves the cell empty."""


class Rows(StrEnum):
    """The sheets that an import writes into."""

    CUSTOMERS = "customers"
    PRODUCTS = "products"
    INVOICES = "invoices"
    LINES = "lines"


NAMED_BY: Mapping[Rows, str] = {
    Rows.CUSTOMERS: "number",
    Rows.PRODUCTS: "article",
    Rows.INVOICES: "number",
    Rows.LINES: "invoice",
}
"""The column that says which customer, product or invoice a row is about."""


@dataclass(frozen=True, slots=True)
class NewRows:
    """Rows of one sheet, each as long as `keys`, the keys of its columns.

    In a calculated column stands what its formula comes to (EUR, dates): the formula itself continues from those
    above, or is the one that a new workbook has.
    """

    keys: tuple[str, ...]
    rows: Sequence[tuple[Content, ...]]


Changes = Mapping[str, Mapping[str, Content]]
"""New contents by the number of the customer or product, and then by column key."""


@dataclass(frozen=True, slots=True)
class Additions:
    """Rows to add below the filled ones, and cells of rows that are there to change."""

    rows: Mapping[Rows, NewRows] = field(default_factory=dict)
    changes: Mapping[Rows, Changes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Removals:
    """Rows to take out, by the number of what they are about, and cells to change back."""

    numbers: Mapping[Rows, AbstractSet[str]] = field(default_factory=dict)
    changes: Mapping[Rows, Changes] = field(default_factory=dict)

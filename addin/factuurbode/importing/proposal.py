"""What an import would do, for a person to see and agree with: nothing of it stands in the workbook yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from ..domain.model import Customer, Kind, Language, Line, Product
from ..domain.problems import Fact


class ImportKind(StrEnum):
    """What the rows of a file are."""

    CUSTOMERS = "customers"
    PRODUCTS = "products"
    DELIVERIES = "deliveries"  # or orders: they become invoices
    INVOICES = "invoices"  # lines of invoices that have a number already


@dataclass(frozen=True, slots=True)
class RowOrigin:
    """Where a row came from: its file, sheet ('' for CSV) and its number as the person sees it there (from 1)."""

    file: Path
    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence of the text catalogues (`import.<key>`) and what fills it."""

    key: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that is not taken in: its cells as they stood in the file, and every reason."""

    origin: RowOrigin
    cells: tuple[str, ...]
    reasons: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is no data, such as a totals row or a payment: its cells, and why it is left alone."""

    origin: RowOrigin
    cells: tuple[str, ...]
    why: Remark


@dataclass(frozen=True, slots=True)
class Detected:
    """What was found out about one file, to be shown and overruled. `matched` maps a field to its source column.

    `rows` counts the rows with anything in them below the header, those of `left_out` too.
    """

    file: Path
    kind: ImportKind
    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    decimal: str = ""
    date_order: str = ""
    header_row: int = 1
    header: tuple[str, ...] = ()
    mapping: str = ""
    matched: Mapping[str, str] = field(default_factory=dict)
    unknown_columns: tuple[str, ...] = ()
    rows: int = 0
    left_out: tuple[LeftOut, ...] = ()
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What changes of a customer or product that the workbook has: by column key, as the cell shows it, from and to.

    `after` is how it will be; only the columns of `fields` are to be written.
    """

    number: str
    fields: Mapping[str, tuple[str, str]]
    after: Customer | Product


@dataclass(frozen=True, slots=True)
class RowIdentity:
    """Which delivery a row is (`key`: source and number, or its content where it has none) and what it says."""

    key: str
    content: str


class Draft(NamedTuple):
    """An invoice or credit note to be made; `number` is empty until it is given one, the rows are its deliveries.

    A tuple is made in a quarter of the time of a dataclass, and a month of deliveries can be ten thousand of them.
    `lines` and `rows` are kept in columns and made when they are looked at: go through them once. Lines without a row
    of their own (delivery costs, rounding) stand last. A credit note for an invoice of this same import has no
    `corrects` yet: `corrects_draft` is that invoice's place in `Proposal.drafts`. Amounts in EUR, as `totals` has them.
    """

    customer: str
    issued: date
    lines: Sequence[Line]
    rows: Sequence[RowIdentity]
    kind: Kind = Kind.INVOICE
    number: str = ""
    corrects: str = ""
    corrects_draft: int | None = None
    reference: str = ""
    period_from: date | None = None
    period_to: date | None = None
    remark: str = ""
    net: Decimal = Decimal(0)
    vat: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Known:
    """A row that was imported before: what it said, and the invoice that it is on."""

    content: str
    invoice: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A row that differs from what was imported, and the invoice that it is on."""

    origin: RowOrigin
    invoice: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Everything that an import would do.

    `known` counts the rows that an earlier import took in, unchanged; `unchanged` the customers and products that the
    workbook has just so. `corrections` are rows whose invoice has gone out: they need a credit note; `altered` are
    those whose invoice is still here: it is for a person to mend it.
    """

    detected: tuple[Detected, ...]
    customers_added: tuple[Customer, ...] = ()
    customers_changed: tuple[Change, ...] = ()
    products_added: tuple[Product, ...] = ()
    products_changed: tuple[Change, ...] = ()
    drafts: tuple[Draft, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    corrections: tuple[Correction, ...] = ()
    altered: tuple[Correction, ...] = ()
    known: int = 0
    unchanged: int = 0
    remarks: tuple[Remark, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing would change in the workbook."""
        made = (self.customers_added, self.customers_changed, self.products_added, self.products_changed, self.drafts)
        return not any(made)


REJECTED_HEADINGS = {Language.NL: ("Afgekeurde rij", "Reden"), Language.EN: ("Rejected row", "Reason")}
"""The two columns that a file of rejected rows has more: the row in the source, and every reason."""

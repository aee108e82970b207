"""The things a bakery's paperwork is about: company, customer, invoice, line.

All values are immutable. Money is `Decimal` in EUR, exclusive of VAT unless a name says otherwise; rates and
discounts are `Decimal` percentages (9 means 9 %). Every row remembers its `Origin`, so that a problem can name
the sheet and the cell to mend.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from .states import State


class Language(StrEnum):
    """A language of an invoice and its mail (B6)."""

    NL = "nl"
    EN = "en"
    DE = "de"
    FR = "fr"


class EInvoice(StrEnum):
    """How a customer wants invoices (R16)."""

    PAPER = "paper"
    MAIL = "mail"
    PAPER_AND_MAIL = "paper-and-mail"


class Channel(StrEnum):
    """A way by which one invoice leaves the bakery."""

    MAIL = "mail"
    PRINT = "print"
    FILE = "file"


class VatTreatment(StrEnum):
    """The customer's VAT treatment (L7)."""

    STANDARD = "standard"
    INTRA_EU = "intra-eu"
    EXPORT = "export"  # to outside the EU
    REVERSE_CHARGE = "reverse-charge"  # to a business in the Netherlands that accounts for the VAT
    EXEMPT = "exempt"


class Period(StrEnum):
    """Which deliveries stand on one invoice (B7); none reaches over the end of a calendar month."""

    DELIVERY = "delivery"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Kind(StrEnum):
    """Invoice (UNTDID 1001 code 380) or credit note (381)."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit-note"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person finds a value: the sheet's title and the cell, such as `J12` (or a row or column)."""

    sheet: str
    cell: str

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell}"


@dataclass(frozen=True, slots=True)
class Origin:
    """The row a value came from; `columns` maps a column key to its letter and is shared by a whole sheet."""

    sheet: str
    row: int
    columns: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)

    def at(self, key: str) -> Place:
        """The cell of column *key*, or the whole row when the sheet lacks that column."""
        return Place(self.sheet, f"{self.columns.get(key, '')}{self.row}")


NOWHERE = Origin("", 0)


@dataclass(frozen=True, slots=True)
class Company:
    """The bakery itself: the seller on every invoice (L1, L2)."""

    name: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = "NL"
    vat_number: str = ""
    kvk: str = ""
    iban: str = ""
    bic: str = ""
    account_name: str = ""
    telephone: str = ""
    email: str = ""
    website: str = ""
    logo: Path | None = None
    small_business: bool = False


@dataclass(frozen=True, slots=True)
class Customer:
    """A row of the customer sheet. `email` and `copy_to` are as typed; `addresses` parses them.

    `discount` (percent), `period` and `bill_to` (the number of the customer who pays) are used when deliveries become
    invoices.
    """

    number: str
    name: str = ""
    attention: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = "NL"
    language: Language = Language.NL
    e_invoice: EInvoice = EInvoice.PAPER
    email: str = ""
    copy_to: str = ""
    agreed_on: date | None = None
    vat_number: str = ""
    kvk: str = ""
    vat_treatment: VatTreatment = VatTreatment.STANDARD
    payment_days: int = 14
    reference: str = ""
    discount: Decimal = Decimal(0)
    period: Period = Period.DELIVERY
    bill_to: str = ""
    route: Decimal | None = None
    origin: Origin = NOWHERE


@dataclass(frozen=True, slots=True)
class Product:
    """A row of the product sheet. `price` in EUR excl. VAT, `vat_rate` in percent."""

    article: str
    description: str = ""
    unit: str = ""
    price: Decimal | None = None
    vat_rate: Decimal | None = None
    origin: Origin = NOWHERE


@dataclass(frozen=True, slots=True)
class Line:
    """One delivery of goods: quantity × price, less discount. `None` is a cell that should have been filled.

    `borrowed` are the fields that the product or the customer gave, because their cells are empty.
    """

    description: str
    quantity: Decimal | None
    price: Decimal | None
    vat_rate: Decimal | None
    discount: Decimal = Decimal(0)
    article: str = ""
    unit: str = ""
    delivered: date | None = None
    origin: Origin = NOWHERE
    borrowed: frozenset[str] = field(default=frozenset(), repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the workbook's own status columns say of an invoice; a view of the journal, not the truth."""

    states: Mapping[Channel, State] = field(default_factory=dict)
    dispatch: str = ""
    total: Decimal | None = None  # as the sheet's formula last calculated it; a credit note's is negative
    due: date | None = None  # likewise, or as somebody typed it over the formula


@dataclass(frozen=True, slots=True)
class Invoice:
    """An invoice or credit note with its customer and lines, as the workbook holds it."""

    number: str
    issued: date | None
    customer: Customer | None
    customer_number: str
    lines: tuple[Line, ...] = ()
    kind: Kind = Kind.INVOICE
    corrects: str = ""
    reference: str = ""
    period_from: date | None = None
    period_to: date | None = None
    remark: str = ""
    hold: bool = False
    recorded: Recorded = field(default_factory=Recorded)
    origin: Origin = NOWHERE

    @property
    def due(self) -> date | None:
        """The day by which it is to be paid: the invoice date and the customer's payment term."""
        return self.issued + timedelta(days=self.customer.payment_days) if self.issued and self.customer else None

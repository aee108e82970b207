"""What the rules look at beside the invoice itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from ..ledger import Ledger
from .credit_note import Corrections


@dataclass(frozen=True, slots=True)
class NumberChecks:
    """Whether a number can exist, by its form and check digits: an IBAN; a VAT number with its country's letters."""

    iban: Callable[[str], bool]
    vat_number: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Around:
    """The whole book, the day on which it is checked, how numbers are judged, and which invoices are corrected."""

    ledger: Ledger
    numbers: NumberChecks
    today: date
    corrections: Corrections = field(default_factory=Corrections)

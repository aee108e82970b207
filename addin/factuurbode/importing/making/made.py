"""What rows meet on their way to invoices, and what came of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from ...domain.ledger import Ledger
from ...domain.model import Period
from ..proposal import Correction, Draft, Known, LeftOut, Rejected, Remark
from .buyers import Buyers
from .pricing import Products

AskKnown = Callable[[Collection[str]], Mapping[str, Known]]
"""By key, the rows that earlier imports took in, of those whose key begins as is asked."""
GoneOut = Callable[[str], bool]


@dataclass(slots=True)
class Made:
    """What came of the rows of one kind."""

    drafts: list[Draft] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    altered: list[Correction] = field(default_factory=list)
    known: int = 0
    remarks: list[Remark] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Around:
    """What deliveries meet: the workbook, what earlier imports took in, and what a person wants."""

    ledger: Ledger
    buyers: Buyers
    products: Products
    known: AskKnown
    gone_out: GoneOut
    today: date
    period: Period | None = None

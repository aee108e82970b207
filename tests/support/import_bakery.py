"""A bakery to import into. Everything is made up."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from factuurbode.domain.ledger import Identity, Ledger
from factuurbode.domain.model import Customer, Language, Origin, Period, Product
from factuurbode.domain.settings import Settings
from factuurbode.importing.proposal import Known, Proposal
from factuurbode.importing.proposing import propose
from factuurbode.importing.wishes import Wishes

TODAY = date(2026, 12, 1)
CUSTOMERS = (
    Customer("0012", "Café De Hoek", "", "Dorpsstraat 1", "1234 AB", "Meelstad", email="hoek@example.com"),
    Customer("0013", "Hotel Zonzicht", "", "Kade 9", "1234 CD", "Meelstad", period=Period.WEEK),
    Customer("0014", "Lunchroom Kruim", "", "Plein 3", "1234 EF", "Meelstad", period=Period.MONTH),
)
PRODUCTS = {
    "0101": Product("0101", "Volkoren heel", "st", Decimal("2.35"), Decimal(9), Origin("Artikelen", 3)),
    "0102": Product("0102", "Wit tijger", "st", Decimal("1.95"), Decimal(9), Origin("Artikelen", 4)),
    "0901": Product("0901", "Kaars", "st", Decimal("4.00"), Decimal(21), Origin("Artikelen", 5)),
}


@dataclass
class Bakery:
    """A workbook's content, what earlier imports took in, and a folder to write files in."""

    folder: Path
    ledger: Ledger
    products: dict[str, Product] = field(default_factory=lambda: dict(PRODUCTS))
    taken: dict[str, Known] = field(default_factory=dict)
    sent: set[str] = field(default_factory=set)

    def write(self, text: str, name: str = "export.csv", encoding: str = "utf-8") -> Path:
        path = self.folder / name
        path.write_bytes(text.encode(encoding))
        return path

    def propose(self, *files: Path, **wishes: Any) -> Proposal:
        def known(beginnings: Collection[str]) -> Mapping[str, Known]:
            return {key: one for key, one in self.taken.items() if key.startswith(tuple(beginnings))}

        def gone_out(invoice: str) -> bool:
            return invoice in self.sent

        ledger = replace(self.ledger, products=self.products)
        return propose(ledger, files, Wishes(**wishes), known, gone_out, TODAY)

    def apply(self, proposal: Proposal) -> None:
        """Remember what the proposal takes in, as applying it does."""
        customers = {**self.ledger.customers}
        customers |= {customer.number: customer for customer in proposal.customers_added}
        customers |= {c.number: c.after for c in proposal.customers_changed if isinstance(c.after, Customer)}
        self.ledger = replace(self.ledger, customers=customers)
        self.products |= {product.article: product for product in proposal.products_added}
        self.products |= {c.number: c.after for c in proposal.products_changed if isinstance(c.after, Product)}
        for place, draft in enumerate(proposal.drafts, start=1):
            number = draft.number or f"2026-{len(self.taken) + place:04}"
            self.taken |= {row.key: Known(row.content, number) for row in draft.rows}


def an_import_bakery(folder: Path) -> Bakery:
    """A bakery with three customers and three products, and nothing invoiced yet."""
    customers = {customer.number: customer for customer in CUSTOMERS}
    return Bakery(folder, Ledger(Identity("bakery"), Language.NL, Settings(), customers, ()))

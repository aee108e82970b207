"""What the things that an import added or changed say, each as one hash: whether a person has changed them since."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ...domain.additions import Rows
from ...domain.content import rows_hash
from ...domain.ledger import Ledger
from ...domain.model import NOWHERE, Customer, Product
from ...domain.numbering import same_number
from ...journal.imports import CellChange


def contents(ledger: Ledger, added: Mapping[Rows, Sequence[str]]) -> Iterator[tuple[Rows, str, str]]:
    """The kind, number and content of each thing of *added* that *ledger* has."""
    wanted = {same_number(number): number for number in added.get(Rows.INVOICES, ())}
    for invoice in ledger.invoices:
        if number := wanted.get(same_number(invoice.number)):
            yield Rows.INVOICES, number, rows_hash(invoice)
    for number in added.get(Rows.CUSTOMERS, ()):
        if customer := ledger.customers.get(number):
            yield Rows.CUSTOMERS, number, _hash(customer)
    for number in added.get(Rows.PRODUCTS, ()):
        if product := ledger.products.get(number):
            yield Rows.PRODUCTS, number, _hash(product)


def _hash(thing: Customer | Product) -> str:
    return hashlib.sha256(repr(replace(thing, origin=NOWHERE)).encode()).hexdigest()


def touched(added: Mapping[Rows, Sequence[str]], changes: Sequence[CellChange]) -> Mapping[Rows, Sequence[str]]:
    """The numbers of everything that an import added or changed."""
    return {
        kind: tuple(
            dict.fromkeys((*added.get(kind, ()), *(change.number for change in changes if change.kind is kind)))
        )
        for kind in Rows
    }

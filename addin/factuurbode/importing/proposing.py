"""What an import would do: every file is read, its rows are understood, and what they become is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import numpy as np

from ..domain.ledger import Ledger
from ..workbook.memory import collector_at_rest
from .columns import constant
from .making.batch import Batch, below_each_other
from .making.buyers import Buyers
from .making.customers import CustomerRows
from .making.deliveries import made_of_deliveries
from .making.invoices import made_of_invoices
from .making.left_out import totals
from .making.made import Around, AskKnown, GoneOut, Made
from .making.orders import filled_down
from .making.pricing import Products
from .making.products import ProductRows
from .mapping.mappings import saved
from .opening import Opened, open_file
from .proposal import REJECTED_HEADINGS, Detected, Draft, ImportKind, LeftOut, Proposal
from .typed import Typed, typed
from .wishes import Wishes

_OF_REJECTED = frozenset(heading for pair in REJECTED_HEADINGS.values() for heading in pair)
"""Columns of our own, in a file of rejected rows."""


@dataclass(slots=True)
class _Read:
    """A file with its rows understood."""

    opened: Opened
    values: Typed
    batch: Batch
    left_out: list[LeftOut] = field(default_factory=list)


@collector_at_rest()
def propose(
    ledger: Ledger,
    files: Sequence[Path],
    wishes: Wishes,
    known: AskKnown,
    gone_out: GoneOut,
    today: date,
) -> Proposal:
    """What the import of *files* into the workbook of *ledger* would do; nothing is done yet.

    *known* tells which rows earlier imports took in, of those whose key begins as is asked; *gone_out* tells whether an
    invoice has been sent. The same file, or one that overlaps it, proposes nothing for the rows that are known. Raises
    an ImportFault for a file that cannot be read or understood at all; a row that cannot is in `rejected`.
    """
    own = saved(ledger.mappings, ledger.language)
    opened = [open_file(path, wishes, own, ledger.language) for path in files]
    read = [_read(opened, number, wishes) for number in range(len(opened))]
    buyers = Buyers(ledger.customers.values())
    for one in read:
        buyers.reserve(one.batch.column("customer").values)
    people, goods = CustomerRows(), ProductRows(ledger.products)
    for one in _of_kind(read, ImportKind.CUSTOMERS):
        people.read(one.batch, ledger, buyers)
    for one in _of_kind(read, ImportKind.PRODUCTS):
        goods.read(one.batch, ledger.language)
    around = Around(ledger, buyers, Products(goods.products), known, gone_out, today, wishes.period)
    made = [
        make(below_each_other([one.batch for one in of_kind]), around)
        for kind, make in _MAKERS.items()
        if (of_kind := _of_kind(read, kind))
    ]
    return _proposal(read, made, buyers, people, goods)


_MAKERS: Mapping[ImportKind, Callable[[Batch, Around], Made]] = {
    ImportKind.INVOICES: made_of_invoices,
    ImportKind.DELIVERIES: made_of_deliveries,
}


def _read(opened: Sequence[Opened], number: int, wishes: Wishes) -> _Read:
    """File *number* of *opened*, its cells understood and its totals left out."""
    one = opened[number]
    out, listed = totals(one)
    data = replace(one, rows=one.rows[~out]) if out.any() else one
    values = typed(data, wishes)
    rows = len(data.rows)
    columns = {**values.columns, "source": constant(one.mapping.name, rows)}
    batch = Batch(opened, columns, np.full(rows, number, dtype=np.int64), data.rows)
    return _Read(one, values, filled_down(batch), listed)


def _of_kind(read: Sequence[_Read], kind: ImportKind) -> list[_Read]:
    return [one for one in read if one.opened.matched.kind is kind]


def _proposal(
    read: Sequence[_Read], made: Sequence[Made], buyers: Buyers, people: CustomerRows, goods: ProductRows
) -> Proposal:
    left_out = [row for one in made for row in one.left_out]
    rejected = [*people.rejected, *goods.rejected, *(row for one in made for row in one.rejected)]
    order = {one.opened.table.file: number for number, one in enumerate(read)}
    return Proposal(
        detected=tuple(_detected(one, left_out) for one in read),
        customers_added=tuple(buyers.added),
        customers_changed=tuple(people.changed),
        products_added=tuple(goods.added.values()),
        products_changed=tuple(goods.changed),
        drafts=tuple(_all_drafts(made)),
        rejected=tuple(sorted(rejected, key=lambda one: (order[one.origin.file], one.origin.row))),
        corrections=tuple(row for one in made for row in one.corrections),
        altered=tuple(row for one in made for row in one.altered),
        known=sum(one.known for one in made),
        unchanged=people.unchanged + goods.unchanged,
        remarks=tuple(remark for one in made for remark in one.remarks),
    )


def _all_drafts(made: Sequence[Made]) -> Sequence[Draft]:
    """The drafts of all kinds; places of drafts that others correct are those in the whole."""
    drafts: list[Draft] = []
    for one in made:
        before = len(drafts)
        drafts += [
            draft if draft.corrects_draft is None else draft._replace(corrects_draft=draft.corrects_draft + before)
            for draft in one.drafts
        ]
    return drafts


def _detected(read: _Read, left_out: Sequence[LeftOut]) -> Detected:
    opened, values = read.opened, read.values
    table, matched = opened.table, opened.matched
    rows = [*read.left_out, *(row for row in left_out if row.origin.file == table.file)]
    return Detected(
        file=table.file,
        kind=matched.kind,
        sheet=table.sheet,
        encoding=table.encoding,
        delimiter=table.delimiter,
        decimal=values.decimal,
        date_order=values.date_order,
        header_row=opened.header_row,
        header=opened.header,
        mapping=opened.mapping.name,
        matched={key: opened.header[place] for key, place in matched.places.items()},
        unknown_columns=tuple(
            opened.header[place] for place in matched.unknown if opened.header[place] not in _OF_REJECTED
        ),
        rows=len(opened.rows),
        left_out=tuple(sorted(rows, key=lambda row: row.origin.row)),
        remarks=values.remarks,
    )

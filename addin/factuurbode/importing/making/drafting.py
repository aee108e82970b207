"""Drafts from rows: which rows stand together, what comes beside the goods, and what it adds up to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import numpy as np

from ...domain.model import Customer, Kind, Line, VatTreatment
from ...domain.totals import ZERO
from ..columns import Coded, Places, canonical
from ..proposal import Draft
from .batch import Batch
from .identity import Contents, Identities, Keys
from .lines import LineColumns, Lines
from .money import in_cents
from .rounding import rounding_lines, vat_on, with_vat

NetByRate = dict[Decimal, int]


class Group(NamedTuple):
    """The rows of one draft in the order of their lines, and what does not follow from them."""

    rows: Places
    payer: Customer
    issued: date
    kind: Kind = Kind.INVOICE
    number: str = ""
    corrects: str = ""
    corrects_draft: int | None = None
    remark: str = ""
    reference: str = ""
    more: tuple[Line, ...] = ()
    period: tuple[date, date] | None = None


@dataclass(slots=True)
class Drafting:
    """Makes drafts of the rows of *batch*, whose lines are priced."""

    batch: Batch
    keys: Keys
    small_business: bool
    lines: LineColumns = field(init=False)
    _contents: Contents = field(init=False)
    _net: Places = field(init=False)
    _gross: Places = field(init=False)
    _rates: Coded[Decimal] = field(init=False)
    _days: Places = field(init=False)

    def __post_init__(self) -> None:
        columns = self.batch.columns
        money = columns["money"]
        self.lines = LineColumns(
            columns["line_description"],
            money.map(lambda one: one.quantity),
            money.map(lambda one: one.price),
            columns["line_rate"],
            money.map(lambda one: one.discount),
            columns["line_article"],
            columns["line_unit"],
            self.batch.column("delivered"),
        )
        self._contents = Contents(self.batch)
        self._net = money.numbers(lambda one: one.net if one else 0)
        self._gross = money.numbers(lambda one: NO_GROSS if one is None or one.gross is None else one.gross)
        self._rates = canonical(columns["line_rate"])
        self._days = self.batch.column("delivered").numbers(lambda day: day.toordinal() if isinstance(day, date) else 0)

    def drafts(self, wanted: Sequence[Group]) -> list[Draft]:
        """The draft of each of *wanted*, with its amounts as `totals` has them."""
        if not wanted:
            return []
        counts = [len(group.rows) for group in wanted]
        rows = np.concatenate([group.rows for group in wanted])
        numbers = np.repeat(np.arange(len(wanted)), counts)
        starts = np.r_[0, np.cumsum(counts)[:-1]]
        days = self._days[rows]
        first, last = (ufunc.reduceat(days, starts).tolist() for ufunc in (np.minimum, np.maximum))
        nets = self._by_rate(numbers, rows, self._net[rows])
        gross_rows = np.flatnonzero(self._gross[rows] != NO_GROSS)
        part = numbers[gross_rows], rows[gross_rows]
        with_gross = self._by_rate(*part, self._net[part[1]])
        gross = self._by_rate(*part, self._gross[part[1]])
        drafts = []
        for place, group in enumerate(wanted):
            by_rate = nets[place]
            more = group.more
            if place in gross:
                more += self._rounding(group, by_rate, with_gross[place], gross[place], last[place])
            for line in more:
                rate = line.vat_rate or ZERO
                by_rate[rate] = by_rate.get(rate, 0) + _net_of(line)
            payer = group.payer
            period = group.period or (date.fromordinal(first[place]), date.fromordinal(last[place]))
            draft = Draft(
                payer.number,
                group.issued,
                Lines(self.lines, group.rows, more),
                Identities(self.keys, self._contents, group.rows),
                group.kind,
                group.number,
                group.corrects,
                group.corrects_draft,
                group.reference or payer.reference,
                *period,
                group.remark,
                Decimal(sum(by_rate.values())).scaleb(-2),
                ZERO if self._untaxed(payer) else _vat(by_rate),
            )
            drafts.append(draft)
        return drafts

    def net_of(self, rows: Places) -> int:
        """What *rows* come to without VAT, in cents."""
        return int(self._net[rows].sum())

    def _by_rate(self, numbers: Places, rows: Places, amounts: Places) -> defaultdict[int, NetByRate]:
        """The sum of *amounts* by the number of their group and their VAT rate."""
        found: defaultdict[int, NetByRate] = defaultdict(dict)
        if not len(rows):
            return found
        width = len(self._rates.values)
        mixed = numbers * width + self._rates.codes[rows]
        order = np.argsort(mixed, kind="stable")
        ordered = mixed[order]
        starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
        sums = np.add.reduceat(amounts[order], starts).tolist()
        for place, amount in zip(ordered[starts].tolist(), sums, strict=True):
            found[place // width][self._rates.values[place % width]] = amount
        return found

    def _rounding(
        self, group: Group, nets: NetByRate, with_gross: NetByRate, gross: NetByRate, last: int
    ) -> tuple[Line, ...]:
        """What the lines whose prices include VAT differ from those prices, as lines of their own."""
        if self._untaxed(group.payer):
            return ()
        wanted = {rate: amount + with_vat(nets[rate] - with_gross[rate], rate) for rate, amount in gross.items()}
        return rounding_lines(group.payer.language, wanted, nets, date.fromordinal(last))

    def _untaxed(self, payer: Customer) -> bool:
        return self.small_business or payer.vat_treatment is not VatTreatment.STANDARD


NO_GROSS = -(2**62)
"""In the place of an amount incl. VAT where prices are without."""


def _net_of(line: Line) -> int:
    return in_cents((line.quantity or ZERO) * (line.price or ZERO))


def _vat(by_rate: Mapping[Decimal, int]) -> Decimal:
    """The VAT over all rates, rounded for each."""
    return Decimal(sum(map(vat_on, by_rate.values(), by_rate))).scaleb(-2)

"""Drafts from rows: their lines, the days that they are about, and what they add up to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import numpy as np

from ...domain.model import Customer, Line, VatTreatment
from ...domain.totals import CENT, ZERO
from ..columns import Coded, Mask, Places, canonical
from ..proposal import Draft
from .batch import Batch
from .grouping import Groups
from .identity import Identities, IdentityColumns
from .lines import LineColumns, Lines
from .money import in_cents
from .rounding import rounding_lines, vat_on_each, with_vat

More = tuple[Line, ...]


@dataclass(slots=True)
class Drafting:
    """Makes drafts of the rows of *batch*, whose lines are priced. Amounts are in cents, and in columns."""

    batch: Batch
    identities: IdentityColumns
    small_business: bool
    lines: LineColumns = field(init=False)
    _net: Places = field(init=False)
    _gross: Places = field(init=False)
    _has_gross: Mask = field(init=False)
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
        self._net = money.numbers(lambda one: one.net)
        self._gross = money.numbers(lambda one: one.gross or 0)
        self._has_gross = money.where(lambda one: one.gross is not None)
        self._rates = canonical(columns["line_rate"])
        self._days = self.batch.column("delivered").numbers(date.toordinal)

    def drafts(self, groups: Groups) -> list[Draft]:
        """The draft of each of *groups*, with its amounts as `totals` has them."""
        if not len(groups):
            return []
        days = self._days[groups.rows]
        first, last = (_dates(extreme.reduceat(days, groups.starts)) for extreme in (np.minimum, np.maximum))
        nets = self._by_rate(groups, self._net)
        more = self._more(groups, nets, last)
        net, vat = self._amounts(groups, nets, more)
        columns = zip(groups.said, groups.members(), more, first, last, net, vat, strict=True)
        return [
            Draft(
                said.payer.number,
                said.issued,
                Lines(self.lines, rows, beside),
                Identities(self.identities, rows),
                said.kind,
                said.number,
                said.corrects,
                said.corrects_draft,
                said.reference or said.payer.reference,
                said.period[0] if said.period else first_day,
                said.period[1] if said.period else last_day,
                said.remark,
                Decimal(net_cents) * CENT,
                Decimal(vat_cents) * CENT,
            )
            for said, rows, beside, first_day, last_day, net_cents, vat_cents in columns
        ]

    def net_of(self, rows: Places) -> int:
        """What *rows* come to without VAT, in cents."""
        return int(self._net[rows].sum())

    def _by_rate(self, groups: Groups, amounts: Places) -> Places:
        """The sum of *amounts* for each draft (down) and VAT rate (across)."""
        width = len(self._rates.values)
        sums = np.zeros(len(groups) * width, np.int64)
        np.add.at(sums, groups.numbers() * width + self._rates.codes[groups.rows], amounts[groups.rows])
        return sums.reshape(-1, width)

    def _more(self, groups: Groups, nets: Places, last: list[date]) -> list[More]:
        """The lines without a row of each draft: what is said, and what prices incl. VAT are rounded by."""
        more = [said.more for said in groups.said]
        if not self._has_gross[groups.rows].any():
            return more
        gross = self._by_rate(groups, np.where(self._has_gross, self._gross, 0))
        with_gross = self._by_rate(groups, np.where(self._has_gross, self._net, 0))
        for place in np.flatnonzero((gross != 0).any(axis=1) | (with_gross != 0).any(axis=1)).tolist():
            payer = groups.said[place].payer
            if not self._untaxed(payer):
                wanted, net = {}, {}
                amounts = zip(self._rates.values, gross[place], with_gross[place], nets[place], strict=True)
                for rate, including, without, whole in amounts:
                    if including or without:
                        net[rate] = int(whole)
                        wanted[rate] = int(including) + with_vat(int(whole - without), rate)
                more[place] += rounding_lines(payer.language, wanted, net, last[place])
        return more

    def _amounts(self, groups: Groups, nets: Places, more: list[More]) -> tuple[list[int], list[int]]:
        """What each draft comes to without VAT, and its VAT, rounded for each rate (BR-CO-17)."""
        beside = [(place, line) for place, lines in enumerate(more) for line in lines]
        rates = list(dict.fromkeys([*self._rates.values, *(line.vat_rate or ZERO for _, line in beside)]))
        nets = np.pad(nets, ((0, 0), (0, len(rates) - nets.shape[1])))
        for place, line in beside:
            nets[place, rates.index(line.vat_rate or ZERO)] += in_cents((line.quantity or ZERO) * (line.price or ZERO))
        vat = np.zeros(len(groups), np.int64)
        for column, rate in zip(nets.T, rates, strict=True):
            if column.any():
                vat += vat_on_each(column, rate)
        standard = VatTreatment.STANDARD
        untaxed = [said.payer.vat_treatment is not standard for said in groups.said]
        vat[slice(None) if self.small_business else untaxed] = 0
        return nets.sum(axis=1).tolist(), vat.tolist()

    def _untaxed(self, payer: Customer) -> bool:
        return self.small_business or payer.vat_treatment is not VatTreatment.STANDARD


def _dates(ordinals: Places) -> list[date]:
    listed = ordinals.tolist()
    dates = {ordinal: date.fromordinal(ordinal) for ordinal in set(listed)}
    return [dates[ordinal] for ordinal in listed]

"""Numbers that are missing between those of the workbook's invoices, as problems with the cells beside them (L4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .ledger import Ledger
from .numbering import same_number
from .problems import Problem, Severity
from .series import Gap, series_of


def gap_problems(ledger: Ledger, void: Iterable[str], gone: Iterable[str]) -> Iterator[Problem]:
    """A warning for each gap: at the invoice after it, or else the one before; `detail` names the cells of both.

    Numbers that are *void*, and those of invoices that have *gone* out and whose rows are no longer there, are no gaps.
    """
    cells = {same_number(one.number): one.origin.at("number") for one in reversed(ledger.invoices) if one.number}
    missing = [number for number in gone if same_number(number) not in cells]
    used = [one.number for one in ledger.invoices if one.number]
    for series in series_of([*used, *missing], void, ledger.settings.numbering):
        for gap in (one for one in series.gaps if one.before):
            beside = [cells[key] for key in map(same_number, (gap.before, gap.after)) if key in cells]
            yield Problem(
                "number_gap" if gap.count == 1 else "numbers_gap",
                Severity.WARNING,
                place=beside[-1] if beside else None,
                value=_named(gap),
                detail=", ".join([place.cell for place in beside] or [gap.before, gap.after]),
            )


def _named(gap: Gap) -> str:
    return " – ".join(dict.fromkeys((gap.first, gap.last)))

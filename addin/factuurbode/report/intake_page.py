"""One HTML page of what an import would do, complete in itself: it loads nothing and runs nothing."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, StrictUndefined

from ..files import replacing
from ..importing.preview import Preview
from ..importing.telling import (
    changes,
    counts,
    left_out,
    read_as,
    reasons,
    remarks,
    totals,
    written_day,
    written_period,
)
from ..texts import Texts, written_money
from .revenue_chart import bars, columns

SHOWN = 1_000
"""So many rows of each table are shown; the file of rejected rows and the workbook have them all."""

AT_ONCE = 10
"""So many rows that are not taken in are seen at once; the others unfold, so that the invoices stay near."""


def write_intake_page(path: Path, preview: Preview, texts: Texts, *, book: Path, made: datetime) -> None:
    """Write the page of *preview* to *path*. Raises StorageError."""
    with replacing(path) as out:
        out.write(intake_page(preview, texts, book=book, made=made).encode())


def intake_page(preview: Preview, texts: Texts, *, book: Path, made: datetime) -> str:
    """The page of *preview* as HTML. *made* is an aware local time."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    proposal = preview.proposal

    def money(amount: Decimal) -> str:
        return written_money(texts, amount)

    return environment.from_string(_part("intake_page.html")).render(
        texts=texts,
        book=book.name,
        made=made.strftime("%d-%m-%Y %H:%M"),
        preview=preview,
        proposal=proposal,
        files=[(one, read_as(one, texts)) for one in proposal.detected],
        counts=list(counts(proposal, texts)),
        totals=totals(preview, texts),
        remarks=list(remarks(proposal, texts)),
        changes=list(changes(proposal, texts)),
        rejected=list(reasons(proposal, texts)),
        left_out=list(left_out(proposal, texts)),
        shown=SHOWN,
        at_once=AT_ONCE,
        bars=bars(preview.per_customer),
        columns=columns(preview.per_day),
        money=money,
        whole=lambda amount: money(amount).removesuffix(",00").removesuffix(".00"),
        day=lambda one: written_day(one, texts),
        short_day=lambda one: written_day(one, texts, short=True),
        period=lambda row: written_period(row, texts),
        style=_part("page.css") + _part("intake_page.css"),
    )


def _part(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")

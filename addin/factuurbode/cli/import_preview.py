"""What an import would do, as tables in the terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

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
from .plain import plain

SHOWN = 40
"""So many invoices, rows and remarks are shown; the page and the file of rejected rows have them all."""

LEFT_OUT_SHOWN = 5
"""Of rows that are no data fewer will do: a till can have one for each sale."""

_WIDTHS = {"customer": 12, "period": 10}
_TO_FOLD = ("file", "read_as", "customer", "period")
_AMOUNTS = ("lines", "net", "vat", "total")
_COLUMNS = ("number", "customer", "date", "period", *_AMOUNTS)
_NARROW_COLUMNS = ("number", "customer", "period", "total")
_WIDE = 110


def tell_preview(preview: Preview, texts: Texts) -> None:
    """Everything to agree with: the files as they were read, counts, invoices with their totals, rejected rows."""
    console = Console(highlight=False) if sys.stdout.isatty() else Console(highlight=False, soft_wrap=True, width=_WIDE)
    proposal = preview.proposal
    files = _table(texts, "file", "kind", "rows", "read_as")
    for one in proposal.detected:
        files.add_row(plain(one.file.name), texts(f"intake.kind.{one.kind}"), str(one.rows), plain(read_as(one, texts)))
    console.print(files)
    for line in counts(proposal, texts):
        console.print(plain(line))
    _list(console, texts, changes(proposal, texts), "cyan")
    if preview.drafts:
        console.print()
        console.print(_drafts(preview, texts, console.width))
        if len(preview.drafts) > SHOWN:
            console.print(texts("intake.more", count=len(preview.drafts) - SHOWN))
        console.print(f"[bold]{plain(totals(preview, texts))}[/]")
    rows = (
        texts("intake.rejected_row", file=file, row=row, reasons=why) for file, row, _, why in reasons(proposal, texts)
    )
    _list(console, texts, rows, "red")
    skipped = (
        texts("intake.left_out_row", file=file, row=row, reason=why) for file, row, _, why in left_out(proposal, texts)
    )
    _list(console, texts, skipped, "dim", LEFT_OUT_SHOWN)
    _list(console, texts, remarks(proposal, texts), "yellow")


def _drafts(preview: Preview, texts: Texts, width: int) -> Table:
    """The invoices; a narrow terminal shows who, what for and how much, and no amount is ever cut off."""
    shown = _COLUMNS if width >= _WIDE else _NARROW_COLUMNS
    table = _table(texts, *shown)
    for row in preview.drafts[:SHOWN]:
        cells = {
            "number": plain(row.number),
            "customer": plain(f"{row.customer} {row.name}".strip()),
            "date": written_day(row.issued, texts),
            "period": written_period(row, texts),
            "lines": str(row.lines),
            "net": written_money(texts, row.net),
            "vat": written_money(texts, row.vat),
            "total": written_money(texts, row.total),
        }
        table.add_row(*(cells[key] for key in shown))
    return table


def _table(texts: Texts, *keys: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for key in keys:
        right = key in _AMOUNTS or key == "rows"
        table.add_column(
            texts(f"intake.column.{key}"),
            justify="right" if right else "left",
            overflow="fold",
            no_wrap=key not in _TO_FOLD,
            min_width=_WIDTHS.get(key),
        )
    return table


def _list(console: Console, texts: Texts, lines: Iterable[str], colour: str, most: int = SHOWN) -> None:
    told = list(lines)
    for line in told[:most]:
        console.print(f"[{colour}]●[/] {plain(line)}")
    if len(told) > most:
        console.print(texts("intake.more", count=len(told) - most))

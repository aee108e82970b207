"""What an import would do, as tables in the terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

from ..importing.preview import Preview
from ..importing.telling import changes, counts, read_as, reasons, remarks, totals, written_day, written_period
from ..texts import Texts, written_money
from .plain import plain

SHOWN = 40
"""So many invoices, rows and remarks are shown; the page and the file of rejected rows have them all."""

_AMOUNTS = ("lines", "net", "vat", "total")


def tell_preview(preview: Preview, texts: Texts) -> None:
    """Everything to agree with: the files as they were read, counts, invoices with their totals, rejected rows."""
    console = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
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
        console.print(_drafts(preview, texts))
        if len(preview.drafts) > SHOWN:
            console.print(texts("intake.more", count=len(preview.drafts) - SHOWN))
        console.print(f"[bold]{plain(totals(preview, texts))}[/]")
    rows = (
        texts("intake.rejected_row", file=file, row=row, reasons=why) for file, row, _, why in reasons(proposal, texts)
    )
    _list(console, texts, rows, "red")
    _list(console, texts, remarks(proposal, texts), "yellow")


def _drafts(preview: Preview, texts: Texts) -> Table:
    table = _table(texts, "number", "customer", "date", "period", *_AMOUNTS)
    for row in preview.drafts[:SHOWN]:
        table.add_row(
            plain(row.number),
            plain(f"{row.customer} {row.name}".strip()),
            written_day(row.issued, texts),
            written_period(row, texts),
            str(row.lines),
            *(written_money(texts, amount) for amount in (row.net, row.vat, row.total)),
        )
    return table


def _table(texts: Texts, *keys: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for key in keys:
        right = key in _AMOUNTS or key == "rows"
        table.add_column(texts(f"intake.column.{key}"), justify="right" if right else "left", overflow="fold")
    return table


def _list(console: Console, texts: Texts, lines: Iterable[str], colour: str) -> None:
    told = list(lines)
    for line in told[:SHOWN]:
        console.print(f"[{colour}]●[/] {plain(line)}")
    if len(told) > SHOWN:
        console.print(texts("intake.more", count=len(told) - SHOWN))

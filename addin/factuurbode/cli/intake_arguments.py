"""The options of the commands that take files in and of those about numbers."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..domain.model import Period
from ..importing.proposal import ImportKind
from ..importing.wishes import Wishes
from ..texts import Texts


def add_import(parser: argparse.ArgumentParser, texts: Texts) -> None:
    """`import BOOK FILE…` and `import undo BOOK [IMPORT]`: the first word says which of the two it is."""
    parser.usage = texts("cli.intake.usage")
    parser.add_argument("book", type=Path, metavar=texts("cli.book"), help=texts("cli.intake.book"))
    _add_files(parser, texts)
    parser.add_argument("--preview", action="store_true", help=texts("cli.intake.preview"))
    parser.add_argument("--yes", action="store_true", help=texts("cli.intake.yes"))
    parser.add_argument("--page", type=Path, metavar=texts("cli.path"), help=texts("cli.intake.page"))
    parser.add_argument("--json", action="store_true", help=texts("cli.json"))


def add_due(parser: argparse.ArgumentParser, texts: Texts) -> None:
    """`due BOOK FILE…`."""
    parser.add_argument("book", type=Path, metavar=texts("cli.book"), help=texts("cli.book_help"))
    _add_files(parser, texts)
    parser.add_argument("--json", action="store_true", help=texts("cli.json"))


def add_numbers(parser: argparse.ArgumentParser, texts: Texts) -> None:
    """`numbers BOOK`."""
    parser.add_argument("book", type=Path, metavar=texts("cli.book"), help=texts("cli.book_help"))
    parser.add_argument("--json", action="store_true", help=texts("cli.json"))


def add_void(parser: argparse.ArgumentParser, texts: Texts) -> None:
    """`void BOOK NUMBER [--take-back] --reason TEXT`."""
    parser.add_argument("book", type=Path, metavar=texts("cli.book"), help=texts("cli.book_help"))
    parser.add_argument("number", metavar="N", help=texts("cli.intake.number"))
    parser.add_argument("--reason", default="", metavar=texts("cli.text"), help=texts("cli.intake.reason"))
    parser.add_argument("--take-back", action="store_true", help=texts("cli.intake.take_back"))


def wishes_of(options: argparse.Namespace) -> Wishes:
    """What the person said about the files."""
    return Wishes(
        kind=ImportKind(options.kind) if options.kind else None,
        mapping=options.mapping,
        period=Period(options.period) if options.period else None,
        sheet=options.sheet,
        encoding=options.encoding,
        delimiter="\t" if options.delimiter == "tab" else options.delimiter,
        decimal=options.decimal,
        date_order=options.date_order,
        header_row=options.header_row,
    )


def _add_files(parser: argparse.ArgumentParser, texts: Texts) -> None:
    def row_number(typed: str) -> int:
        if not typed.isdecimal() or not int(typed):
            raise argparse.ArgumentTypeError(texts("cli.intake.header_row_wrong", typed=typed))
        return int(typed)

    text = texts("cli.text")
    parser.add_argument("files", type=Path, nargs="+", metavar=texts("cli.path"), help=texts("cli.intake.files"))
    parser.add_argument("--kind", choices=[kind.value for kind in ImportKind], help=texts("cli.intake.kind"))
    parser.add_argument("--mapping", metavar=text, help=texts("cli.intake.mapping"))
    parser.add_argument("--period", choices=[period.value for period in Period], help=texts("cli.intake.period"))
    parser.add_argument("--sheet", metavar=text, help=texts("cli.intake.sheet"))
    sign = texts("cli.intake.sign")
    parser.add_argument("--delimiter", choices=(";", ",", "|", "tab"), metavar=sign, help=texts("cli.intake.delimiter"))
    parser.add_argument("--encoding", metavar=text, help=texts("cli.intake.encoding"))
    parser.add_argument("--decimal", choices=(",", "."), metavar=sign, help=texts("cli.intake.decimal"))
    parser.add_argument("--date-order", choices=("dmy", "mdy", "ymd"), help=texts("cli.intake.date_order"))
    parser.add_argument("--header-row", type=row_number, metavar="N", help=texts("cli.intake.header_row"))

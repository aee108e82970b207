"""The buttons that prepare: a new invoice, an import into this workbook, or a new workbook."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from datetime import datetime
from itertools import count
from pathlib import Path

from .. import intake
from ..domain.model import Language
from ..files import make_folder
from ..workbook.live.new_invoice import new_invoice as add_invoice
from .press import Press


def new_invoice(press: Press) -> None:
    """Prepare the row of the next invoice; the cursor waits at its customer, which says enough."""
    with press.office() as office:
        taken = intake.numbers_given(office)
    add_invoice(press.book, datetime.now().astimezone().date(), taken)


def new_workbook(press: Press) -> None:
    """Make a new workbook in the documents folder, and open it."""
    from ..workbook.create import create_workbook

    texts = press.texts
    path = next(path for path in _places(texts("ribbon.new_workbook.name")) if not os.path.lexists(path))
    if not press.dialogue.agrees(texts("ribbon.new_workbook.question", path=path)):
        return
    make_folder(path.parent)
    create_workbook(path, Language(texts.language), workbook_id=uuid.uuid4().hex, demo=False)
    press.book.app.books.open(str(path))


def import_file(press: Press) -> None:
    """Take files in; what that needs is loaded only now."""
    from .importing import import_file as take_in

    take_in(press)


def _places(name: str) -> Iterator[Path]:
    """`Facturen.xlsx`, `Facturen 2.xlsx`, …"""
    home = Path.home()
    folder = next((home / known for known in ("Documents", "Documenten") if (home / known).is_dir()), home)
    yield folder / f"{name}.xlsx"
    for number in count(2):
        yield folder / f"{name} {number}.xlsx"

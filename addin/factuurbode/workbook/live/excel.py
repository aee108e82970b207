"""Excel by way of xlwings: its many errors as ours, and what differs between Windows and the Mac.

Not run with a real Excel by the makers; the tests run everything here on an engine of the same interface.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import ExcelBusy, FactuurError

if TYPE_CHECKING:
    import xlwings

_APPLE = sys.platform == "darwin"


@contextmanager
def in_excel(path: Path) -> Iterator[None]:
    """What Excel cannot or will not do now, as ExcelBusy.

    COM, AppleScript and xlwings have no error in common: a cell that is being edited, a protected sheet and a
    workbook that was closed meanwhile come as three kinds of exception on each platform.
    """
    try:
        yield
    except FactuurError:
        raise
    except Exception as error:
        raise ExcelBusy(path=path) from error


@contextmanager
def at_rest(app: xlwings.App) -> Iterator[None]:
    """Excel without redrawing, events and formulas that spread by themselves, as it was before however the block ends.

    A formula that is put into an empty column of a table would otherwise fill that column: one invoice's link would
    stand at all others (learn.microsoft.com/office/vba/api/excel.autocorrect.autofillformulasinlists).
    """
    drawing, events, spreading = app.screen_updating, app.enable_events, _spreads_formulas(app)
    app.screen_updating = app.enable_events = False
    _spread_formulas(app, wanted=False)
    try:
        yield
    finally:
        if spreading:
            _spread_formulas(app, wanted=spreading)
        app.screen_updating, app.enable_events = drawing, events


@contextmanager
def as_saved_as_before(book: xlwings.Book) -> Iterator[None]:
    """A trial that leaves nothing behind does not make Excel ask afterwards whether to save."""
    saved = _flag(book, "Saved", "saved")
    try:
        yield
    finally:
        if saved:
            with suppress(Exception):  # only a courtesy
                if _APPLE:
                    book.api.saved.set(True)
                else:
                    book.api.Saved = True


def is_read_only(book: xlwings.Book) -> bool:
    """Whether Excel opened *book* to be looked at only, in protected view too."""
    return _flag(book, "ReadOnly", "read_only")


def seen_areas(chosen: xlwings.Range) -> list[xlwings.Range]:
    """The areas of the selection *chosen* without its hidden rows."""
    if _APPLE:  # the address of many areas, which xlwings goes by there, ends after 255 signs, in the middle of one
        sheet, areas = chosen.sheet, chosen.sheet.book.app.api.selection.areas.get()
        return [seen for area in areas for seen in seen_stretches(sheet.range(area.get_address()))]
    found = chosen.get_special_cells("visible")
    if not isinstance(found, list):
        raise TypeError("only xlwings in a browser answers later")
    return found


def seen_stretches(area: xlwings.Range) -> list[xlwings.Range]:
    """The parts of *area* in which no row is hidden; one of many rows is asked for in halves where they differ."""
    first, last = area.row, area.last_cell.row
    height = area.row_height
    if height is not None or first == last:
        return [area] if height else []
    middle, columns = (last - first + 1) // 2, area.columns.count
    halves = area.resize(middle, columns), area.offset(middle, 0).resize(last - first + 1 - middle, columns)
    return [seen for half in halves for seen in seen_stretches(half)]


def _flag(book: xlwings.Book, com: str, apple: str) -> bool:
    return bool(getattr(book.api, apple).get() if _APPLE else getattr(book.api, com))


def _spreads_formulas(app: xlwings.App) -> bool:
    with suppress(Exception):  # an Excel that does not know this does not do it
        if _APPLE:
            return bool(app.api.autocorrect_object.auto_fill_formulas_in_lists.get())
        return bool(app.api.AutoCorrect.AutoFillFormulasInLists)
    return False


def _spread_formulas(app: xlwings.App, *, wanted: bool) -> None:
    with suppress(Exception):
        if _APPLE:
            app.api.autocorrect_object.auto_fill_formulas_in_lists.set(wanted)
        else:
            app.api.AutoCorrect.AutoFillFormulasInLists = wanted

"""Excel by way of xlwings: importing it quickly, and its many errors as ours.

Not run with a real Excel by the makers; the tests run everything here on an engine of the same interface.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import ExcelBusy, FactuurError

if TYPE_CHECKING:
    import xlwings

_NOT_NEEDED = ("pandas", "numpy", "polars", "matplotlib", "plotly")


def import_xlwings() -> None:
    """Import xlwings without the packages that it takes in when it finds them: pandas alone costs 0.3 s.

    A name that maps to None in `sys.modules` cannot be imported (docs.python.org/3/reference/import.html). What was
    imported before stays as it is, and afterwards everything can be imported again.
    """
    if "xlwings" in sys.modules:
        return
    hidden = [name for name in _NOT_NEEDED if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    try:
        import xlwings  # noqa: F401 - only so that it is there
    finally:
        for name in hidden:
            del sys.modules[name]


def calling_book() -> xlwings.Book:
    """The workbook from which Excel called this process."""
    import_xlwings()
    import xlwings

    return xlwings.Book.caller()


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
    """Excel without redrawing and without events, as it was before however the block ends."""
    drawing, events = app.screen_updating, app.enable_events
    app.screen_updating = app.enable_events = False
    try:
        yield
    finally:
        app.screen_updating, app.enable_events = drawing, events

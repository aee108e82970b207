"""Being called from Excel: xlwings as quickly as it can be had, before anything else is loaded."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

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

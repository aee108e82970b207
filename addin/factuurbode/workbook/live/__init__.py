"""The workbook that is open in Excel, over xlwings: read with its unsaved edits, written while a person looks on."""

from ..excel_call import import_xlwings

import_xlwings()  # before the modules that name it: without what it would take in of itself

from .book import LiveBook  # noqa: E402

__all__ = ["LiveBook"]

"""The workbook that is open in Excel, over xlwings: read with its unsaved edits, written while a person looks on."""

from .book import LiveBook

__all__ = ["LiveBook"]

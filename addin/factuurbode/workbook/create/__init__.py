"""Making a workbook: with openpyxl, and then each formula gets its value, which openpyxl cannot write."""

from ..contents import Contents, Value
from .book import create_workbook, write_workbook

__all__ = ["Contents", "Value", "create_workbook", "write_workbook"]

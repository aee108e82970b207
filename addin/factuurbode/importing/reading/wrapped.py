"""Rows that stand whole in one quoted cell.

A Dutch Excel that opens a file with commas leaves each row in one cell; saved again, it is `"1,""Brood"",2.35"`.
"""

from __future__ import annotations

import csv
import io

from .delimiter import delimiter_of, rows_of


def delimiter_within(sample: str) -> str:
    """What stands between the cells within the single cell of each row of *sample*, or ''."""
    cells = [row[0] for row in rows_of(sample, ";") if row]
    return delimiter_of("\n".join(cells)) if len(cells) > 1 else ""


def unwrapped(text: str) -> str:
    """*text* without the quotation marks around each row."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    return "".join(f"{row[0] if row else ''}\n" for row in rows)

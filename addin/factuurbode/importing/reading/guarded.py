"""Text in a file that a person will open in a spreadsheet: nothing of it runs, and no number that is a name changes."""

from __future__ import annotations

import re

_RUNS = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?[\d.,\s]+%?")
_NAME = re.compile(r"0\d+|\d{12,}")
_AS_FORMULA = re.compile(r'="(\d+)"')


def guarded(cell: str) -> str:
    """*cell* such that a spreadsheet keeps it.

    What it would run gets an apostrophe before it; a number whose zeros or last digits it would drop (`0012`, a bar
    code) is written as `="0012"`. Numbers to reckon with and the rest stay as they are.
    """
    bare = cell.lstrip("'")
    if bare.startswith(_RUNS) and (bare != cell or not _NUMBER.fullmatch(cell)):
        return f"'{cell}"
    return f'="{cell}"' if _NAME.fullmatch(cell) else cell


def unguarded(cell: str) -> str:
    """What `guarded` made *cell* of; a spreadsheet may have saved it since."""
    if kept := _AS_FORMULA.fullmatch(cell):
        return kept[1]
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(_RUNS) else cell

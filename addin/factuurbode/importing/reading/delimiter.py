"""What stands between the cells of a text file."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence

CANDIDATES = (";", ",", "\t", "|")
SAMPLE_ROWS = 200
LINE_END = re.compile(r"\r\n|\r|\n")


def announced(text: str) -> str:
    """The delimiter that a first line `sep=;` announces to Excel, or ''."""
    line = LINE_END.split(text.lstrip("\ufeff"), 1)[0].strip('"')
    return line[4] if len(line) == 5 and line[:4].lower() == "sep=" else ""


def delimiter_of(text: str) -> str:
    """The delimiter of the sample *text*: the one that cuts the most rows into the same number of cells.

    '' when there is but one column.
    """
    scored = [(_score(rows_of(text, candidate)), -place) for place, candidate in enumerate(CANDIDATES)]
    best, place = max(scored)
    return CANDIDATES[-place] if best else ""


def rows_of(text: str, delimiter: str) -> list[list[str]]:
    """The first rows of the sample *text*; the last one is left out, for it may have been cut off."""
    lines = text.splitlines(keepends=True)
    whole = lines if len(lines) < 2 or text.endswith(("\n", "\r")) else lines[:-1]
    reader = csv.reader(whole, delimiter=delimiter, skipinitialspace=True)
    rows: list[list[str]] = []
    try:
        for row in reader:
            rows.append(row)
            if len(rows) == SAMPLE_ROWS:
                break
    except csv.Error:  # a field longer than the reader takes: what came before it will do
        pass
    return rows


def _score(rows: Sequence[Sequence[str]]) -> float:
    """How much *rows* look like a table: the share of rows that have the usual width, and that width."""
    widths = Counter(len(row) for row in rows if row)
    if not widths:
        return 0
    width, count = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]))
    return (count / widths.total()) * (1 + width / 100) if width > 1 else 0

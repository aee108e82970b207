"""Taking out of a large sheet the rows that stay as they are, so that only the others are parsed and written anew."""

from __future__ import annotations

import re
import secrets
from bisect import bisect_left
from collections.abc import Set as AbstractSet
from itertools import pairwise

_ROW = re.compile(rb"<row\b[^>]*>")
_NUMBER = re.compile(rb"""\br=["'](\d{1,7})["']""")
_ROWS = re.compile(rb"(<sheetData\s*>)(.*)</sheetData>", re.DOTALL)
_ODD = re.compile(rb"<!|<\?(?!xml )")
STYLES_ABOVE = 50
"""So many rows above a changed one are kept too: a new cell takes its style from there."""


class Cut:
    """The XML of a worksheet without the rows far from *changed* ones; each gap is one empty row that marks it.

    `xml` is the whole sheet again where that cannot be done safely: rows without numbers or out of order, a prefix
    before the elements' names, comments or literal text.
    """

    def __init__(self, xml: bytes, changed: AbstractSet[int]) -> None:
        self._mark = f"cut{secrets.token_hex(8)}"
        self._gaps: list[bytes] = []
        self.xml = xml
        found = _ROWS.search(xml)
        if found is None or _ODD.search(xml):
            return
        starts = [row.start() for row in _ROW.finditer(xml, found.start(2), found.end(2))]
        numbers = [int(n[1]) for start in starts if (n := _NUMBER.search(xml, start, xml.index(b">", start)))]
        if starts and len(numbers) == len(starts) and all(a < b for a, b in pairwise(numbers)):
            self.xml = b"".join(
                [xml[: starts[0]], *self._thinned(xml, [*starts, found.end(2)], numbers, changed), xml[found.end(2) :]]
            )

    def restored(self, xml: bytes) -> bytes:
        """*xml*, the changed sheet, with all rows in their places again."""
        if not self._gaps:
            return xml
        mark = re.compile(rb'<row r="\d+" %b="(\d+)"/>' % self._mark.encode())
        return mark.sub(lambda found: self._gaps[int(found[1])], xml)

    def _thinned(self, xml: bytes, starts: list[int], numbers: list[int], changed: AbstractSet[int]) -> list[bytes]:
        pieces: list[bytes] = []
        done = 0
        for first, last in _neighbourhoods(changed):
            begin, end = bisect_left(numbers, first), bisect_left(numbers, last + 1)
            pieces += [self._gap(xml, starts, numbers, done, begin), xml[starts[begin] : starts[end]]]
            done = end
        pieces.append(self._gap(xml, starts, numbers, done, len(numbers)))
        return pieces

    def _gap(self, xml: bytes, starts: list[int], numbers: list[int], begin: int, end: int) -> bytes:
        if begin == end:
            return b""
        self._gaps.append(xml[starts[begin] : starts[end]])
        return b'<row r="%d" %b="%d"/>' % (numbers[begin], self._mark.encode(), len(self._gaps) - 1)


def _neighbourhoods(changed: AbstractSet[int]) -> list[tuple[int, int]]:
    """The first and last row of each stretch to keep, in order and apart."""
    stretches: list[tuple[int, int]] = []
    for row in sorted(changed):
        first = row - STYLES_ABOVE
        if stretches and first <= stretches[-1][1] + 1:
            first = stretches.pop()[0]
        stretches.append((first, row))
    return stretches

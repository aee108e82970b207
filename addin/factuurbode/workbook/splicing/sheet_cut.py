"""Taking out of a large sheet the rows that stay as they are, so that only the others are parsed and written anew."""

from __future__ import annotations

import re
import secrets
from bisect import bisect_left
from collections.abc import Set as AbstractSet
from itertools import pairwise
from xml.sax.saxutils import unescape

from ..parts.sheet_xml import STYLES_ABOVE

_ROW = re.compile(rb"""<row\b(?:[^>]*?\sr=["'](\d{1,7})["'])?[^>]*>""")
_SLASH = ord("/")
_ROWS = re.compile(rb"(<sheetData\s*>)(.*)</sheetData>", re.DOTALL)
_ODD = re.compile(rb"<!|<\?(?!xml )")
_PLACED = re.compile(rb'<c r="([A-Z]+)\d+"')
_WITH_FORMULA = re.compile(rb'<c r="([A-Z]+)\d+"[^>]*><f')
_SHARED = re.compile(rb'<f[^>]* (?:t|ref)="')
_FIXED = re.compile(rb"<(?:mergeCells|legacyDrawing)\b")
_ODD_CELL = re.compile(rb'<c(?! r="[A-Z])[\s/>]')
_FORMULA = rb"""[^<>]*+(?<!/)>\s*<f(\s[^<>]*?)?(?:/>|>([^<]*+)</f>)"""
_GROUP = re.compile(rb"""\ssi=["'](\d+)["']""")
_OF_MANY = re.compile(rb"""\st=["'](?:array|dataTable)["']""")
_ENTITIES = {"&quot;": '"', "&apos;": "'"}
_CELL = re.compile(rb'<c r="[A-Z]+\d+"(?:[^>]*? s="(\d+)")?')

Written = tuple[str, str]
"""The cell in which a formula stands in full, and its text."""


class Cut:
    """The XML of a worksheet without the rows far from *changed* ones; each gap is one empty row that marks it.

    `xml` is the whole sheet again where that cannot be done safely: rows without numbers or out of order, a prefix
    before the elements' names, comments or literal text, a row without an end.
    """

    def __init__(self, xml: bytes, changed: AbstractSet[int]) -> None:
        self._mark = f"cut{secrets.token_hex(8)}"
        self._gaps: list[bytes] = []
        self._whole, self.starts, self.numbers = xml, list[int](), list[int]()
        self.xml = xml
        found = _ROWS.search(xml)
        if found is None or _ODD.search(xml):
            return
        rows = list(_ROW.finditer(xml, found.start(2), found.end(2)))
        starts = [row.start() for row in rows]
        left_open = sum(xml[row.end() - 2] != _SLASH for row in rows)
        numbers = [int(row[1]) for row in rows if row[1]]
        if left_open != xml.count(b"</row>"):
            return
        if starts and len(numbers) == len(starts) and all(a < b for a, b in pairwise(numbers)):
            self.starts, self.numbers = [*starts, found.end(2)], numbers
            self.xml = b"".join([xml[: starts[0]], *self._thinned(changed), xml[found.end(2) :]])

    def restored(self, xml: bytes) -> bytes:
        """*xml*, the changed sheet, with all rows in their places again."""
        if not self._gaps:
            return xml
        mark = re.compile(rb'<row r="\d+" %b="(\d+)"/>' % self._mark.encode())
        return mark.sub(lambda found: self._gaps[int(found[1])], xml)

    def style_between(self, letters: str, first: int, last: int) -> str | None:
        """The style of the lowest cell in column *letters* of the rows from *first* to *last* as they were.

        None when there is no such cell or nothing was cut, '' when it has no style.
        """
        if not self._gaps:
            return None
        begin, end = (self.starts[bisect_left(self.numbers, row)] for row in (first, last + 1))
        name = b'<c r="%b' % letters.encode()
        place = self._whole.rfind(name, begin, end)
        while place >= 0 and not self._whole[place + len(name)].to_bytes().isdigit():
            place = self._whole.rfind(name, begin, place)
        if place < 0:
            return None
        cell = _CELL.match(self._whole, place)
        return (cell[1] or b"").decode() if cell else None

    def formula_above(self, letters: str, first: int, row: int) -> Written | None:
        """The formula in the lowest cell of column *letters* above *row*, but not above *first*, as it was."""
        if not self._gaps:
            return None
        begin, end = (self.starts[bisect_left(self.numbers, number)] for number in (first, row))
        cell = re.compile(rb"""r=["']%b(\d+)["']%b""" % (letters.encode(), _FORMULA), re.DOTALL)
        for found in reversed(list(cell.finditer(self._whole, begin, end))):
            if _OF_MANY.search(found[2] or b""):
                continue
            if text := found[3] or b"":
                return f"{letters}{int(found[1])}", unescape(text.decode(), _ENTITIES)
            if (group := _GROUP.search(found[2] or b"")) and (shared := self.shared(group[1].decode())):
                return shared
        return None

    def shared(self, group: str) -> Written | None:
        """The formula that cells of the *group* share, which may stand in a row that was cut."""
        cell = re.compile(rb"""r=["']([A-Z]+\d+)["']%b""" % _FORMULA, re.DOTALL)
        for found in cell.finditer(self._whole):
            of_group = _GROUP.search(found[2] or b"")
            if of_group and of_group[1] == group.encode() and found[3]:
                return found[1].decode(), unescape(found[3].decode(), _ENTITIES)
        return None

    def _thinned(self, changed: AbstractSet[int]) -> list[bytes]:
        pieces: list[bytes] = []
        done = 0
        for first, last in self._stretches(changed):
            begin, end = bisect_left(self.numbers, first), bisect_left(self.numbers, last + 1)
            pieces += [self._gap(done, begin), self._whole[self.starts[begin] : self.starts[end]]]
            done = end
        pieces.append(self._gap(done, len(self.numbers)))
        return pieces

    def _gap(self, begin: int, end: int) -> bytes:
        if begin == end:
            return b""
        self._gaps.append(self._whole[self.starts[begin] : self.starts[end]])
        return b'<row r="%d" %b="%d"/>' % (self.numbers[begin], self._mark.encode(), len(self._gaps) - 1)

    def _stretches(self, changed: AbstractSet[int]) -> list[tuple[int, int]]:
        """The first and last row of each stretch to keep, in order and apart.

        Where the cells do not all begin with where they are, the rows above are kept, too: a new cell takes its style
        from there.
        """
        above = STYLES_ABOVE if _ODD_CELL.search(self._whole) else 0
        stretches: list[tuple[int, int]] = []
        for row in sorted(changed):
            first = row - above
            if stretches and first <= stretches[-1][1] + 1:
                first = stretches.pop()[0]
            stretches.append((first, row))
        return stretches


def without_rows(xml: bytes, rows: AbstractSet[int], columns: AbstractSet[str]) -> tuple[bytes, set[str]]:
    """The sheet *xml* without those of *rows* that hold nothing outside *columns*, and the cells with formulas in them.

    Nothing is taken out where rows cannot go safely: odd XML, merged cells or notes, formulas of several cells.
    """
    cut = Cut(xml, frozenset())
    if not cut.numbers or _FIXED.search(xml):
        return xml, set()
    pieces, formulas, kept_from = list[bytes](), set[str](), 0
    for place, number in enumerate(cut.numbers):
        if number not in rows:
            continue
        begin, end = cut.starts[place], cut.starts[place + 1]
        row = xml[begin:end]
        letters = {found[1].decode() for found in _PLACED.finditer(row)}
        if _SHARED.search(row) or not letters <= columns or len(letters) != row.count(b"<c "):
            return xml, set()
        formulas |= {f"{found[1].decode()}{number}" for found in _WITH_FORMULA.finditer(row)}
        pieces.append(xml[kept_from:begin])
        kept_from = end
    return b"".join([*pieces, xml[kept_from:]]), formulas

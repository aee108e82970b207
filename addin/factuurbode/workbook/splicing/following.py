"""Letting references to a table's cells follow when its rows come, go or move (`row_moves`)."""

from __future__ import annotations

from collections.abc import Iterable
from string import ascii_lowercase, digits

from ..parts.sheet_xml import column_number
from .formula_references import GONE, Area, with_areas
from .row_moves import Grown, RowMoves

Cell = tuple[int, int]
"""A column and a row."""
_ALIKE = ascii_lowercase + digits
"""What is written alike in every part."""
_QUOTES = (b"", b"'", b"&apos;", b"&#39;")
_LONGEST_NAME = 80
"""Signs that hold the end of any name and a quotation mark."""
_LONGEST = 8_192 * len("&quot;")
"""Excel takes no formula of more signs."""


class Following:
    """What references read after *moves*, at most one on each sheet."""

    def __init__(self, moves: Iterable[RowMoves]) -> None:
        self._moves = {one.title.casefold(): one for one in moves}
        self._untouched: set[tuple[str, str]] = set()
        endings = [title[len(title.rstrip(_ALIKE)) :].encode() for title in self._moves]
        self._endings = tuple(ending + quote for ending in endings for quote in _QUOTES)

    def may_concern(self, pieces: Iterable[bytes], own: str) -> bool:
        """Whether a part of the sheet *own* can refer to a sheet on which something moves; its XML comes in *pieces*.

        In formulas a `!` stands behind the name of a sheet, which may be in capitals or without. Only what stands
        before it is looked at: a sheet has few of them among millions of signs.
        """
        if self.on(own) is not None:
            return True
        left = b""
        for piece in pieces:
            xml = left + piece
            place = xml.find(b"!")
            while place >= 0:
                if xml[max(place - _LONGEST_NAME, 0) : place].lower().endswith(self._endings):
                    return True
                place = xml.find(b"!", place + 1)
            left = xml[-_LONGEST_NAME:]
        return False

    def on(self, title: str) -> RowMoves | None:
        """What moves on the sheet *title*."""
        return self._moves.get(title.casefold())

    def formula(self, text: str, own: str = "", at: Cell | None = None, *, anywhere: bool = False) -> str:
        """The formula *text*, as its part has it, of a cell that is *at* that place of the sheet *own* now.

        One that holds *anywhere*, as in a name, a format or a column, follows where its rows are absolute.
        """
        if (text, own) in self._untouched or not (own or "!" in text) or len(text) > _LONGEST:
            return text
        mine = self.on(own)
        touched = False

        def changed(area: Area) -> str:
            nonlocal touched
            moves = self.on(area.sheet) if area.sheet else mine
            if moves is None or (anywhere and not all(area.fixed)):
                return area.text
            touched = True
            return _followed(area, moves, at if moves is mine else None)

        after = with_areas(text, changed)
        if not touched:
            self._untouched.add((text, own))
        return after


def _followed(area: Area, moves: RowMoves, at: Cell | None) -> str:
    if not all(column_number(letters) in moves.columns for letters in area.letters):
        return area.text
    if at is not None and at[0] in moves.columns and at[1] in moves.new:  # written for where it is
        return area.text
    inside = at is not None and moves.among(*at)
    # In the table, what ends with the formula's own row is a running total, which goes no further.
    whole = area.spread and (all(area.fixed) or not (inside and isinstance(moves, Grown)))
    rows = moves.after(area.rows, whole=whole)
    if rows is None:
        shift = moves.shift(at[1]) if at is not None and inside else 0
        if not shift or any(area.fixed):
            return GONE
        rows = area.rows[0] + shift, area.rows[1] + shift  # it leans on the row above, which is another now
    return area.at(*rows)

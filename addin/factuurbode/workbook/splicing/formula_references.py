"""The references to cells in a formula as a part has it: escaped, with English names and in A1 style.

Each is found and may be changed; the rest of the text stays as it is, to the letter. (ECMA-376 part 1, 18.17.2.)
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

# Groups are atomic, not possessive: until Python 3.11.5 a possessive group could forget what it had matched.
_APOSTROPHE = "(?:'|&apos;|&#39;|&#x27;)"
_QUOTE = '(?:"|&quot;|&#34;|&#x22;)'
_NAME = r"[\w.\\?]++"
_CELL = r"\$?[A-Za-z]{1,3}\$?[0-9]{1,7}"
_AREA = rf"{_CELL}(?::{_CELL})?(?![\w.(!\[])"
_QUOTED = rf"{_APOSTROPHE}(?>(?:{_APOSTROPHE}{_APOSTROPHE}|(?!{_APOSTROPHE}).)*){_APOSTROPHE}!"
_TOKENS = re.compile(
    rf"{_QUOTE}(?>(?:(?!{_QUOTE}).)*){_QUOTE}"  # text, in which two quotes end one piece and begin the next
    rf"|\[[^\[\]]*+\]{_NAME}!(?:{_AREA})?"  # another workbook
    rf"|\[(?>(?:{_APOSTROPHE}.|[^\[\]]|\[(?>(?:{_APOSTROPHE}.|[^\[\]])*)\])*)\]"  # columns of a table
    rf"|{_NAME}:{_NAME}!(?:{_AREA})?"  # several sheets
    rf"|(?P<sheet>{_QUOTED}|{_NAME}!)?(?P<area>{_AREA})"
    rf"|{_QUOTED}|{_NAME}!?|&\#?\w++;",
    re.DOTALL,
)
_PIECES = re.compile(r"(\$?)([A-Za-z]+)(\$?)([0-9]+)(?::(\$?)([A-Za-z]+)(\$?)([0-9]+))?")
_TWO = re.compile(_APOSTROPHE * 2)
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"'}
_ENTITY = re.compile("|".join(_ENTITIES))
GONE = "#REF!"
"""What stands for a cell that is gone."""


@dataclass(frozen=True, slots=True)
class Area:
    """One cell or some together: `text` says which, `sheet` on which sheet, '' where the formula does not say."""

    sheet: str
    text: str

    @property
    def letters(self) -> tuple[str, str]:
        """The columns at its ends, in capitals."""
        _, first, _, _, _, last, _, _ = self._pieces()
        return first.upper(), (last or first).upper()

    @property
    def rows(self) -> tuple[int, int]:
        """The rows at its ends."""
        pieces = self._pieces()
        return int(pieces[3]), int(pieces[7] or pieces[3])

    @property
    def spread(self) -> bool:
        """Whether it is written as two cells."""
        return bool(self._pieces()[7])

    @property
    def fixed(self) -> tuple[bool, bool]:
        """Whether the rows at its ends are absolute."""
        pieces = self._pieces()
        return bool(pieces[2]), bool(pieces[6] if pieces[7] else pieces[2])

    def at(self, first: int, last: int) -> str:
        """The same columns in other rows."""
        pieces = self._pieces()
        start = f"{pieces[0]}{pieces[1]}{pieces[2]}{first}"
        return f"{start}:{pieces[4]}{pieces[5]}{pieces[6]}{last}" if pieces[7] else start

    def _pieces(self) -> tuple[str, ...]:
        found = _PIECES.fullmatch(self.text)
        if found is None:
            raise ValueError(f"{self.text} is no area")
        return found.groups("")


def with_areas(text: str, change: Callable[[Area], str]) -> str:
    """The formula *text* with each area of cells of this workbook as *change* says it reads."""

    def changed(found: re.Match[str]) -> str:
        if not found["area"]:
            return found[0]
        prefix = found["sheet"] or ""
        sheet = _sheet(prefix[:-1]) if prefix else ""
        return found[0] if sheet is None else prefix + change(Area(sheet, found["area"]))

    return _TOKENS.sub(changed, text)


def _sheet(prefix: str) -> str | None:
    """The sheet that *prefix* names, or None when it names another workbook's or several."""
    name = prefix
    if found := re.match(_APOSTROPHE, prefix):
        name = _TWO.sub("'", prefix[found.end() :])
        name = re.sub(rf"{_APOSTROPHE}\Z", "", name)
    name = _ENTITY.sub(lambda entity: _ENTITIES[entity[0]], name)
    return None if set("[]:") & set(name) else name


def with_rows_shifted(text: str, by: int) -> str:
    """The formula *text* as it reads *by* rows further down: what is relative goes along."""

    def shifted(area: Area) -> str:
        first, last = (row if fixed else max(row + by, 1) for row, fixed in zip(area.rows, area.fixed, strict=True))
        return area.at(first, last)

    return with_areas(text, shifted)

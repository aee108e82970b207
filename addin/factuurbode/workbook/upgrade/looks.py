"""Looks of cells, taken over from one styles part (ECMA-376 part 1, 18.8) into another."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from lxml import etree

_FIRST_OWN_FORMAT = 164  # 18.8.30: lower numbers are built in
_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs")
_KINDS = (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders"))


class Looks:
    """The styles of *source* as they are found in *target*; what is not there yet is added at its end."""

    def __init__(self, target: Any, source: Any) -> None:
        self.root = target
        self._source = source
        self._ns = str(etree.QName(target).namespace)
        self._known: dict[int, str] = {}
        self._entries: dict[str, dict[bytes, int]] = {}
        self.changed = False

    def of(self, style: int) -> str:
        """The number in the target of the *style* (`s` of a cell) of the source."""
        if style not in self._known:
            self._known[style] = str(self._taken_over(style))
        return self._known[style]

    def of_change(self, number: int) -> str:
        """The number in the target of a look that a condition gives (`dxfId` of a rule)."""
        return str(self._place("dxfs", deepcopy(_children(self._source, "dxfs")[number])))

    def _taken_over(self, style: int) -> int:
        made = deepcopy(_children(self._source, "cellXfs")[style])
        for attribute, kind in _KINDS:
            entry = _children(self._source, kind)[int(made.get(attribute, "0"))]
            made.set(attribute, str(self._place(kind, deepcopy(entry))))
        made.set("numFmtId", str(self._format(int(made.get("numFmtId", "0")))))
        made.set("xfId", "0")
        for attribute in ("Font", "Fill", "Border", "NumberFormat"):
            made.set(f"apply{attribute}", "1")
        return self._place("cellXfs", made)

    def _place(self, kind: str, entry: Any) -> int:
        """The number of *entry* in the target's list *kind*; at its end when it is not there yet."""
        entries = self._list(kind)
        if kind not in self._entries:
            known: dict[bytes, int] = {}
            for number, one in enumerate(entries.iterchildren(tag=etree.Element)):
                known.setdefault(_compared(one), number)
            self._entries[kind] = known
        known = self._entries[kind]
        text = _compared(entry)
        if text not in known:
            known[text] = len(entries.findall("{*}*"))
            entries.append(entry)
            entries.set("count", str(known[text] + 1))
            self.changed = True
        return known[text]

    def _format(self, number: int) -> int:
        if number < _FIRST_OWN_FORMAT:
            return number
        code = next(
            one.get("formatCode") for one in _children(self._source, "numFmts") if one.get("numFmtId") == str(number)
        )
        own = self._list("numFmts")
        for one in own.iterchildren(tag=etree.Element):
            if one.get("formatCode") == code:
                return int(one.get("numFmtId"))
        new = max([_FIRST_OWN_FORMAT - 1, *(int(one.get("numFmtId")) for one in own)]) + 1
        etree.SubElement(own, f"{{{self._ns}}}numFmt", numFmtId=str(new), formatCode=code)
        own.set("count", str(len(own)))
        self.changed = True
        return new

    def _list(self, kind: str) -> Any:
        found = self.root.find(f"{{{self._ns}}}{kind}")
        if found is None:
            found = etree.Element(f"{{{self._ns}}}{kind}", count="0")
            before = _ORDER[: _ORDER.index(kind)]
            known = [one for one in self.root.iterchildren(tag=etree.Element) if etree.QName(one).localname in before]
            if known:
                known[-1].addnext(found)
            else:
                self.root.insert(0, found)
        return found


def _children(styles: Any, kind: str) -> list[Any]:
    found = styles.find(f"{{*}}{kind}")
    return [] if found is None else list(found.iterchildren(tag=etree.Element))


def _compared(entry: Any) -> bytes:
    """*entry* as it is compared: however it was written."""
    return bytes(etree.tostring(entry, method="c14n", with_tail=False, exclusive=True))

"""What a cell of a worksheet part holds, and how its XML says so (ECMA-376 part 1, 18.3.1.4)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from lxml import etree

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ILLEGAL = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EXCEL_LONGEST_TEXT = 32_767


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula with the value that it comes to, so that nothing needs to calculate it to read it."""

    text: str
    shows: Plain


Plain = str | int | float | Decimal | date | datetime | None
Value = Plain | Formula


def fill(cell: Any, value: Value, ns: str) -> None:
    """Put *value* into *cell*, whose elements have the namespace *ns*; its style stays."""
    for child in list(cell):
        cell.remove(child)
    for attribute in ("t", "cm", "vm"):  # the kind of the old value, and what Excel keeps elsewhere about it
        cell.attrib.pop(attribute, None)
    if value is None or value == "":
        return
    if isinstance(value, Formula):
        etree.SubElement(cell, f"{{{ns}}}f").text = value.text
        show_in(cell, value.shows, ns)
    elif isinstance(value, str):
        text = etree.SubElement(etree.SubElement(cell, f"{{{ns}}}is"), f"{{{ns}}}t")
        text.text = clean(value)
        text.set(_XML_SPACE, "preserve")
        cell.set("t", "inlineStr")
    else:
        etree.SubElement(cell, f"{{{ns}}}v").text = digits(value)


def show_in(cell: Any, value: Value, ns: str) -> None:
    """Put in what the formula in *cell* comes to."""
    if isinstance(value, str):
        etree.SubElement(cell, f"{{{ns}}}v").text = clean(value)
        cell.set("t", "str")
    elif value is not None and not isinstance(value, Formula):
        etree.SubElement(cell, f"{{{ns}}}v").text = digits(value)


def digits(number: float | Decimal | date) -> str:
    """*number* as a cell's XML has it; a day is given as the number that `stored` makes of it."""
    return format(number, "f") if isinstance(number, Decimal) else repr(number)


def clean(text: str) -> str:
    """*text* without what XML forbids, as long as a cell may be."""
    return _ILLEGAL.sub("", text)[:_EXCEL_LONGEST_TEXT]


def serial(moment: date) -> float:
    """Excel's number of a day, or of a local moment; exact to the second."""
    if not isinstance(moment, datetime):
        return (moment - date(1899, 12, 30)).days
    since = moment.replace(tzinfo=None) - datetime(1899, 12, 30)  # noqa: DTZ001 - Excel knows no time zones
    return since.days + round(since.seconds / 86_400, 8)

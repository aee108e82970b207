"""Colours, fonts and number formats: crust and crumb, one typeface."""

from __future__ import annotations

from lxml import etree
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.writer.theme import theme_xml

from ..columns import Filled, Type

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"

FONT = "Calibri"
INK, CRUST, BROWN, WHEAT, CREAM = "3B2A1A", "B5763A", "6B4423", "F3E3C7", "FCF8F0"
SAGE, STONE, LINE, MUTED, WHITE = "66765A", "9C8468", "E6D9C3", "8A7763", "FFFFFF"
GREEN, GREEN_INK = "DDEBD2", "3C5A2B"
RED, RED_INK = "F6D5CD", "8C2F1B"
AMBER, AMBER_INK = "FBE7B8", "7A5200"
BLUE, BLUE_INK = "DCE6EE", "2F4B66"
GREY, GREY_INK = "ECE8E1", "6F665B"

HEADER_COLOURS = {Filled.TYPED: BROWN, Filled.CALCULATED: STONE, Filled.OURS: SAGE}

MONEY = "#,##0.00;[Red]\\-#,##0.00"
PRICE = "#,##0.00##;[Red]\\-#,##0.00##"
DATE = "dd\\-mm\\-yyyy"
MOMENT = "dd\\-mm\\-yyyy\\ hh:mm"
TEXT = "@"
GENERAL = "General"

FORMATS = {
    Type.IDENTIFIER: TEXT,
    Type.MONEY: MONEY,
    Type.DATE: DATE,
    Type.MOMENT: MOMENT,
}
RIGHT = frozenset({Type.NUMBER, Type.WHOLE, Type.MONEY, Type.PERCENT})
CENTRE = frozenset({Type.DATE, Type.MOMENT, Type.YES_NO})


def font(size: float = 11, *, bold: bool = False, colour: str = INK, italic: bool = False) -> Font:
    """The one typeface, in a size (points) and colour."""
    return Font(name=FONT, size=size, bold=bold, italic=italic, color=colour)


def fill(colour: str) -> PatternFill:
    """A plain background."""
    return PatternFill("solid", fgColor=colour)


def under(colour: str = LINE) -> Border:
    """A thin line below."""
    return Border(bottom=Side("thin", color=colour))


def aligned(column_type: Type) -> Alignment:
    """How the cells of a column stand."""
    across = "right" if column_type in RIGHT else "center" if column_type in CENTRE else "left"
    return Alignment(horizontal=across, vertical="center", indent=indent(column_type))


def indent(column_type: Type) -> int:
    """How far text stands from the edge of its cell, so that it does not touch a number beside it."""
    return 0 if column_type in CENTRE else 1


def warm_theme() -> bytes:
    """The Office theme with our colours as its accents, so that what the baker adds matches."""
    accents = (CRUST, SAGE, BROWN, "C9A227", STONE, "8C2F1B")
    root = etree.fromstring(theme_xml.encode())
    for number, colour in enumerate(accents, start=1):
        for accent in root.iter(f"{_DRAWING}accent{number}"):
            accent[0].set("val", colour)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def fill_changed(colour: str) -> PatternFill:
    """A background that a condition gives; there Excel takes the second colour of a plain fill."""
    return PatternFill("solid", fgColor=colour, bgColor=colour)

"""Plain Word tables: fixed widths, hairlines, no table style (a banded one costs a quarter of the conversion time)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm

TWENTIETHS_PER_MM = 1440 / 25.4
SIDES = ("top", "left", "bottom", "right")


def a_table(parent: Any, widths: Sequence[float], rows: int) -> Any:
    """A table of *rows* × *widths* (mm) without borders or margins, in a document, header, footer or cell."""
    table = parent.add_table(rows=rows, cols=len(widths), **_width_if_wanted(parent, widths))
    table.autofit = False
    properties = table._tbl.tblPr
    for style in properties.findall(qn("w:tblStyle")):
        properties.remove(style)
    properties.append(_measured("w:tblCellMar", dict.fromkeys(("left", "right"), 0)))
    for look in properties.findall(qn("w:tblLook")):
        properties.remove(look)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    return table


def _width_if_wanted(parent: Any, widths: Sequence[float]) -> dict[str, Any]:
    return (
        {"width": Mm(sum(widths))}
        if not hasattr(parent, "add_section") and not hasattr(parent, "vertical_alignment")
        else {}
    )


def margins(cell: Any, **sides: float) -> None:
    """Set the margins of *cell*, in millimetres."""
    cell._tc.get_or_add_tcPr().append(_measured("w:tcMar", sides))


def borders(cell: Any, **sides: tuple[int, str]) -> None:
    """Draw lines along *cell*; each is its thickness in eighths of a point and its colour."""
    box = OxmlElement("w:tcBorders")
    for side in SIDES:
        if side in sides:
            thickness, colour = sides[side]
            line = OxmlElement(f"w:{side}")
            for name, value in (("val", "single"), ("sz", str(thickness)), ("space", "0"), ("color", colour)):
                line.set(qn(f"w:{name}"), value)
            box.append(line)
    properties = cell._tc.get_or_add_tcPr()
    margin = properties.find(qn("w:tcMar"))
    if margin is None:
        properties.append(box)
    else:
        margin.addprevious(box)


def whole_row(row: Any, *, header: bool = False) -> None:
    """Keep *row* on one page; a *header* is repeated on every page."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if header:
        properties.append(OxmlElement("w:tblHeader"))


def _measured(tag: str, sides: Mapping[str, float]) -> Any:
    element = OxmlElement(tag)
    for side in SIDES:
        if side in sides:
            measure = OxmlElement(f"w:{side}")
            measure.set(qn("w:w"), str(round(sides[side] * TWENTIETHS_PER_MM)))
            measure.set(qn("w:type"), "dxa")
            element.append(measure)
    return element

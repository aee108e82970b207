"""Plain Word tables: fixed widths, hairlines, no table style (a banded one costs a quarter of the conversion time)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from docx.blkcntnr import BlockItemContainer
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm
from docx.table import _Cell

TWENTIETHS_PER_MM = 1440 / 25.4
SIDES = ("top", "left", "bottom", "right")


def a_table(parent: Any, widths: Sequence[float], rows: int, *, between: float = 0, line: str = "") -> Any:
    """A table of *rows* × *widths* (mm) in a document, header, footer or cell.

    Every cell has *between* mm above and below its text; rows end in a hairline of the colour *line*, if any.
    """
    own_width = {"width": Mm(sum(widths))} if isinstance(parent, BlockItemContainer) and not _is_cell(parent) else {}
    table = parent.add_table(rows=rows, cols=len(widths), **own_width)
    table.autofit = False
    properties = table._tbl.tblPr
    for unwanted in ("w:tblStyle", "w:tblLook"):
        for element in properties.findall(qn(unwanted)):
            properties.remove(element)
    if line:
        edges = _lines("w:tblBorders", {"bottom": (2, line), "insideH": (2, line)})
        properties.find(qn("w:tblLayout")).addprevious(edges)
    properties.append(_measured("w:tblCellMar", {"top": between, "left": 0, "bottom": between, "right": 0}))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    return table


def _is_cell(parent: Any) -> bool:
    return isinstance(parent, _Cell)


def margins(cell: Any, **sides: float) -> None:
    """Set the margins of *cell*, in millimetres."""
    cell._tc.get_or_add_tcPr().append(_measured("w:tcMar", sides))


def borders(cell: Any, **sides: tuple[int, str]) -> None:
    """Draw lines along *cell*; each is its thickness in eighths of a point (0: none) and its colour."""
    box = _lines("w:tcBorders", sides)
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


def page_field(paragraph: Any, code: str) -> None:
    """Add the number that Word works out for *code*: PAGE or NUMPAGES."""
    for kind in ("begin", "separate", "end"):
        run = paragraph.add_run()
        mark = OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), kind)
        run._r.append(mark)
        if kind == "begin":
            instruction = OxmlElement("w:instrText")
            instruction.text = code
            paragraph.add_run()._r.append(instruction)
        elif kind == "separate":
            paragraph.add_run("1")


def drop_empty_start(parent: Any) -> None:
    """Take away the empty paragraph with which a cell, a footer or a document begins."""
    first = parent.paragraphs[0] if parent.paragraphs else None
    if first is not None and not first.text and first._p.getnext() is not None:
        first._p.getparent().remove(first._p)


def _lines(tag: str, sides: Mapping[str, tuple[int, str]]) -> Any:
    box = OxmlElement(tag)
    for side in (*SIDES, "insideH"):
        if side in sides:
            thickness, colour = sides[side]
            line = OxmlElement(f"w:{side}")
            for name, value in (
                ("val", "single" if thickness else "nil"),
                ("sz", str(thickness)),
                ("space", "0"),
                ("color", colour),
            ):
                line.set(qn(f"w:{name}"), value)
            box.append(line)
    return box


def _measured(tag: str, sides: Mapping[str, float]) -> Any:
    element = OxmlElement(tag)
    for side in SIDES:
        if side in sides:
            measure = OxmlElement(f"w:{side}")
            measure.set(qn("w:w"), str(round(sides[side] * TWENTIETHS_PER_MM)))
            measure.set(qn("w:type"), "dxa")
            element.append(measure)
    return element

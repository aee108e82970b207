"""The list that goes with a round of paper invoices: what was printed, in the order of the route."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from docx import Document
from docx.enum.text import WD_PARAGRAPH_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from ..texts import Texts

_WIDTHS = (Cm(2.2), Cm(3.8), Cm(8.6), Cm(2.2))
_FONT = "Carlito"


@dataclass(frozen=True, slots=True)
class Listed:
    """An invoice on the list; `route` is empty for a customer without one."""

    route: str
    number: str
    customer: str
    pages: int


def cover_list(listed: Sequence[Listed], texts: Texts, now: datetime) -> bytes:
    """A Word document with *listed*, in their order, and how many they are. *now* is aware."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(11)
    normal.paragraph_format.space_after = Pt(2)
    title = document.add_paragraph().add_run(texts("cover_list.title", day=f"{now:%d-%m-%Y}", time=f"{now:%H:%M}"))
    title.bold, title.font.size = True, Pt(16)
    pages = sum(one.pages for one in listed)
    document.add_paragraph(texts("cover_list.summary", count=len(listed), pages=pages))
    table = document.add_table(rows=1, cols=len(_WIDTHS))
    table.style = "Table Grid"
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):  # LibreOffice looks at these, Word at the cells
        column.width = width
    headings = [texts(f"cover_list.{key}") for key in ("route", "invoice", "customer", "pages")]
    rows = [(one.route, one.number, one.customer, str(one.pages)) for one in listed]
    _fill(table.rows[0], headings, bold=True)
    _repeat_on_each_page(table.rows[0])
    for row in rows:
        _fill(table.add_row(), row)
    saved = BytesIO()
    document.save(saved)
    return saved.getvalue()


def _fill(row: object, words: Sequence[str], *, bold: bool = False) -> None:
    cells = row.cells  # type: ignore[attr-defined]
    for cell, text, width in zip(cells, words, _WIDTHS, strict=True):
        cell.width = width
        paragraph = cell.paragraphs[0]
        paragraph.add_run("".join(letter for letter in text if letter.isprintable())).bold = bold
    cells[-1].paragraphs[0].alignment = WD_PARAGRAPH_ALIGNMENT.RIGHT


def _repeat_on_each_page(row: object) -> None:
    properties = row._tr.get_or_add_trPr()  # type: ignore[attr-defined]
    heading = properties.makeelement(qn("w:tblHeader"), {qn("w:val"): "true"})
    properties.append(heading)

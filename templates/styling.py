"""The named Word styles of the invoice and the page they stand on. A baker restyles an invoice by changing these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt, RGBColor

FONT = "Calibri"  # where it is not installed, LibreOffice takes Carlito, which has the same widths
ACCENT = "8A4B14"
INK = "262626"
MUTED = "6B6B6B"
HAIRLINE = "D9D2C9"

LEFT_MARGIN_MM = 22
RIGHT_MARGIN_MM = 18
TOP_MARGIN_MM = 15
BOTTOM_MARGIN_MM = 26


@dataclass(frozen=True, slots=True)
class Look:
    """How a style differs from the base style; sizes in points, indents in millimetres."""

    size: float = 9.5
    colour: str = INK
    bold: bool = False
    right: bool = False
    before: float = 0
    after: float = 0
    exact: float = 0
    hang: float = 0
    keep_next: bool = False


PARAGRAPHS: Mapping[str, Look] = {
    "name": Look(size=21, colour=ACCENT, bold=True),
    "company": Look(size=8.5, colour=MUTED, right=True),
    "address": Look(size=10.5, exact=13),
    "title": Look(size=22, colour=ACCENT, exact=26, after=5),
    "fact": Look(hang=28, after=1.5),
    "head": Look(size=8.5, colour=ACCENT, bold=True, keep_next=True),
    "head_right": Look(size=8.5, colour=ACCENT, bold=True, right=True, keep_next=True),
    "cell": Look(),
    "cell_kept": Look(keep_next=True),
    "cell_right": Look(right=True),
    "total": Look(size=11.5, colour=ACCENT, bold=True),
    "total_right": Look(size=11.5, colour=ACCENT, bold=True, right=True),
    "text": Look(size=9.5, after=5),
    "payment": Look(size=9.5, after=5),
    "header": Look(size=8.5, colour=MUTED),
    "footer": Look(size=8, colour=MUTED),
    "footer_right": Look(size=8, colour=MUTED, right=True),
    "gap": Look(size=6, exact=14),
    "end": Look(size=1, exact=1),
    "end_kept": Look(size=1, exact=1, keep_next=True),
}
CHARACTERS: Mapping[str, Look] = {
    "label": Look(size=8.5, colour=MUTED),
    "detail": Look(size=8, colour=MUTED),
    "strong": Look(bold=True),
}


def a_page(words: Mapping[str, str]) -> WordDocument:
    """An empty A4 document with the invoice's styles, named in its language, and no others."""
    document: WordDocument = Document()
    _drop_what_is_not_used(document)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(LEFT_MARGIN_MM), Mm(RIGHT_MARGIN_MM)
    section.top_margin, section.bottom_margin = Mm(TOP_MARGIN_MM), Mm(BOTTOM_MARGIN_MM)
    section.header_distance, section.footer_distance = Mm(8), Mm(9)
    section.different_first_page_header_footer = True
    normal = document.styles["Normal"]
    _set_font(normal, Look())
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1.05
    normal.element.rPr.append(_with_value("w:lang", words["locale"]))
    for key, look in PARAGRAPHS.items():
        _add_paragraph_style(document, words[f"style_{key}"], look)
    for key, look in CHARACTERS.items():
        _set_font(document.styles.add_style(words[f"style_{key}"], WD_STYLE_TYPE.CHARACTER), look)
    return document


def _add_paragraph_style(document: WordDocument, name: str, look: Look) -> None:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    _set_font(style, look)
    shape = style.paragraph_format
    shape.space_before, shape.space_after = Pt(look.before), Pt(look.after)
    shape.alignment = WD_ALIGN_PARAGRAPH.RIGHT if look.right else WD_ALIGN_PARAGRAPH.LEFT
    if look.keep_next:
        shape.keep_with_next = True
    if look.exact:
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(look.exact)
    if look.hang:
        shape.left_indent, shape.first_line_indent = Mm(look.hang), Mm(-look.hang)
        shape.tab_stops.add_tab_stop(Mm(look.hang))


def _set_font(style: object, look: Look) -> None:
    font = style.font  # type: ignore[attr-defined]
    font.name, font.size, font.color.rgb = FONT, Pt(look.size), RGBColor.from_string(look.colour)
    if look.bold:
        font.bold = True
    fonts = style.element.rPr.rFonts  # type: ignore[attr-defined]
    for script in ("w:cs", "w:eastAsia"):
        fonts.set(qn(script), FONT)


def _with_value(tag: str, value: str) -> object:
    element = OxmlElement(tag)
    element.set(qn("w:val"), value)
    return element


def _drop_what_is_not_used(document: WordDocument) -> None:
    """Leave out the library's own styles, table looks and thumbnail: every conversion would read them again."""
    styles = document.styles.element
    kept = {"Normal", "Default Paragraph Font", "Normal Table", "No List"}
    for style in list(styles.style_lst):
        if style.name_val not in kept:
            styles.remove(style)
    for latent in styles.findall(qn("w:latentStyles")):
        styles.remove(latent)
    for relationships, unused in (
        (document.part.package.rels, ("thumbnail",)),
        (document.part.rels, ("stylesWithEffects", "customXml", "numbering", "webSettings")),
    ):
        for key, relationship in list(relationships.items()):
            if relationship.reltype.endswith(unused):
                del relationships[key]
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")  # Word 2013 and later: no "compatibility mode" in the title bar

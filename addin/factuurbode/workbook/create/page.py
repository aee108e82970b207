"""How a sheet prints: landscape, as wide as the page, the headings on every page, page x of y below."""

from __future__ import annotations

from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ...texts import Texts
from .whereabouts import HEADER_ROW


def set_up_page(worksheet: Worksheet, texts: Texts, *, wide: int = 1, headings: bool = True) -> None:
    """Set *worksheet* up for A4 paper, *wide* pages across; its headings stand on every page.

    A sheet without headings is made to fit one page.
    """
    worksheet.page_setup.paperSize = "9"  # A4
    worksheet.page_setup.orientation = "landscape"
    worksheet.page_setup.fitToWidth, worksheet.page_setup.fitToHeight = wide, 0 if headings else 1
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = worksheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.header, margins.footer = 0.5, 0.6, 0.3, 0.3
    worksheet.oddFooter = HeaderFooterItem(
        left=_HeaderFooterPart("&A"),
        center=_HeaderFooterPart(texts("print.page", page="&P", pages="&N")),
        right=_HeaderFooterPart("&D"),
    )
    if headings:
        worksheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    if wide > 1:
        worksheet.print_title_cols = "A:A"
        worksheet.page_setup.pageOrder = "overThenDown"

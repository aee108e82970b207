"""Putting a workbook together from its sheets."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from ...domain.model import Language
from ...errors import BookExists, StorageError, disk_reason
from ...files import replacing
from ...texts import Texts, texts_in
from ..columns import INVOICES, LOG, MAIL_SERVERS, SETTINGS, SHEETS, START_TITLE, Sheet, Type
from ..contents import Contents, Value
from ..demo import LOGO_NAME, demo_contents, save_logo
from ..reader import ledger_of
from ..source import Source
from . import styles
from .cached import Cells, counts, formula_values
from .finish import finished
from .formulas import Formulas
from .look import PAGES_WIDE, READY_TO_ROW
from .mail_servers import mail_servers
from .page import set_up_page
from .settings_sheet import fill_settings, setting_cell, starting_values
from .start_sheet import FIGURE_CELLS, fill_start
from .status_colours import colour_statuses
from .table_sheet import fill_table
from .whereabouts import FIRST_ROW

_TAB_COLOURS = {"settings": styles.STONE, "mail_servers": styles.STONE, "import": styles.STONE, "log": styles.SAGE}


def create_workbook(path: Path, language: Language, *, workbook_id: str, demo: bool = False) -> None:
    """Make a new workbook at *path*, empty or with a made-up bakery's month of work.

    Raises BookExists when something is there already, StorageError when it cannot be written.
    """
    if path.exists():
        raise BookExists(path=path)
    contents = demo_contents() if demo else Contents()
    write_workbook(path, language, contents, workbook_id=workbook_id)
    if demo and not (logo := path.with_name(LOGO_NAME)).exists():
        save_logo(logo)


def write_workbook(path: Path, language: Language, contents: Contents, *, workbook_id: str) -> None:
    """Write a workbook with *contents*, the same to the byte each time. Raises StorageError."""
    data = workbook_bytes(language, contents, workbook_id=workbook_id, path=path)
    with replacing(path) as out:
        out.write(data)


def workbook_bytes(language: Language, contents: Contents, *, workbook_id: str, path: Path) -> bytes:
    """The bytes of that workbook; *path* is where it will stand."""
    texts = texts_in(language)
    settings = starting_values(language, {**contents.settings, "workbook.id": workbook_id})
    formulas = Formulas(language, setting_cell("company.small_business", language), texts("unknown_customer"))
    workbook = Workbook()
    workbook.loaded_theme = styles.warm_theme()
    workbook.remove(workbook.worksheets[0])
    start = workbook.create_sheet(START_TITLE[language])
    ticks = fill_start(start, settings, formulas, language, texts)
    set_up_page(start, texts, headings=False)
    start.sheet_properties.tabColor = styles.CRUST
    for sheet in SHEETS:
        add_sheet(workbook, sheet, contents, settings, formulas, language, texts)
    workbook.properties.creator = workbook.properties.title = "factuurbode"
    package = io.BytesIO()
    try:
        workbook.save(package)
    except OSError as error:  # openpyxl keeps each sheet in a temporary file first
        raise StorageError(path=path, detail=disk_reason(error)) from error
    parts = {title: f"xl/worksheets/sheet{number}.xml" for number, title in enumerate(workbook.sheetnames, start=1)}
    doubted = {sheet.title(language): identifiers(sheet) for sheet in SHEETS}
    ledger = ledger_of(Source(path, package.getvalue()))
    values: Cells = formula_values(ledger, texts("unknown_customer"))
    products = sum(1 for row in contents.rows_of("products") if row.get("article"))
    values[start.title] = {**ticks, **dict(zip(FIGURE_CELLS, counts(ledger, products), strict=True))}
    return finished(package.getvalue(), parts, values, doubted)


def add_sheet(
    workbook: Workbook,
    sheet: Sheet,
    contents: Contents,
    settings: Mapping[str, Value],
    formulas: Formulas,
    language: Language,
    texts: Texts,
) -> Worksheet:
    """Make *sheet* in *workbook*, whole: filled, coloured, and ready to be printed."""
    worksheet: Worksheet = workbook.create_sheet(sheet.title(language))
    worksheet.sheet_properties.tabColor = _TAB_COLOURS.get(sheet.key, styles.BROWN)
    _fill(worksheet, sheet, contents, settings, formulas, language, texts)
    set_up_page(worksheet, texts, wide=PAGES_WIDE.get(sheet.key, 1))
    return worksheet


def _fill(
    worksheet: Worksheet,
    sheet: Sheet,
    contents: Contents,
    settings: Mapping[str, Value],
    formulas: Formulas,
    language: Language,
    texts: Texts,
) -> None:
    if sheet is SETTINGS:
        fill_settings(worksheet, settings, language, texts)
        return
    rows = mail_servers(texts) if sheet is MAIL_SERVERS else contents.rows_of(sheet.key)
    fill_table(worksheet, sheet, rows, formulas.of(sheet), language, texts, contents.spare.get(sheet.key))
    if sheet in (INVOICES, LOG):
        key = "status" if sheet is INVOICES else "state"
        letter = get_column_letter([column.key for column in sheet.columns].index(key) + 1)
        colour_statuses(worksheet, letter, FIRST_ROW, READY_TO_ROW[INVOICES.key], language)


def identifiers(sheet: Sheet) -> str:
    """The ranges of a sheet in which digits are meant as text."""
    if sheet is SETTINGS:
        return "C1:C200"
    letters = [
        get_column_letter(index)
        for index, column in enumerate(sheet.columns, start=1)
        if column.type is Type.IDENTIFIER
    ]
    return " ".join(f"{letter}{FIRST_ROW}:{letter}200000" for letter in letters)

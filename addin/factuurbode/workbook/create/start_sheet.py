"""The Start sheet: what the workbook is for in ten lines, and what is still to be set up, ticked off by formulas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Font
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from ...domain.model import Language
from ...domain.states import DELIVERED, State
from ...texts import Texts
from ..columns import CUSTOMERS, INVOICES, PRODUCTS, Sheet
from ..contents import Value
from ..statuses import state_word
from . import styles
from .formulas import Formulas
from .settings_sheet import setting_cell

DONE, OPEN = "✓", "○"
STEPS = 10


@dataclass(frozen=True, slots=True)
class Check:
    """Something to set up: done when all its settings and one of `one_of` are filled, or when `or_yes` says yes."""

    key: str
    settings: tuple[str, ...]
    or_yes: str = ""
    one_of: tuple[str, ...] = ()


CHECKS: tuple[Check, ...] = (
    Check("company", ("company.name", "company.street", "company.postcode", "company.city", "company.kvk")),
    Check("vat", ("company.vat_number",), "company.small_business"),
    Check("logo", ("company.logo",)),
    Check("iban", ("company.iban",)),
    Check("printer", ("printing.printer",), "general.always_save_as_pdf"),
    Check("mail", ("mail.sender",), one_of=("mail.server", "mail.provider")),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A count that the sheet shows."""

    key: str
    formula: str
    sheet: Sheet


def fill_start(
    worksheet: Worksheet, settings: Mapping[str, Value], formulas: Formulas, language: Language, texts: Texts
) -> dict[str, Value]:
    """Write the sheet. Returns the value of each tick, by cell; the counts are for the reader of the rest to know."""
    worksheet.sheet_view.showGridLines = False
    for letter, width in zip("ABCDEFG", (3, 5, 58, 4, 5, 24, 34), strict=True):
        worksheet.column_dimensions[letter].width = width
    _title(worksheet, texts)
    _steps(worksheet, texts)
    ticks = _checks(worksheet, settings, language, texts)
    _figures(worksheet, figures(formulas, language), texts, language)
    return ticks


def figures(formulas: Formulas, language: Language) -> tuple[Figure, ...]:
    """The counts: customers, products, invoices, and those that have yet to go out: a void one never does."""
    numbers, status = formulas.column(INVOICES, "number"), formulas.column(INVOICES, "status")
    words = sorted(state_word(state, language) for state in State if state in DELIVERED | {State.VOID})
    gone = "".join(f'-COUNTIF({status},"{word}*")' for word in words)
    # The program writes statuses while no spreadsheet program is looking; a volatile formula is calculated at opening.
    gone += "+0*TODAY()"
    return (
        Figure("customers", f"COUNTA({formulas.column(CUSTOMERS, 'number')})", CUSTOMERS),
        Figure("products", f"COUNTA({formulas.column(PRODUCTS, 'article')})", PRODUCTS),
        Figure("invoices", f"COUNTA({numbers})", INVOICES),
        Figure("to_send", f"COUNTA({numbers}){gone}", INVOICES),
    )


FIGURE_CELLS = ("E12", "E13", "E14", "E15")


def _title(worksheet: Worksheet, texts: Texts) -> None:
    worksheet.row_dimensions[1].height = 46
    worksheet.row_dimensions[2].height = 22
    for row in (1, 2):
        for column in range(1, 8):
            worksheet.cell(row, column).fill = styles.fill(styles.WHEAT)
    title, line = worksheet["B1"], worksheet["B2"]
    title.value, line.value = texts("start.title"), texts("start.line")
    title.font, line.font = styles.font(24, bold=True, colour=styles.BROWN), styles.font(11, colour=styles.MUTED)
    title.alignment, line.alignment = Alignment(vertical="bottom"), Alignment(vertical="top")


def _heading(worksheet: Worksheet, at: str, text: str) -> None:
    cell = worksheet[at]
    cell.value, cell.font = text, styles.font(14, bold=True, colour=styles.CRUST)
    cell.alignment = Alignment(vertical="center")


def _steps(worksheet: Worksheet, texts: Texts) -> None:
    _heading(worksheet, "B4", texts("start.steps"))
    worksheet.row_dimensions[4].height = 26
    for number in range(1, STEPS + 1):
        row = 4 + number
        worksheet.row_dimensions[row].height = 33
        count, step = worksheet.cell(row, 2, number), worksheet.cell(row, 3, texts(f"start.step{number}"))
        count.font, step.font = styles.font(13, bold=True, colour=styles.CRUST), styles.font()
        count.alignment = Alignment(horizontal="center", vertical="center")
        step.alignment = Alignment(vertical="center", wrap_text=True)
        count.border = step.border = styles.under()


def _checks(worksheet: Worksheet, settings: Mapping[str, Value], language: Language, texts: Texts) -> dict[str, Value]:
    _heading(worksheet, "E4", texts("start.checks"))
    ticks: dict[str, Value] = {}
    for number, check in enumerate(CHECKS, start=5):
        cell = worksheet.cell(number, 5, f"={_tick_formula(check, language)}")
        cell.font = styles.font(14, bold=True, colour=styles.CRUST)
        cell.alignment = Alignment(horizontal="center", vertical="center")
        name = worksheet.cell(number, 6, texts(f"check.{check.key}"))
        _link(worksheet, name.coordinate, setting_cell(check.settings[0], language).replace("$", ""))
        why = worksheet.cell(number, 7, texts(f"check.{check.key}_why"))
        why.font, why.alignment = styles.font(10, colour=styles.MUTED), Alignment(vertical="center", wrap_text=True)
        cell.border = name.border = why.border = styles.under()
        ticks[cell.coordinate] = DONE if _is_done(check, settings) else OPEN
    form = DifferentialStyle(font=Font(bold=True, color=styles.GREEN_INK), fill=styles.fill_changed(styles.GREEN))
    area = f"E5:E{4 + len(CHECKS)}"
    worksheet.conditional_formatting.add(area, Rule(type="expression", formula=[f'$E5="{DONE}"'], dxf=form))
    return ticks


def _is_done(check: Check, settings: Mapping[str, Value]) -> bool:
    filled = {key for key, value in settings.items() if value not in (None, "")}
    if check.or_yes and settings[check.or_yes] in ("Ja", "Yes"):
        return True
    return filled.issuperset(check.settings) and (not check.one_of or not filled.isdisjoint(check.one_of))


def _tick_formula(check: Check, language: Language) -> str:
    filled = [f'{setting_cell(key, language)}<>""' for key in check.settings]
    if check.one_of:
        one = ",".join(f'{setting_cell(key, language)}<>""' for key in check.one_of)
        filled.append(f"OR({one})")
    done = f"AND({','.join(filled)})"
    if check.or_yes:
        cell = setting_cell(check.or_yes, language)
        done = f'OR({done},{cell}="Ja",{cell}="Yes")'
    return f'IF({done},"{DONE}","{OPEN}")'


def _figures(worksheet: Worksheet, shown: tuple[Figure, ...], texts: Texts, language: Language) -> None:
    first = int(FIGURE_CELLS[0][1:])
    _heading(worksheet, f"E{first - 1}", texts("start.figures"))
    worksheet.row_dimensions[first + len(shown) - 1].height = 33
    for number, figure in enumerate(shown, start=first):
        cell = worksheet.cell(number, 5, f"={figure.formula}")
        cell.font = styles.font(13, bold=True, colour=styles.BROWN)
        cell.alignment = Alignment(horizontal="center", vertical="center")
        name = worksheet.cell(number, 6, texts(f"figure.{figure.key}"))
        title = figure.sheet.title(language)
        _link(worksheet, name.coordinate, f"'{title}'!A3" if " " in title else f"{title}!A3")
        cell.border = name.border = worksheet.cell(number, 7).border = styles.under()


def _link(worksheet: Worksheet, at: str, target: str) -> None:
    cell = worksheet[at]
    cell.hyperlink = Hyperlink(ref=at, location=target)
    cell.font = styles.font(colour=styles.BROWN)
    cell.alignment = Alignment(vertical="center", indent=1)

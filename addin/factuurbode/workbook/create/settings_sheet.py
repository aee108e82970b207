"""The Settings sheet: a table of group, setting, value and explanation, with a rule for each value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openpyxl.styles import Alignment, Border, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ...domain.model import Language
from ...texts import Texts
from ..columns import MAIL_SERVERS, SETTINGS, Type
from ..contents import Value, written
from ..settings.rows import SETTINGS_TABLE
from ..settings.table import Group, Setting, group_title
from . import styles
from .look import READY_TO_ROW
from .table_sheet import fill_table
from .validation import Validations
from .whereabouts import FIRST_ROW, Whereabouts

VALUE_COLUMN = 3
_FORMATS = {Type.WHOLE: styles.GENERAL, Type.PERCENT: styles.GENERAL, Type.MONEY: styles.MONEY}
_LINES = {"closing.text": 48.0}


def setting_cell(key: str, language: Language) -> str:
    """The cell of a setting's value in a new workbook, as a formula of another sheet names it."""
    row = FIRST_ROW + [setting.key for setting in SETTINGS_TABLE].index(key)
    return f"{SETTINGS.title(language)}!$C${row}"


def starting_values(language: Language, settings: Mapping[str, Value]) -> dict[str, Value]:
    """The value of every setting as it stands in the sheet: *settings*, or what a new workbook starts with."""
    unknown = settings.keys() - {setting.key for setting in SETTINGS_TABLE}
    if unknown:
        raise KeyError(f"no such settings: {sorted(unknown)}")
    return {
        setting.key: written(
            settings.get(setting.key, _typed(setting, setting.start(language))), setting.choices, language
        )
        for setting in SETTINGS_TABLE
    }


def fill_settings(
    worksheet: Worksheet,
    values: Mapping[str, Value],
    language: Language,
    texts: Texts,
    settings: Sequence[Setting] = SETTINGS_TABLE,
    where: Whereabouts | None = None,
) -> None:
    """Write the sheet with *values* of *settings*; *where* describes the workbook that its dropdowns refer to."""
    rows: list[dict[str, Value]] = [
        {
            "group": group_title(setting.group, language),
            "setting": setting.title(language),
            "value": values[setting.key],
            "explanation": setting.explanation(language),
        }
        for setting in settings
    ]
    fill_table(worksheet, SETTINGS, rows, {}, language, texts, spare=0)
    worksheet.sheet_view.showGridLines = False
    rules = _Rules(worksheet, Validations(language, texts, FIRST_ROW, where), language)
    previous: Group | None = None
    for number, setting in enumerate(settings, start=FIRST_ROW):
        _dress(worksheet, number, setting, first=setting.group is not previous)
        rules.add(setting, f"C{number}")
        previous = setting.group


def value_unset(setting: Setting, language: Language) -> Value:
    """What the cell of *setting* says when it comes into a workbook: what the program took while it was not there."""
    return written(_typed(setting, setting.default), setting.choices, language)


def _typed(setting: Setting, start: str) -> Value:
    return int(start) if setting.type in (Type.WHOLE, Type.PERCENT) and start else start or None


def _dress(worksheet: Worksheet, number: int, setting: Setting, *, first: bool) -> None:
    line = Side("thin", color=styles.LINE)
    border = Border(bottom=line, top=Side("medium", color=styles.CRUST) if first else line)
    group, name, value, why = (worksheet.cell(number, column) for column in range(1, 5))
    for cell in (group, name, value, why):
        cell.border = border
    group.font = styles.font(bold=first, colour=styles.BROWN if first else styles.LINE)
    name.font = styles.font(bold=True)
    why.font = styles.font(10, colour=styles.MUTED)
    tall = next((height for key, height in _LINES.items() if setting.key.startswith(key)), None)
    if tall:
        worksheet.row_dimensions[number].height = tall
    value.alignment = Alignment(horizontal="left", vertical="center", indent=1, wrap_text=tall is not None or None)
    value.number_format = _FORMATS.get(setting.type, styles.TEXT)
    if setting.ours:
        value.font = styles.font(colour=styles.MUTED)
        value.fill = styles.fill(styles.GREY)
    else:
        value.fill = styles.fill(styles.CREAM)


class _Rules:
    """One validation for all settings of the same kind."""

    def __init__(self, worksheet: Worksheet, validations: Validations, language: Language) -> None:
        self._worksheet = worksheet
        self._validations = validations
        self._language = language

    def add(self, setting: Setting, cell: str) -> None:
        rule = self._rule(setting)
        if rule is not None:
            rule.errorTitle = setting.title(self._language)[:32]
            rule.add(cell)
            self._worksheet.add_data_validation(rule)

    def _rule(self, setting: Setting) -> DataValidation | None:
        if setting.key == "mail.provider":
            standing = self._validations.where.standing(MAIL_SERVERS, "provider")
            cells = standing.down_to(READY_TO_ROW[MAIL_SERVERS.key])[1]
            return DataValidation("list", formula1=cells, allow_blank=True, showErrorMessage=False)
        if setting.choices:
            return self._validations.choice(setting.choices)
        if setting.type is Type.MONEY:
            return self._validations.amount(0, 1_000_000)
        return self._validations.count(0, 1_000_000) if setting.type is Type.WHOLE and not setting.ours else None

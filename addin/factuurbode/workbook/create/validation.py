"""Dropdowns, limits and prompts of the entry columns."""

from __future__ import annotations

from datetime import date
from typing import Literal

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from ...domain.model import Language
from ...domain.vat import RATES, taxed_first
from ...texts import Texts
from ..choices import Choices
from ..columns import Column, Sheet, Type
from .look import LOOKED_UP, READY_TO_ROW
from .whereabouts import InNewBook, Whereabouts

_EARLIEST_DAY = 36526  # 1 January 2000
_LATEST_DAY = 73050  # 31 December 2099
_NOW = frozenset(rate.percentage for rate in RATES if rate.until == date.max)
_FORMER = frozenset(rate.percentage for rate in RATES) - _NOW
_VAT_CHOICES = f'"{",".join(map(str, (*taxed_first(_NOW), *taxed_first(_FORMER))))}"'


class Validations:
    """Adds the rules of one sheet, whose `first_row` is the first under its headings, in the workbook of *where*."""

    def __init__(self, language: Language, texts: Texts, first_row: int, where: Whereabouts | None = None) -> None:
        self._language = language
        self.where = where or InNewBook(language)
        self._texts = texts
        self._first_row = first_row

    def add(self, worksheet: Worksheet, sheet: Sheet, column: Column, letter: str) -> None:
        """Give the cells of *column*, which stands at *letter*, their rule and prompt."""
        prompt = f"prompt.{sheet.key}.{column.key}"
        rule = self._rule(sheet, column)
        if rule is None:
            if prompt not in self._texts:
                return
            rule = DataValidation(allow_blank=True)
        self.finish(rule, column.title(self._language), prompt)
        rule.add(f"{letter}{self._first_row}:{letter}{READY_TO_ROW[sheet.key]}")
        worksheet.add_data_validation(rule)

    def finish(self, rule: DataValidation, title: str, prompt: str) -> None:
        """Give *rule* its title, and its prompt where the texts have one."""
        rule.errorTitle = title[:32]
        if prompt in self._texts:
            rule.promptTitle, rule.prompt, rule.showInputMessage = title[:32], self._texts(prompt)[:255], True

    def choice(self, choices: Choices) -> DataValidation:
        """A dropdown with the words of *choices*."""
        words = [choice.word(self._language) for choice in choices]
        rule = DataValidation("list", formula1=f'"{",".join(words)}"', allow_blank=True, showErrorMessage=True)
        rule.error = self._texts("refused.choice", choices=", ".join(words))[:255]
        return rule

    def count(self, lowest: int, highest: int) -> DataValidation:
        """A whole number within limits."""
        rule = _between("whole", lowest, highest)
        rule.error = self._texts("refused.count", lowest=lowest, highest=highest)
        return rule

    def amount(self, lowest: int, highest: int) -> DataValidation:
        """A number within limits."""
        rule = _between("decimal", lowest, highest)
        rule.error = self._texts("refused.number")
        return rule

    def _rule(self, sheet: Sheet, column: Column) -> DataValidation | None:
        if (sheet.key, column.key) in LOOKED_UP:
            return self._looked_up(*LOOKED_UP[sheet.key, column.key])
        if column.choices:
            return self.choice(column.choices)
        if column.key == "vat_rate":
            rule = DataValidation("list", formula1=_VAT_CHOICES, allow_blank=True, showErrorMessage=True)
            rule.errorStyle, rule.error = "warning", self._texts("refused.vat_rate")
            return rule
        if column.type is Type.PERCENT:
            rule = _between("decimal", 0, 100)
            rule.error = self._texts("refused.percent")
            return rule
        if column.type is Type.DATE:
            rule = _between("date", _EARLIEST_DAY, _LATEST_DAY)
            rule.error = self._texts("refused.date")
            return rule
        if column.type in (Type.NUMBER, Type.MONEY):
            rule = _between("decimal", -1_000_000, 1_000_000)
            rule.error = self._texts("refused.number")
            return rule
        return self.count(0, 65_535) if column.type is Type.WHOLE else None

    def _looked_up(self, sheet: Sheet, key: str) -> DataValidation:
        """A dropdown with what stands in a column of *sheet*, without the empty rows below it."""
        standing = self.where.standing(sheet, key)
        start, filled = standing.down_to(READY_TO_ROW[sheet.key])
        cells = f"OFFSET({start},0,0,MAX(1,COUNTA({filled})),1)"
        rule = DataValidation("list", formula1=cells, allow_blank=True, showErrorMessage=True, errorStyle="warning")
        rule.error = self._texts("refused.unknown", sheet=standing.title)
        return rule


def _between(kind: Literal["whole", "decimal", "date"], lowest: int, highest: int) -> DataValidation:
    return DataValidation(
        kind,
        operator="between",
        formula1=str(lowest),
        formula2=str(highest),
        allow_blank=True,
        showErrorMessage=True,
    )

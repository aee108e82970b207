"""A new workbook with nothing in it but what another one lacks: the looks, widths and rules of that come from here."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from lxml import etree
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from ...domain.model import Language
from ...texts import texts_in
from ..columns import SETTINGS, SHEETS
from ..contents import Contents
from ..create.book import add_sheet, identifiers
from ..create.finish import finished
from ..create.formulas import Formulas
from ..create.settings_sheet import fill_settings, value_unset
from ..create.table_sheet import fill_table
from ..create.whereabouts import Whereabouts
from ..settings.rows import SETTINGS_TABLE
from .gaps import Gaps

_STRICT = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        "http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
}
"""The namespaces of a workbook of the strict kind (ECMA-376 part 1, annex A.1) by those of an ordinary one."""


@dataclass(frozen=True)
class Model:
    """The workbook, its parts, and the formulas of its calculated columns. Sheets are known by their title."""

    book: Workbook
    parts: Mapping[str, bytes]
    formulas: Formulas
    namespace: str

    def sheet(self, title: str) -> Worksheet:
        """A sheet, to ask for its cells."""
        sheet = self.book[title]
        if not isinstance(sheet, Worksheet):
            raise TypeError(title)
        return sheet

    @cached_property
    def styles(self) -> Any:
        """The root of the styles part."""
        return self._root("xl/styles.xml")

    def part(self, title: str) -> Any:
        """The root of a sheet."""
        return self._root(f"xl/worksheets/sheet{self.book.sheetnames.index(title) + 1}.xml")

    def tables(self, title: str) -> list[Any]:
        """The roots of the tables on a sheet."""
        wanted = self.sheet(title).tables
        roots = [self._root(name) for name in self.parts if name.startswith("xl/tables/")]
        return [root for root in roots if root.get("displayName") in wanted]

    def rule(self, title: str, cell: str) -> Any:
        """A copy of the validation whose area begins with *cell*, or None."""
        for rule in self.part(title).iter("{*}dataValidation"):
            if rule.get("sqref").partition(":")[0] == cell:
                return deepcopy(rule)
        return None

    @cached_property
    def words(self) -> list[str]:
        """The shared strings."""
        root = self._root("xl/sharedStrings.xml")
        return ["".join(root_text.itertext()) for root_text in root.iter("{*}si")]

    def _root(self, name: str) -> Any:
        data = self.parts[name]
        if self.namespace in _STRICT.values():
            for ordinary, strict in _STRICT.items():
                data = data.replace(ordinary.encode(), strict.encode())
        return etree.fromstring(data)


def model_of(gaps: Gaps, language: Language, where: Whereabouts, small_business: str, namespace: str) -> Model:
    """The model of *gaps* in the workbook of *where*; *small_business* is the cell of that setting in it.

    Its elements have *namespace*: a workbook may be of the strict kind.
    """
    texts = texts_in(language)
    formulas = Formulas(language, small_business, texts("unknown_customer"), where)
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in SHEETS:
        if sheet in gaps.sheets:
            add_sheet(book, sheet, Contents(), {}, formulas, language, texts)
        elif sheet is SETTINGS:
            settings = (*gaps.settings, *SETTINGS_TABLE[:2])  # the last row is an ordinary one, inside a group
            values = {one.key: value_unset(one, language) for one in settings}
            fill_settings(book.create_sheet(sheet.title(language)), values, language, texts, settings, where)
        elif sheet.key in gaps.columns:
            worksheet = book.create_sheet(sheet.title(language))
            fill_table(worksheet, sheet, (), formulas.of(sheet), language, texts, 0, where)
    package = io.BytesIO()
    book.save(package)
    parts = {title: f"xl/worksheets/sheet{number}.xml" for number, title in enumerate(book.sheetnames, start=1)}
    whole = finished(
        package.getvalue(), parts, {}, {sheet.title(language): identifiers(sheet) for sheet in gaps.sheets}
    )
    with zipfile.ZipFile(io.BytesIO(whole)) as made:
        return Model(book, {name: made.read(name) for name in made.namelist()}, formulas, namespace)

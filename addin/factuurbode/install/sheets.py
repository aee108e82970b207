"""The add-in's own sheets: its configuration, its texts, and the licences of what it holds. Nobody ever sees them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from xml.sax.saxutils import escape

from ..assets import asset
from ..domain.model import Language
from ..texts import texts_in
from ..workbook.columns import INVOICES, SETTINGS
from .xlwings_parts import licence

_NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_GROUP = "ribbon_tab."


def configuration_sheet(values: Mapping[str, str | bool]) -> str:
    """A key and its value in each row."""
    return _sheet("Configuration", values.items())


def texts_sheet() -> str:
    """A key, its Dutch and its English in each row: all of the tab's texts, and the titles of the sheets that make a
    workbook one of ours."""
    dutch, english = texts_in(Language.NL), texts_in(Language.EN)
    keys = sorted(key for key in dutch.keys() if key.startswith(_GROUP))  # noqa: SIM118 - not a mapping
    rows = [(key.removeprefix(_GROUP), dutch.raw(key), english.raw(key)) for key in keys]
    rows += [(f"sheet.{sheet.key}", sheet.nl, sheet.en) for sheet in (INVOICES, SETTINGS)]
    return _sheet("TextsSheet", rows)


def licences_sheet() -> str:
    """A line in each row."""
    lines = [*licence().splitlines(), "", *asset("addin", "vba/LICENSE.Dictionary.txt").read_text("utf-8").splitlines()]
    return _sheet("Licences", ((line,) for line in lines))


def _sheet(code_name: str, rows: Iterable[Sequence[str | bool]]) -> str:
    written = "".join(_row(number, row) for number, row in enumerate(rows, 1))
    return (
        f'<worksheet xmlns="{_NAMESPACE}"><sheetPr codeName="{code_name}"/><sheetData>{written}</sheetData></worksheet>'
    )


def _row(number: int, row: Sequence[str | bool]) -> str:
    cells = "".join(_cell(f"{column}{number}", value) for column, value in zip("ABC", row, strict=False))
    return f'<row r="{number}">{cells}</row>'


def _cell(place: str, value: str | bool) -> str:
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    if not value:
        return ""
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'

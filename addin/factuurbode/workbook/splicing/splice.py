"""Changing cells of a closed workbook in its XML, without touching anything else.

openpyxl would drop charts, shapes, slicers and more from a baker's workbook; here only the sheets that are
edited, the tables on them that change, and the calculation chain are written again, of other parts what refers to
cells that moved, and the workbook's own part, in which Excel is asked to calculate.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from ...errors import BookUnreadable, NoRoomBelow
from ..parts.cell_xml import Formula, Value
from ..parts.date_styles import date_styles
from ..parts.opc import SheetPart, WorkbookParts, parsed, parsed_part, related, serialised, workbook_parts
from ..parts.package import Package
from ..parts.recalculation import asking_to_calculate
from ..parts.sheet_xml import Row, TotalsRow, column_letters, split_reference
from .followed_parts import followed_parts
from .row_moves import RowMoves
from .sheet_cut import Cut, without_rows
from .sheet_formulas import Continued
from .sheet_in_rows import SheetInRows
from .sheet_ranges import move_ranges
from .table_cutting import Cutting, RowsOut
from .table_growth import Growth, NoRoomInSheet, TableRows, rows_to_touch
from .table_part import TablePart

_CHAIN = "xl/calcChain.xml"


@dataclass(frozen=True, slots=True)
class SheetEdit:
    """What changes on one sheet: cells by their reference, and rows appended below the last filled row.

    `header_row` is the row of the column titles, above which nothing is appended. `grown` are rows of a table whose
    formulas and form continue, `removed` are rows that leave a table.
    """

    cells: Mapping[str, Value] = field(default_factory=dict)
    appended: Sequence[Row] = ()
    header_row: int = 0
    grown: TableRows | None = None
    removed: RowsOut | None = None

    @property
    def table_row(self) -> int:
        """The row with the headings of the table that grows or loses rows; 0 when none does."""
        changing = self.grown or self.removed
        return changing.header_row if changing else 0


def splice(source: Path, target: Path, edits: Mapping[str, SheetEdit]) -> None:
    """Write *source* to *target* (they may be the same) with *edits*, by sheet title, applied.

    Raises BookUnreadable when a sheet is not there or its XML is not as it should be, NoRoomBelow when a table cannot
    grow, StorageError when *target* cannot be written.

    Text is always written as text: a value that begins with `=` is no formula.
    """
    with Package(source) as package:
        workbook = workbook_parts(package)
        changed: dict[str, bytes] = {}
        moves: list[RowMoves] = []
        for sheet in workbook.sheets:
            if sheet.title in edits:
                changed.update(_edited(package, workbook, sheet, edits[sheet.title], changed, moves))
        if changed and (asking := asking_to_calculate(package, workbook)):
            changed[workbook.part] = asking
        changed.update(followed_parts(package, workbook, moves, changed))
        if missing := edits.keys() - {sheet.title for sheet in workbook.sheets}:
            raise BookUnreadable(path=source, detail=", ".join(sorted(missing)))
        package.write_copy(target, changed)


def _edited(
    package: Package,
    workbook: WorkbookParts,
    sheet: SheetPart,
    edit: SheetEdit,
    so_far: Mapping[str, bytes],
    moves: list[RowMoves],
) -> dict[str, bytes]:
    """The parts that *edit* changes; what it moves is added to *moves*."""
    xml = package.read(sheet.part)
    part, table = _table(package, sheet, edit.table_row) if edit.table_row else ("", None)
    touched = {split_reference(reference)[1] for reference in edit.cells}
    dropped: set[str] = set()
    if edit.grown:
        touched |= rows_to_touch(xml, edit.grown.below, table)
    if edit.removed and table is not None:
        xml, dropped = without_rows(xml, edit.removed.rows, {column_letters(column) for column in table.columns})
    cut = None if edit.appended or edit.removed else Cut(xml, touched)
    cells = _in_rows(package, workbook, sheet, xml, cut)
    if cut and any(map(cells.says_it_for_others, edit.cells)):  # they may stand in rows that were set aside
        cut = None
        cells = _in_rows(package, workbook, sheet, xml, cut)
    for reference, value in edit.cells.items():
        cells.put(reference, value)
    changed: dict[str, bytes] = {}
    moved: RowMoves | None = None
    if edit.appended:
        part, table = _table(package, sheet, edit.header_row)
        moved = _appended(sheet, cells, edit, table)
    growth = None
    if edit.grown:
        growth = Growth(sheet.title, cells, table, Continued(cells, table, cut))
        moved = _grown(package, sheet, growth, edit.grown)
    if edit.removed:
        cells.formulas_lost |= dropped
        moved = Cutting(sheet.title, cells, table).remove(edit.removed)
    if moved is not None and table is not None:
        moves.append(moved)
        table.follow(moved)
        move_ranges(cells.root, cells.namespace, moved)
        changed[part] = serialised(table.root)
    whole = serialised(cells.root)
    whole = cut.restored(whole) if cut else whole
    changed[sheet.part] = growth.completed(whole) if growth else whole
    if cells.formulas_lost and _CHAIN in package.names():
        chain = etree.fromstring(so_far[_CHAIN]) if _CHAIN in so_far else parsed(package, _CHAIN)
        _forget_formulas(chain, sheet.sheet_id, cells.formulas_lost)
        changed[_CHAIN] = serialised(chain)
    return changed


def _in_rows(package: Package, workbook: WorkbookParts, sheet: SheetPart, xml: bytes, cut: Cut | None) -> SheetInRows:
    root = parsed_part(package, sheet.part, cut.xml if cut else xml)
    dates = date_styles(parsed(package, workbook.styles)) if workbook.styles in package.names() else frozenset[str]()
    return SheetInRows(root, from_1904=workbook.from_1904, dates=dates, style_cut=cut.style_between if cut else None)


def _grown(package: Package, sheet: SheetPart, growth: Growth, rows: TableRows) -> RowMoves | None:
    """Put *rows* in; what that moves. Raises NoRoomBelow."""
    try:
        return growth.add(rows)
    except NoRoomInSheet as error:
        raise NoRoomBelow(path=package.path, sheet=sheet.title, row=error.row) from error


def _appended(sheet: SheetPart, cells: SheetInRows, edit: SheetEdit, table: TablePart | None) -> RowMoves | None:
    """Append the rows of *edit*, in which formulas of other columns continue; what that moves."""
    totals = TotalsRow(table.totals_row, table.columns) if table and table.totals_row else None
    first, last = cells.append(edit.header_row, edit.appended, totals)
    if table is None or first - 1 > table.last_data_row:
        return None
    moved = table.grown(sheet.title, last)
    formulas = Continued(cells, table)
    given = {letters for row in edit.appended for letters in row}
    for column in table.columns:
        letters = column_letters(column)
        if letters in given or not (found := formulas.below(letters, first, moved)):
            continue
        for number in range(first, last + 1):
            if not cells.holds(number, (column,)):
                cells.put(f"{letters}{number}", Formula(found[0](number), None))
    return moved


def _table(package: Package, sheet: SheetPart, header_row: int) -> tuple[str, TablePart | None]:
    """The table on *sheet* whose headings are in *header_row*, and its part."""
    tables = {part: TablePart(parsed(package, part)) for part in related(package, sheet.part, "/table")}
    return next(((part, table) for part, table in tables.items() if table.header_row == header_row), ("", None))


def _forget_formulas(chain: Any, sheet_id: str, references: set[str]) -> None:
    """Take cells that no longer hold a formula out of the calculation chain: Excel calls a left-over damage.

    An entry without its own sheet number has that of the entry before it.
    """
    current = None
    for cell in list(chain):
        current = cell.get("i", current)
        if current == sheet_id and cell.get("r") in references:
            following = cell.getnext()
            if following is not None and following.get("i") is None:
                following.set("i", sheet_id)
            chain.remove(cell)

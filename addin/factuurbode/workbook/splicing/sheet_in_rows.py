"""A worksheet part as `table_growth` and `table_cutting` see it: rows that hold something or not, formulas, styles."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

from ..parts.cell_xml import Value, show_in
from ..parts.shared_formulas import first_of, says_it_for_others
from ..parts.sheet_xml import SheetXml, TotalsRow, column_letters, column_number, split_reference

_WITH_TEXT = (None, "normal", "shared")


class SheetInRows(SheetXml):
    """The same part, with the questions about whole rows."""

    @property
    def prefix(self) -> str:
        """What stands before the names of its elements: mostly nothing."""
        return str(self.root.prefix or "")

    def row_numbers(self, first: int, last: int) -> list[int]:
        """The rows from *first* to *last* that are in the part, in their order."""
        return sorted(number for number in self._rows if first <= number <= last)

    def row(self, number: int) -> Any:
        """The element of a row, or None."""
        return self._rows.get(number)

    def insert_row(self, number: int, attributes: Mapping[str, str]) -> None:
        """An empty row with *attributes* in its place."""
        row = self._new_row(number)
        for name, value in attributes.items():
            row.set(name, value)

    def has_cell(self, letters: str, number: int) -> bool:
        """Whether the part has that cell, empty or not."""
        return number in self._rows and column_number(letters) in self._cells_in(number)

    def holds(self, number: int, columns: Container[int]) -> bool:
        """Whether a cell of the row in *columns* holds anything, a formula too."""
        return any(column in columns and len(cell) for column, cell in self._placed(self._rows[number]))

    def holds_typed(self, number: int, columns: Container[int]) -> bool:
        """Whether somebody typed something into a cell of the row in *columns*: formulas do not count."""
        return any(
            column in columns and len(cell) and cell.find(f"{{{self._ns}}}f") is None
            for column, cell in self._placed(self._rows[number])
        )

    def formula(self, letters: str, number: int) -> tuple[str, str] | None:
        """The formula of a cell with the cell in which it stands in full: for one that cells share, the first."""
        formula = self._formula_in(letters, number)
        if formula is None or formula.get("t") not in _WITH_TEXT:
            return None
        if not formula.text and formula.get("t") == "shared":
            formula = first_of(self._data, formula.get("si"))
        return (self._place(formula.getparent()), formula.text) if formula is not None and formula.text else None

    def group(self, letters: str, number: int) -> str:
        """The number of the group of cells that a cell shares its formula with; ''."""
        formula = self._formula_in(letters, number)
        return "" if formula is None else str(formula.get("si", ""))

    def says_it_for_others(self, reference: str) -> bool:
        """Whether the formula in that cell is the first of a group that cells share."""
        return says_it_for_others(self._formula_in(*split_reference(reference)))

    def _formula_in(self, letters: str, number: int) -> Any:
        if not self.has_cell(letters, number):
            return None
        return self._cells_in(number)[column_number(letters)].find(f"{{{self._ns}}}f")

    def show(self, letters: str, number: int, value: Value) -> bool:
        """Let the formula that is in the cell show *value*; False when there is none."""
        cell = self._cells_in(number).get(column_number(letters))
        if cell is None or cell.find(f"{{{self._ns}}}f") is None:
            return False
        for old in cell.findall(f"{{{self._ns}}}v"):
            cell.remove(old)
        cell.attrib.pop("t", None)
        show_in(cell, self.stored(value, cell.get("s", "0")), self._ns)
        return True

    def style_for(self, letters: str, number: int, header_row: int) -> str:
        """The style of a cell in row *number*, or of the nearest one above it that is no heading; ''."""
        if self.has_cell(letters, number):
            return str(self._cells_in(number)[column_number(letters)].get("s", ""))
        return (self._style_above(letters, number) or "") if number - 1 > header_row else ""

    def move_totals(self, totals: TotalsRow, target: int) -> None:
        """The totals row to the row *target*, which is free."""
        self._move(totals, target)

    def element(self, name: str) -> Any:
        """The child of the worksheet with that *name*, or None."""
        return self.root.find(f"{{{self._ns}}}{name}")

    def shares_formulas(self, rows: range, columns: Container[int]) -> bool:
        """Whether a cell of *rows* in *columns* has a formula together with other cells."""
        return any(
            column in columns and (formula := cell.find(f"{{{self._ns}}}f")) is not None and formula.get("t")
            for number in self.row_numbers(rows.start, rows.stop - 1)
            for column, cell in self._placed(self._rows[number])
        )

    def move_cells(self, places: Mapping[int, int], rows: range, columns: range) -> None:
        """Let the cells of *rows* in *columns* go to the rows that *places* names; of the other rows they are gone.

        Their formulas stay as they are: see `followed_parts`.
        """
        had, moving = set[str](), dict[int, dict[int, Any]]()
        for number in self.row_numbers(rows.start, rows.stop - 1):
            if places.get(number) == number:
                continue
            taken = moving[number] = {}
            for column, cell in list(self._placed(self._rows[number])):
                if column in columns:
                    taken[column] = cell
                    self._rows[number].remove(cell)
                    if cell.find(f"{{{self._ns}}}f") is not None:
                        had.add(f"{column_letters(column)}{number}")
            self._cells.pop(number, None)
        for number, cells in moving.items():
            for column, cell in cells.items() if number in places else ():
                target = places[number]
                if target not in self._rows:
                    self._new_row(target)
                cell.set("r", f"{column_letters(column)}{target}")
                if cell.find(f"{{{self._ns}}}f") is not None:
                    had.discard(f"{column_letters(column)}{target}")
                self._insert(target, column, cell)
        self.formulas_lost |= had
        self._drop_bare(rows)

    def _drop_bare(self, rows: range) -> None:
        """Rows that nothing is left of are gone, as they are after deleting them."""
        for number in self.row_numbers(rows.start, rows.stop - 1):
            if not len(self._rows[number]):
                self._data.remove(self._rows.pop(number))
                self._cells.pop(number, None)
        self._order = sorted(self._rows)
        self._last_row = max(self._rows, default=0)
        self._reach_no_further()

    def _reach_no_further(self) -> None:
        """Let the sheet's stated extent end with its last row."""
        extent = self.element("dimension")
        start, _, end = extent.get("ref", "").partition(":") if extent is not None else ("", "", "")
        if end:
            letters, row = split_reference(end)
            extent.set("ref", f"{start}:{letters}{min(row, self._last_row)}")

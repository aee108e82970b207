"""Workbooks, their sheets and their tables."""

from __future__ import annotations

import numbers
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from xlwings import base_classes, utils

from support.calc_engine.office import uno_module
from support.calc_engine.ranges import Range

_SPREADSHEET = "com.sun.star.sheet.SpreadsheetDocument"


def _property(name: str, value: Any) -> Any:
    made = uno_module().createUnoStruct("com.sun.star.beans.PropertyValue")
    made.Name, made.Value = name, value
    return made


def _hidden() -> tuple[Any, ...]:
    """A document without a window: LibreOffice 7.4 without a screen dies of the caret of a visible one."""
    return (_property("Hidden", True),)


class Books(base_classes.Books):
    """The workbooks that are open."""

    app: Any = None

    def __init__(self, app: Any) -> None:
        self.app = app

    def __iter__(self) -> Iterator[Book]:
        components = self.app.engine.desktop.getComponents().createEnumeration()
        while components.hasMoreElements():
            document = components.nextElement()
            if document.supportsService(_SPREADSHEET):
                yield Book(self.app, document)

    def __len__(self) -> int:
        return len(list(iter(self)))

    def __call__(self, name: int | str) -> Book:
        for place, book in enumerate(self, 1):
            if name == place or (isinstance(name, str) and book.name.lower() == name.lower()):
                return book
        raise KeyError(name)

    def __contains__(self, name: object) -> bool:
        return any(book.name == name for book in self)

    @property
    def active(self) -> Book:
        books = list(self)
        return next((book for book in books if book.name == self.app.engine.active), books[-1])

    def open(self, fullname: str, *_: Any, **__: Any) -> Book:
        address = uno_module().systemPathToFileUrl(str(Path(fullname).resolve()))
        document = self.app.engine.desktop.loadComponentFromURL(address, "_blank", 0, _hidden())
        if document is None:
            raise FileNotFoundError(fullname)
        book = Book(self.app, document)
        book.activate()
        return book

    def add(self) -> Book:
        book = Book(
            self.app, self.app.engine.desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, _hidden())
        )
        book.activate()
        return book


class _ComBook:
    """What the product asks of Excel's own Workbook object."""

    def __init__(self, document: Any) -> None:
        self._document = document

    @property
    def ReadOnly(self) -> bool:  # noqa: N802 - Excel's name
        return bool(self._document.isReadonly())

    @property
    def Saved(self) -> bool:  # noqa: N802
        return not self._document.isModified()

    @Saved.setter
    def Saved(self, value: bool) -> None:  # noqa: N802
        self._document.setModified(not value)


class Book(base_classes.Book):
    """A workbook."""

    app: Any = None

    def __init__(self, app: Any, document: Any) -> None:
        self.app, self.document = app, document

    @property
    def api(self) -> _ComBook:
        return _ComBook(self.document)

    @property
    def fullname(self) -> str:
        address = str(self.document.URL)
        return str(uno_module().fileUrlToSystemPath(address)) if address else str(self.document.Title)

    @property
    def name(self) -> str:
        return Path(self.fullname).name

    @property
    def sheets(self) -> Sheets:
        return Sheets(self)

    def activate(self) -> None:
        self.app.engine.active = self.name

    def close(self) -> None:
        self.document.setModified(False)
        self.document.close(True)

    def save(self, path: str | None = None, password: str | None = None) -> None:
        if path is None:
            self.document.store()
            return
        address = uno_module().systemPathToFileUrl(str(Path(path).resolve()))
        self.document.storeToURL(address, (_property("FilterName", "Calc MS Excel 2007 XML"),))


class Sheets(base_classes.Sheets):
    """The sheets of a workbook. Excel's names ignore case, Calc's do not."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._sheets = book.document.Sheets

    @property
    def api(self) -> Any:
        return self._sheets

    @property
    def active(self) -> Sheet:
        return Sheet(self.book, self.book.document.CurrentController.ActiveSheet)

    def __len__(self) -> int:
        return int(self._sheets.Count)

    def __iter__(self) -> Iterator[Sheet]:
        return (Sheet(self.book, self._sheets.getByIndex(index)) for index in range(self._sheets.Count))

    def __contains__(self, name: object) -> bool:
        return any(sheet.name.lower() == str(name).lower() for sheet in self)

    def __call__(self, name: int | str) -> Sheet:
        for place, sheet in enumerate(self, 1):
            if name == place or (isinstance(name, str) and sheet.name.lower() == name.lower()):
                return sheet
        raise KeyError(name)


class Sheet(base_classes.Sheet):
    """A sheet."""

    book: Any = None

    def __init__(self, book: Book, sheet: Any) -> None:
        self.book, self.sheet = book, sheet

    @property
    def api(self) -> Any:
        return self.sheet

    @property  # type: ignore[misc]
    def name(self) -> str:
        return str(self.sheet.Name)

    @property
    def index(self) -> int:
        return int(self.sheet.RangeAddress.Sheet) + 1

    @property
    def tables(self) -> Tables:
        return Tables(self)

    def activate(self) -> None:
        self.book.document.CurrentController.setActiveSheet(self.sheet)

    @property
    def used_range(self) -> Range:
        cursor = self.sheet.createCursor()
        cursor.gotoStartOfUsedArea(False)
        cursor.gotoEndOfUsedArea(True)
        return Range(self, cursor)

    def at(self, address: Any) -> Any:
        """The cells at a UNO address."""
        return self.sheet.getCellRangeByPosition(
            address.StartColumn, address.StartRow, address.EndColumn, address.EndRow
        )

    def range(self, start: Any, end: Any = None) -> Range:
        if isinstance(start, Range) and end is None:
            return start
        if isinstance(start, str):
            first, last = utils.a1_to_tuples(start.replace("$", ""))  # type: ignore[no-untyped-call]
            start, end = first, end or last
        if isinstance(start, Range):
            start = (start.row, start.column)
        if isinstance(end, Range):
            end = (end.row + end.shape[0] - 1, end.column + end.shape[1] - 1)
        if len(start) == 4:
            start, end = start[:2], (start[0] + start[2] - 1, start[1] + start[3] - 1)
        end = end or start
        return Range(self, self.sheet.getCellRangeByPosition(start[1] - 1, start[0] - 1, end[1] - 1, end[0] - 1))


class Tables(base_classes.Collection):
    """Excel's tables, which Calc keeps as database ranges."""

    parent: Any = None

    def __init__(self, sheet: Sheet) -> None:
        self.parent = self.sheet = sheet

    def _all(self) -> list[Any]:
        ranges = self.sheet.book.document.DatabaseRanges
        found = [ranges.getByIndex(index) for index in range(ranges.Count)]
        return [one for one in found if one.DataArea.Sheet == self.sheet.index - 1]

    @property
    def api(self) -> Any:
        return self._all()

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[Table]:
        return (Table(self.sheet, one) for one in self._all())

    def __call__(self, name: int | str) -> Table:
        for place, table in enumerate(self, 1):
            if name == place or (not isinstance(name, numbers.Number) and table.name.lower() == str(name).lower()):
                return table
        raise KeyError(name)


class Table:
    """One table."""

    def __init__(self, sheet: Sheet, database: Any) -> None:
        self.parent, self.database = sheet, database

    @property
    def api(self) -> Any:
        return self.database

    @property
    def name(self) -> str:
        return str(self.database.Name)

    @property
    def show_totals(self) -> bool:
        return bool(self.database.TotalsRow)

    @show_totals.setter
    def show_totals(self, value: bool) -> None:
        self.database.TotalsRow = value

    @property
    def range(self) -> Range:
        return Range(self.parent, self.parent.at(self.database.DataArea))

    def resize(self, whole: Any) -> None:
        self.database.DataArea = whole.api.RangeAddress

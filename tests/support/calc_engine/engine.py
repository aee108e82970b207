"""The engine itself: the program, with the alerts that it showed and the answers that a person gives."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import xlwings
from xlwings import base_classes

from support.calc_engine.books import Books, Sheet
from support.calc_engine.ranges import Range
from support.calc_engine.values import CellError

_AREA, _AREAS = "com.sun.star.sheet.SheetCellRange", "com.sun.star.sheet.SheetCellRanges"


@dataclass(frozen=True)
class Alert:
    """A message box as the person saw it."""

    words: str
    buttons: str
    mode: str | None


class CalcEngine:
    """What xlwings asks of an engine. `answers` are what the person presses, in turn; without one: OK."""

    name, type = "calc", "desktop"

    def __init__(self, desktop: Any) -> None:
        self.desktop = desktop
        self.app = App(self)
        self.active = ""
        self.alerts: list[Alert] = []
        self.answers: deque[str] = deque()
        self.statuses: list[Any] = []
        self.on_alert: Callable[[Alert], None] = lambda _: None

    @property
    def apps(self) -> Apps:
        return Apps(self)

    @staticmethod
    def clean_value_data(
        data: Any, datetime_builder: Any, empty_as: Any, number_builder: Any, err_to_str: bool
    ) -> list[list[Any]]:
        def clean(value: Any) -> Any:
            if value is None:
                return empty_as
            if isinstance(value, CellError):
                return str(value) if err_to_str else None
            if isinstance(value, dt.datetime) and datetime_builder is not dt.datetime:
                return datetime_builder(value.year, value.month, value.day, value.hour, value.minute, value.second)
            return number_builder(value) if number_builder and isinstance(value, float) else value

        return [[clean(value) for value in row] for row in data]

    @staticmethod
    def prepare_xl_data_element(value: Any, options: Any) -> Any:
        return value


class Apps(base_classes.Apps):
    """There is one program."""

    def __init__(self, engine: CalcEngine) -> None:
        self.engine = engine

    def __iter__(self) -> Iterator[App]:
        yield self.engine.app

    def __len__(self) -> int:
        return 1

    def __getitem__(self, pid: int) -> App:
        return self.engine.app

    def keys(self) -> list[int]:
        return [self.engine.app.pid]

    def add(self, spec: Any = None, add_book: Any = None, xl: Any = None, visible: Any = None) -> App:
        return self.engine.app


class _AutoCorrect:
    """What Excel corrects by itself."""

    AutoFillFormulasInLists = True


class _ComApp:
    """What the product asks of Excel's own Application object."""

    AutoCorrect = _AutoCorrect()


class App(base_classes.App):
    """The program."""

    engine: Any = None
    screen_updating = enable_events = display_alerts = visible = interactive = True
    calculation, version, hwnd, pid = "automatic", "16.0", None, 1

    def __init__(self, engine: CalcEngine) -> None:
        self.engine = engine
        self._status: Any = False

    @property
    def api(self) -> _ComApp:
        return _ComApp()

    @property
    def books(self) -> Books:
        return Books(self)

    @property
    def selection(self) -> Range | None:
        book = self.books.active
        chosen = book.document.CurrentController.getSelection()
        if chosen is None or not (chosen.supportsService(_AREA) or chosen.supportsService(_AREAS)):
            return None
        one = chosen.supportsService(_AREA)
        areas = [chosen] if one else [chosen.getByIndex(index) for index in range(chosen.Count)]
        return Range(Sheet(book, areas[0].Spreadsheet), areas[0], areas) if areas else None

    @property
    def status_bar(self) -> Any:
        return self._status

    @status_bar.setter
    def status_bar(self, words: Any) -> None:
        self._status = words
        self.engine.statuses.append(words)

    def activate(self, steal_focus: bool = False) -> None:
        """There is no screen to come to the front of."""

    def alert(self, prompt: str, title: str, buttons: str, mode: str | None, callback: str | None) -> str:
        alert = Alert(prompt, buttons, mode)
        self.engine.alerts.append(alert)
        self.engine.on_alert(alert)
        return self.engine.answers.popleft() if self.engine.answers else buttons.split("_")[0]


def engine_on(desktop: Any) -> CalcEngine:
    """The engine over *desktop*, made the one that xlwings works with."""
    engine = CalcEngine(desktop)
    xlwings.engines.add(xlwings.Engine(impl=engine))
    xlwings.engines["calc"].activate()
    return engine

"""A LibreOffice that notes what it was asked to convert together."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from typing import Any

from factuurbode.convert.libreoffice import LibreOffice, Task
from factuurbode.ports import Conversion


class WatchedOffice(LibreOffice):
    """The real one; `together` counts its merged documents, the trials among them, and `singly` names the others."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.together = 0
        self.singly: list[str] = []

    def done(self, tasks: Iterable[Task]) -> Generator[Conversion]:
        """See `LibreOffice.done`."""
        return super().done(self._noted(tasks))

    def _noted(self, tasks: Iterable[Task]) -> Iterator[Task]:
        for task in tasks:
            self.together += task.merged
            if not task.merged:
                self.singly.append(task.document.name)
            yield task

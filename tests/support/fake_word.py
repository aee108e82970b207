"""A small stand-in for Word's COM object: it takes what ours may ask and nothing else, and exports with LibreOffice."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any


class ComError(Exception):
    """As pywintypes.com_error: a document is refused, or nobody answers any more."""


@dataclass
class FakeProcess:
    """The process of a Word."""

    stubborn: bool = False
    killed: bool = False
    gone: threading.Event = field(default_factory=threading.Event)

    def ended_within(self, seconds: float) -> bool:  # noqa: ARG002 - it goes at once, or never
        return self.gone.is_set()

    def kill(self) -> None:
        self.killed = True
        self.gone.set()


class FakeDocument:
    """One open document."""

    def __init__(self, word: FakeWord, path: Path, readonly: bool) -> None:
        self._word, self._path, self.readonly = word, path, readonly

    def ExportAsFixedFormat(  # noqa: N802 - Word's own name
        self,
        *,
        OutputFileName: str,  # noqa: N803
        ExportFormat: int,  # noqa: N803
        OpenAfterExport: bool,  # noqa: N803
        Item: int,  # noqa: N803
        **_: object,
    ) -> None:
        self._word.listen()
        assert (ExportFormat, OpenAfterExport, Item) == (17, False, 0)  # the document, without its markup
        trouble = self._word.troubles.pop(0) if self._word.troubles else ""
        if trouble == "hang":
            assert self._word.process.gone.wait(240)
        if trouble == "die":
            self._word.process.gone.set()
        self._word.listen()
        if trouble == "refuse":
            raise ComError("Word cannot export this")
        if trouble != "nothing":
            Path(OutputFileName).write_bytes(self._word.export(self._path.read_bytes()))

    def Close(self, *, SaveChanges: int) -> None:  # noqa: N802, N803
        self._word.listen()
        assert SaveChanges == 0
        self._word.opened.remove(self)


@dataclass
class FakeWord:
    """`Word.Application`. *troubles* are what happens at the next exports: hang, die, refuse, nothing, or ''."""

    export: Callable[[bytes], bytes]
    process: FakeProcess
    troubles: list[str]
    opened: list[Any] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    Visible: bool = True
    DisplayAlerts: int = -1
    AutomationSecurity: int = 1
    ScreenUpdating: bool = True
    Options: SimpleNamespace = field(default_factory=lambda: SimpleNamespace(UpdateLinksAtOpen=True))

    def listen(self) -> None:
        """Raises ComError once the process is gone."""
        if self.process.gone.is_set():
            raise ComError("the RPC server is unavailable")

    @property
    def Version(self) -> str:  # noqa: N802
        self.listen()
        return "16.0"

    @property
    def Documents(self) -> FakeWord:  # noqa: N802
        self.listen()
        return self

    @property
    def Count(self) -> int:  # noqa: N802
        return len(self.opened)

    def Open(self, *, FileName: str, ReadOnly: bool, AddToRecentFiles: bool, Visible: bool, **_: object) -> Any:  # noqa: N802, N803
        self.listen()
        assert ReadOnly
        assert not any((self.Visible, Visible, AddToRecentFiles, self.Options.UpdateLinksAtOpen))
        assert (self.DisplayAlerts, self.AutomationSecurity) == (0, 3)
        document = FakeDocument(self, Path(FileName), ReadOnly)
        self.opened.append(document)
        self.said.append(FileName)
        return document

    def Quit(self, *, SaveChanges: int) -> None:  # noqa: N802, N803
        self.listen()
        assert SaveChanges == 0
        if not self.process.stubborn:
            self.process.gone.set()


class FakeSystem:
    """Starts fake Words; they stand in `words`. *troubles* are shared by all of them, in turn."""

    failures = (ComError,)

    def __init__(self, export: Callable[[bytes], bytes], *troubles: str, stubborn: bool = False) -> None:
        self._export, self._troubles, self._stubborn = export, list(troubles), stubborn
        self.words: list[FakeWord] = []

    def start(self) -> tuple[Any, FakeProcess]:
        process = FakeProcess(self._stubborn)
        self.words.append(FakeWord(self._export, process, self._troubles))
        return self.words[-1], process

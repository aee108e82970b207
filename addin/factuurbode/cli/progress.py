"""A progress bar with the time that is left, on standard error, when a person watches."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from ..steps.report import Result
from ..texts import Texts
from .voice import Voice


class ProgressBar:
    """`steps.report.Watch` as a bar. Use as a context manager."""

    def __init__(self, console: Console, texts: Texts, *, shown: bool) -> None:
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=not shown or not console.is_terminal,
        )
        self._task = self._bar.add_task(texts("cli.delivering"), total=None, visible=False)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._bar.stop()

    @property
    def cancelled(self) -> bool:
        """Never: who watches a terminal presses Ctrl-C."""
        return False

    def begins(self, invoices: int) -> None:
        """So many invoices are about to go out."""
        self._bar.update(self._task, total=invoices, visible=invoices > 0)

    def done(self, result: Result) -> None:
        """The bar counts invoices; what became of each is told at the end."""

    def invoice_done(self) -> None:
        """One more invoice is done."""
        self._bar.advance(self._task)


@contextmanager
def busy(voice: Voice, key: str) -> Iterator[None]:
    """A bar that moves while something is done of which nobody knows how far it is."""
    shown = not voice.as_json and voice.err.is_terminal
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TimeElapsedColumn(),
        console=voice.err,
        transient=True,
        disable=not shown,
    ) as bar:
        bar.add_task(voice.texts(key), total=None)
        yield

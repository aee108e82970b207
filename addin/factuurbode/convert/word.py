"""Microsoft Word behind the Converter port: an instance of our own over COM, never the user's.

It has no window, asks nothing, runs no macros and updates no links; it opens only the copies that we put in a private
folder, read-only. When somebody has meanwhile opened a document of their own in it, which Windows may do, that
document stays and Word is shown instead of ended.

This was not run with a real Word: the tests run it against a small fake of the COM object.
"""

from __future__ import annotations

import contextlib
import shutil
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from ..errors import ConversionRefused, ConverterCrashed, FactuurError, StorageError, disk_reason
from ..ports import Conversion, Document
from .room import private_folder
from .word_document import is_word_document

POLITE_SECONDS = 10.0
# Word's own names (docs.microsoft.com, Word VBA reference)
ALERTS_NONE = 0  # wdAlertsNone
MACROS_FORCED_OFF = 3  # msoAutomationSecurityForceDisable
DO_NOT_SAVE = 0  # wdDoNotSaveChanges
EXPORT_PDF = 17  # wdExportFormatPDF
FOR_PRINT = 0  # wdExportOptimizeForPrint
WITHOUT_MARKUP = 0  # wdExportDocumentContent


class WordProcess(Protocol):
    """The process in which an instance of Word runs."""

    def ended_within(self, seconds: float) -> bool:
        """Whether it is gone after at most *seconds*."""
        ...

    def kill(self) -> None:
        """End it at once, by its id."""
        ...


class WordSystem(Protocol):
    """What only Windows can do: start a new instance of Word (`word_windows`; the tests bring a fake)."""

    @property
    def failures(self) -> tuple[type[Exception], ...]:
        """What a COM object raises."""
        ...

    def start(self) -> tuple[Any, WordProcess]:
        """The `Word.Application` of a new instance, and its process. Raises ConverterMissing."""
        ...


class _Died(Exception):
    """Word ended or did not answer in time."""


class Word:
    """Converts with Word, one document after the other: *limit* seconds for a document at most.

    A document on which Word hangs or dies is tried once more in a new instance.
    """

    def __init__(self, system: WordSystem, *, limit: float = 60.0) -> None:
        self._system = system
        self._limit = limit
        self._word: tuple[Any, WordProcess] | None = None
        self._folder: Path | None = None
        self._turn: object | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def convert(self, batch: Iterable[Document]) -> Iterator[Conversion]:
        """See `ports.Converter`. Word works while the caller waits: nothing is converted ahead."""
        if self._turn is not None:
            self.close()
        turn = self._turn = object()
        try:
            for document in batch:
                yield self._converted(document)
                if self._turn is not turn:
                    raise RuntimeError("the converter was closed, or given another batch, before this one was read")
            self._turn = None
        finally:
            if self._turn is turn:
                self.close()

    def close(self) -> None:
        """See `ports.Converter`."""
        self._turn = None
        self._end_word()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def _converted(self, document: Document) -> Conversion:
        if not is_word_document(document.docx):
            return _refused(document, "not a Word document")
        for _ in range(2):
            try:
                return Conversion(document.name, self._pdf_of(document))
            except _Died:
                self._end_word()
            except FactuurError as error:
                return Conversion(document.name, error=error)
        return Conversion(document.name, error=ConverterCrashed(document=document.name))

    def _pdf_of(self, document: Document) -> bytes:
        """The PDF. Raises _Died, ConversionRefused or StorageError."""
        application, process = self._started()
        folder = self._private_folder()
        docx, pdf = folder / "invoice.docx", folder / "invoice.pdf"
        try:
            pdf.unlink(missing_ok=True)
            docx.write_bytes(document.docx)
            with _killed_after(self._limit, process) as killed:
                try:
                    _export(application, docx, pdf)
                except self._system.failures as error:
                    if killed.is_set() or not self._answers(application):
                        raise _Died from error
                    raise ConversionRefused(document=document.name, detail=f"Word: {error}") from error
            return pdf.read_bytes()
        except FileNotFoundError as error:
            raise ConversionRefused(document=document.name, detail="Word made no PDF") from error
        except OSError as error:
            raise StorageError(path=folder, detail=disk_reason(error)) from error

    def _private_folder(self) -> Path:
        if self._folder is None:
            self._folder = private_folder()
        return self._folder

    def _started(self) -> tuple[Any, WordProcess]:
        if self._word is None:
            self._word = self._system.start()
            application = self._word[0]
            application.Visible = False
            application.DisplayAlerts = ALERTS_NONE
            application.AutomationSecurity = MACROS_FORCED_OFF
            application.ScreenUpdating = False
            application.Options.UpdateLinksAtOpen = False
        return self._word

    def _answers(self, application: Any) -> bool:
        try:
            return bool(application.Version)
        except self._system.failures:
            return False

    def _end_word(self) -> None:
        """End our instance, by force when it does not go; one that holds a document of the user is left to them."""
        if self._word is None:
            return
        (application, process), self._word = self._word, None
        with contextlib.suppress(*self._system.failures):
            if application.Documents.Count:
                application.DisplayAlerts = -1  # wdAlertsAll
                application.ScreenUpdating = True
                application.Visible = True
                return
            application.Quit(SaveChanges=DO_NOT_SAVE)
        if not process.ended_within(POLITE_SECONDS):
            process.kill()


def _export(application: Any, docx: Path, pdf: Path) -> None:
    opened = application.Documents.Open(
        FileName=str(docx),
        ConfirmConversions=False,
        ReadOnly=True,
        AddToRecentFiles=False,
        Visible=False,
        NoEncodingDialog=True,
    )
    try:
        opened.ExportAsFixedFormat(
            OutputFileName=str(pdf),
            ExportFormat=EXPORT_PDF,
            OpenAfterExport=False,
            OptimizeFor=FOR_PRINT,
            Item=WITHOUT_MARKUP,
            IncludeDocProps=True,
            DocStructureTags=False,
            BitmapMissingFonts=True,
        )
    finally:
        opened.Close(SaveChanges=DO_NOT_SAVE)


@contextlib.contextmanager
def _killed_after(seconds: float, process: WordProcess) -> Iterator[threading.Event]:
    """Kills *process* when the block takes longer; the event tells whether that happened."""
    killed = threading.Event()

    def kill() -> None:
        killed.set()
        process.kill()

    timer = threading.Timer(seconds, kill)
    timer.daemon = True
    timer.start()
    try:
        yield killed
    finally:
        timer.cancel()


def _refused(document: Document, detail: str) -> Conversion:
    return Conversion(document.name, error=ConversionRefused(document=document.name, detail=detail))

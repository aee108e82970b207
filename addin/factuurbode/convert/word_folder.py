"""Word through docx2pdf, a folder of documents at a time: the way on macOS, and the fallback on Windows.

docx2pdf drives one Word for the whole folder. It runs in a process of its own, because it prints, exits on an error
and now and then hangs. On Windows it may use the Word that the user has open; it is told not to close it.

This was not run with a real Word: the tests put another program in docx2pdf's place.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from ..errors import ConversionRefused, ConverterCrashed, ConverterMissing, StorageError, disk_reason
from ..ports import Conversion, Document
from .room import private_folder
from .word_document import is_word_document

AT_ONCE = 8
SECONDS_TO_START = 60.0
SECONDS_EACH = 30.0
_PROGRAM = "import sys; from docx2pdf import convert; convert(sys.argv[1], sys.argv[2], keep_active=True)"
_WORDS_OWN = Path("Library/Containers/com.microsoft.Word/Data")

Run = Callable[[Path, Path, float], None]
"""Makes a PDF in the second folder of each document in the first, within so many seconds."""


def docx2pdf(documents: Path, pdfs: Path, seconds: float) -> None:
    """Run docx2pdf; what it did not make is seen by the file that is not there. Raises ConverterMissing."""
    nowhere = subprocess.DEVNULL
    command = [sys.executable, "-c", _PROGRAM, str(documents), str(pdfs)]
    try:
        subprocess.run(command, stdin=nowhere, stdout=nowhere, stderr=nowhere, timeout=seconds, check=False)
    except subprocess.TimeoutExpired:
        return
    except OSError as error:
        raise ConverterMissing(detail=f"docx2pdf: {error.strerror}") from error


class WordFolder:
    """Converts with docx2pdf. A document that gave no PDF is tried once more, alone."""

    def __init__(self, run: Run = docx2pdf) -> None:
        self._run = run
        self._turn: object | None = None

    def convert(self, batch: Iterable[Document]) -> Iterator[Conversion]:
        """See `ports.Converter`; *AT_ONCE* documents are read and converted together."""
        turn = self._turn = object()
        source = iter(batch)
        while some := list(islice(source, AT_ONCE)):
            for conversion in self._together(some):
                yield conversion
                if self._turn is not turn:
                    raise RuntimeError("the converter was closed, or given another batch, before this one was read")

    def close(self) -> None:
        """See `ports.Converter`. Nothing stays between two folders."""
        self._turn = None

    def _together(self, documents: Sequence[Document]) -> list[Conversion]:
        words = [document for document in documents if is_word_document(document.docx)]
        made = dict(zip(words, self._made(words), strict=True))
        return [self._conversion(document, made.get(document)) for document in documents]

    def _conversion(self, document: Document, pdf: bytes | None) -> Conversion:
        if pdf is None:
            refused = ConversionRefused(document=document.name, detail="not a Word document")
            return Conversion(document.name, error=refused)
        if not pdf:
            (pdf,) = self._made([document])
        return Conversion(document.name, pdf, None if pdf else ConverterCrashed(document=document.name))

    def _made(self, documents: Sequence[Document]) -> list[bytes]:
        """The PDF of each of *documents*, empty where there came none. Raises StorageError or ConverterMissing."""
        if not documents:
            return []
        folder = _folder()
        try:
            sources, pdfs = folder / "documents", folder / "pdfs"
            sources.mkdir()
            pdfs.mkdir()
            for number, document in enumerate(documents):
                (sources / f"{number:04}.docx").write_bytes(document.docx)
            self._run(sources, pdfs, SECONDS_TO_START + SECONDS_EACH * len(documents))
            return [_content(pdfs / f"{number:04}.pdf") for number in range(len(documents))]
        except OSError as error:
            raise StorageError(path=folder, detail=disk_reason(error)) from error
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _folder() -> Path:
    """A private folder; on macOS inside Word's own, outside which Word would ask the user for each file."""
    own = Path.home() / _WORDS_OWN
    if sys.platform == "darwin" and own.is_dir():
        return Path(tempfile.mkdtemp(prefix="factuurbode-", dir=own))
    return private_folder()


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""

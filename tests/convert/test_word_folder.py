"""Word by the folder keeps the promises of the Converter port; LibreOffice stands in for docx2pdf."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from contracts.converter import ConverterContract
from factuurbode import bootstrap
from factuurbode.convert import word_folder
from factuurbode.convert.first_that_starts import FirstThatStarts
from factuurbode.convert.libreoffice import LibreOffice
from factuurbode.convert.merging.merging import Merging
from factuurbode.convert.word_folder import AT_ONCE, WordFolder, docx2pdf
from factuurbode.convert.word_probe import word_is_installed
from factuurbode.errors import ConverterCrashed, ConverterMissing
from factuurbode.ports import Conversion, Document
from support.documents import an_invoice_docx

pytestmark = pytest.mark.libreoffice
Run = Callable[[Path, Path, float], None]


@pytest.fixture
def run(libreoffice: LibreOffice) -> Run:
    """Does docx2pdf's work."""

    def made(sources: Path, pdfs: Path, seconds: float) -> None:
        assert seconds > 0
        paths = sorted(sources.glob("*.docx"))
        for conversion in libreoffice.convert(Document(path.stem, path.read_bytes()) for path in paths):
            (pdfs / f"{conversion.name}.pdf").write_bytes(conversion.pdf)

    return made


class TestWordFolder(ConverterContract):
    @pytest.fixture
    def converter(self, run: Run) -> WordFolder:
        return WordFolder(run)


class TestFirstThatStarts(ConverterContract):
    @pytest.fixture
    def converter(self, run: Run) -> FirstThatStarts:
        return FirstThatStarts([Missing(), WordFolder(run)])


class Missing:
    """A converter whose program is not there, which shows only after it has read a document."""

    def convert(self, batch: Iterable[Document]) -> Iterator[Conversion]:
        for _ in batch:
            raise ConverterMissing(detail="Word")
        yield from ()

    def close(self) -> None: ...


def documents(count: int) -> list[Document]:
    docx = an_invoice_docx("1")
    return [Document(str(number), docx) for number in range(count)]


def test_a_document_without_a_pdf_is_tried_alone_and_then_given_up() -> None:
    tried: list[int] = []

    def nothing(sources: Path, pdfs: Path, seconds: float) -> None:
        tried.append(len(list(sources.iterdir())))

    first, second = WordFolder(nothing).convert(documents(2))
    assert isinstance(first.error, ConverterCrashed)
    assert isinstance(second.error, ConverterCrashed)
    assert tried == [2, 1, 1]


def test_a_folder_holds_a_few_documents_and_is_gone_afterwards() -> None:
    folders: list[Path] = []

    def copied(sources: Path, pdfs: Path, seconds: float) -> None:
        folders.append(sources.parent)
        for path in sources.iterdir():
            (pdfs / f"{path.stem}.pdf").write_bytes(b"%PDF")

    assert len(list(WordFolder(copied).convert(documents(AT_ONCE + 1)))) == AT_ONCE + 1
    assert len(folders) == 2
    assert not any(folder.exists() for folder in folders)


def test_docx2pdf_is_not_waited_for_longer_than_allowed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_folder, "_PROGRAM", "import threading; threading.Event().wait()")
    docx2pdf(tmp_path, tmp_path, 0.2)


def test_docx2pdf_gets_both_folders_in_a_process_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = "import pathlib, sys; pathlib.Path(sys.argv[2], 'told').write_text(sys.argv[1])"
    monkeypatch.setattr(word_folder, "_PROGRAM", told)
    docx2pdf(tmp_path / "in", tmp_path, 20)
    assert (tmp_path / "told").read_text() == str(tmp_path / "in")


def test_the_last_converter_that_is_missing_is_told() -> None:
    with pytest.raises(ConverterMissing):
        list(FirstThatStarts([Missing(), Missing()]).convert(documents(1)))


def test_word_is_chosen_where_it_is_and_libreoffice_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(bootstrap.chosen_converter(), Merging)
    monkeypatch.setattr(bootstrap, "word_is_installed", lambda: True)
    assert isinstance(bootstrap.chosen_converter(), FirstThatStarts)


def test_word_on_macos_is_found_among_the_programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "Microsoft Word.app"
    monkeypatch.setattr("factuurbode.convert.word_probe._ON_MACOS", (program,))
    assert not word_is_installed()
    monkeypatch.setattr(sys, "platform", "darwin")
    assert not word_is_installed()
    program.mkdir()
    assert word_is_installed()


def test_the_windows_part_is_python_that_compiles() -> None:
    path = Path(word_folder.__file__).with_name("word_windows.py")
    compile(path.read_text(encoding="utf-8"), path.name, "exec")

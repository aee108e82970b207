"""Word keeps the promises of the Converter port; a small fake of its COM object stands in for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from contracts.converter import ConverterContract
from factuurbode.convert import word as module
from factuurbode.convert.libreoffice import LibreOffice
from factuurbode.convert.verify import verify
from factuurbode.convert.word import Word
from factuurbode.errors import ConversionRefused, ConverterCrashed, StorageError
from factuurbode.ports import Document
from support.documents import an_invoice_docx
from support.fake_word import FakeSystem

pytestmark = pytest.mark.libreoffice
Export = Callable[[bytes], bytes]


@pytest.fixture
def export(libreoffice: LibreOffice) -> Export:
    """What the fake Word makes its PDFs with."""

    def made(docx: bytes) -> bytes:
        (conversion,) = libreoffice.convert([Document("any", docx)])
        return conversion.pdf

    return made


class TestWord(ConverterContract):
    @pytest.fixture
    def converter(self, export: Export) -> Iterator[Word]:
        with Word(FakeSystem(export)) as word:
            yield word


def documents(*numbers: str) -> list[Document]:
    return [Document(number, an_invoice_docx(number)) for number in numbers]


def test_one_hidden_word_opens_copies_read_only_and_is_ended_with_its_folder(export: Export) -> None:
    system = FakeSystem(export)
    with Word(system) as word:
        list(word.convert(documents("1", "2")))
        (running,) = system.words
        folder = Path(running.said[0]).parent
        assert folder.is_dir()
        assert running.opened == []
    assert running.process.gone.is_set()
    assert not running.process.killed
    assert not folder.exists()


@pytest.mark.parametrize("trouble", ["die", "hang"])
def test_a_document_on_which_word_dies_or_hangs_is_tried_again_in_a_new_word(export: Export, trouble: str) -> None:
    system = FakeSystem(export, "", trouble)
    with Word(system, limit=3) as word:
        conversions = list(word.convert(documents("1", "2", "3")))
    assert [verify(conversion.pdf, conversion.name) for conversion in conversions] == [1, 1, 1]
    assert len(system.words) == 2
    assert all(running.process.gone.is_set() for running in system.words)


def test_a_document_that_kills_word_twice_is_given_up_and_the_others_go_on(export: Export) -> None:
    system = FakeSystem(export, "die", "die")
    with Word(system) as word:
        first, second = word.convert(documents("1", "2"))
    assert isinstance(first.error, ConverterCrashed)
    assert verify(second.pdf, "2") == 1


@pytest.mark.parametrize("trouble", ["refuse", "nothing"])
def test_a_document_that_word_refuses_is_refused_without_a_new_word(export: Export, trouble: str) -> None:
    system = FakeSystem(export, trouble)
    with Word(system) as word:
        first, second = word.convert(documents("1", "2"))
    assert isinstance(first.error, ConversionRefused)
    assert verify(second.pdf, "2") == 1
    assert len(system.words) == 1


def test_a_word_that_does_not_go_is_killed_by_its_id(export: Export) -> None:
    system = FakeSystem(export, stubborn=True)
    with Word(system) as word:
        list(word.convert(documents("1")))
    assert system.words[0].process.killed


def test_a_document_that_the_user_opened_in_our_word_stays_open(export: Export) -> None:
    system = FakeSystem(export)
    with Word(system) as word:
        list(word.convert(documents("1")))
        (running,) = system.words
        running.opened.append("the user's own letter")
    assert running.opened == ["the user's own letter"]
    assert running.Visible
    assert not running.process.gone.is_set()


def test_a_full_disk_is_said_of_the_document(export: Export, monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> Path:
        raise StorageError(path="temp", detail="disk.full")

    monkeypatch.setattr(module, "private_folder", full)
    with Word(FakeSystem(export)) as word:
        (conversion,) = word.convert(documents("1"))
    assert isinstance(conversion.error, StorageError)

"""A disk that is full, wherever it happens: what is said, what is kept, and that the next run finishes the work."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pikepdf
import pytest

from factuurbode import bootstrap
from factuurbode.convert import room
from factuurbode.convert.libreoffice import LibreOffice
from factuurbode.domain.model import Channel
from factuurbode.domain.states import State
from factuurbode.errors import StorageError
from factuurbode.journal import Intent, Journal
from factuurbode.journal.journal import beside
from factuurbode.ports import Document
from support import mortal
from support.bakery import Bakery, files_of_at_most
from support.documents import a_content, an_invoice_docx, with_members

pytestmark = pytest.mark.libreoffice
FULL = "er is geen ruimte meer op de schijf"
LARGE = 400_000
ROOM = 300_000  # more than the journal and the workbook need, less than what is LARGE


@pytest.fixture
def large_pdf(invoice_pdf: Path, tmp_path: Path) -> Path:
    """The same invoice with something that does not compress."""
    large = tmp_path / "large.pdf"
    with pikepdf.open(invoice_pdf) as document:
        document.Root.Weight = document.make_stream(os.urandom(LARGE))
        document.save(large)
    return large


def enlarged(book: Path) -> None:
    """The workbook with a picture of the baker's that does not compress."""
    out = io.BytesIO()
    with zipfile.ZipFile(book) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in package.namelist():
            target.writestr(name, package.read(name))
        target.writestr("xl/media/brood.png", os.urandom(LARGE))
    book.write_bytes(out.getvalue())


def test_full_while_archiving_the_invoice_stays_and_goes_with_the_next_run(
    bakery: Bakery, large_pdf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "chosen_converter", lambda: mortal.OnePdf(large_pdf))
    with files_of_at_most(ROOM):
        told = bakery.sends()
    assert (told.code, bakery.mails) == (2, 0)
    assert FULL in told.words
    assert "Maak ruimte vrij op de schijf" in told.words
    assert list((bakery.book.parent / "archief").rglob("*.*")) == []
    assert bakery.leftovers() == []
    assert bakery.sends().code == 0
    assert bakery.mails == 1


def test_full_while_splicing_the_mail_is_kept_in_the_journal_and_the_workbook_stays_whole(bakery: Bakery) -> None:
    enlarged(bakery.book)
    before = bakery.book.read_bytes()
    with files_of_at_most(ROOM):
        told = bakery.sends()
    assert (told.code, bakery.mails) == (0, 1)
    assert "De uitkomst staat in het journaal, nog niet in de werkmap." in told.words
    assert FULL in told.words
    assert bakery.book.read_bytes() == before
    assert bakery.leftovers() == []
    assert bakery.types("status").code == 0
    assert bakery.shown == {"2026-0001": {Channel.MAIL: State.SENT}}
    assert bakery.mails == 1


def filled(journal: Path, steps: int) -> int:
    """The size of *journal* after *steps* steps of an invoice of long ago, so that it is nearly time to grow."""
    opened = Journal(journal)
    run = opened.begin_run("long-ago")
    intent = Intent("d0", "2020-0001", Channel.MAIL, a_content(), Path("weg.pdf"), "", 1)
    opened.intend(run, intent)
    for number in range(steps):
        opened.advance(run, "d0", State.LATER if number % 2 else State.SENDING)
    opened.advance(run, "d0", State.FAILED)
    opened.close()
    return journal.stat().st_size


def test_full_while_journalling_nothing_goes_out_unwritten_and_nothing_twice(bakery: Bakery, tmp_path: Path) -> None:
    outcomes = set()
    for steps in range(99, 112):
        bakery.book = tmp_path / f"journaal vol {steps}" / "boek.xlsx"
        bakery.book.parent.mkdir()
        bakery.opens()
        earlier = bakery.mails
        with files_of_at_most(filled(beside(bakery.book), steps)):
            told = bakery.sends()
        sent = bakery.mails - earlier
        outcomes.add((told.code, sent))
        if told.code:
            assert told.code == 2
            assert "In het journaal" in told.words
            assert "er gaat niets dubbel" in told.words
        bakery.sends()
        assert bakery.mails - earlier == 1
        expected = State.IN_DOUBT if (told.code, sent) == (2, 1) else State.SENT
        assert bakery.shown == {"2026-0001": {Channel.MAIL: expected}}
        assert bakery.leftovers() == []
    assert outcomes == {(0, 1), (2, 0), (2, 1)}


def test_full_before_converting_it_is_said_before_anything_is_started(
    bakery: Bakery, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "chosen_converter", LibreOffice)
    monkeypatch.setattr(room, "NEEDED", 2**60)
    told = bakery.sends()
    assert (told.code, bakery.mails) == (2, 0)
    assert FULL in told.words


def test_full_while_converting_is_said_of_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    with LibreOffice(workers=1) as office:
        (first,) = office.convert([Document("1", an_invoice_docx("1"))])
        assert first.pdf
        monkeypatch.setattr(room, "NEEDED", 2**60)
        broken = Document("2", with_members(an_invoice_docx("2"), {"word/document.xml": b"<w:document <<<"}))
        (second,) = office.convert([broken])
    assert isinstance(second.error, StorageError)
    assert second.error.facts["detail"] == "disk.full"


def test_without_a_folder_for_temporary_files_it_is_said(
    bakery: Bakery, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(bootstrap, "chosen_converter", LibreOffice)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "weg"))
    told = bakery.sends()
    assert (told.code, bakery.mails) == (2, 0)
    assert "het bestand of de map is er niet" in told.words

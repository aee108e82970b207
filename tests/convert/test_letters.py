"""Which letters can be printed is known beforehand, and agrees with what LibreOffice does."""

from __future__ import annotations

import io

import pikepdf
import pytest
from docx import Document as WordDocument

from factuurbode.convert import letters
from factuurbode.convert.boxes import boxes
from factuurbode.convert.letters import ranges_of, unprintable
from factuurbode.convert.libreoffice import LibreOffice
from factuurbode.ports import Document

SAMPLES = "🥐☕面خלŁẞ♥→₽र𝐀ขპՀ빵パ✓\ue0a5½№ạ"


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Nothing remembered of this computer, before and after."""
    for remembered in (letters._has, letters._known):
        remembered.cache_clear()
    monkeypatch.setattr(letters, "_known", lambda: None)
    return monkeypatch


@pytest.mark.libreoffice
def test_what_cannot_be_printed_is_what_comes_out_as_a_box(libreoffice: LibreOffice) -> None:
    pdfs = libreoffice.convert(Document(letter, _docx(letter)) for letter in SAMPLES)

    for letter, conversion in zip(SAMPLES, pdfs, strict=True):
        with pikepdf.open(io.BytesIO(conversion.pdf)) as document:
            assert boxes(document) == unprintable(letter), letter


def test_the_letters_of_europe_are_never_refused(fresh: pytest.MonkeyPatch) -> None:
    letters._has.cache_clear()
    fresh.setattr(letters, "_known", lambda: ((0x41, 0x5A),))

    assert unprintable("Łódź ẞ Cafe\u0301 Ωμέγα Хлеб ỳ € „x” – x\u0328") == ""
    assert unprintable("Bakkerij 🥐 en 🥐 \u0e02") == "🥐\u0e02"
    letters._has.cache_clear()


def test_where_nobody_tells_of_fonts_nothing_is_refused(fresh: pytest.MonkeyPatch) -> None:
    assert unprintable("Bakkerij 🥐 面") == ""
    letters._has.cache_clear()


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_fontconfig_is_asked_only_where_it_is_what_prints(monkeypatch: pytest.MonkeyPatch, system: str) -> None:
    monkeypatch.setattr("sys.platform", system)

    assert letters._known.__wrapped__() is None


def test_marks_that_show_nothing_are_no_letters(fresh: pytest.MonkeyPatch) -> None:
    fresh.setattr(letters, "_known", lambda: ((0x41, 0x5A),))

    assert unprintable("a\u200d\ufe0f\u00ad\u2028\u202e\ufeff\x07") == ""
    letters._has.cache_clear()


def test_fonts_that_do_not_print_do_not_count() -> None:
    told = [
        "TrueType|True|False|20-7e a0",
        "CFF|True|False|7f-9f 2615",
        "Type 1|True|False|400-4ff",
        "PCF|False|False|500-5ff",
        "TrueType|True|True|1f950",
        "",
    ]

    assert ranges_of(told, coloured=False) == ((0x20, 0xA0), (0x2615, 0x2615))
    assert ranges_of(told, coloured=True) == ((0x20, 0xA0), (0x2615, 0x2615), (0x1F950, 0x1F950))


def _docx(text: str) -> bytes:
    document = WordDocument()
    document.styles["Normal"].font.name = "Carlito"
    document.add_paragraph(f"x {text} x")
    docx = io.BytesIO()
    document.save(docx)
    return docx.getvalue()

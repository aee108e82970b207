"""An invoice that was converted in company is, dot for dot, what it is alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from factuurbode.convert.libreoffice import LibreOffice
from factuurbode.convert.merging.merging import Merging
from factuurbode.convert.merging.proof import difference
from factuurbode.convert.verify import verify
from factuurbode.domain.model import Language
from factuurbode.ports import Document
from support.batches import demo_documents, documents_of, some_documents
from support.documents import a_bakery, a_customer, a_logo, an_invoice, some_lines
from support.watched_office import WatchedOffice

pytestmark = pytest.mark.libreoffice


def differences(documents: Sequence[Document], merging: Merging, alone: LibreOffice) -> list[tuple[str, str]]:
    """The documents that come out otherwise in company, and in what."""
    together = list(merging.convert(documents))
    assert [conversion.name for conversion in together] == [document.name for document in documents]
    assert all(verify(conversion.pdf, conversion.name) for conversion in together)
    pairs = zip(alone.convert(documents), together, strict=True)
    return [(one.name, what) for one, other in pairs if (what := difference(one.pdf, other.pdf))]


@pytest.mark.parametrize("language", Language)
def test_the_demo_workbook_in_each_language(
    language: Language, merging: Merging, office: WatchedOffice, libreoffice: LibreOffice
) -> None:
    documents = demo_documents(60, language)
    assert differences(documents, merging, libreoffice) == []
    assert office.together >= 6
    assert len(office.singly) <= 6


def test_invoices_of_one_line_and_of_three_hundred(
    merging: Merging, office: WatchedOffice, libreoffice: LibreOffice
) -> None:
    documents = documents_of(an_invoice(f"2026-{index:04}", lines=(1, 300, 36)[index % 3]) for index in range(15))
    assert differences(documents, merging, libreoffice) == []
    assert office.together > 2


def test_invoices_with_a_logo_and_an_end_on_every_part_of_a_page(
    merging: Merging, office: WatchedOffice, libreoffice: LibreOffice, tmp_path: Path
) -> None:
    settings = a_bakery(logo=a_logo(tmp_path / "logo.png"))
    documents = documents_of((an_invoice(f"2026-{lines:04}", lines=lines) for lines in range(1, 60)), settings)
    assert differences(documents, merging, libreoffice) == []
    assert len(office.singly) <= 6


def test_letters_of_all_kinds(merging: Merging, office: WatchedOffice, libreoffice: LibreOffice) -> None:
    names = (
        "Café Ångström & Šárka <b>",
        "Ωμέγα Ταβέρνα",
        "Лавка Хлеб",
        "Brood → ☕ ✓",
        "Soft\u00adhyphen non\u2011breaking, ﬁjne office",
        "(a) %<c>\\ /F1 9 Tf <0102> Tj ET",
        "A" * 200,
    )
    documents = documents_of(
        an_invoice(
            f"2026-{index:04}", lines=some_lines(2, description=names[index % 7]), customer=a_customer(name=name)
        )
        for index, name in enumerate(names * 3)
    )
    assert differences(documents, merging, libreoffice) == []
    assert len(office.singly) == 4


def test_templates_by_turns_come_back_in_order(
    merging: Merging, office: WatchedOffice, libreoffice: LibreOffice
) -> None:
    dutch, german = some_documents(24), some_documents(24, language=Language.DE)
    documents = [document for pair in zip(dutch, german, strict=True) for document in pair]
    assert differences(documents, merging, libreoffice) == []
    assert len(office.singly) == 8


def test_the_first_pdf_does_not_wait_for_company(merging: Merging, office: WatchedOffice) -> None:
    conversions = merging.convert(some_documents(40))
    assert verify(next(conversions).pdf, "2026-0001") == 1
    assert office.singly[0] == "2026-0001"
    conversions.close()


def test_a_few_invoices_go_singly(merging: Merging, office: WatchedOffice) -> None:
    assert len(list(merging.convert(some_documents(7)))) == 7
    assert office.together == 0

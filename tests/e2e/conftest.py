"""A real PDF of an invoice, made once for the tests that are not about making it."""

from __future__ import annotations

from pathlib import Path

import pytest

from factuurbode.convert.libreoffice import LibreOffice
from factuurbode.ports import Document
from support.documents import an_invoice_docx


@pytest.fixture(scope="session")
def invoice_pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The PDF of invoice 2026-0001."""
    with LibreOffice() as office:
        (conversion,) = office.convert([Document("2026-0001", an_invoice_docx("2026-0001"))])
    path = tmp_path_factory.mktemp("pdf") / "2026-0001.pdf"
    path.write_bytes(conversion.pdf)
    return path

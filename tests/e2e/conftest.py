"""What the end-to-end tests share: a real PDF of an invoice, made once, and a mail server in its own process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from factuurbode.convert.libreoffice import LibreOffice
from factuurbode.ports import Document
from support.documents import an_invoice_docx
from support.mailserver import MailServer, mail_server


@pytest.fixture(scope="session")
def invoice_pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The PDF of invoice 2026-0001."""
    with LibreOffice() as office:
        (conversion,) = office.convert([Document("2026-0001", an_invoice_docx("2026-0001"))])
    path = tmp_path_factory.mktemp("pdf") / "2026-0001.pdf"
    path.write_bytes(conversion.pdf)
    return path


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MailServer]:
    """A mail server without TLS or sign-in, as a relay in the bakery would be."""
    with mail_server(tmp_path / "server") as running:
        yield running

"""What the end-to-end tests share: a real PDF of an invoice, made once, and a mail server in its own process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from factuurbode import bootstrap
from factuurbode.convert.libreoffice import LibreOffice
from factuurbode.ports import Document
from support import mortal
from support.bakery import Bakery
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


@pytest.fixture
def bakery(
    tmp_path: Path,
    invoice_pdf: Path,
    server: MailServer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Bakery:
    """A bakery that is ready to send, with a folder for the notes of mishaps."""
    monkeypatch.setattr(bootstrap, "chosen_converter", lambda: mortal.OnePdf(invoice_pdf))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("COLUMNS", "1000")  # a table with whole sentences
    folder = tmp_path / "bakkerij"
    folder.mkdir()
    made = Bakery(folder / "boek.xlsx", server, capsys)
    made.opens()
    return made

"""The ways that the product is measured against, made as well as their kind allows, and without any proof or record.

Both get their invoices read and checked, and use the product's LibreOffice options, so that the pages can be compared.
"""

from __future__ import annotations

import io
import json
import smtplib
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from docx.shared import Emu
from docxtpl import DocxTemplate, InlineImage

from factuurbode.convert.probe import installed
from factuurbode.domain.preflight import Checked
from factuurbode.domain.settings import Settings
from factuurbode.render.fields import invoice_fields, template_for
from factuurbode.render.logo import Logo, prepared
from factuurbode.render.template import environment

_OPTIONS = {
    "ReduceImageResolution": {"type": "boolean", "value": "false"},
    "UseLosslessCompression": {"type": "boolean", "value": "true"},
    "ExportBookmarks": {"type": "boolean", "value": "false"},
    "UseTaggedPDF": {"type": "boolean", "value": "false"},
}


def file_by_file(invoices: Sequence[Checked], settings: Settings, folder: Path, port: int) -> None:
    """docxtpl, a `soffice` and a connection to the mail server for each invoice."""
    logo = _logo(settings)
    for checked in invoices:
        docx = _filled(checked, settings, logo, folder)
        _soffice([docx], folder)
        with _connected(port) as server:
            _sent(server, checked, docx.with_suffix(".pdf"))


def good_script(invoices: Sequence[Checked], settings: Settings, folder: Path, port: int) -> None:
    """docxtpl for each invoice, one `soffice` for all files, and one connection to the mail server."""
    logo = _logo(settings)
    documents = [_filled(checked, settings, logo, folder) for checked in invoices]
    _soffice(documents, folder)
    with _connected(port) as server:
        for checked, docx in zip(invoices, documents, strict=True):
            _sent(server, checked, docx.with_suffix(".pdf"))


class _Picture(InlineImage):  # type: ignore[misc]  # docxtpl has no types
    """docxtpl's picture without the 3 mm that LibreOffice puts beside one that does not refuse them."""

    def _insert_image(self) -> str:
        return str(super()._insert_image()).replace(
            "<wp:inline ", '<wp:inline distT="0" distB="0" distL="0" distR="0" '
        )


def _logo(settings: Settings) -> Logo:
    assert settings.company.logo
    return prepared(settings.company.logo)


def _filled(checked: Checked, settings: Settings, logo: Logo, folder: Path) -> Path:
    customer, amounts = checked.invoice.customer, checked.amounts
    assert customer is not None
    assert amounts is not None
    document = DocxTemplate(template_for(customer.language, settings))
    document.init_docx()
    picture = _Picture(document, io.BytesIO(logo.png), Emu(logo.width), Emu(logo.height))
    fields = invoice_fields(checked.invoice, amounts, settings)
    document.render({**fields, "logo": picture}, environment(), autoescape=True)
    docx = folder / f"{checked.invoice.number}.docx"
    document.save(docx)
    return docx


def _soffice(documents: Sequence[Path], folder: Path) -> None:
    command = [
        str(installed().soffice.with_name("soffice")),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        f"pdf:writer_pdf_Export:{json.dumps(_OPTIONS)}",
        "--outdir",
        str(folder),
    ]
    subprocess.run([*command, *map(str, documents)], check=True, capture_output=True)


@contextmanager
def _connected(port: int) -> Iterator[smtplib.SMTP]:
    with smtplib.SMTP("127.0.0.1", port) as server:
        yield server


def _sent(server: smtplib.SMTP, checked: Checked, pdf: Path) -> None:
    message = EmailMessage(policy=SMTP)
    message["From"] = "facturen@bakkerij.test"
    message["To"] = ", ".join(checked.recipients)
    message["Subject"] = f"Factuur {checked.invoice.number}"
    message.set_content("Geachte klant,\n\nHierbij uw factuur.\n")
    message.add_attachment(pdf.read_bytes(), maintype="application", subtype="pdf", filename=pdf.name)
    server.send_message(message)

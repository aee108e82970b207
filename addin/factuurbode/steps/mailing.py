"""The mail of an invoice, from what the preflight found and the PDF: the same for a real run and a rehearsal."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from ..deliver.letter import Amounts, Attachment, letter_for
from ..deliver.message import Letter, compose
from ..domain.filenames import file_name
from ..domain.model import Invoice, Language
from ..domain.preflight import Checked
from ..domain.settings import Settings
from ..ports import Envelope
from ..render.fields import spoken_language
from ..render.formats import Formats
from .rendition import Rendition


def envelope_for(
    checked: Checked, rendition: Rendition, settings: Settings, dispatch_id: str, now: datetime
) -> Envelope:
    """The mail that brings *rendition* to the customer, dated *now*. Raises MailNotSetUp or TemplateFault."""
    return compose(letter_about(checked, rendition, settings, dispatch_id, now))


def letter_about(checked: Checked, rendition: Rendition, settings: Settings, dispatch_id: str, now: datetime) -> Letter:
    """The same mail before it is put into bytes. Raises MailNotSetUp or TemplateFault."""
    invoice, settings = checked.invoice, replace(settings, company=checked.seller)
    if checked.amounts is None or invoice.issued is None:
        raise ValueError(f"{invoice.number} is incomplete; the preflight lets no such invoice pass")
    formats = Formats(spoken_language(_language(invoice), settings))
    return letter_for(
        invoice,
        settings,
        Amounts(
            total=formats.money(checked.amounts.total),
            issued=formats.long_date(invoice.issued),
            due=formats.long_date(invoice.due) if invoice.due else "",
        ),
        Attachment(rendition.pdf, pdf_name(invoice, settings)),
        recipients=checked.recipients,
        copies=checked.copies,
        names=checked.names,
        dispatch_id=dispatch_id,
        date=now.replace(microsecond=0),
        templates=settings.mail.texts,
    )


def pdf_name(invoice: Invoice, settings: Settings) -> str:
    """The name of an invoice's PDF, in the customer's language, by the pattern of the settings (R1)."""
    return file_name(settings.general.file_name, invoice, _language(invoice))


def _language(invoice: Invoice) -> Language:
    return invoice.customer.language if invoice.customer else Language.NL

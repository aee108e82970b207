"""The words of an invoice mail: templates in the customer's language, filled in (R13, B6)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType

from jinja2 import FileSystemLoader, StrictUndefined, select_autoescape
from jinja2.sandbox import SandboxedEnvironment

from ..assets import asset
from ..domain.filenames import document_name
from ..domain.model import Invoice, Kind, Language
from ..domain.settings import Settings
from ..errors import MailNotSetUp, MailTextFault, MailTextsMissing
from ..template_faults import EXPRESSION_ERRORS, told
from .addresses import read_addresses
from .message import Letter

NAMELESS: Mapping[str, str] = MappingProxyType({})
_SUBJECT_LINE = re.compile(r"Subject:(?P<subject>[^\n]*)\n")
_EMPTY_LINES = re.compile(r"\n{3,}")
_PLACEHOLDER = re.compile(r"\{(number|company|document)\}")


@dataclass(frozen=True, slots=True)
class Amounts:
    """What the mail says of date and money, already written in the customer's language.

    `due` is empty when there is nothing to pay; the mail then asks for nothing.
    """

    total: str
    issued: str = ""
    due: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """The PDF and the name under which the customer gets it."""

    pdf: bytes
    name: str


def letter_for(
    invoice: Invoice,
    settings: Settings,
    amounts: Amounts,
    attachment: Attachment,
    *,
    recipients: Iterable[str],
    copies: Iterable[str] = (),
    names: Mapping[str, str] = NAMELESS,
    dispatch_id: str,
    date: datetime,
    templates: Path | None = None,
) -> Letter:
    """The letter that brings *invoice* to *recipients*, with a copy to *copies* and to the bakery's copy address.

    *names* are what people are called at their addresses.

    *date* is aware. The texts are `mail.<language>.txt` and `.html` in *templates*; a language that is not there is
    served with those of the product. Raises MailNotSetUp when the sender, reply or copy address of the settings is not
    an address, MailTextsMissing when there is no folder *templates*, MailTextFault when a text has a mistake.
    """
    folder, language = _texts(invoice, templates)
    values = mail_values(invoice, settings, amounts, language)
    subject, text = subject_and_text(folder, language, values)
    own_subject = settings.closing.subject.get(language, "").strip()
    to = tuple(dict.fromkeys(recipients))
    cc = _without(copies, to)
    return Letter(
        dispatch_id=dispatch_id,
        date=date,
        sender=_one("mail_setting.sender", settings.mail.sender),
        sender_name=settings.mail.sender_name.strip() or settings.company.name,
        reply_to=_one("mail_setting.reply_to", settings.mail.reply_to) if settings.mail.reply_to.strip() else "",
        recipients=to,
        copies=cc,
        names=names,
        hidden_copies=_without(_all("mail_setting.copy_address", settings.mail.copy_address), to + cc),
        language=language,
        subject=_filled(own_subject, values) if own_subject else subject,
        text=text,
        html=mail_part(folder, f"mail.{language}.html", values),
        pdf=attachment.pdf,
        pdf_name=attachment.name,
    )


def _texts(invoice: Invoice, own: Path | None) -> tuple[Path, Language]:
    """The folder with the texts of the customer's language, the baker's *own* first."""
    wished, ours = invoice.customer.language if invoice.customer else Language.NL, asset("templates")
    if own is not None and not own.is_dir():
        raise MailTextsMissing(path=own)
    return own if own is not None and (own / f"mail.{wished}.txt").is_file() else ours, wished


def mail_values(invoice: Invoice, settings: Settings, amounts: Amounts, language: Language) -> Mapping[str, object]:
    """What a mail text may say, by the names of `domain.mail_fields`."""
    company, closing = settings.company, settings.closing
    credit_note = invoice.kind is Kind.CREDIT_NOTE
    signature = (
        closing.contact_person,
        company.name,
        closing.telephone or company.telephone,
        closing.website or company.website,
    )
    return {
        "document": document_name(invoice.kind, language),
        "credit_note": credit_note,
        "number": invoice.number,
        "corrects": invoice.corrects,
        "reference": invoice.reference or (invoice.customer.reference if invoice.customer else ""),
        "issued": amounts.issued,
        "total": amounts.total,
        "due": "" if credit_note else amounts.due,
        "company": company.name,
        "iban": company.iban,
        "account_name": company.account_name or company.name,
        "closing": closing.text.get(language, "").strip().splitlines(),
        "signature": [line.strip() for line in signature if line.strip()],
    }


def subject_and_text(folder: Path, language: Language, values: Mapping[str, object]) -> tuple[str, str]:
    """The subject, which is the first line of the template, and the plain text. Raises MailTextFault."""
    name = f"mail.{language}.txt"
    rendered = mail_part(folder, name, values)
    first = _SUBJECT_LINE.match(rendered)
    if not first:
        raise MailTextFault(path=folder / name, reason="template_fault.no_subject", detail=name)
    body = _EMPTY_LINES.sub("\n\n", rendered[first.end() :].strip())
    return first["subject"].strip(), f"{body}\n"


def mail_part(folder: Path, name: str, values: Mapping[str, object]) -> str:
    """The template *name* of *folder*, filled in. Raises MailTextFault."""
    try:
        return mail_environment(folder).get_template(name).render(values)
    except EXPRESSION_ERRORS as error:
        raise MailTextFault(path=folder / name, **_told(error, folder / name)) from error


def _told(error: Exception, path: Path) -> dict[str, str]:
    source = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    return told(error, source, path.name, file=str(path))


@cache
def mail_environment(folder: Path) -> SandboxedEnvironment:
    """Jinja as far as a template of someone else may go: no access to Python, every unknown name an error."""
    return SandboxedEnvironment(
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        autoescape=select_autoescape(["html"]),
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _filled(subject: str, values: Mapping[str, object]) -> str:
    """The baker's own subject with its placeholders; what is filled in is not read again, other braces stay."""
    return _PLACEHOLDER.sub(lambda found: str(values[found[1]]), subject)


def _one(setting: str, typed: str) -> str:
    addresses = _all(setting, typed)
    if len(addresses) != 1:
        raise MailNotSetUp(missing=setting)
    return addresses[0]


def _all(setting: str, typed: str) -> tuple[str, ...]:
    addresses = read_addresses(typed)
    if addresses.faults:
        raise MailNotSetUp(missing=setting)
    return addresses.valid


def _without(addresses: Iterable[str], told: tuple[str, ...]) -> tuple[str, ...]:
    known = {address.casefold() for address in told}
    return tuple(address for address in dict.fromkeys(addresses) if address.casefold() not in known)

"""Can the invoices that are still to go be made as they should: template, logo, mail texts, and every letter on them?

Asked before a run, so that nothing wrong goes out unsaid (B1). A template is tried once, for all its invoices.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..assets import asset
from ..convert.letters import unprintable
from ..domain.ledger import Ledger
from ..domain.letters import letter_problems
from ..domain.model import Channel, Language, Place, VatTreatment
from ..domain.preflight import Checked, Preflight
from ..domain.problems import Problem, Sentence, Severity
from ..domain.settings import Settings
from ..domain.states import NEVER_BY_ITSELF
from ..errors import LogoFault, MailTextsMissing, TemplateError, TemplateMissing
from ..render.check import Finding, check_template
from ..render.field_table import FIELDS
from ..render.fields import invoice_fields, template_for
from ..render.logo import look_at
from .mail_check import check_mail_texts

_BY_LAW = ("law_missing", "law_not_asked")


@dataclass(frozen=True, slots=True)
class _Verdict:
    """The errors of a template, or why there is nothing to try."""

    findings: tuple[Finding, ...] = ()
    error: TemplateError | None = None


_tried: dict[bytes, _Verdict] = {}


def with_documents(checked: Preflight, ledger: Ledger) -> Preflight:
    """*checked* with what is wrong with the documents of its invoices; those that have reached somebody are made."""
    verdicts: dict[Path, _Verdict] = {}
    shared = tuple(_logo_problems(ledger))
    return replace(checked, invoices=tuple(_with(one, ledger, shared, verdicts) for one in checked.invoices))


def _with(checked: Checked, ledger: Ledger, shared: Sequence[Problem], verdicts: dict[Path, _Verdict]) -> Checked:
    if checked.past.void or NEVER_BY_ITSELF.intersection(checked.past.states.values()):
        return checked
    invoice = checked.invoice
    found = [
        *_template_problems(checked, ledger, verdicts),
        *shared,
        *_mail_problems(checked, ledger, verdicts),
        *letter_problems(ledger, invoice, unprintable),
    ]
    if not found:
        return checked
    settings = set(ledger.settings_places.values())  # what is wrong there is told once, not of every invoice
    told = (one if one.place in settings else replace(one, invoice=invoice.number) for one in dict.fromkeys(found))
    named = (*checked.problems, *told)
    return replace(checked, problems=tuple(sorted(named, key=lambda problem: not problem.stops)))


def _template_problems(checked: Checked, ledger: Ledger, verdicts: dict[Path, _Verdict]) -> Iterator[Problem]:
    customer = checked.invoice.customer
    path = template_for(customer.language if customer else Language.NL, ledger.settings)
    if path.parent == asset("templates"):
        return  # it came with the program, and its own tests hold it without fault
    if path not in verdicts:
        verdicts[path] = _verdict(path)
    verdict, place = verdicts[path], ledger.settings_places.get("general.template")
    if isinstance(verdict.error, TemplateMissing):
        yield Problem("template_missing", place=place, value=str(path))
    elif verdict.error:
        yield Problem("template_refused", place=place, value=str(path), detail=_why(verdict.error))
    elif findings := _concerning(checked, verdict.findings, ledger.settings):
        yield _faulty("template_faulty", findings, place, path)


def _logo_problems(ledger: Ledger) -> Iterator[Problem]:
    """What keeps the logo from every invoice."""
    logo, place = ledger.settings.company.logo, ledger.settings_places.get("company.logo")
    try:
        if logo:
            look_at(logo)
    except LogoFault as error:
        yield Problem("logo_fault", place=place, value=str(logo), detail=_why(error))


def _mail_problems(checked: Checked, ledger: Ledger, verdicts: dict[Path, _Verdict]) -> Iterator[Problem]:
    """What is wrong with the baker's own mail texts in the language of the customer."""
    folder, customer = ledger.settings.mail.texts, checked.invoice.customer
    if folder is None or customer is None or Channel.MAIL not in checked.channels:
        return
    if folder not in verdicts:
        try:
            verdicts[folder] = _Verdict(check_mail_texts(folder))
        except MailTextsMissing as error:
            verdicts[folder] = _Verdict(error=error)
    place, start = ledger.settings_places.get("mail.texts"), f"mail.{customer.language}."
    if verdicts[folder].error:
        yield Problem("mail_texts_missing", place=place, value=str(folder))
    elif findings := [one for one in verdicts[folder].findings if one.facts["file"].startswith(start)]:
        yield _faulty("mail_texts_faulty", findings, place, folder)


def _faulty(code: str, findings: Sequence[Finding], place: Place | None, path: Path) -> Problem:
    """The first of *findings*, and how many there are."""
    first = Sentence(f"template_finding.{findings[0].code}", tuple(sorted(findings[0].facts.items())))
    if len(findings) == 1:
        return Problem(code, place=place, value=str(path), detail=first)
    counted = Sentence("template_faults.counted", (("count", str(len(findings))), ("first", first)))
    return Problem(f"{code}_more", place=place, value=str(path), detail=counted)


def _why(error: TemplateError) -> Sentence:
    return Sentence("template_faults.refused", tuple((name, error.facts[name]) for name in ("reason", "detail")))


def _concerning(checked: Checked, findings: Sequence[Finding], settings: Settings) -> Sequence[Finding]:
    """Those of *findings* that are wrong on this invoice.

    What the law wants and the template lacks is no fault where there is nothing to say: no sentence about the
    small-business scheme on the invoice of a bakery that is not under it.
    """
    if not findings or checked.amounts is None or checked.invoice.issued is None:
        return findings
    fields = invoice_fields(checked.invoice, checked.amounts, settings)
    return [one for one in findings if one.code not in _BY_LAW or _says_something(one.facts["field"], fields, checked)]


def _says_something(name: str, fields: Mapping[str, object], checked: Checked) -> bool:
    invoice = checked.invoice
    if name == "customer.vat_number":  # wanted where the customer accounts for the VAT
        return invoice.customer is not None and invoice.customer.vat_treatment is not VatTreatment.STANDARD
    if name == "line.delivered" and invoice.period_from is not None:
        return False
    field = next(one for one in FIELDS if one.name == name)
    head, _, leaf = field.path.partition(".")
    value: Any = fields[head.removesuffix("[]")]
    if not leaf:
        return bool(value)
    return any(holder[leaf] for holder in (value if head.endswith("[]") else [value]))


def _verdict(path: Path) -> _Verdict:
    """Remembered by what stands in the file: a press of a button on a template that was just tried costs nothing."""
    try:
        content = hashlib.sha256(path.read_bytes()).digest()
    except OSError:
        content = b""
    if content in _tried:
        return _tried[content]
    try:
        verdict = _Verdict(tuple(one for one in check_template(path) if one.severity is Severity.ERROR))
    except TemplateError as error:
        return _Verdict(error=error)
    if content:
        _tried[content] = verdict
    return verdict

"""Can the invoices that are still to go be made as they should: their template, and every letter on them?

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
from ..domain.model import Language, VatTreatment
from ..domain.preflight import Checked, Preflight
from ..domain.problems import Problem, Sentence, Severity
from ..domain.settings import Settings
from ..domain.states import NEVER_BY_ITSELF
from ..errors import TemplateError, TemplateMissing
from ..render.check import Finding, check_template
from ..render.field_table import FIELDS
from ..render.fields import invoice_fields, template_for

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
    return replace(checked, invoices=tuple(_with(one, ledger, verdicts) for one in checked.invoices))


def _with(checked: Checked, ledger: Ledger, verdicts: dict[Path, _Verdict]) -> Checked:
    if checked.past.void or NEVER_BY_ITSELF.intersection(checked.past.states.values()):
        return checked
    invoice = checked.invoice
    found = [*_template_problems(checked, ledger, verdicts), *letter_problems(ledger, invoice, unprintable)]
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
        facts = tuple((name, verdict.error.facts[name]) for name in ("reason", "detail"))
        yield Problem(
            "template_refused", place=place, value=str(path), detail=Sentence("template_faults.refused", facts)
        )
    elif findings := _concerning(checked, verdict.findings, ledger.settings):
        first = Sentence(f"template_finding.{findings[0].code}", tuple(sorted(findings[0].facts.items())))
        if len(findings) == 1:
            yield Problem("template_faulty", place=place, value=str(path), detail=first)
        else:
            counted = Sentence("template_faults.counted", (("count", str(len(findings))), ("first", first)))
            yield Problem("template_faulty_more", place=place, value=str(path), detail=counted)


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

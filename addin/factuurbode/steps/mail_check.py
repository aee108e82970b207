"""Mail texts checked before a customer gets one: their syntax, their names, the subject, and a trial with samples."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from jinja2 import TemplateSyntaxError, meta

from ..deliver.letter import Amounts, mail_environment, mail_part, mail_values, subject_and_text
from ..domain.mail_fields import MAIL_FIELDS
from ..domain.model import Invoice, Language
from ..domain.settings import Settings
from ..domain.totals import totals
from ..errors import MailTextsMissing, TemplateFault
from ..render.check import Finding
from ..render.formats import Formats
from ..render.sample import sample_company, sample_invoices
from ..template_faults import reason_of

_ENDINGS = ("txt", "html")


def check_mail_texts(folder: Path) -> tuple[Finding, ...]:
    """Everything that is wrong with the mail texts in *folder*; empty when all is well.

    Raises MailTextsMissing when there is no such folder, or no text in it.
    """
    there = [language for language in Language if any(_path(folder, language, ending).is_file() for ending in _ENDINGS)]
    if not there:
        raise MailTextsMissing(path=folder)
    return tuple(finding for language in there for finding in _of_language(folder, language))


def _of_language(folder: Path, language: Language) -> Iterator[Finding]:
    for ending, other in zip(_ENDINGS, reversed(_ENDINGS), strict=True):
        path = _path(folder, language, ending)
        if not path.is_file():
            beside = _path(folder, language, other).name
            yield Finding("letter_part_missing", {"file": path.name, "beside": beside})
            continue
        faults = list(_static(path))
        yield from faults
        if not faults:
            yield from _trials(folder, path.name, language)


def _static(path: Path) -> Iterator[Finding]:
    """What the text itself shows: that it can be read, and that every name in it is known."""
    environment = mail_environment(path.parent)
    try:
        tree = environment.parse(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        yield Finding("letter_not_text", {"file": path.name})
        return
    except TemplateSyntaxError as error:
        facts = {"file": path.name, "line": str(error.lineno), "reason": reason_of(error)}
        yield Finding("letter_not_understood", facts)
        return
    for name in sorted(meta.find_undeclared_variables(tree) - set(MAIL_FIELDS) - environment.globals.keys()):
        near = get_close_matches(name, MAIL_FIELDS, 1)
        if near:
            yield Finding("letter_unknown_field_near", {"field": name, "file": path.name, "near": near[0]})
        else:
            yield Finding("letter_unknown_field", {"field": name, "file": path.name})


def _trials(folder: Path, name: str, language: Language) -> Iterator[Finding]:
    """The faults that show when the text is filled in for every sort of invoice, each once."""
    told: set[tuple[str, str]] = set()
    for sort, invoice in sample_invoices(language).items():
        values = mail_values(invoice, Settings(company=sample_company()), _amounts(invoice, language), language)
        try:
            if name.endswith(".txt"):
                subject_and_text(folder, language, values)
            else:
                mail_part(folder, name, values)
        except TemplateFault as error:
            reason, detail = error.facts["reason"], error.facts["detail"]
            if (reason, detail) in told:
                continue
            told.add((reason, detail))
            if reason == "template_fault.no_subject":
                yield Finding("letter_no_subject", {"file": name})
            else:
                facts = {"file": name, "sort": f"template_sort.{sort}", "reason": reason, "detail": detail}
                yield Finding("letter_fails", facts)


def _amounts(invoice: Invoice, language: Language) -> Amounts:
    formats = Formats(language)
    day = formats.long_date(invoice.issued) if invoice.issued else ""
    return Amounts(total=formats.money(totals(invoice).total), issued=day, due=day)


def _path(folder: Path, language: Language, ending: str) -> Path:
    return folder / f"mail.{language}.{ending}"

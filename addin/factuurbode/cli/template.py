"""`factuurbode template`: check a Word template or mail texts, show their fields, or give the originals back."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ..domain.mail_fields import MAIL_FIELDS
from ..domain.model import Language
from ..domain.problems import Severity
from ..render.check import Finding, check_template
from ..render.field_docs import example_of
from ..render.field_table import FIELDS
from ..render.restore import restore_mail_texts, restore_template
from ..steps.mail_check import check_mail_texts
from ..texts import Texts
from .voice import Voice

WIDE = 160
"""Columns for a table that goes into a file or another program."""

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}


def template(options: Namespace, voice: Voice) -> int:
    """Do what was asked of a template."""
    return _ACTIONS[options.action](options, voice)


def check(options: Namespace, voice: Voice) -> int:
    """Tell everything that is wrong with a template or mail texts: 0 when they are fine, 1 when there are faults."""
    findings = _checked(options.file)
    faults = sum(finding.severity is Severity.ERROR for finding in findings)
    if voice.as_json:
        _write({"file": str(options.file), "findings": [_as_json(finding, voice.texts) for finding in findings]})
    else:
        _tell(findings, voice.texts)
        if findings:
            voice.say("cli.template.faults", faults=faults, warnings=len(findings) - faults, path=options.file)
        else:
            voice.say("cli.template.mail_fine" if _is_mail(options.file) else "cli.template.fine", path=options.file)
    return 1 if faults else 0


def fields(options: Namespace, voice: Voice) -> int:
    """Show the table of fields."""
    texts = voice.texts
    yes = texts("field_page.yes")
    rows = [
        (field.name, texts(f"field.{field.name}"), example_of(field, texts), yes if field.law else "")
        for field in FIELDS
    ]
    mail_rows = [(name, texts(f"mail_field.{name}")) for name in MAIL_FIELDS]
    if options.json:
        keys = ("field", "meaning", "example", "law")
        of_invoice = [
            dict(zip(keys, (*row[:3], field.law), strict=True)) for row, field in zip(rows, FIELDS, strict=True)
        ]
        of_mail = [dict(zip(keys, row, strict=False)) for row in mail_rows]
        _write({"fields": of_invoice, "mail_fields": of_mail})
        return 0
    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for key in ("field", "meaning", "example", "law"):
        table.add_column(texts(f"field_page.{key}"), overflow="fold", no_wrap=key == "field")
    for row in rows:
        table.add_row(*map(escape, row))
    mail_table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for key in ("field", "meaning"):
        mail_table.add_column(texts(f"field_page.{key}"), overflow="fold", no_wrap=key == "field")
    for mail_row in mail_rows:
        mail_table.add_row(*map(escape, mail_row))
    console = Console(highlight=False, width=None if sys.stdout.isatty() else WIDE)
    console.print(table, "", escape(texts("field_page.mail_title")), "", mail_table, sep="\n")
    return 0


def restore(options: Namespace, voice: Voice) -> int:
    """Give the original back."""
    language = Language(options.language) if options.language else voice.texts.language
    if options.mail:
        for path in restore_mail_texts(options.path, language, overwrite=options.force):
            voice.say("cli.template.mail_restored", path=path)
    else:
        voice.say("cli.template.restored", path=restore_template(options.path, language, overwrite=options.force))
    return 0


def _checked(path: Path) -> Sequence[Finding]:
    """The findings about a Word template, about the mail texts of a folder, or of the folder of one of them."""
    if _is_mail(path):
        return check_mail_texts(path if path.is_dir() else path.parent)
    return check_template(path)


def _is_mail(path: Path) -> bool:
    return path.is_dir() or path.suffix.lower() in (".txt", ".html")


def sentence(finding: Finding, texts: Texts) -> str:
    """What is wrong and what to do about it."""
    facts = {name: texts.known(fact) for name, fact in finding.facts.items()}
    return f"{texts(f'template_finding.{finding.code}', **facts)} {texts(f'template_remedy.{finding.code}', **facts)}"


def _tell(findings: Sequence[Finding], texts: Texts) -> None:
    console = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
    for finding in sorted(findings, key=lambda finding: finding.severity is Severity.WARNING):
        console.print(f"[{_COLOURS[finding.severity]}]●[/] {escape(sentence(finding, texts))}")


def _as_json(finding: Finding, texts: Texts) -> dict[str, object]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "facts": dict(finding.facts),
        "message": sentence(finding, texts),
    }


def _write(told: object) -> None:
    json.dump(told, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


_ACTIONS: Mapping[str, Callable[[Namespace, Voice], int]] = {"check": check, "fields": fields, "restore": restore}

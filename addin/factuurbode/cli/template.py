"""`factuurbode template`: check a Word template, show the fields it may use, or give the original back."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ..domain.model import Language
from ..domain.problems import Severity
from ..render.check import Finding, check_template
from ..render.field_docs import example_of
from ..render.field_table import FIELDS
from ..render.restore import restore_template
from ..texts import Texts
from .voice import Voice

WIDE = 160
"""Columns for a table that goes into a file or another program."""

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}


def template(options: Namespace, voice: Voice) -> int:
    """Do what was asked of a template."""
    return _ACTIONS[options.action](options, voice)


def check(options: Namespace, voice: Voice) -> int:
    """Tell everything that is wrong with a template: 0 when it is fine, 1 when there are faults."""
    findings = check_template(options.file)
    faults = sum(finding.severity is Severity.ERROR for finding in findings)
    if voice.as_json:
        _write({"file": str(options.file), "findings": [_as_json(finding, voice.texts) for finding in findings]})
    else:
        _tell(findings, voice.texts)
        if findings:
            voice.say("cli.template.faults", faults=faults, warnings=len(findings) - faults, path=options.file)
        else:
            voice.say("cli.template.fine", path=options.file)
    return 1 if faults else 0


def fields(options: Namespace, voice: Voice) -> int:
    """Show the table of fields."""
    texts = voice.texts
    yes = texts("field_page.yes")
    rows = [
        (field.name, texts(f"field.{field.name}"), example_of(field, texts), yes if field.law else "")
        for field in FIELDS
    ]
    if options.json:
        keys = ("field", "meaning", "example", "law")
        _write(
            {
                "fields": [
                    dict(zip(keys, (*row[:3], field.law), strict=True)) for row, field in zip(rows, FIELDS, strict=True)
                ]
            }
        )
        return 0
    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for key in ("field", "meaning", "example", "law"):
        table.add_column(texts(f"field_page.{key}"), overflow="fold", no_wrap=key == "field")
    for row in rows:
        table.add_row(*map(escape, row))
    Console(highlight=False, width=None if sys.stdout.isatty() else WIDE).print(table)
    return 0


def restore(options: Namespace, voice: Voice) -> int:
    """Give the original back."""
    language = Language(options.language) if options.language else voice.texts.language
    voice.say("cli.template.restored", path=restore_template(options.path, language, overwrite=options.force))
    return 0


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

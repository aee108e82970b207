"""`factuurbode doctor`: say what is installed, what will be used, and what is missing."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Sequence
from datetime import datetime

from rich.console import Console
from rich.markup import escape

from ..bootstrap import closed_book, credentials_for
from ..doctor import Finding, Standing, examine_computer, examine_practice
from ..texts import Texts, error_sentence, written
from .voice import Voice

_COLOURS = {Standing.FINE: "green", Standing.NOTE: "cyan", Standing.MISSING: "red"}
_SIGNS = {Standing.FINE: "✓", Standing.NOTE: "·", Standing.MISSING: "✗"}


def doctor(options: Namespace, voice: Voice) -> int:
    """Look at everything: 0 when nothing is missing, else 1. Raises BookError when the workbook cannot be read."""
    findings: list[Finding] = []
    if options.book:
        book = closed_book(options.book)
        ledger = book.read()
        voice.speak(ledger.language)
        findings += examine_practice(book, ledger, credentials_for, datetime.now().astimezone())
    findings = [*examine_computer(), *findings]
    lacking = sum(finding.standing is Standing.MISSING for finding in findings)
    if voice.as_json:
        _write(findings, lacking, voice.texts)
    else:
        _tell(findings, voice.texts)
        voice.say("doctor.summary_missing" if lacking else "doctor.summary_fine", count=lacking)
    return 1 if lacking else 0


def sentence(finding: Finding, texts: Texts) -> str:
    """What was found, and what to do about it."""
    if finding.error:
        return error_sentence(texts, finding.error)
    facts = {name: texts.known(written(texts, fact)) for name, fact in finding.facts.items()}
    told = texts(finding.key, **facts)
    remedy = f"doctor_remedy.{finding.code}"
    if remedy in texts:
        told = f"{told} {texts(remedy, **facts)}"
    literally = facts.get("detail", "")
    return told if not literally or literally in told else f"{told} ({literally})"


def _tell(findings: Sequence[Finding], texts: Texts) -> None:
    console = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
    for finding in findings:
        sign = f"[{_COLOURS[finding.standing]}]{_SIGNS[finding.standing]}[/]"
        name = texts(f"doctor_check.{finding.check}")
        console.print(f"{sign} [bold]{escape(name)}[/]: {escape(sentence(finding, texts))}")


def _write(findings: Sequence[Finding], lacking: int, texts: Texts) -> None:
    told = {
        "findings": [
            {
                "check": finding.check,
                "standing": finding.standing,
                "code": finding.code,
                "message": sentence(finding, texts),
            }
            for finding in findings
        ],
        "missing": lacking,
    }
    json.dump(told, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")

"""The same for programs: one JSON object on standard output."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

from ..domain.problems import Problem
from ..errors import FactuurError
from ..steps.report import Report
from ..texts import Texts, error_sentence, outcome_sentence, problem_sentence


def write(report: Report, texts: Texts, problems: Sequence[Problem] | None = None) -> None:
    """`{"results": [...], "counts": {state: n}}`, and with `check` the `problems`."""
    told: dict[str, object] = {
        "results": [
            {
                "invoice": result.invoice,
                "channel": result.outcome.channel,
                "state": result.outcome.state,
                "recipients": list(result.outcome.recipients),
                "addressees": [
                    {"address": one.address, "state": one.state, "detail": one.detail}
                    for one in result.outcome.addressees
                ],
                "pdf": str(result.pdf) if result.pdf else None,
                "message": outcome_sentence(texts, result.outcome),
            }
            for result in report.results
        ],
        "counts": report.counts,
    }
    if report.book_error:
        told["workbook"] = error_sentence(texts, report.book_error)
    if problems is not None:
        told["problems"] = [
            {
                "invoice": problem.invoice,
                "severity": problem.severity,
                "code": problem.code,
                "place": str(problem.place) if problem.place else None,
                "message": problem_sentence(texts, problem),
            }
            for problem in problems
        ]
    _print(told)


def write_error(error: FactuurError, texts: Texts) -> None:
    """The same object, empty, with the `error` that kept everything from being done."""
    _print({"results": [], "counts": {}, "error": {"code": error.code, "message": error_sentence(texts, error)}})


def _print(told: object) -> None:
    everything = "utf" in (sys.stdout.encoding or "").lower()
    json.dump(told, sys.stdout, ensure_ascii=not everything, indent=1)
    sys.stdout.write("\n")

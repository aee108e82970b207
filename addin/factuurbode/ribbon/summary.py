"""What a run came to, in one message: failures first, each with what to do."""

from __future__ import annotations

from collections.abc import Iterator

from ..steps.report import Report, Result
from ..texts import Texts, error_sentence, outcome_sentence
from .agreement import LISTED


def summary(report: Report, texts: Texts, *, nothing: str = "cli.nothing_to_do") -> str:
    """How many of each outcome, then every invoice that somebody has to look at, with the remedy.

    *nothing* is the key of what is said when no invoice was concerned.
    """
    counts = [f"{count} {texts(f'state.{state}').lower()}" for state, count in report.news.items()]
    counts += [texts("cli.earlier", count=report.earlier)] if report.earlier else []
    lines = [texts("ribbon.summary.cancelled")] if report.cancelled else []
    lines.append(", ".join(counts) if counts else texts(nothing))
    lines += _to_look_at(report, texts)
    if report.book_error:
        lines += ["", f"{texts('cli.book_later')} {error_sentence(texts, report.book_error)}"]
    return "\n".join(lines)


def worth_telling(report: Report, *, hide_message: bool) -> bool:
    """Whether the summary is shown: R12 hides only what went well."""
    return not (hide_message and report.all_fine and report.book_error is None and not report.cancelled)


def _to_look_at(report: Report, texts: Texts) -> Iterator[str]:
    wrong = [result for result in report.worst_first if not (result.fine or _left(result))]
    if not wrong:
        return
    yield ""
    for result in wrong[:LISTED]:
        said = outcome_sentence(texts, result.outcome) or texts(f"state.{result.outcome.state}")
        customer = f" ({result.customer})" if result.customer else ""
        yield f"•  {result.invoice}{customer}: {said}"
    if len(wrong) > LISTED:
        yield texts("ribbon.more", count=len(wrong) - LISTED)


def _left(result: Result) -> bool:
    """What was cancelled, or was only tried out, needs no explanation one by one."""
    return result.outcome.key in ("outcome.cancelled", "outcome.rehearsed")

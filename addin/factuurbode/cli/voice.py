"""Telling people what happened: a table in colours with failures first, and one summary. Or one JSON object."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from ..domain.model import Language
from ..domain.preflight import Preflight
from ..domain.problems import Problem, Severity
from ..domain.states import DELIVERED, State
from ..errors import FactuurError
from ..steps.report import Report, Result
from ..steps.stray_passwords import Moved
from ..texts import error_sentence, outcome_sentence, problem_sentence, texts_in
from . import machine

_COLOURS = {
    State.FAILED: "bold red",
    State.BOUNCED: "bold red",
    State.PARTLY: "bold yellow",
    State.IN_DOUBT: "bold magenta",
    State.ATTENTION: "bold yellow",
    State.BLOCKED: "red",
    State.LATER: "yellow",
    State.HELD: "cyan",
    State.VOID: "dim",
}


class Voice:
    """Speaks one language. Results go to standard output; progress and errors to standard error."""

    def __init__(self, language: Language, *, fixed: bool, as_json: bool) -> None:
        self.texts = texts_in(language)
        self.as_json = as_json
        self._fixed = fixed
        self._out = Console(highlight=False, soft_wrap=not sys.stdout.isatty())
        self.err = Console(stderr=True, highlight=False, soft_wrap=not sys.stderr.isatty())

    def speak(self, language: Language) -> None:
        """Go on in the workbook's language, unless another was asked for."""
        if not self._fixed:
            self.texts = texts_in(language)

    def say(self, key: str, **facts: object) -> None:
        """One sentence of the catalogue."""
        if not self.as_json:
            self._out.print(escape(self.texts(key, **facts)))

    def tell(self, words: str) -> None:
        """Words of the catalogue that are whole already; an address in them stays one that can be copied."""
        if not self.as_json:
            self._out.print(escape(words), soft_wrap=True)

    def tell_moved(self, moved: Moved) -> None:
        """That passwords stood in the workbook, and where they are now: to standard error, beside a JSON object too."""
        places = ", ".join(map(str, moved.places))
        if moved.error is None:
            self.err.print(escape(self.texts("stray_password.moved", places=places)))
        else:
            reason = error_sentence(self.texts, moved.error)
            self.err.print(escape(self.texts("stray_password.stays", places=places, reason=reason)))

    def report(self, report: Report, *, quiet: bool = False, nothing: str = "cli.nothing_to_do") -> None:
        """What became of every invoice. *quiet* (R12) leaves out what went well; failures are always told.

        *nothing* is the key of what is said when no invoice was concerned.
        """
        if self.as_json:
            machine.write(report, self.texts)
            return
        shown = [result for result in report.worst_first if not (quiet and result.outcome.state in DELIVERED)]
        if shown:
            self._out.print(self._table(shown))
        if report.results:
            if shown or not quiet:
                self._out.print(self._summary(report))
        else:
            self.say(nothing)
        if report.warnings:
            self.say("cli.warnings", count=len(report.warnings))
        if report.book_error:
            self.err.print(f"[yellow]{escape(self.texts('cli.book_later'))}[/] ", end="")
            self.err.print(escape(error_sentence(self.texts, report.book_error)))

    def preflight(self, checked: Preflight, report: Report) -> None:
        """Everything that the check found, errors first, and how the invoices stand."""
        problems = checked.told
        if self.as_json:
            machine.write(report, self.texts, problems)
            return
        for severity, colour in ((Severity.ERROR, "red"), (Severity.WARNING, "yellow")):
            for problem in problems:
                if problem.severity is severity:
                    self._problem(problem, colour)
        if not problems:
            self.say("cli.no_problems")
        self._out.print(self._summary(report))

    def error(self, error: FactuurError) -> None:
        """Why the command could not be done, and the remedy."""
        if self.as_json:
            machine.write_error(error, self.texts)
        else:
            self.err.print(f"[bold red]{escape(self.texts('cli.error'))}[/] ", end="")
            self.err.print(escape(error_sentence(self.texts, error)))

    def mention(self, error: FactuurError) -> None:
        """Something beside the point that failed: to standard error, also beside a JSON object."""
        self.err.print(escape(error_sentence(self.texts, error)))

    def interrupted(self) -> None:
        """A person pressed Ctrl-C."""
        self.err.print(escape(f"{self.texts('error.interrupted')} {self.texts('remedy.interrupted')}"))

    def _problem(self, problem: Problem, colour: str) -> None:
        number = f"{problem.invoice} " if problem.invoice else ""
        self._out.print(f"[{colour}]●[/] [bold]{escape(number)}[/]{escape(problem_sentence(self.texts, problem))}")

    def _table(self, results: Sequence[Result]) -> Table:
        table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
        for key in ("invoice", "channel", "state", "recipients", "message"):
            table.add_column(self.texts(f"cli.column.{key}"), overflow="fold", no_wrap=key in ("invoice", "state"))
        for result in results:
            outcome = result.outcome
            table.add_row(
                Text(result.invoice),
                Text(self.texts(f"channel.{outcome.channel}") if outcome.channel else "–"),
                Text(self.texts(f"state.{outcome.state}"), style=_COLOURS.get(outcome.state, "green")),
                Text("; ".join(outcome.recipients)),
                Text(outcome_sentence(self.texts, outcome)),
            )
        return table

    def _summary(self, report: Report) -> Text:
        summary = Text()
        for state, count in report.news.items():
            if summary:
                summary.append(" · ")
            summary.append(f"{count} {self.texts(f'state.{state}').lower()}", style=_COLOURS.get(state, "green"))
        if report.earlier:
            earlier = self.texts("cli.earlier", count=report.earlier)
            summary.append(" · " if summary else "").append(earlier, style="dim")
        return summary

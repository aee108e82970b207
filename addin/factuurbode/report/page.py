"""One HTML page of a run, complete in itself: each invoice with its first page, its mail, channel and outcome.

The page loads nothing: pictures are data addresses, and its own policy forbids the network.
"""

from __future__ import annotations

import base64
import email
import email.policy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from email.message import EmailMessage
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, StrictUndefined

from ..convert.picture import first_page_png
from ..domain.model import Channel
from ..domain.states import DELIVERED, IN_FLIGHT, State
from ..journal import Journal
from ..steps.report import Report, Result
from ..texts import Texts, outcome_sentence, problem_sentence, written_money
from .chart import ChannelRow, channel_rows

_PICTURE_WIDTH = 420
_MAYBE_DELIVERED = DELIVERED | IN_FLIGHT | {State.PARTLY, State.IN_DOUBT, State.ATTENTION}


@dataclass(frozen=True, slots=True)
class _Mail:
    """What the customer sees in the mail program."""

    sender: str
    to: str
    subject: str
    text: str
    attachment: str


@dataclass(frozen=True, slots=True)
class _Card:
    """One result as the page shows it; `picture` is a data address, or empty."""

    invoice: str
    customer: str
    total: str
    channel: str
    state: str
    state_word: str
    recipients: str
    message: str
    pdf: str
    picture: str
    mail: _Mail | None

    @property
    def words(self) -> str:
        """What the search box looks through."""
        parts = (self.invoice, self.customer, self.channel, self.state_word, self.recipients, self.message, self.total)
        return " ".join(parts).casefold()


def page(report: Report, journal: Journal, texts: Texts, *, book: Path, made: datetime) -> str:
    """The page of *report* as HTML, failures first. *made* is an aware local time."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(_part("page.html"))

    def money(amount: Decimal) -> str:
        return written_money(texts, amount)

    rows: tuple[ChannelRow, ...] = channel_rows(report)
    return template.render(
        texts=texts,
        title=_title(report),
        book=book.name,
        made=made.strftime("%d-%m-%Y %H:%M"),
        states=[(state.value, texts(f"state.{state}"), count) for state, count in report.counts.items()],
        rows=rows,
        money=money,
        cards=_cards(report, journal, texts, money),
        warnings=[problem_sentence(texts, problem) for problem in report.warnings],
        style=_part("page.css"),
        script=_part("page.js"),
    )


def _title(report: Report) -> str:
    """The sentence that is true of the whole page."""
    states = report.counts.keys()
    if states and states <= DELIVERED:
        return "page.title"
    return "page.title_some" if states & _MAYBE_DELIVERED else "page.title_none"


def _part(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _cards(report: Report, journal: Journal, texts: Texts, money: Callable[[Decimal], str]) -> Iterator[_Card]:
    pictures: dict[Path, str] = {}
    for result in report.worst_first:
        outcome = result.outcome
        yield _Card(
            invoice=result.invoice,
            customer=result.customer,
            total="" if result.total is None else money(result.total),
            channel=texts(f"channel.{outcome.channel}") if outcome.channel else "",
            state=outcome.state.value,
            state_word=texts(f"state.{outcome.state}"),
            recipients="; ".join(outcome.recipients),
            message=outcome_sentence(texts, outcome),
            pdf=result.pdf.as_uri() if result.pdf else "",
            picture=_picture(result, pictures),
            mail=_mail(result, journal),
        )


def _picture(result: Result, pictures: dict[Path, str]) -> str:
    """The invoice's first page; an invoice with two channels is drawn once. A PDF that was deleted has none."""
    if result.pdf is None or not result.pdf.is_file():
        return ""
    if result.pdf not in pictures:
        png = first_page_png(result.pdf.read_bytes(), _PICTURE_WIDTH)
        pictures[result.pdf] = f"data:image/png;base64,{base64.b64encode(png).decode()}"
    return pictures[result.pdf]


def _mail(result: Result, journal: Journal) -> _Mail | None:
    """The message as it was handed to the mail server."""
    dispatch = journal.latest(result.invoice, Channel.MAIL) if result.outcome.channel is Channel.MAIL else None
    if dispatch is None or dispatch.intent.message is None:
        return None
    message = email.message_from_bytes(dispatch.intent.message.read_bytes(), policy=email.policy.default)
    if not isinstance(message, EmailMessage):
        return None
    body = message.get_body(("plain",))
    return _Mail(
        sender=str(message["From"]),
        to=str(message["To"]),
        subject=str(message["Subject"]),
        text=body.get_content() if body else "",
        attachment=", ".join(part.get_filename() or "" for part in message.iter_attachments()),
    )

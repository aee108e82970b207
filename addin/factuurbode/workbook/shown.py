"""What a workbook shows of what happened: the cells of the status columns and of the Log, by column key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from ..domain.model import Language
from ..domain.numbering import same_number
from ..ports import LogRow, StatusRow
from ..texts import outcome_sentence, texts_in
from .cells import identifier
from .layout import FoundSheet, index_of
from .parts.cell_xml import Formula, Value
from .statuses import SEPARATOR, channel_word, state_word

_MISREAD = re.compile(r"#|%[0-9A-Fa-f]{2}")  # in a link `#` begins a place in the file, and `%20` is a space
_LONGEST_LINK = 255  # Excel takes no longer text between the quotes of a formula


def status_values(status: StatusRow, language: Language, folder: Path) -> dict[str, Value]:
    """The cells of *status*; *folder* is that of the workbook, which links start from."""
    texts = texts_in(language)
    recipients = dict.fromkeys(address for outcome in status.outcomes for address in outcome.recipients)
    sentences = filter(None, dict.fromkeys(outcome_sentence(texts, outcome) for outcome in status.outcomes))
    return {
        "status": SEPARATOR.join(state_word(outcome.state, language) for outcome in status.outcomes),
        "updated": status.updated,
        "channel": SEPARATOR.join(channel_word(outcome.channel, language) for outcome in status.outcomes),
        "sent_to": "; ".join(recipients),
        "pdf": _link(status.pdf, folder) if status.pdf else None,
        "message": " ".join(sentences),
        "dispatch": status.dispatch,
    }


def log_values(row: LogRow, language: Language) -> Mapping[str, Value]:
    """The cells of *row*."""
    return {
        "when": row.when,
        "run": row.run,
        "invoice": row.invoice,
        "channel": channel_word(row.outcome.channel, language),
        "recipient": "; ".join(row.outcome.recipients),
        "state": state_word(row.outcome.state, language),
        "message": outcome_sentence(texts_in(language), row.outcome),
    }


def rows_by_number(sheet: FoundSheet) -> Mapping[str, int]:
    """The row of each invoice number of the Invoices sheet; of two equal numbers the first."""
    column = index_of(sheet.layout.columns["number"])
    rows: dict[str, int] = {}
    for row, cells in enumerate(sheet.rows[sheet.layout.header_row :], start=sheet.layout.header_row + 1):
        if column < len(cells) and cells[column] != "":
            rows.setdefault(same_number(_number(cells[column])), row)
    return rows


def _link(pdf: Path, folder: Path) -> Value:
    """A link that still works when the folder is moved; where Excel cannot link, the path as text."""
    target = pdf.resolve()
    shown = (target.relative_to(folder) if target.is_relative_to(folder) else target).as_posix()
    if len(shown) > _LONGEST_LINK or _MISREAD.search(shown):
        return shown
    quoted, name = (text.replace('"', '""') for text in (shown, pdf.name))
    return Formula(f'HYPERLINK("{quoted}","{name}")', pdf.name)


def _number(cell: object) -> str:
    return identifier(cell) if isinstance(cell, str | int | float) else ""

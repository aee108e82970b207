"""Passwords that somebody typed into a cell: beside a setting of that name, or in a column of the mail servers."""

from __future__ import annotations

from collections.abc import Iterator

from ..domain.model import Place
from ..ports import StrayPassword
from .cells import Cell, Unclear, identifier
from .columns import MAIL_SERVERS, SETTINGS
from .layout import FoundSheet, find_sheets, letter
from .pages import Pages
from .rows import SheetRows
from .words import normal

_NAMES = frozenset(
    f"{of}{word}"
    for of in ("", "mail", "email", "smtp", "app", "account", "server")
    for word in ("wachtwoord", "password", "paswoord")
)
"""As people call the password of their mail; that of an alarm or a till is theirs to keep where they like."""


def stray_passwords(source: Pages) -> tuple[StrayPassword, ...]:
    """All of them, in the order of the sheets. Raises BookUnreadable, BookIncomplete or BookNotWritable."""
    language, found = find_sheets(source, (SETTINGS, MAIL_SERVERS))
    settings = SheetRows(source, SETTINGS, found[SETTINGS.key], language)
    strays = list(_in_settings(settings))
    if MAIL_SERVERS.key in found:
        strays += _in_servers(found[MAIL_SERVERS.key])
    return tuple(strays)


def _in_settings(settings: SheetRows) -> Iterator[StrayPassword]:
    for row in settings:
        if _is_name(row.text("setting")) and (text := _text(row.raw("value"))):
            yield StrayPassword(row.origin.at("value"), text)


def _in_servers(sheet: FoundSheet) -> Iterator[StrayPassword]:
    layout = sheet.layout
    heads = sheet.rows[layout.header_row - 1] if layout.header_row <= len(sheet.rows) else []
    columns = [index for index, head in enumerate(heads) if isinstance(head, str) and _is_name(head)]
    server = next((index for index, head in enumerate(heads) if normal(_text(head)) == normal("Server")), None)
    for number, row in enumerate(sheet.rows[layout.header_row :], start=layout.header_row + 1):
        for index in columns:
            if text := _text(row[index] if index < len(row) else ""):
                host = _text(row[server]) if server is not None else ""
                yield StrayPassword(Place(layout.title, f"{letter(index)}{number}"), text, host)


def _is_name(title: str) -> bool:
    return normal(title) in _NAMES


def _text(cell: Cell) -> str:
    """What was typed; a password of digits stands there as a number."""
    try:
        return "" if cell == "" else identifier(cell)
    except Unclear:
        return ""

"""Trying out a mail account: connect, protect, sign in, say goodbye. No message, and what is wrong only once."""

from __future__ import annotations

from ..domain.settings import Mail
from ..ports import Receipt
from .credentials import Credentials
from .smtp_session import Barred, open_session

SECONDS = 20.0


def tried_out(mail: Mail, credentials: Credentials, seconds: float = SECONDS) -> Receipt | None:
    """Why the server of *mail* would take nothing from us, or None when it would; *seconds* for each step."""
    try:
        open_session(mail, credentials, seconds).end()
    except Barred as barred:
        return barred.receipt
    return None

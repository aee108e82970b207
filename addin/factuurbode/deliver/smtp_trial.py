"""Trying out a mail account: connect, protect, sign in, say goodbye. No message, and a wrong password only once."""

from __future__ import annotations

from ..domain.settings import Mail, SignIn
from ..domain.states import State
from ..ports import Receipt
from .smtp_session import Barred, open_session

SECONDS = 20.0


def tried_out(mail: Mail, password: str | None, seconds: float = SECONDS) -> Receipt | None:
    """Why the server of *mail* would take nothing from us, or None when it would; *seconds* for each step."""
    if mail.sign_in is SignIn.OAUTH:
        return Receipt(State.FAILED, "mail_oauth_not_yet")
    try:
        open_session(mail, password, seconds).end()
    except Barred as barred:
        return barred.receipt
    return None

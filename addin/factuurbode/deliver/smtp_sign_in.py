"""Signing in (RFC 4954), once: providers lock an address after a few wrong tries."""

from __future__ import annotations

import hmac
from base64 import b64decode, b64encode
from collections.abc import Collection

from ..mishap import keep_quiet
from .smtp_reply import Reply
from .smtp_wire import LineLost, Wire

_NOT_SUPPORTED = 504  # "unrecognized authentication type": the password has not been judged
_GO_ON = 334
_LONGEST_COMMAND = 510  # RFC 5321 § 4.5.3.1.4, without its line end; what does not fit waits for a 334 (RFC 4954 § 4)


def sign_in(wire: Wire, offered: Collection[str], user: str, password: str, *, protected: bool) -> Reply | None:
    """The server's verdict, or None when it offers no way that we know. Raises LineLost.

    Over a connection without TLS a way that keeps the password to itself comes first.
    """
    ways = ("PLAIN", "LOGIN", "CRAM-MD5") if protected else ("CRAM-MD5", "PLAIN", "LOGIN")
    verdict = None
    for way in ways:
        if way not in offered:
            continue
        if way == "PLAIN":
            verdict = _plain(wire, user, password)
        elif way == "LOGIN":
            verdict = _login(wire, user, password)
        else:
            verdict = _cram_md5(wire, user, password)
        if verdict.code != _NOT_SUPPORTED:
            return verdict
    return verdict


def sign_in_with_token(wire: Wire, offered: Collection[str], user: str, token: str) -> Reply | None:
    """The server's verdict on an access token, or None when it does not offer XOAUTH2. Raises LineLost.

    A server that refuses first says why, as a challenge; only after the empty answer to that comes its verdict
    (developers.google.com/gmail/imap/xoauth2-protocol; Microsoft's and Dovecot do the same).
    """
    if "XOAUTH2" not in offered:
        return None
    answer = _secret(f"user={user}\1auth=Bearer {token}\1\1")
    command = f"AUTH XOAUTH2 {answer}"
    if len(command) <= _LONGEST_COMMAND:
        reply = wire.command(command)
    else:
        reply = wire.command("AUTH XOAUTH2")
        if reply.code == _GO_ON:
            reply = wire.command(answer)
    return wire.command("") if reply.code == _GO_ON else reply


def _plain(wire: Wire, user: str, password: str) -> Reply:
    """RFC 4616; the text is UTF-8."""
    answer = _secret(f"\0{user}\0{password}")
    reply = wire.command(f"AUTH PLAIN {answer}")
    return wire.command(answer) if reply.code == _GO_ON else reply


def _login(wire: Wire, user: str, password: str) -> Reply:
    """Never standardised; the server asks for the name, then for the password."""
    reply = wire.command("AUTH LOGIN")
    for answer in (user, password):
        if reply.code != _GO_ON:
            return reply
        reply = wire.command(_secret(answer))
    return reply


def _cram_md5(wire: Wire, user: str, password: str) -> Reply:
    """RFC 2195."""
    reply = wire.command("AUTH CRAM-MD5")
    if reply.code != _GO_ON:
        return reply
    try:
        challenge = b64decode(reply.lines[0])
    except ValueError as error:
        raise LineLost(f"not a challenge: {reply}") from error
    digest = hmac.new(password.encode(), challenge, "md5").hexdigest()
    return wire.command(_secret(f"{user} {digest}"))


def _secret(text: str) -> str:
    """*text* as it goes over the wire; a server that repeats it in its answer is not repeated by us."""
    encoded = b64encode(text.encode()).decode("ascii")
    keep_quiet(encoded)
    return encoded

"""From nothing to a server that takes mail from us: connect, greet, protect, sign in."""

from __future__ import annotations

import contextlib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, replace

from ..domain.settings import Mail, Security, SignIn
from ..domain.states import State
from ..mishap import discreet
from ..ports import MailStep, Reached, Receipt, unseen
from .credentials import AccessToken, Credentials, Password
from .diagnose import Moment, connect_failure, tls_failure, unwelcome
from .smtp_reply import Reply
from .smtp_sign_in import sign_in, sign_in_with_token
from .smtp_wire import LineLost, Wire
from .trust import trust

_GOODBYE_SECONDS = 5.0


class Barred(Exception):
    """The server takes no mail from us, for the cause in `receipt`; it holds for every message of the run."""

    def __init__(self, receipt: Receipt) -> None:
        super().__init__(receipt.code)
        self.receipt = receipt


@dataclass(frozen=True, slots=True)
class Session:
    """A connection that is ready for a message; `features` is what the server said it can (RFC 5321 § 4.1.1.1)."""

    wire: Wire
    features: Mapping[str, str]

    def end(self) -> None:
        """QUIT. Whether that works changes nothing for the messages that were accepted."""
        with contextlib.suppress(LineLost):
            self.wire.command("QUIT", _GOODBYE_SECONDS)
        self.wire.close()


def open_session(mail: Mail, credentials: Credentials, timeout: float, reached: Reached = unseen) -> Session:
    """A session with the server of *mail*; *timeout* is in seconds, for each step. Raises Barred.

    *reached* is told of each step that was taken.
    """
    credential = None if mail.sign_in is SignIn.NONE else _shown(credentials)
    context = None if mail.security is Security.NONE else _trust(mail)
    try:
        wire = Wire(mail.server, mail.port, timeout)
    except (OSError, UnicodeError) as error:
        raise Barred(connect_failure(error)) from error
    reached(MailStep.CONNECTED)
    try:
        session = _welcome(wire, mail, context, reached)
        if credential is not None:
            _sign_in(session, mail, credential)
            reached(MailStep.SIGNED_IN)
    except LineLost as lost:
        wire.close()
        raise _barred("mail_connection_lost", discreet(str(lost))) from lost
    except BaseException:
        wire.close()
        raise
    return session


def _welcome(wire: Wire, mail: Mail, context: ssl.SSLContext | None, reached: Reached) -> Session:
    if context and mail.security is Security.TLS:
        _protect(wire, context, mail.server)
        reached(MailStep.SECURED)
    try:
        greeting = wire.reply()
    except LineLost as lost:
        raise _barred("mail_no_greeting", str(lost)) from lost
    _expect_accepted(greeting, Moment.GREETING)
    features = _hello(wire)
    if context and mail.security is Security.STARTTLS:
        if "STARTTLS" not in features:
            raise _barred("mail_starttls_missing", mail.server)
        if not (reply := wire.command("STARTTLS")).accepted:
            raise _barred("mail_tls_refused", str(reply))
        _protect(wire, context, mail.server)
        reached(MailStep.SECURED)
        features = _hello(wire)  # what was said before TLS may be an attacker's (RFC 3207 § 4.2)
    return Session(wire, features)


def _hello(wire: Wire) -> Mapping[str, str]:
    reply = wire.command(f"EHLO {wire.own_address}")
    if reply.refused:
        _expect_accepted(wire.command(f"HELO {wire.own_address}"), Moment.GREETING)
        return {}
    _expect_accepted(reply, Moment.GREETING)
    features: dict[str, str] = {}
    for line in reply.lines[1:]:
        name, _, value = line.replace("=", " ", 1).partition(" ")
        features[name.upper()] = f"{features.get(name.upper(), '')} {value}".strip().upper()
    return features


def _shown(credentials: Credentials) -> Password | AccessToken:
    """What to sign in with, known before there is a connection: a server does not wait for a keyring."""
    credential = credentials()
    if isinstance(credential, Receipt):
        raise Barred(credential)
    return credential


def _sign_in(session: Session, mail: Mail, credential: Password | AccessToken) -> None:
    protected, offered = mail.security is not Security.NONE, session.features.get("AUTH", "").split()
    if isinstance(credential, AccessToken):
        moment = Moment.CONSENT
        reply = sign_in_with_token(session.wire, offered, mail.user, credential.text) if protected else None
    else:
        moment = Moment.SIGN_IN
        reply = sign_in(session.wire, offered, mail.user, credential.text, protected=protected)
    if reply is None:
        raise _barred(_no_way_in(session, mail, moment), "AUTH " + " ".join(offered))
    _expect_accepted(replace(reply, lines=tuple(map(discreet, reply.lines))), moment)


def _no_way_in(session: Session, mail: Mail, moment: Moment) -> str:
    """Why none of the ways to sign in that the server offers could be gone; a token is shown over TLS only."""
    if _could_be_protected(session, mail):
        return "mail_tls_needed"
    if moment is Moment.CONSENT:
        return "mail_token_not_offered"
    return "mail_sign_in_not_offered"


def sign_in_needed(session: Session, mail: Mail, reply: Reply) -> Barred:
    """What a 530 says: the server wants TLS, or a sign-in, before it takes anything (RFC 4954 § 6, RFC 3207 § 4)."""
    code = "mail_tls_needed" if _could_be_protected(session, mail) else "mail_sign_in_needed"
    return _barred(code, str(reply))


def _could_be_protected(session: Session, mail: Mail) -> bool:
    return mail.security is Security.NONE and "STARTTLS" in session.features


def _trust(mail: Mail) -> ssl.SSLContext:
    try:
        return trust(mail.ca_file)
    except OSError as error:
        raise _barred("mail_ca_file", f"{mail.ca_file}: {error}") from error


def _protect(wire: Wire, context: ssl.SSLContext, host: str) -> None:
    try:
        wire.start_tls(context, host)
    except OSError as error:
        raise Barred(tls_failure(error)) from error


def _expect_accepted(reply: Reply, moment: Moment) -> None:
    if not reply.accepted:
        raise Barred(unwelcome(reply, moment))


def _barred(code: str, detail: str) -> Barred:
    return Barred(Receipt(State.LATER, code, detail))

"""What an answer of a mail server, or none, means for a message: its next state and the cause (R21).

4yz is LATER and 5yz is FAILED (RFC 5321 § 4.2.1), with two exceptions, both of messages that the server did not
take and will take when something outside the message has changed:

- what the baker mends in the settings or the provider mends itself (unknown server, wrong password, TLS,
  certificate, no sign-in) is LATER, so that the next run sends everything;
- a limit that was reached is LATER whatever its code: Gmail says 550 5.4.5 for a day that is full (R15).

Causes are told by the enhanced status code (RFC 3463 and its IANA registry) where the server gives one, else by
the plain code and the moment; never by the words of its text, which are shown as they are.
"""

from __future__ import annotations

import socket
import ssl
from enum import Enum, auto

from ..domain.states import State
from ..ports import Receipt
from .smtp_reply import Reply


class Moment(Enum):
    """Where in the conversation a reply came."""

    GREETING = auto()
    SIGN_IN = auto()
    CONSENT = auto()  # a sign-in with an access token instead of a password
    SENDER = auto()
    RECIPIENT = auto()
    MESSAGE = auto()


_LIMIT = {"4.5", "5.3", "7.28"}  # congestion (Gmail: daily limit), too many recipients, mail flood
_CLOSING = 421  # RFC 5321 § 3.8: too many connections, too many messages, or a server that stops
_TOO_LARGE = {"2.3", "3.4"}
_MAILBOX_FULL = "2.2"
_POLICY = "7.1"  # delivery not authorised: of a recipient a relay or greylisting, of a whole message a spam filter
_RECIPIENT = {"1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.10", "2.0", "2.1", "7.17", "7.18"}
_SENDER = {"1.7", "1.8", "7.20", "7.21", "7.22", "7.23", "7.24", "7.25", "7.26", "7.27", "7.60"}
_APP_PASSWORD = {"7.9"}
_APP_PASSWORD_CODE = 534  # RFC 4954 § 6: this way of signing in is too weak; Google's answer to an ordinary password
_OAUTH = {"7.139", "7.30"}  # Microsoft: sign-in with a password is switched off, or mailing as a whole

# X509_V_ERR_… of OpenSSL's x509_vfy.h
_CERTIFICATE = {
    9: "mail_certificate_date",
    10: "mail_certificate_date",
    18: "mail_certificate_issuer",
    19: "mail_certificate_issuer",
    20: "mail_certificate_issuer",
    21: "mail_certificate_issuer",
    62: "mail_certificate_name",
    64: "mail_certificate_name",
}
_TLS_VERSION = {"UNSUPPORTED_PROTOCOL", "TLSV1_ALERT_PROTOCOL_VERSION", "NO_PROTOCOLS_AVAILABLE"}


def connect_failure(error: Exception) -> Receipt:
    """The receipt for *error*, met while connecting to the server."""
    if isinstance(error, UnicodeError) or (isinstance(error, socket.gaierror) and error.errno != socket.EAI_AGAIN):
        return Receipt(State.LATER, "mail_server_unknown", str(error))
    if isinstance(error, ConnectionRefusedError):
        return Receipt(State.LATER, "mail_port_refused", str(error))
    if isinstance(error, TimeoutError):
        return Receipt(State.LATER, "mail_port_silent", str(error))
    return Receipt(State.LATER, "mail_unreachable", str(error))


def tls_failure(error: OSError) -> Receipt:
    """The receipt for *error*, met while TLS was being set up."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return Receipt(State.LATER, _CERTIFICATE.get(error.verify_code, "mail_certificate"), error.verify_message)
    if isinstance(error, ssl.SSLError) and getattr(error, "reason", "") in _TLS_VERSION:
        return Receipt(State.LATER, "mail_tls_version", str(error))
    return Receipt(State.LATER, "mail_tls_refused", str(error))


def unwelcome(reply: Reply, moment: Moment) -> Receipt:
    """The receipt for a refusal that concerns the connection, not one message; it is always LATER."""
    return Receipt(State.LATER, _connection_cause(reply, moment), str(reply), slow_down=_too_fast(reply))


def verdict(reply: Reply, moment: Moment) -> Receipt:
    """The receipt for a message of which *moment* ended in a 4yz or 5yz *reply*."""
    code = _cause(reply, moment)
    state = State.LATER if reply.temporary or code == "mail_limit" else State.FAILED
    return Receipt(state, code, str(reply), slow_down=_too_fast(reply))


def _too_fast(reply: Reply) -> bool:
    """A channel that is closed on us (421), or a limit that only lasts a while (RFC 3463: 4.4.5, and 4.7.28)."""
    return reply.temporary and (reply.code == _CLOSING or reply.enhanced in _LIMIT)


def _connection_cause(reply: Reply, moment: Moment) -> str:
    if reply.enhanced in _OAUTH:
        return "mail_smtp_switched_off" if moment is Moment.CONSENT else "mail_oauth_needed"
    if reply.temporary:
        return "mail_limit" if reply.enhanced in _LIMIT else "mail_temporary"
    if moment is Moment.GREETING:
        return "mail_relay_denied"
    if moment is Moment.CONSENT:
        return "mail_token_refused"
    app_password = reply.enhanced in _APP_PASSWORD or reply.code == _APP_PASSWORD_CODE
    return "mail_app_password" if app_password else "mail_password_refused"


def _cause(reply: Reply, moment: Moment) -> str:
    status = reply.enhanced
    if status in _LIMIT:
        return "mail_limit"
    if status == _MAILBOX_FULL and moment is not Moment.SENDER:
        return "mail_mailbox_full"
    if reply.temporary:
        return "mail_greylisted" if status == _POLICY and moment is not Moment.SENDER else "mail_temporary"
    if status in _TOO_LARGE or (reply.code == 552 and moment is not Moment.RECIPIENT):
        return "mail_too_large"
    if status in _SENDER:
        return "mail_sender_refused"
    if status in _RECIPIENT:
        return "mail_recipient_refused" if moment is not Moment.SENDER else "mail_sender_refused"
    if moment is Moment.RECIPIENT:
        return _recipient_cause(reply)
    if moment is Moment.SENDER:
        return "mail_sender_refused"
    return "mail_spam" if status == _POLICY else "mail_message_refused"


def _recipient_cause(reply: Reply) -> str:
    """RCPT is also where most servers refuse a sender or a relay (Postfix: smtpd_delay_reject)."""
    if reply.code == 553 and reply.enhanced == "7.1":
        return "mail_sender_refused"
    if reply.enhanced == "7.1" or reply.code in (551, 554):
        return "mail_relay_denied"
    return "mail_recipient_refused"

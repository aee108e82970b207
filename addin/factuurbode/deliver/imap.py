"""The bakery's own mailbox, over IMAP (RFC 9051): the copy in Sent, what came back, and whether a mail left."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cached_property

from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError

from ..domain.settings import Mail
from ..errors import MailboxUnreachable
from ..mishap import discreet
from ..ports import Bounce, Receipt
from .bounce_report import bounces_in
from .credentials import AccessToken, Credentials
from .trust import trust

SECONDS = 30.0
"""For each step; a mailbox is never worth waiting long for."""

_TLS_PORT, _STARTTLS_PORT = 993, 143
_SEEN, _SENT = rb"\Seen", rb"\Sent"
_LARGEST_REPORT = 2_000_000  # bytes: a report may carry the whole mail with its PDF back
MOST_REPORTS = 500
"""Of more reports in a mailbox only the newest are read: somebody may flood it."""

_LONGEST_TEXT = 300


class ImapMailbox:
    """`ports.Mailbox` of the account that also sends. It connects when it is first asked something."""

    def __init__(self, settings: Mail, credentials: Credentials, *, seconds: float = SECONDS) -> None:
        host, _, port = settings.sent_copy_server.strip().rpartition(":")
        self._host, self._port = (host, int(port)) if host and port.isdecimal() else (f"{host}{port}", _TLS_PORT)
        self._mail = settings
        self._credentials = credentials
        self._seconds = seconds

    def keep_sent(self, message: bytes, when: datetime) -> None:
        """See `ports.Mailbox.keep_sent`."""
        with self._talking():
            self._client.append(self._sent, message, (_SEEN,), when)

    def holds(self, message_id: str) -> bool:
        """See `ports.Mailbox.holds`."""
        with self._talking():
            return any(self._found(folder, message_id) for folder in dict.fromkeys((self._sent, "INBOX")))

    def bounces(self, since: datetime) -> tuple[Bounce, ...]:
        """See `ports.Mailbox.bounces`."""
        with self._talking():
            self._client.select_folder("INBOX", readonly=True)
            found_in = ["SINCE", since.date(), "HEADER", "Content-Type", "multipart/report"]
            reports = sorted(self._client.search(found_in))[-MOST_REPORTS:]
            sizes = self._client.fetch(reports, ["RFC822.SIZE"]) if reports else {}
            found: list[Bounce] = []
            for number in reports:
                if sizes[number][b"RFC822.SIZE"] <= _LARGEST_REPORT:
                    raw = self._client.fetch([number], ["BODY.PEEK[]"])[number][b"BODY[]"]
                    found += bounces_in(raw)
            return tuple(found)

    def close(self) -> None:
        """See `ports.Mailbox.close`."""
        client = self.__dict__.pop("_client", None)
        if client is not None:
            with suppress(IMAPClientError, OSError):
                client.logout()

    @cached_property
    def _client(self) -> IMAPClient:
        context = trust(self._mail.ca_file)
        protected = self._port != _STARTTLS_PORT
        client = IMAPClient(self._host, self._port, ssl=protected, ssl_context=context, timeout=self._seconds)
        try:
            if not protected:
                client.starttls(context)
            shown = self._credentials()
            if isinstance(shown, Receipt):
                raise MailboxUnreachable(server=self._host, detail=f"outcome.{shown.code}")
            if isinstance(shown, AccessToken):
                client.oauth2_login(self._mail.user, shown.text)
            else:
                client.login(self._mail.user, shown.text)
        except BaseException:
            with suppress(IMAPClientError, OSError):
                client.shutdown()
            raise
        return client

    @cached_property
    def _sent(self) -> str:
        """The folder for sent mail (RFC 6154), made when there is none."""
        folder = self._client.find_special_folder(_SENT)
        if folder is None:
            folder = "Sent"
            self._client.create_folder(folder)
        return str(folder)

    def _found(self, folder: str, message_id: str) -> bool:
        self._client.select_folder(folder, readonly=True)
        return bool(self._client.search(["HEADER", "Message-ID", message_id]))

    @contextmanager
    def _talking(self) -> Iterator[None]:
        """What goes wrong on the way as MailboxUnreachable; the next question opens a new connection."""
        try:
            yield
        except (IMAPClientError, OSError, ssl.SSLError, ValueError, KeyError) as error:
            self.close()
            raise MailboxUnreachable(server=self._host, detail=_said(error)) from error


def _said(error: Exception) -> str:
    """What went wrong, on one line; a server that repeats a secret is not repeated."""
    text = re.sub(r"""^b(['"])(.*)\1$""", r"\2", str(error))  # imaplib gives some answers as the name of their bytes
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in discreet(text)).split())
    return line[:_LONGEST_TEXT]

"""A mailbox whose server means no good: it is told on one line, without secrets, and costs no long time."""

from __future__ import annotations

import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
import trustme

from factuurbode.deliver.credentials import Password
from factuurbode.deliver.imap import MOST_REPORTS, ImapMailbox
from factuurbode.domain.settings import Mail
from factuurbode.errors import MailboxUnreachable
from factuurbode.mishap import keep_quiet

PASSWORD = "geheim-brood-7"
Answer = Callable[[bytes, bytes], bytes]
"""What the server answers to a tag and the rest of a command."""


@contextmanager
def server(folder: Path, answer: Answer) -> Iterator[ImapMailbox]:
    """A mailbox on a server that answers with *answer* what it does not answer by itself."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        thread = threading.Thread(target=_serve, args=(listening, context, answer), daemon=True)
        thread.start()
        mail = Mail(
            user="bakker",
            sent_copy_server=f"localhost:{listening.getsockname()[1]}",
            ca_file=folder / "ca.pem",
        )
        keep_quiet(PASSWORD)
        with closing(ImapMailbox(mail, lambda: Password(PASSWORD), seconds=60)) as mailbox:
            yield mailbox
    thread.join()


def _serve(listening: socket.socket, context: ssl.SSLContext, answer: Answer) -> None:
    with suppress(OSError), context.wrap_socket(listening.accept()[0], server_side=True) as line:
        line.sendall(b"* OK\r\n")
        for command in line.makefile("rb"):
            tag, _, rest = command.strip().partition(b" ")
            if rest == b"CAPABILITY":
                line.sendall(b"* CAPABILITY IMAP4rev1\r\n")
            line.sendall(answer(tag, rest) or tag + b" OK done\r\n")


def test_a_server_that_repeats_the_password_is_not_repeated(tmp_path: Path) -> None:
    def echo(tag: bytes, rest: bytes) -> bytes:
        return tag + b" NO \x1b[2J" + rest + b" x" * 1000 + b"\r\n" if rest.startswith(b"LOGIN") else b""

    with server(tmp_path, echo) as mailbox, pytest.raises(MailboxUnreachable) as raised:
        mailbox.holds("<1@bakkerij.test>")
    detail = str(raised.value.facts["detail"])
    assert "LOGIN" in detail
    assert PASSWORD not in detail
    assert detail.isprintable()
    assert len(detail) <= 300


def test_of_a_flood_of_reports_only_the_newest_are_read(tmp_path: Path) -> None:
    asked: list[bytes] = []

    def flood(tag: bytes, rest: bytes) -> bytes:
        if b"SEARCH" in rest:
            return b"* SEARCH " + b" ".join(b"%d" % n for n in range(1, 3001)) + b"\r\n" + tag + b" OK done\r\n"
        if (found := re.match(rb"(?:UID )?FETCH ([\d,:]+) (.*)", rest)) is None:
            return b""
        numbers = [int(n) for n in found[1].split(b",")]
        asked.append(found[1])
        what = b"RFC822.SIZE 5" if b"SIZE" in found[2] else b"BODY[] {5}\r\nhallo"
        lines = [b"* %d FETCH (UID %d %s)\r\n" % (n, n, what) for n in numbers]
        return b"".join(lines) + tag + b" OK done\r\n"

    with server(tmp_path, flood) as mailbox:
        assert mailbox.bounces(datetime.now(UTC)) == ()
    assert len(asked) == 1 + MOST_REPORTS
    assert asked[-1] == b"3000"

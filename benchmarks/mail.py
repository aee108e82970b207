"""Mail: how fast messages of 60 kB are handed over, against a bare smtplib loop, and over a slow line.

    python benchmarks/mail.py [MESSAGES]

The server is Postfix's smtp-sink, which costs everybody the same and keeps nothing. "Ours" is what a run does for
each mail: the archived message is read and checked, four steps are journalled (`synchronous=FULL`), and it is sent.
"""

from __future__ import annotations

import os
import resource
import smtplib
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from bakery import workplace
from slow_line import slow_line

from factuurbode.deliver.archive import Archive
from factuurbode.deliver.smtp import SmtpMailer
from factuurbode.domain.content import Content
from factuurbode.domain.model import Channel
from factuurbode.domain.settings import General, Mail, Security, Settings, SignIn
from factuurbode.domain.states import State
from factuurbode.journal import Dispatch, Intent, Journal
from factuurbode.ports import Envelope, Reached
from factuurbode.steps.office import Office
from factuurbode.steps.posting import Post
from factuurbode.steps.record import Record

MESSAGES, SIZE, ROUNDS = 1_000, 60_000, 3
SLOW_MESSAGES, ROUND_TRIP = 60, 40.0
SENDER, RECIPIENT = "bakker@bakkerij.test", "jan@klant.test"
MESSAGE = (
    b"Subject: Factuur\r\n\r\n"
    + b"QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMjM0\r\n" * 760
)[:SIZE]


@contextmanager
def a_sink() -> Iterator[int]:
    """The port of a server that takes everything and keeps nothing."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    user = ["-u", "nobody"] if os.geteuid() == 0 else []
    with subprocess.Popen(["/usr/sbin/smtp-sink", *user, f"127.0.0.1:{port}", "100"]) as server:
        try:
            while True:
                try:
                    socket.create_connection(("127.0.0.1", port)).close()
                    break
                except ConnectionRefusedError:
                    time.sleep(0.01)
            yield port
        finally:
            server.terminate()


def account(port: int, connections: int = 1) -> Mail:
    """The settings for a server that asks for nothing."""
    return Mail(server="127.0.0.1", port=port, security=Security.NONE, sign_in=SignIn.NONE, connections=connections)


def bare(port: int, count: int) -> float:
    """Seconds for smtplib, one connection."""
    began = time.perf_counter()
    with smtplib.SMTP("127.0.0.1", port) as server:
        for _ in range(count):
            server.sendmail(SENDER, [RECIPIENT], MESSAGE)
    return time.perf_counter() - began


def mailer_alone(port: int, count: int) -> float:
    """Seconds for our mailer without a journal, one connection."""
    envelope = Envelope(SENDER, (RECIPIENT,), MESSAGE)
    began = time.perf_counter()
    with closing(SmtpMailer(account(port))) as mailer:
        for _ in range(count):
            assert mailer.send(envelope, lambda _: None).state is State.SENT
    return time.perf_counter() - began


@dataclass
class _Office:
    """As much of an office as mail needs."""

    journal: Journal
    open_mailer: Callable[[Mail, Reached], SmtpMailer]
    pauses: tuple[float, ...] = ()

    def now(self) -> datetime:
        return datetime.now(UTC)


class _Watch:
    cancelled = False


def a_run(folder: Path, port: int, count: int, connections: int = 1) -> float:
    """Seconds for a run's mail: everything from the archived message to the outcome in the journal."""
    journal, archive = Journal(folder / f"{time.monotonic_ns()}.db"), Archive(folder / "archief")
    dispatches = [_meant(journal, archive, number) for number in range(count)]
    mail = account(port, connections)
    office = cast(Office, _Office(journal, lambda mail, _: SmtpMailer(mail)))
    settings = Settings(general=General(archive=folder / "archief"), mail=mail)
    record = Record(journal, journal.begin_run("benchmark"))
    began = time.perf_counter()
    with closing(Post(office, settings, record, cast(Any, _Watch()), "")) as post:
        moved = [one for dispatch in dispatches for one in post.move(dispatch)]
        moved += post.finish()
    took = time.perf_counter() - began
    assert [one.state for one in moved] == [State.SENT] * count
    journal.close()
    return took


SAID = Content("0", "[]")


def _meant(journal: Journal, archive: Archive, number: int) -> Dispatch:
    pdf = archive.keep(b"%PDF-1.4", year=2026, name="f.pdf")
    kept = archive.keep_message(MESSAGE, year=2026, dispatch_id=f"{time.monotonic_ns():x}")
    to = (RECIPIENT,)
    intent = Intent(
        f"{number:016x}",
        f"{number}",
        Channel.MAIL,
        SAID,
        pdf.path,
        pdf.sha256,
        1,
        to,
        SENDER,
        to,
        kept.path,
        kept.sha256,
    )
    if not number:
        journal.note(run=journal.begin_run("benchmark"))
    return journal.intend(journal.noted("run"), intent)


def main(count: int) -> None:
    """Say what it comes to."""
    with tempfile.TemporaryDirectory(dir=workplace()) as name, a_sink() as port:
        folder = Path(name)
        print(f"{count} messages of {SIZE // 1000} kB, one connection; messages a second")
        for _ in range(ROUNDS):
            plain, ours, run = bare(port, count), mailer_alone(port, count), a_run(folder, port, count)
            print(
                f"  smtplib {count / plain:7.0f}   our mailer {count / ours:7.0f} = {plain / ours:.2f}x"
                f"   a run with its journal {count / run:6.0f}"
            )
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        a_run(folder, port, 3 * count)
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(f"peak memory {before // 1024} MiB, after three times as many in one run {after // 1024} MiB")
        with slow_line(port, ROUND_TRIP / 2) as slow:
            print(f"{SLOW_MESSAGES} messages, {ROUND_TRIP:.0f} ms a round trip; ms a message")
            for _ in range(ROUNDS):
                one, four = (a_run(folder, slow, SLOW_MESSAGES, lines) for lines in (1, 4))
                bare_one = bare(slow, SLOW_MESSAGES)
                print(
                    f"  one connection {1000 * one / SLOW_MESSAGES:.0f}   four {1000 * four / SLOW_MESSAGES:.0f}"
                    f" = {one / four:.2f}x   (smtplib, one {1000 * bare_one / SLOW_MESSAGES:.0f})"
                )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else MESSAGES)

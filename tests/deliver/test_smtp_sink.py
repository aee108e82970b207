"""The faults that Postfix's own test server can play."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from contracts.mailer import envelope, nothing
from factuurbode.deliver.smtp import SmtpMailer
from factuurbode.domain.settings import Mail, Security, SignIn
from factuurbode.domain.states import State
from factuurbode.ports import Receipt

SINK = "/usr/sbin/smtp-sink"
pytestmark = [
    pytest.mark.mail_host,
    pytest.mark.skipif(not Path(SINK).exists(), reason="Postfix is not installed"),
]
MESSAGE = b"Message-ID: <1@bakkerij.test>\r\nSubject: Factuur\r\n\r\nbrood\r\n"


@pytest.fixture
def box(tmp_path: Path) -> Path:
    """A folder for what the server takes."""
    folder = tmp_path / "box"
    folder.mkdir()
    return folder


@contextmanager
def sink(folder: Path, *faults: str) -> Iterator[int]:
    """A server with *faults* that keeps what it takes in *folder*; its port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    user = ["-u", "root"] if os.geteuid() == 0 else []  # root must say as whom it serves
    command = [SINK, *user, "-d", f"{folder}/%H%M%S.", *faults, f"127.0.0.1:{port}", "20"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            _wait_for(port, process)
            yield port
        finally:
            process.terminate()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    while process.poll() is None:  # it tells nobody when it listens
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.01)
        else:
            return
    raise RuntimeError(f"smtp-sink ended with {process.returncode}")


def kept(folder: Path) -> int:
    """How many copies of the message the server has, finished or not."""
    return sum(b"Message-ID: <1@bakkerij.test>" in path.read_bytes() for path in folder.iterdir())


def offered(port: int, last_reply_seconds: float = 120) -> Receipt:
    mail = Mail(server="127.0.0.1", port=port, security=Security.NONE, sign_in=SignIn.NONE)
    with closing(SmtpMailer(mail, step_seconds=120, last_reply_seconds=last_reply_seconds)) as mailer:
        return mailer.send(envelope(message=MESSAGE), nothing)


@pytest.mark.parametrize(
    ("faults", "state", "arrives"),
    [
        ((), State.SENT, True),
        (("-e",), State.SENT, True),  # no ESMTP
        (("-8", "-N", "-p"), State.SENT, True),
        (("-w", "1"), State.SENT, True),  # slow before the answer to DATA
        (("-f", "CONNECT"), State.LATER, False),
        (("-f", "EHLO"), State.SENT, True),  # HELO goes
        (("-f", "MAIL"), State.FAILED, False),
        (("-f", "RCPT"), State.FAILED, False),
        (("-r", "RCPT"), State.LATER, False),
        (("-f", "DATA"), State.FAILED, False),
        (("-q", "CONNECT"), State.LATER, False),
        (("-q", "MAIL"), State.LATER, False),
        (("-q", "RCPT"), State.LATER, False),
        (("-q", "DATA"), State.LATER, False),
        (("-q", "QUIT"), State.SENT, True),
        (("-Q", "RCPT"), State.LATER, False),
        (("-B", "554 5.7.1 looks like spam", "-f", "."), State.FAILED, None),
        (("-b", "451 4.7.1 Greylisted", "-r", "RCPT"), State.LATER, False),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else str(value),
)
def test_what_the_server_does_is_what_is_told(
    box: Path, faults: tuple[str, ...], state: State, arrives: bool | None
) -> None:
    with sink(box, *faults) as port:
        assert offered(port).state is state
        assert arrives is None or kept(box) == arrives


def test_a_server_that_breaks_a_message_off_has_not_taken_it(box: Path) -> None:
    """Its 550 may be overtaken by the end of the connection: the mail is refused, or is for later."""
    with sink(box, "-A", "0") as port:
        assert offered(port).state in (State.FAILED, State.LATER)
        assert kept(box) == 0


@pytest.mark.parametrize("faults", [("-q", "."), ("-Q", "."), ("-W", ".:600")], ids=" ".join)
def test_an_answer_to_the_final_dot_that_does_not_come_is_a_doubt(box: Path, faults: tuple[str, ...]) -> None:
    with sink(box, *faults) as port:
        receipt = offered(port, last_reply_seconds=1)
    assert receipt.state in (State.IN_DOUBT, State.LATER)
    assert receipt.state is State.IN_DOUBT or receipt.detail.startswith("4")  # -Q says 421 first: a whole answer

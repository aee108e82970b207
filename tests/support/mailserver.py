"""A real mail server in a process of its own, with its own certificate authority, that can fail on request."""

from __future__ import annotations

import email
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from functools import cache
from pathlib import Path
from typing import Any

import trustme

_PROGRAM = Path(__file__).with_name("mailserver_process.py")


@dataclass(frozen=True, slots=True)
class Received:
    """A message as the server accepted it: its envelope and its exact bytes."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes

    @property
    def message(self) -> EmailMessage:
        """The message, parsed."""
        return email.message_from_bytes(self.content, policy=SMTP)


@dataclass(slots=True)
class MailServer:
    """A server that runs. `host` fits its certificate, which the authority in `ca_file` signed."""

    folder: Path
    port: int
    process: subprocess.Popen[str]
    host: str = "localhost"

    @property
    def ca_file(self) -> Path:
        """The certificate of the server's own authority."""
        return self.folder / "ca.pem"

    def messages(self) -> list[Received]:
        """Everything the server accepted, in the order it came; read from the disk, so also after the server's end."""
        box = self.folder / "mailbox" / "new"
        if not box.is_dir():
            return []
        return [_received(path) for path in sorted(box.iterdir(), key=_arrival)]

    def commands(self) -> list[str]:
        """What clients did, a line each: `CONNECT`, `MAIL FROM:<...>`, `JUDGED PLAIN wrong` ..."""
        return (self.folder / "commands.log").read_text(encoding="utf-8").splitlines()

    def fault(
        self,
        at: str,
        reply: str = "",
        *,
        match: str = "",
        times: int | None = None,
        close: bool = False,
        cut: bool = False,
        hang: bool = False,
        delay: float = 0,
        hold: bool = False,
    ) -> None:
        """Fail from now on, *times* times, at a step whose argument contains *match*.

        *at* is greeting, ehlo, helo, starttls, auth, mail, rcpt, data, body, dot (the message is whole but not kept),
        stored (it is kept), rset or quit. The server says *reply*, then goes on, or ends the connection (*close*), or
        ends it without a line end (*cut*), or says nothing more (*hang*), or works on after *delay* seconds, or
        when it is healed (*hold*).
        """
        fault = {"at": at, "reply": reply, "match": match, "times": times}
        self._tell({**fault, "close": close, "cut": cut, "hang": hang, "delay": delay, "hold": hold})

    def heal(self) -> None:
        """Work as a server should again."""
        self._tell(None)

    def stop(self) -> None:
        """End the server, at once."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            if stream:
                stream.close()

    def _tell(self, fault: dict[str, Any] | None) -> None:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps(fault) + "\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline() == "ok\n"


@contextmanager
def mail_server(
    folder: Path,
    *,
    tls: str = "none",
    user: str = "",
    password: str = "",
    names: tuple[str, ...] = ("localhost", "127.0.0.1"),
    size_limit: int = 10_000_000,
    utf8: bool = False,
    features: tuple[str, ...] = (),
    without: tuple[str, ...] = (),
    port: int = 0,
) -> Iterator[MailServer]:
    """A server at a free port of the loopback; *tls* is `none`, `starttls` or `tls`.

    *names* stand in its certificate; *without* are mechanisms (`PLAIN`, `LOGIN`) that it does not offer.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _certify(folder, names)
    options = {
        "tls": tls,
        "user": user,
        "password": password,
        "size_limit": size_limit,
        "utf8": utf8,
        "features": features,
        "without": without,
        "port": port,
    }
    process = subprocess.Popen(
        [sys.executable, str(_PROGRAM), str(folder), json.dumps(options)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    server = MailServer(folder, 0, process)
    try:
        server.port = int(process.stdout.readline())
        yield server
    finally:
        server.stop()


@cache
def authority() -> trustme.CA:
    """One authority for a test run: making keys takes time."""
    return trustme.CA()


@cache
def _certificate(names: tuple[str, ...]) -> bytes:
    return authority().issue_cert(*names).private_key_and_cert_chain_pem.bytes()


def _certify(folder: Path, names: tuple[str, ...]) -> None:
    authority().cert_pem.write_to_path(str(folder / "ca.pem"))
    (folder / "server.pem").write_bytes(_certificate(names))


def _arrival(path: Path) -> tuple[int, int]:
    """Maildir names hold the second, the microsecond and a counter of the delivering process."""
    return path.stat().st_mtime_ns, int(path.name.partition("Q")[2].partition(".")[0] or 0)


def _received(path: Path) -> Received:
    sender, recipients, content = path.read_bytes().split(b"\n", 2)
    return Received(
        sender.decode().partition(": ")[2].strip(),
        tuple(recipients.decode().partition(": ")[2].strip().split(", ")),
        content,
    )

"""A mailbox in a folder, which outlives any process: for tests that are not about IMAP."""

from __future__ import annotations

import email
from datetime import datetime
from pathlib import Path

from factuurbode.deliver.bounce_report import bounces_in
from factuurbode.ports import Bounce


class FolderMailbox:
    """`ports.Mailbox` whose folders Sent and INBOX are folders with a file a message."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("Sent", "INBOX"):
            (folder / name).mkdir(parents=True, exist_ok=True)

    def receive(self, message: bytes) -> None:
        """Something comes in."""
        (self.folder / "INBOX" / f"{len(list((self.folder / 'INBOX').iterdir()))}.eml").write_bytes(message)

    def keep_sent(self, message: bytes, when: datetime) -> None:
        (self.folder / "Sent" / f"{when:%H%M%S%f}.eml").write_bytes(message)

    def holds(self, message_id: str) -> bool:
        return any(email.message_from_bytes(path.read_bytes())["Message-ID"] == message_id for path in self._all())

    def bounces(self, since: datetime) -> tuple[Bounce, ...]:  # noqa: ARG002 - all of it came in just now
        return tuple(bounce for path in self._all() for bounce in bounces_in(path.read_bytes()))

    def close(self) -> None: ...

    def _all(self) -> list[Path]:
        return sorted(self.folder.glob("*/*.eml"))


def bounce_of(message: bytes, recipient: str, said: str = "550 5.1.1 mailbox bestaat niet") -> bytes:
    """What a mail server sends back for *message* (RFC 3464), as Postfix writes it."""
    head = message.split(b"\r\n\r\n")[0].decode()
    lines = (
        "From: MAILER-DAEMON@smtp.test",
        "To: facturen@bakkerij.test",
        "Subject: Undelivered Mail Returned to Sender",
        "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="grens"',
        "",
        "--grens",
        "Content-Type: text/plain",
        "",
        "Sorry.",
        "--grens",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; smtp.test",
        "",
        f"Final-Recipient: rfc822; {recipient}",
        "Action: failed",
        "Status: 5.1.1",
        f"Diagnostic-Code: smtp; {said}",
        "",
        "--grens",
        "Content-Type: text/rfc822-headers",
        "",
        head,
        "",
        "--grens--",
        "",
    )
    return "\r\n".join(lines).encode()

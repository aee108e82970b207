"""A real mail server (aiosmtpd) as a program of its own: `python mailserver_process.py FOLDER OPTIONS_JSON`.

It says its port on standard output. It takes faults as JSON lines on standard input (`null` ends them all) and
answers each with `ok`; when standard input ends, it ends. A message is in the Maildir, flushed to disk, before its
reply leaves: the mailbox is the oracle for tests that kill the sender.
"""

# ruff: noqa: N802, ARG002 - the names and arguments of aiosmtpd

from __future__ import annotations

import asyncio
import json
import mailbox
import ssl
import sys
import warnings
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult

warnings.simplefilter("ignore")  # of aiosmtpd, about a sign-in without TLS, which some tests want
READY = {"mail": "250 2.1.0 Ok", "rcpt": "250 2.1.5 Ok", "stored": "250 2.0.0 Ok: kept"}


class Post:
    """What came in, what was said, and the faults still to happen."""

    def __init__(self, folder: Path) -> None:
        self.box = mailbox.Maildir(folder / "mailbox")
        self.log = (folder / "commands.log").open("a", buffering=1, encoding="utf-8")
        self.faults: list[dict[str, Any]] = []
        self.healed = asyncio.Event()

    def note(self, line: str) -> None:
        self.log.write(f"{line}\n")

    def keep(self, sender: str, recipients: list[str], content: bytes) -> None:
        head = f"X-Envelope-From: {sender}\r\nX-Envelope-To: {', '.join(recipients)}\r\n"
        self.box.add(head.encode() + content)

    def fault(self, at: str, argument: str) -> dict[str, Any] | None:
        for fault in self.faults:
            if fault["at"] == at and fault.get("match", "").casefold() in argument.casefold():
                if fault.get("times") is not None:
                    fault["times"] -= 1
                    if not fault["times"]:
                        self.faults.remove(fault)
                return fault
        return None


class Handler:
    """Stores, and hides AUTH from servers without users."""

    def __init__(self, post: Post, features: list[str], *, auth: bool) -> None:
        self.post = post
        self.features = features
        self.auth = auth

    async def handle_EHLO(self, server: Any, session: Any, envelope: Any, name: str, lines: list[str]) -> list[str]:
        session.host_name = name
        kept = [line for line in lines if self.auth or "AUTH" not in line]
        if server.session.ssl is not None:
            kept = [line for line in kept if "STARTTLS" not in line]
        return [*kept[:-1], *(f"250-{feature}" for feature in self.features), kept[-1]]

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        await server.meet("dot")
        self.post.keep(envelope.mail_from, envelope.rcpt_tos, envelope.content)
        await server.meet("stored")
        return READY["stored"]


class Server(SMTP):
    """aiosmtpd that can be told to fail at every step."""

    def __init__(self, post: Post, handler: Handler, **options: Any) -> None:
        self.post = post
        self.greeted = False
        super().__init__(handler, hostname="mail.example.test", **options)

    async def push(self, status: Any) -> None:
        if not self.greeted:
            self.greeted = True
            self.post.note("CONNECT")
            if await self.meet("greeting"):
                return
        await super().push(status)

    async def meet(self, at: str, argument: str = "") -> bool:
        """Whether a fault answered in place of the server."""
        fault = self.post.fault(at, argument)
        if fault is None:
            return False
        if fault.get("delay"):
            await asyncio.sleep(fault["delay"])
            return False
        if fault.get("hold"):
            await self.post.healed.wait()
            return False
        reply = str(fault.get("reply", ""))
        if reply:
            self._writer.write(reply.encode() + (b"" if fault.get("cut") else b"\r\n"))
            await self._writer.drain()
        if fault.get("close") or fault.get("cut"):
            self._writer.close()
            await asyncio.Event().wait()  # until the lost connection cancels this
        if fault.get("hang"):
            await asyncio.Event().wait()
        if at in ("dot", "stored"):
            raise Answered
        return True

    async def _step(self, at: str, argument: str | None) -> bool:
        self.post.note(f"{at.upper()} {argument or ''}".strip())
        return await self.meet(at, argument or "")

    async def smtp_EHLO(self, hostname: str) -> None:
        if not await self._step("ehlo", hostname):
            await super().smtp_EHLO(hostname)

    async def smtp_HELO(self, hostname: str) -> None:
        if not await self._step("helo", hostname):
            await super().smtp_HELO(hostname)

    async def smtp_STARTTLS(self, arg: str) -> None:
        if not await self._step("starttls", arg):
            await super().smtp_STARTTLS(arg)

    async def smtp_AUTH(self, arg: str) -> None:
        if not await self._step("auth", (arg or "").partition(" ")[0]):
            await super().smtp_AUTH(arg)

    async def smtp_MAIL(self, arg: str) -> None:
        if not await self._step("mail", arg):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg: str) -> None:
        if not await self._step("rcpt", arg):
            await super().smtp_RCPT(arg)

    async def smtp_RSET(self, arg: str) -> None:
        if not await self._step("rset", arg):
            await super().smtp_RSET(arg)

    async def smtp_QUIT(self, arg: str) -> None:
        if not await self._step("quit", arg):
            await super().smtp_QUIT(arg)

    async def smtp_DATA(self, arg: str) -> None:
        if await self._step("data", arg):
            return
        fault = self.post.fault("body", "")
        if fault:
            await super().push("354 go on")
            await self._reader.readexactly(20)
            self._writer.close()
            await asyncio.Event().wait()
        try:
            await super().smtp_DATA(arg)
        except Answered:
            self._set_post_data_state()  # type: ignore[no-untyped-call]


class Answered(Exception):
    """A fault has already answered the final dot."""


def authenticator(user: str, password: str) -> Any:
    """A judge for aiosmtpd who knows one user."""

    def judge(server: Any, session: Any, envelope: Any, mechanism: str, given: Any) -> AuthResult:
        right = (given.login, given.password) == (user.encode(), password.encode())
        server.post.note(f"JUDGED {mechanism} {'right' if right else 'wrong'}")
        return AuthResult(success=right, handled=False, message=None if right else "535 5.7.8 Authentication failed")

    return judge


async def serve(folder: Path, options: dict[str, Any]) -> None:
    """Serve until standard input ends."""
    post = Post(folder)
    loop = asyncio.get_running_loop()
    context = None
    if options["tls"] != "none":
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(folder / "server.pem")
    user = options["user"]

    def connection() -> Server:
        return Server(
            post,
            Handler(post, options["features"], auth=bool(user)),
            tls_context=context if options["tls"] == "starttls" else None,
            require_starttls=options["tls"] == "starttls",
            auth_required=bool(user),
            auth_require_tls=options["tls"] == "starttls",
            auth_exclude_mechanism=options["without"],
            authenticator=authenticator(user, options["password"]) if user else None,
            data_size_limit=options["size_limit"],
            enable_SMTPUTF8=options["utf8"],
            loop=loop,
        )

    implicit = context if options["tls"] == "tls" else None
    server = await loop.create_server(connection, "127.0.0.1", options["port"], ssl=implicit)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        fault = json.loads(line)
        post.faults = [*post.faults, fault] if fault else []
        if fault is None:
            post.healed.set()
            post.healed = asyncio.Event()
        sys.stdout.write("ok\n")
        sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1]), json.loads(sys.argv[2])))

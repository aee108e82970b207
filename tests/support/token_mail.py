"""A mail server that takes access tokens only (XOAUTH2), over TLS, as strictly as the protocol is written."""

from __future__ import annotations

import base64
import json
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from support.identity_server import USER, IdentityServer
from support.mailserver import authority

LONGEST_COMMAND, LONGEST_ANSWER = 512, 12_288  # RFC 5321 § 4.5.3.1.4, RFC 4954 § 4


@dataclass(slots=True)
class TokenMail:
    """One that runs. `judge` says whether a user may come in with a token."""

    judge: Callable[[str, str], bool]
    ca_file: Path
    port: int = 0
    offers: str = "XOAUTH2"
    refusal: str = "535 5.7.3 Authentication unsuccessful"
    said: list[str] = field(default_factory=list)  # what clients said, without their secrets
    messages: list[bytes] = field(default_factory=list)


@contextmanager
def token_mail(folder: Path, identity: IdentityServer) -> Iterator[TokenMail]:
    """A server at a free port of `localhost`, with TLS from the first byte; it takes what *identity* gave out."""
    folder.mkdir(parents=True, exist_ok=True)
    authority().cert_pem.write_to_path(str(folder / "ca.pem"))
    state = TokenMail(lambda user, token: user == USER and token in identity.access, folder / "ca.pem")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority().issue_cert("localhost").configure_cert(context)

    class Connection(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            _converse(self.rfile.readline, lambda text: self.wfile.write(text.encode() + b"\r\n"), state)

    class Server(socketserver.ThreadingTCPServer):
        def get_request(self) -> tuple[ssl.SSLSocket, object]:
            line, address = super().get_request()
            return context.wrap_socket(line, server_side=True, do_handshake_on_connect=False), address

    with Server(("127.0.0.1", 0), Connection) as server:
        server.daemon_threads = True
        state.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield state
        finally:
            server.shutdown()
            thread.join()


def _converse(line: Callable[[int], bytes], say: Callable[[str], object], state: TokenMail) -> None:
    inside = False
    say("220 mail.example.test")
    while command := line(LONGEST_COMMAND + 1):
        if len(command) > LONGEST_COMMAND or not command.endswith(b"\r\n"):
            say("500 5.5.6 Line too long")
            return
        words = command.decode().split()
        verb = words[0].upper() if words else ""
        state.said.append(" ".join(words[:2]))
        if verb == "EHLO":
            say(f"250-mail.example.test\r\n250 AUTH {state.offers}")
        elif verb == "AUTH":
            inside = _signed_in(words[2:], line, say, state)
        elif verb == "QUIT":
            say("221 2.0.0 Bye")
            return
        elif not inside:
            say("530 5.7.57 Client not authenticated to send mail")
        elif verb == "DATA":
            say("354 go on")
            message = b""
            while (one := line(2000)) != b".\r\n":
                message += one
            state.messages.append(message)
            say("250 2.0.0 Ok: kept")
        else:
            say("250 2.0.0 Ok")


def _signed_in(
    initial: list[str], line: Callable[[int], bytes], say: Callable[[str], object], state: TokenMail
) -> bool:
    answer = initial[0] if initial else ""
    if not initial:
        say("334 ")
        answer = line(LONGEST_ANSWER).decode().strip()
    fields = base64.b64decode(answer).decode().split("\1")
    user, bearer = fields[0].removeprefix("user="), fields[1].removeprefix("auth=Bearer ")
    if fields[2:] == ["", ""] and state.judge(user, bearer):
        say("235 2.7.0 Accepted")
        return True
    say("334 " + base64.b64encode(json.dumps({"status": "401", "schemes": "bearer"}).encode()).decode())
    state.said.append(f"answered the challenge with {line(LONGEST_ANSWER)!r}")
    say(state.refusal)
    return False

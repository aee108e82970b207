"""Where the browser comes back after consent: a web server on this computer for one answer (RFC 8252 § 7.3)."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl, urlsplit

_LONGEST_ANSWER = 64 * 1024
_PAGE = "<!DOCTYPE html><meta charset=utf-8><title>factuurbode</title><p style='font:1.2em sans-serif'>{}</p>"


class Landing:
    """Listens on a free port of the loopback, until it is closed. Use as a context manager."""

    def __init__(self, thanks: str) -> None:
        """*thanks* is what the person reads in the browser when the answer is there."""
        self._answer: dict[str, str] = {}
        self._landed = threading.Event()
        self._state = ""
        self._server = _Server(("127.0.0.1", 0), _handler(_PAGE.format(thanks).encode(), self._take))
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
        self._thread.start()

    def __enter__(self) -> Landing:
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def address(self) -> str:
        """The redirect address; identity providers know this computer by the name `localhost`."""
        return f"http://localhost:{self._server.server_address[1]}"

    def expect(self, state: str) -> None:
        """Only an answer with *state* is one to our question: any web page in the browser can send others."""
        self._state = state

    def answer(self, patience: float) -> Mapping[str, str] | None:
        """What the browser brought, or None when it did not come within *patience* seconds."""
        return self._answer if self._landed.wait(patience) else None

    def _take(self, answer: dict[str, str]) -> bool:
        """Whether *answer* is the one that is waited for: browsers also ask for icons."""
        if not self._state or answer.get("state") != self._state or not ({"code", "error"} & answer.keys()):
            return False
        if not self._landed.is_set():
            self._answer = answer
            self._landed.set()
        return True


class _Server(http.server.ThreadingHTTPServer):
    allow_reuse_address = False  # on Windows another program could otherwise listen at the same port
    daemon_threads = True


def _handler(page: bytes, take: Callable[[dict[str, str]], bool]) -> type[http.server.BaseHTTPRequestHandler]:
    class Handler(http.server.BaseHTTPRequestHandler):
        timeout = 10

        def do_GET(self) -> None:
            self._answered(urlsplit(self.path).query)

        def do_POST(self) -> None:
            length = self.headers.get("Content-Length", "")
            fits = length.isdecimal() and int(length) < _LONGEST_ANSWER
            self._answered(self.rfile.read(int(length)).decode("ascii", "replace") if fits else "")

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: the request holds the code."""

        def _answered(self, form: str) -> None:
            taken = take(dict(parse_qsl(form)))
            self.send_response(200 if taken else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            if taken:
                self.wfile.write(page)

    return Handler

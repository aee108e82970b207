"""Web sites on the loopback that answer as any host, over HTTPS with certificates of the tests' own authority."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import urllib3.util.connection as connections

from support.mailserver import authority


@dataclass(frozen=True, slots=True)
class Page:
    """What a site says at an address."""

    content: bytes = b""
    status: int = 200
    location: str = ""
    encoding: str = ""
    drip: float = 0  # seconds between one byte and the next


@dataclass(slots=True)
class WebSite:
    """One server for every host; *pages* by `host/path`, without the query."""

    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    closed: threading.Event = field(default_factory=threading.Event)


@contextmanager
def web_site(folder: Path, monkeypatch: pytest.MonkeyPatch, *hosts: str) -> Iterator[WebSite]:
    """A server that has a certificate for *hosts*, to which every connection to port 443 of any host is led."""
    folder.mkdir(parents=True, exist_ok=True)
    authority().cert_pem.write_to_path(str(folder / "ca.pem"))
    site = WebSite()

    class Visit(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            where = f"{self.headers['Host']}{self.path}"
            site.asked.append(where)
            page = site.pages.get(where.partition("?")[0], Page(status=404))
            self.send_response(page.status)
            if page.location:
                self.send_header("Location", page.location)
            if page.encoding:
                self.send_header("Content-Encoding", page.encoding)
            self.send_header("Content-Length", str(len(page.content)))
            self.end_headers()
            if page.drip:
                with suppress(OSError):  # the visitor has had enough
                    for place in range(len(page.content)):
                        self.wfile.write(page.content[place : place + 1])
                        if site.closed.wait(page.drip):
                            return
            else:
                self.wfile.write(page.content)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: tests look at `asked`."""

    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority().issue_cert(*hosts).configure_cert(context)

    class Server(ThreadingHTTPServer):
        def get_request(self) -> tuple[Any, Any]:
            line, address = super().get_request()
            return context.wrap_socket(line, server_side=True, do_handshake_on_connect=False), address

        def handle_error(self, request: Any, client_address: Any) -> None:
            """A visitor who does not trust us, or has read enough, hangs up."""

    with Server(("127.0.0.1", 0), Visit) as server:
        server.daemon_threads = True
        usual, port = connections.create_connection, server.server_address[1]

        def led_here(address: tuple[str, int], *arguments: Any, **options: Any) -> Any:
            assert address[1] == 443, address
            return usual(("127.0.0.1", port), *arguments, **options)

        monkeypatch.setattr(connections, "create_connection", led_here)
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(folder / "ca.pem"))
        for proxy in ("http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.delenv(proxy, raising=False)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield site
        finally:
            site.closed.set()
            server.shutdown()
            thread.join()

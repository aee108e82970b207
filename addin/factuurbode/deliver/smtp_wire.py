"""The connection to a mail server: bytes, lines and TLS, nothing about what they mean.

Not `smtplib`, because the fate of a message hangs on what that one glosses over: it takes a reply that was cut off
for a whole one, sends the final dot together with the last of the body, and tries a wrong password three times.
"""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Iterator

from .smtp_reply import Reply, parse_reply

_CHUNK = 64 * 1024  # a timeout holds for one piece, so that a large PDF on a slow line is not cut off
_LONGEST_LINE = 8192
_MOST_LINES = 100
_LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)
_LONE_END = re.compile(rb"\r(?!\n)|(?<!\r)\n")


class LineLost(Exception):
    """The connection broke, timed out, or carries something that is not SMTP."""


class Wire:
    """An open connection. Every method but `close` raises LineLost when the connection fails."""

    def __init__(self, host: str, port: int, timeout: float) -> None:
        """Connects; *timeout* is in seconds and holds for each step. Raises OSError, or UnicodeError for no host."""
        self._timeout = timeout
        self._read = b""
        self._socket: socket.socket = socket.create_connection((host, port), timeout)
        # The final dot is a packet of its own: without this it would wait for the server to acknowledge the body.
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    @property
    def own_address(self) -> str:
        """This end of the connection as an address literal (RFC 5321 § 4.1.3), for a host without a known name."""
        address = str(self._socket.getsockname()[0])
        return f"[IPv6:{address.partition('%')[0]}]" if ":" in address else f"[{address}]"

    def start_tls(self, context: ssl.SSLContext, host: str) -> None:
        """Go on under TLS. Raises OSError when the server cannot or is not who it should be.

        Anything that came before TLS but was not read yet could be an attacker's and is refused (RFC 3207 § 6).
        """
        if self._read:
            raise ssl.SSLError("the server talked on before TLS")
        self._socket = context.wrap_socket(self._socket, server_hostname=host)

    def command(self, line: str, timeout: float | None = None) -> Reply:
        """The server's reply to *line*. Raises ValueError for a line that would be two."""
        if "\r" in line or "\n" in line:
            raise ValueError("a command is one line")
        self._send(f"{line}\r\n".encode())
        return self.reply(timeout)

    def reply(self, timeout: float | None = None) -> Reply:
        """The next reply of the server, whole."""
        lines: list[bytes] = []
        self._socket.settimeout(timeout or self._timeout)
        try:
            while len(lines) < _MOST_LINES:
                lines.append(self._line())
                if (reply := parse_reply(lines)) is not None:
                    return reply
        except (OSError, ValueError) as error:
            raise LineLost(str(error)) from error
        finally:
            self._socket.settimeout(self._timeout)
        raise LineLost("the reply has no end")

    def body(self, message: bytes) -> None:
        """Send *message* after a 354, all but the final dot."""
        for chunk in _transparent(message):
            self._send(chunk)

    def early_reply(self) -> Reply | None:
        """What the server said before it was its turn, or None; raises LineLost when it has ended the connection.

        The system takes a body from us without telling how far it got; that the line has gone meanwhile, or that the
        server breaks the message off, is often known by now.
        """
        self._socket.settimeout(0)
        try:
            said = self._socket.recv(_CHUNK)
        except (BlockingIOError, ssl.SSLWantReadError):
            return None
        except OSError as error:
            raise LineLost(str(error)) from error
        finally:
            self._socket.settimeout(self._timeout)
        if not said:
            raise LineLost("the server ended the connection")
        self._read += said
        return self.reply()

    def dot(self) -> None:
        """Send the final dot: from here on the message is the server's."""
        self._send(b".\r\n")

    def close(self) -> None:
        """End the connection, without a goodbye."""
        self._socket.close()

    def _send(self, data: bytes) -> None:
        try:
            self._socket.sendall(data)
        except OSError as error:
            raise LineLost(str(error)) from error

    def _line(self) -> bytes:
        while b"\n" not in self._read and len(self._read) < _LONGEST_LINE:
            received = self._socket.recv(_CHUNK)
            if not received:
                rest, self._read = self._read, b""
                if not rest:
                    raise ConnectionError("the server ended the connection")
                return rest
            self._read += received
        line, end, self._read = self._read.partition(b"\n")
        return line + end


def _transparent(message: bytes) -> Iterator[bytes]:
    """*message* as it goes over the wire: CRLF line ends, dots doubled (RFC 5321 § 4.5.2), a last line end."""
    clean, ends = message, message.count(b"\r\n")  # counting is ten times as fast as mending what needs none
    if message.count(b"\r") != ends or message.count(b"\n") != ends:
        clean = _LONE_END.sub(b"\r\n", clean)
    if clean.startswith(b".") or b"\n." in clean:
        clean = _LEADING_DOT.sub(b"..", clean)
    if not clean.endswith(b"\r\n"):
        clean += b"\r\n"
    for start in range(0, len(clean), _CHUNK):
        yield clean[start : start + _CHUNK]

"""A line to a mail server that is cut after so many bytes, in either direction; the next lines are whole."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum


class Direction(StrEnum):
    """Which way the bytes go that are counted."""

    TO_SERVER = "to-server"
    TO_CLIENT = "to-client"


@dataclass(frozen=True, slots=True)
class Cut:
    """After how many bytes the line is cut, how (an end, or a reset), and for how many connections."""

    direction: Direction
    after: int
    reset: bool = False
    connections: int = 1


@dataclass(slots=True)
class Line:
    """A port of the loopback that leads to a server. `carried` counts the bytes of the whole connections."""

    port: int
    cut: Cut | None = None
    carried: dict[Direction, int] = field(default_factory=lambda: dict.fromkeys(Direction, 0))
    cuts_left: int = 0

    def cut_next(self, cut: Cut) -> None:
        """Cut the next connections."""
        self.cut, self.cuts_left = cut, cut.connections

    def be_whole(self) -> None:
        """Cut nothing."""
        self.cut, self.cuts_left = None, 0


@contextmanager
def line_to(port: int) -> Iterator[Line]:
    """A line to the server at *port*, until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        line = Line(listening.getsockname()[1])
        threading.Thread(target=_serve, args=(listening, line, port), daemon=True).start()
        yield line


def _serve(listening: socket.socket, line: Line, port: int) -> None:
    with contextlib.suppress(OSError):  # the test is over
        while True:
            client, _ = listening.accept()
            server = socket.create_connection(("127.0.0.1", port))
            cut = line.cut if line.cuts_left > 0 else None
            line.cuts_left -= 1
            for side in (client, server):
                side.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=_carry, args=(client, server, cut, line), daemon=True).start()


def _carry(client: socket.socket, server: socket.socket, cut: Cut | None, line: Line) -> None:
    """Both directions of one connection, until either end is gone."""
    with client, server:
        back = threading.Thread(target=_pump, args=(server, client, Direction.TO_CLIENT, cut, line), daemon=True)
        back.start()
        _pump(client, server, Direction.TO_SERVER, cut, line)
        back.join()


def _pump(source: socket.socket, target: socket.socket, direction: Direction, cut: Cut | None, line: Line) -> None:
    limit = cut.after if cut and cut.direction is direction else None
    seen = 0
    try:
        while data := source.recv(65536):
            if limit is not None and seen + len(data) >= limit:
                target.sendall(data[: limit - seen])
                break
            target.sendall(data)
            seen += len(data)
            line.carried[direction] += len(data)
    except OSError:  # the other direction was cut
        pass
    for side in (source, target):
        with contextlib.suppress(OSError):
            if cut and cut.reset:
                side.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            side.shutdown(socket.SHUT_RDWR)  # wakes the thread of the other direction, which closing would not

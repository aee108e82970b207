"""A mail server in a process of its own, so that it costs all ways of sending the same.

    python benchmarks/mail_sink.py FOLDER

Says its port on standard output and works until its standard input ends.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from factuurbode.demo.catcher import MailCatcher


@contextmanager
def mail_sink(folder: Path) -> Iterator[int]:
    """The port of a server that keeps every message in *folder*."""
    command = [sys.executable, __file__, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin
        assert server.stdout
        yield int(server.stdout.readline())
        server.stdin.close()


def main(folder: Path) -> None:
    """Serve until nobody needs it."""
    with MailCatcher(folder) as catcher:
        print(catcher.port, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main(Path(sys.argv[1]))

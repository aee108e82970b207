"""One worker process: starting it, giving it documents, taking its answers in time, and ending it without a trace."""

from __future__ import annotations

import hashlib
import os
import select
import shutil
import signal
import struct
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ..errors import ConverterMissing
from .probe import Installation, environment
from .room import private_folder

WORKER = Path(__file__).with_name("libreoffice_worker.py")
POLITE_SECONDS = 5
START_MARGIN_SECONDS = 10
GIVING_SECONDS = 10
CHUNK = 1 << 16
SOCKET_FOLDERS = (Path("/tmp"), Path("/var/tmp"))  # noqa: S108 - written by LibreOffice, only removed by us
HEAD = struct.Struct(">cI")


class LaneDied(Exception):
    """The worker ended, LibreOffice died in it, or no answer came in time."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a document: its PDF, or why LibreOffice made none."""

    pdf: bytes = b""
    trouble: str = ""


class Lane:
    """A worker with its LibreOffice, in a process group and a private folder of its own.

    It starts at once and is waited for when the first answer is taken, so that several start side by side.
    """

    def __init__(self, installation: Installation, start_limit: float) -> None:
        self._installation = installation
        self._start_limit = start_limit
        self._start()

    def _start(self) -> None:
        self._folder = private_folder()
        self._received = bytearray()
        self._ready = False
        self._sockets = sockets_of(self._folder)
        settings = (self._installation.soffice, self._folder, f"{self._start_limit:g}", self._folder.name)
        try:
            self._process = subprocess.Popen(
                [str(self._installation.python), "-s", "-B", *map(str, (WORKER, *settings, *self._sockets))],
                env={**environment(), "LC_ALL": "C.UTF-8"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
                bufsize=0,
            )
        except OSError as error:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise ConverterMissing(detail=f"LibreOffice: {self._installation.python}: {error.strerror}") from error
        assert self._process.stdin  # noqa: S101 - it was opened as a pipe
        os.set_blocking(self._process.stdin.fileno(), False)

    @property
    def folder(self) -> Path:
        """Where the worker keeps everything."""
        return self._folder

    @property
    def pid(self) -> int:
        """The worker's process, which leads its group."""
        return self._process.pid

    def give(self, docx: bytes, *, merged: bool = False) -> None:
        """Hand over a document; the worker reads at once, whatever it does. `take` notices a dead or stuck one.

        The PDF of a *merged* one says where its bookmarks are, and has no empty pages between its sections.
        """
        assert self._process.stdin  # noqa: S101 - it was opened as a pipe
        descriptor = self._process.stdin.fileno()
        rest = memoryview(HEAD.pack(b"B" if merged else b"D", len(docx)) + docx)
        with suppress(BrokenPipeError):
            while rest and select.select([], [descriptor], [], GIVING_SECONDS)[1]:
                rest = rest[os.write(descriptor, rest) :]

    def take(self, limit: float) -> Answer:
        """The answer for the earliest document that has none, waited for at most *limit* seconds.

        Raises LaneDied when there will be none, and ConverterMissing when LibreOffice cannot be started at all.
        """
        if not self._ready:
            self._await_start()
        kind, content = self._frame(limit)
        if kind == b"P":
            return Answer(pdf=content)
        if kind == b"E":
            return Answer(trouble=content.decode("utf-8", "replace"))
        raise LaneDied

    def _await_start(self) -> None:
        try:
            kind, content = self._frame(self._start_limit + START_MARGIN_SECONDS)
        except LaneDied as error:
            raise ConverterMissing(detail="LibreOffice: the worker did not start") from error
        if kind != b"R":
            raise ConverterMissing(detail=f"LibreOffice: {content.decode('utf-8', 'replace')}")
        self._ready = True

    def _frame(self, limit: float) -> tuple[bytes, bytes]:
        until = time.monotonic() + limit
        kind, length = HEAD.unpack(self._exactly(HEAD.size, until))
        return kind, self._exactly(length, until)

    def _exactly(self, size: int, until: float) -> bytes:
        assert self._process.stdout  # noqa: S101 - it was opened as a pipe
        descriptor = self._process.stdout.fileno()
        while len(self._received) < size:
            patience = until - time.monotonic()
            if patience <= 0 or not select.select([descriptor], [], [], patience)[0]:
                raise LaneDied
            chunk = os.read(descriptor, CHUNK)
            if not chunk:
                raise LaneDied
            self._received += chunk
        content = bytes(self._received[:size])
        del self._received[:size]
        return content

    def restart(self) -> None:
        """End the worker, whatever it is doing, and start a new one."""
        self.end()
        self._start()

    def dismiss(self) -> None:
        """Let the worker end LibreOffice and clean up by itself; `end` waits for that."""
        assert self._process.stdin  # noqa: S101 - it was opened as a pipe
        self._process.stdin.close()

    def end(self) -> None:
        """End the worker and its LibreOffice and remove their folder. A worker that does not go by itself is killed."""
        assert self._process.stdout  # noqa: S101 - it was opened as a pipe
        self.dismiss()
        try:
            self._process.wait(POLITE_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        finally:
            self._process.stdout.close()
            shutil.rmtree(self._folder, ignore_errors=True)
            for socket in self._sockets:
                socket.unlink(missing_ok=True)


def sockets_of(folder: Path) -> list[Path]:
    """The sockets of a LibreOffice whose profile is in *folder* and which listens under the folder's name.

    LibreOffice puts them in /tmp, whatever TMPDIR says. By the second one another start finds this one; its name is
    the MD5 of the profile's address in UTF-16, each byte in hexadecimal without a leading zero.
    """
    address = (folder / "profile").as_uri().encode("utf-16-le")
    digest = "".join(f"{byte:x}" for byte in hashlib.md5(address, usedforsecurity=False).digest())
    return [
        place / f"OSL_PIPE_{os.getuid()}_{name}"
        for place in SOCKET_FOLDERS
        for name in (folder.name, f"SingleOfficeIPC_{digest}")
    ]

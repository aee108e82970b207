"""Keeps one LibreOffice warm and turns Word documents into PDFs; a script for the Python that has `uno`.

    python libreoffice_worker.py SOFFICE FOLDER START_LIMIT PIPE [SOCKET...]

FOLDER is empty and private; the profile and all temporary files are in it. It and the SOCKETs, which LibreOffice puts
elsewhere, are removed at the end. PIPE is the name under which LibreOffice is to listen. Frames come in on standard
input and go out on standard output, each a letter, a length of four bytes (big-endian) and content:

    in   D  a .docx                   B  a .docx of many invoices, whose PDF is to say where its bookmarks are
    out  R  ready                     M  LibreOffice did not start: why
         P  the PDF of the next document    E  that document was refused: why    C  LibreOffice died on it: why

The end of standard input ends everything, also when the parent was killed and also during a conversion. When this
process is killed itself, its guardian ends LibreOffice and cleans up.
Standard library and `uno` only: this file runs outside the product's environment.
"""

from __future__ import annotations

import contextlib
import os
import queue
import select
import shutil
import signal
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, BinaryIO

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import ConnectionSetupException, NoConnectException
from com.sun.star.uno import Exception as UnoException
from com.sun.star.uno import RuntimeException

RESTART_WANTED = 81  # what soffice ends with when a new profile asks it to start again
MOST_STARTS = 4
DYING_SECONDS = 10
NICENESS = 5  # whoever works at the computer goes first, and so does the parent, which wakes up often and for a moment

# Macros never run, links are never updated, and a document may not load anything from outside itself. Nobody types
# here, so no words are collected or checked (4 % of the time). The shapes of words are kept for one invoice, not for
# 150: with that and one arena, LibreOffice takes 150 MB from the first invoice to the last, else it grows to 260.
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
{items}
</oor:items>
"""
SETTINGS = (
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Common/Misc", "FirstRun", "false"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("org.openoffice.Office.Writer/AutoFunction/Completion", "Enable", "false"),
    ("org.openoffice.Office.Writer/AutoFunction/Completion", "CollectWords", "false"),
    ("org.openoffice.Office.Linguistic/SpellChecking", "IsSpellAuto", "false"),
    ("org.openoffice.Office.Common/Cache/Font", "GlyphsCacheSize", "2000000"),
    ("org.openoffice.Office.Recovery/AutoSave", "Enabled", "false"),
    ("org.openoffice.Setup/Product", "ooSetupLastVersion", "99.9"),
)


def property_value(name: str, value: Any) -> Any:
    pair = PropertyValue()
    pair.Name, pair.Value = name, value
    return pair


def properties(**values: Any) -> tuple[Any, ...]:
    return tuple(property_value(name, value) for name, value in values.items())


class Office:
    """One LibreOffice process of our own with its profile in *folder*."""

    def __init__(self, soffice: str, folder: Path, pipe: str, guardian: int | None) -> None:
        self._guardian = guardian
        self._soffice = soffice
        self._profile = (folder / "profile").as_uri()
        self._pipe = pipe
        self._document = folder / "invoice.docx"
        self._pdf = folder / "invoice.pdf"
        self._process: subprocess.Popen[bytes] | None = None
        self._desktop: Any = None
        self._lock = threading.Lock()
        self._ended = False
        user = folder / "profile" / "user"
        user.mkdir(parents=True)
        items = "\n".join(
            f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
            for path, name, value in SETTINGS
        )
        (user / "registrymodifications.xcu").write_text(PROFILE.format(items=items), encoding="utf-8")

    def start(self, limit: float) -> str:
        """Start it and wait until it answers. Returns '' or why it did not within *limit* seconds."""
        until = time.monotonic() + limit
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        starts = 0
        while time.monotonic() < until:
            ended = RESTART_WANTED if self._process is None else self._process.poll()  # once: it may end in between
            if ended == RESTART_WANTED:
                starts += 1
                if starts > MOST_STARTS or not self._launch():
                    break
            elif ended is not None:
                return f"soffice ended with code {ended}"
            try:
                context = resolver.resolve(f"uno:pipe,name={self._pipe};urp;StarOffice.ComponentContext")
            except (NoConnectException, ConnectionSetupException):
                time.sleep(0.02)  # the bridge has no event for "now I listen"
                continue
            self._desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
            return ""
        return f"soffice did not answer within {limit:g} seconds"

    def _launch(self) -> bool:
        command = [
            self._soffice,
            f"-env:UserInstallation={self._profile}",
            "--headless",
            "--invisible",
            "--norestore",
            "--nologo",
            "--nodefault",
            "--nolockcheck",
            "--nofirststartwizard",
            f"--accept=pipe,name={self._pipe};urp;StarOffice.ComponentContext",
        ]
        with self._lock:
            if self._ended:
                return False
            nowhere = subprocess.DEVNULL
            self._process = subprocess.Popen(command, stdin=nowhere, stdout=nowhere, stderr=nowhere)
            if self._guardian is not None:
                os.write(self._guardian, b"%d\n" % self._process.pid)
        return True

    def convert(self, kind: bytes, docx: bytes) -> bytes:
        """The PDF of *docx*. Raises a UNO exception when it is refused or LibreOffice dies."""
        self._document.write_bytes(docx)
        self._pdf.unlink(missing_ok=True)
        loading = properties(
            FilterName="MS Word 2007 XML", Hidden=True, ReadOnly=True, UpdateDocMode=0, MacroExecutionMode=0
        )
        document = self._desktop.loadComponentFromURL(self._document.as_uri(), "_blank", 0, loading)
        if document is None:
            raise ValueError("LibreOffice cannot read it")
        # Scaling a picture that is already scaled costs time; tags make a file four times as large.
        options = properties(
            ReduceImageResolution=False,
            UseLosslessCompression=True,
            ExportBookmarks=False,
            UseTaggedPDF=False,
            ExportNotes=False,  # comments are not for customers
            ExportNotesInMargin=False,
        )
        if kind == b"B":  # a page 1 after a page 1 has an empty page before it, for paper printed on both sides
            options += properties(ExportBookmarksToPDFDestination=True, IsSkipEmptyPages=True)
        data = uno.Any("[]com.sun.star.beans.PropertyValue", options)
        try:
            document.storeToURL(self._pdf.as_uri(), properties(FilterName="writer_pdf_Export", FilterData=data))
        finally:
            document.close(True)
        return self._pdf.read_bytes()

    def runs(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def end(self) -> None:
        """Kill it, from any thread; a conversion under way raises."""
        with self._lock:
            self._ended = True
        if self._process is not None:
            self._process.kill()
            self._process.wait()


def guardian(folder: Path, sockets: list[Path]) -> int | None:
    """Start a process that outlives this one, and return the pipe on which it is to be told LibreOffice's number.

    The end of the pipe is the end of this process: what then is left of LibreOffice is removed. None where there are
    no pidfds (outside Linux): without one, the number may have become another process's by then.
    """
    if not hasattr(os, "pidfd_open"):
        return None
    told, telling = os.pipe()
    if between := os.fork():
        os.close(told)
        os.waitpid(between, 0)
        return telling
    os.setsid()  # a kill of our process group is not for the guardian
    if os.fork():
        os._exit(0)
    os.close(telling)
    for descriptor in range(3):  # or the parent would not see the end of our output
        os.dup2(os.open(os.devnull, os.O_RDWR), descriptor)
    try:
        stand_guard(told, folder, sockets)
    finally:
        os._exit(0)


def stand_guard(told: int, folder: Path, sockets: list[Path]) -> None:
    office = None
    with open(told, encoding="ascii") as numbers:
        for number in numbers:
            with contextlib.suppress(ProcessLookupError):
                office = os.pidfd_open(int(number))
    if office is not None:
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(office, signal.SIGKILL)
        select.select([office], [], [], DYING_SECONDS)
    remove(folder, sockets)


def remove(folder: Path, sockets: list[Path]) -> None:
    for socket in sockets:  # first: who sees the folder gone may count on all being gone
        socket.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


class Pipes:
    """The two pipes to the parent, each served by a thread, so that a slow parent does not slow a conversion."""

    def __init__(self, source: BinaryIO, target: BinaryIO, office: Office) -> None:
        self._source, self._target, self._office = source, target, office
        self.documents: queue.SimpleQueue[tuple[bytes, bytes] | None] = queue.SimpleQueue()
        self._answers: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        threading.Thread(target=self._read, daemon=True).start()
        self._writer = threading.Thread(target=self._write, daemon=True)
        self._writer.start()

    def answer(self, kind: str, content: bytes = b"") -> None:
        self._answers.put(kind.encode() + struct.pack(">I", len(content)) + content)

    def flush(self) -> None:
        self._answers.put(None)
        self._writer.join()

    def _read(self) -> None:
        while len(head := self._source.read(5)) == 5:
            self.documents.put((head[:1], self._source.read(struct.unpack(">I", head[1:])[0])))
        self.documents.put(None)
        self._office.end()  # the parent is done with us, or dead

    def _write(self) -> None:
        with contextlib.suppress(BrokenPipeError):  # a dead parent wants no answers
            while (frame := self._answers.get()) is not None:
                self._target.write(frame)
                self._target.flush()


def serve(office: Office, pipes: Pipes, start_limit: float) -> None:
    """Answer each document in turn, until there are no more or LibreOffice dies."""
    if trouble := office.start(start_limit):
        pipes.answer("M", trouble.encode())
        return
    pipes.answer("R")
    while (document := pipes.documents.get()) is not None:
        try:
            pipes.answer("P", office.convert(*document))
        except (UnoException, RuntimeException, ValueError, OSError) as error:
            alive = office.runs()
            pipes.answer("E" if alive else "C", str(error).encode("utf-8", "replace"))
            if not alive:
                return


def main() -> None:
    soffice, folder, start_limit = sys.argv[1], Path(sys.argv[2]), float(sys.argv[3])
    pipe, sockets = sys.argv[4], [Path(socket) for socket in sys.argv[5:]]
    os.environ.update(TMPDIR=str(folder), SAL_USE_VCLPLUGIN="svp", MALLOC_ARENA_MAX="1")
    os.nice(NICENESS)
    office = Office(soffice, folder, pipe, guardian(folder, sockets))
    pipes = Pipes(sys.stdin.buffer, sys.stdout.buffer, office)
    try:
        serve(office, pipes, start_limit)
        pipes.flush()
    finally:
        office.end()
        remove(folder, sockets)


if __name__ == "__main__":
    main()

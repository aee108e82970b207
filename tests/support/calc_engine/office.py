"""A LibreOffice of our own for a test, and its desktop over UNO."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

_DEBIAN = "/usr/lib/python3/dist-packages"
_START_SECONDS = 240


def uno_module() -> Any:
    """The bridge to LibreOffice, when this Python is one that it was built for."""
    try:
        import uno
    except ImportError:
        sys.path.append(_DEBIAN)
        try:
            import uno
        except ImportError:
            pytest.skip("needs LibreOffice's uno module for this Python")
        finally:
            sys.path.remove(_DEBIAN)
    return uno


@dataclass(frozen=True)
class CalcOffice:
    """A running LibreOffice; `pipe` is the name that other processes reach it by."""

    pipe: str
    desktop: Any
    process: subprocess.Popen[bytes]

    def close_all(self) -> None:
        """Close every document without saving."""
        components = self.desktop.getComponents().createEnumeration()
        documents = []
        while components.hasMoreElements():
            documents.append(components.nextElement())
        for document in documents:
            with suppress(Exception):
                document.setModified(False)
                document.close(True)


def connected(pipe: str, alive: subprocess.Popen[bytes] | None = None) -> Any:
    """The desktop of the LibreOffice that listens at *pipe*."""
    uno = uno_module()
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    until = time.monotonic() + _START_SECONDS
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except Exception:
            if time.monotonic() > until or (alive is not None and alive.poll() is not None):
                raise
            time.sleep(0.05)  # LibreOffice tells nobody when it listens


@contextmanager
def a_calc() -> Iterator[CalcOffice]:
    """A LibreOffice with a profile of its own, ended with all its processes."""
    from factuurbode.convert.probe import installed

    uno_module()
    soffice = installed().soffice
    with tempfile.TemporaryDirectory(prefix="calc-", ignore_cleanup_errors=True) as folder:
        pipe = f"factuurbode-test-{os.getpid()}-{time.time_ns()}"
        command = [
            str(soffice),
            f"-env:UserInstallation={Path(folder).as_uri()}",
            "--headless",
            "--norestore",
            "--nologo",
            "--nodefault",
            "--nolockcheck",
            f"--accept=pipe,name={pipe};urp;StarOffice.ComponentContext",
        ]
        process = _started(command)
        try:
            try:
                desktop = connected(pipe, process)
            except Exception:
                if process.wait(60) != 81:  # 81: a new profile was made, and it wants to be started again
                    raise
                process = _started(command)
                desktop = connected(pipe, process)
            yield CalcOffice(pipe, desktop, process)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _started(command: list[str]) -> subprocess.Popen[bytes]:
    nowhere = subprocess.DEVNULL
    return subprocess.Popen(command, stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True)

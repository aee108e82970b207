"""Asking a print server in its own language, IPP, through the `ipptool` that comes with CUPS.

Its answer is a property list: numbers and keywords, the same in every language of the system, where the tables of
`lpstat` are words for people. There is no maintained synchronous IPP client for Python under a free licence.
"""

from __future__ import annotations

import os
import plistlib
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.parsers.expat import ExpatError

from ..errors import PrinterUnreachable

SECONDS = 60.0
_QUERIES = Path(__file__).with_name("ipp")
_DEFAULT_SERVER = "localhost:631"
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_END = "</plist>"
_NOTHING_FOUND = "client-error-not-found"

Attributes = Mapping[str, Any]


class PrintServer:
    """A CUPS server by its address (`host:port`), or the one that this computer uses."""

    def __init__(self, address: str | None = None) -> None:
        self._address = address

    @property
    def address(self) -> str:
        """Host and port. Raises PrinterUnreachable when CUPS is not installed."""
        if self._address is None:
            told = run(["lpstat", "-H"], None).stdout.strip().partition("/version")[0]
            # A socket file is how programs here reach the scheduler that also listens at the usual port.
            self._address = told if told and not told.startswith("/") else _DEFAULT_SERVER
        return self._address

    def queue(self, printer: str) -> str:
        """The URI of the queue *printer*."""
        return f"ipp://{self.address}/printers/{quote(printer, safe='')}"

    def ask(self, query: str, uri: str = "", **variables: str) -> list[Sequence[Attributes]]:
        """The groups of attributes that answer each operation of `ipp/<query>.test`; empty where nothing was found.

        Raises PrinterUnreachable when the server does not answer, or refuses to.
        """
        given = [part for name, value in variables.items() for part in ("-d", f"{name}={value}")]
        command = [
            "ipptool",
            "-T",
            "30",
            "-X",
            *given,
            uri or f"ipp://{self.address}/",
            str(_QUERIES / f"{query}.test"),
        ]
        answer = run(command, self._address).stdout
        text, end, _ = _NOT_XML.sub("", answer).partition(_END)
        try:
            report = plistlib.loads((text + end).encode())
        except (ExpatError, plistlib.InvalidFileException, ValueError) as error:
            raise PrinterUnreachable(detail=answer[:200]) from error
        if "ErrorMessage" in report or not report.get("Tests"):
            raise PrinterUnreachable(detail=report.get("ErrorMessage", self.address))
        return [_found(test) for test in report["Tests"]]


def run(command: Sequence[str], server: str | None) -> subprocess.CompletedProcess[str]:
    """A CUPS program, run against *server*. Raises PrinterUnreachable when it is missing or hangs."""
    environment = {**os.environ, "LC_ALL": "C.UTF-8"} | ({"CUPS_SERVER": server} if server else {})
    try:
        return subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=SECONDS,
            check=False,
        )
    except FileNotFoundError as error:
        raise PrinterUnreachable(detail=f"{command[0]}: not installed (CUPS)") from error
    except OSError as error:
        raise PrinterUnreachable(detail=f"{command[0]}: {error.strerror}") from error
    except subprocess.TimeoutExpired as error:
        raise PrinterUnreachable(detail=f"{command[0]}: no answer in {SECONDS:.0f} s") from error


def _found(test: Mapping[str, Any]) -> Sequence[Attributes]:
    """The groups behind the first one, which only tells the language of the answer.

    Whether there are any counts, not whether `ipptool` was content: it calls a list a failure when one job in it has
    an odd name, and a job that is overlooked would be printed twice. Raises PrinterUnreachable for a refusal.
    """
    about, *groups = test.get("ResponseAttributes") or [{}]
    status = str(test.get("StatusCode", ""))
    if groups or status.startswith("successful") or status == _NOTHING_FOUND:
        return groups
    raise PrinterUnreachable(detail=f"{status} {about.get('status-message', '')}".strip())


def listed(value: Any) -> tuple[str, ...]:
    """An attribute with one value or several, as `ipptool` writes it; () for one that was not told."""
    if value is None:
        return ()
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)

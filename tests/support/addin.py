"""The built add-in inside LibreOffice Calc: press a control of the tab, and see what its VBA does.

    with addin_in_calc(addin, folder) as calc:
        calc.open(workbook)
        calc.press("check")

Without `starts` a press only records the Python command. With it, the press starts that Python as xlwings does from
Excel for Windows, except that Calc does not wait for it (it has to answer the calls that Python makes meanwhile).
"""

from __future__ import annotations

import contextlib
import json
import shlex
import subprocess
import sys
import uuid
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from factuurbode.convert.probe import environment, installed
from factuurbode.errors import ConverterMissing
from factuurbode.install.addin_file import tab_xml

NAMESPACE = "{http://schemas.microsoft.com/office/2009/07/customui}"
_SCRIPT = Path(__file__).with_name("addin_in_calc.py")
_STARTER = Path(__file__).with_name("addin_starts_python.py")


def controls() -> Mapping[str, etree._Element]:
    """Everything on the tab that has an id, in its order."""
    return {
        str(element.attrib["id"]): element
        for element in etree.fromstring(tab_xml().encode()).iter()
        if "id" in element.attrib
    }


class AddinInCalc:
    """A running Calc with the add-in in it."""

    def __init__(self, process: subprocess.Popen[str], pipe: str, folder: Path) -> None:
        self._process = process
        self._folder = folder
        self.pipe = pipe
        """The name of the pipe on which this LibreOffice answers UNO: `uno:pipe,name=…;urp;…`."""

    def ask(self, name: str, *arguments: object) -> Any:
        """Call a function of `addin_in_calc.Bench`. Raises RuntimeError with what went wrong there."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps([name, *arguments]) + "\n")
        self._process.stdin.flush()
        return self.answer()

    def answer(self) -> Any:
        """The next answer."""
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("Calc has gone")
        told = json.loads(line)
        if "error" in told:
            raise RuntimeError(told["error"])
        return told["answer"]

    def open(self, book: Path) -> str:
        """Open *book* in front; its name."""
        return str(self.ask("open", book.as_uri()))

    def new(self) -> str:
        """A workbook that was never saved, in front; its name."""
        return str(self.ask("new"))

    def close(self, book: Path) -> None:
        """Close *book* without saving it."""
        self.ask("close", book.as_uri())

    def press(self, control: str, callback: str = "onAction") -> Any:
        """What the VBA does for *control*, by its id: run its command, or with another *callback* what it says."""
        element = controls()[control]
        return self.ask("call", "Press.Press", element.attrib[callback], control, element.get("tag", ""))

    def function(self, name: str, *arguments: object) -> Any:
        """What a function of the add-in, `Module.Function`, returns."""
        return self.ask("call", name, *arguments)

    def recorded(self, what: str) -> str:
        """The last `command`, or what was `said` in a window, or the `status` bar."""
        return str(self.ask("recorded", what))

    def set(self, what: str, text: str) -> None:
        """Make Excel `dutch` (yes) or a `mac` (yes), or give starting Python a `fault` (raise, -1)."""
        self.ask("record", what, text)

    def starts(self, *, prelude: str = "", variables: Mapping[str, str] | None = None) -> Path:
        """From now on a press starts this Python; *prelude* runs before xlwings' command.

        The file that is returned appears when that Python has ended; it holds its argv and its exit code as JSON.
        """
        done, program = self._folder / "ended.json", self._folder / "start.sh"
        done.unlink(missing_ok=True)
        given = " ".join(f"{name}={shlex.quote(value)}" for name, value in (variables or {}).items())
        words = [sys.executable, str(_STARTER), f"{program}.request", str(done), prelude]
        program.write_text(f"#!/bin/sh\n{given} exec {shlex.join(words)}\n")
        program.chmod(0o700)
        self.set("start", str(program))
        return done


def xlwings_command_line(python: str, command: str, active: str, addin: str, name: str) -> Sequence[str]:
    """The argv with which xlwings' module (`ExecuteWindows`, version 0.37.8) starts Python."""
    folders = ";".join(["false", active, addin, "", "", "", ""])
    program = f'import xlwings.utils;xlwings.utils.prepare_sys_path("{folders}"); {command}'
    return (python, "-B", "-c", program, f"--wb={name}", "--from_xl=1", "--app=Excel", "--hwnd=0")


@contextlib.contextmanager
def addin_in_calc(addin: Path, folder: Path) -> Iterator[AddinInCalc]:
    """A Calc of its own with *addin* in it; skips the test where there is none."""
    try:
        office = installed()
    except ConverterMissing:
        pytest.skip("LibreOffice is not installed")
    pipe = f"addin{uuid.uuid4().hex}"
    command = [
        str(office.python),
        "-s",
        str(_SCRIPT),
        addin.as_uri(),
        str(office.soffice),
        (folder / "profile").as_uri(),
        pipe,
    ]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=environment()
    )
    with process:
        calc = AddinInCalc(process, pipe, folder)
        try:
            calc.answer()
            yield calc
        finally:
            with contextlib.suppress(BrokenPipeError, RuntimeError):
                calc.ask("quit")

"""A screen that nobody sees, with a keyboard: the X server Xvfb and xdotool."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest


@dataclass(frozen=True)
class Screen:
    """A running X server, by the name that programs know it by (`DISPLAY`)."""

    display: str

    def window(self, title: str) -> str:
        """The id of the window with *title*, as soon as it is to be seen."""
        return self._xdotool("search", "--sync", "--onlyvisible", "--name", f"^{title}$").split()[0]

    def types(self, window: str, text: str) -> None:
        """Type *text* in *window*."""
        self._xdotool("windowfocus", "--sync", window)
        self._xdotool("type", text)

    def presses(self, window: str, key: str) -> None:
        """Press *key*, such as `Escape`."""
        self._xdotool("windowfocus", "--sync", window)
        self._xdotool("key", key)

    def _xdotool(self, *words: str) -> str:
        done = subprocess.run(
            ["xdotool", *words],
            env={**os.environ, "DISPLAY": self.display},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout


@contextmanager
def a_screen() -> Iterator[Screen]:
    """A screen of its own; skips the test where there is none to be had."""
    if not (shutil.which("Xvfb") and shutil.which("xdotool")):
        pytest.skip("needs Xvfb and xdotool")
    told, tell = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(tell), "-screen", "0", "1000x700x24", "-nolisten", "tcp"],
        pass_fds=(tell,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(tell)
    with os.fdopen(told) as number:
        display = f":{number.readline().strip()}"
    try:
        yield Screen(display)
    finally:
        server.terminate()
        server.wait()

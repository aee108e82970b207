"""Showing something to the person at this computer, with the program that opens such things here."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path


def show_on_screen(file: Path) -> bool:
    """Open *file*, such as a PDF. Whether this computer has a program for it."""
    return _opened(str(file))


def open_in_browser(address: str) -> bool:
    """Open the web page at *address*. Whether this computer has a browser on a screen.

    Not Python's own `webbrowser`: without a screen that one starts a browser in the terminal, on top of what we say.
    """
    screen = sys.platform in ("win32", "darwin") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return bool(screen) and address.startswith("https://") and _opened(address)


def _opened(what: str) -> bool:
    if sys.platform == "win32":
        try:
            os.startfile(what)  # noqa: S606 - a file that this program has just written, or an address of a provider
        except OSError:
            return False
        return True
    opener = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    if opener is None:
        return False
    nowhere = subprocess.DEVNULL
    try:
        viewer = subprocess.Popen([opener, what], stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True)
    except OSError:
        return False
    threading.Thread(target=viewer.wait, daemon=True).start()  # it may stay open as long as it likes
    return True

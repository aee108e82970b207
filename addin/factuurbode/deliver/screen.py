"""Showing a PDF to the person at this computer, with the program that opens PDFs here."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path


def show_on_screen(pdf: Path) -> bool:
    """Open *pdf*. Whether this computer has a program for it."""
    if sys.platform == "win32":
        try:
            os.startfile(pdf)  # noqa: S606 - a PDF that this program has just written
        except OSError:
            return False
        return True
    opener = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    if opener is None:
        return False
    nowhere = subprocess.DEVNULL
    try:
        viewer = subprocess.Popen(
            [opener, str(pdf)], stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True
        )
    except OSError:
        return False
    threading.Thread(target=viewer.wait, daemon=True).start()  # it may stay open as long as it likes
    return True

"""Showing a PDF to the person at this computer, with the program that opens PDFs here."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path


def show_on_screen(pdf: Path) -> bool:
    """Open *pdf*. Whether this computer has a program for it."""
    if sys.platform == "win32":
        os.startfile(pdf)  # noqa: S606 - a PDF that this program has just written
        return True
    opener = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    if opener is None:
        return False
    subprocess.Popen([opener, str(pdf)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    return True

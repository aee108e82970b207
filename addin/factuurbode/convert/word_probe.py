"""Is there a Microsoft Word on this computer? Looking is apart from starting it."""

from __future__ import annotations

import sys
from pathlib import Path

_ON_MACOS = (Path("/Applications/Microsoft Word.app"), Path("~/Applications/Microsoft Word.app"))


def word_is_installed() -> bool:
    """Whether Windows knows how to start Word, or macOS has it among its programs."""
    if sys.platform == "win32":
        import winreg

        try:
            winreg.OpenKey(winreg.HKEY_CLASSES_ROOT, r"Word.Application\CLSID").Close()
        except OSError:
            return False
        return True
    return sys.platform == "darwin" and any(place.expanduser().is_dir() for place in _ON_MACOS)

"""Where the files that ship with the product are: templates, workbooks and the sources of the add-in."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def asset(folder: str, name: str = "") -> Path:
    """The path of *name* in `templates`, `workbooks`, `docs` or `addin`: in an installed package, or in a checkout."""
    installed = _PACKAGE / folder
    return (installed if installed.is_dir() else _PACKAGE.parents[1] / folder) / name

"""Is there a LibreOffice, and a Python that can talk to it? Looking for them is apart from running them.

LibreOffice's bridge (`uno`) is a compiled module of one certain Python: the one that LibreOffice brings along, or the
system's own. The product runs under any Python, so the worker script is started with the one that is found here.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..errors import ConverterMissing

LOOK_AT_A_PYTHON_SECONDS = 20

_PROGRAM_FOLDERS = (
    "/usr/lib/libreoffice/program",
    "/usr/lib64/libreoffice/program",
    "/opt/libreoffice*/program",
    "/snap/libreoffice/current/lib/libreoffice/program",
    "/Applications/LibreOffice.app/Contents/MacOS",
)
_NOT_FOR_ANOTHER_PYTHON = ("PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__")


@dataclass(frozen=True, slots=True)
class Installation:
    """A LibreOffice that can be driven: its program, and a Python that imports `uno`."""

    soffice: Path
    python: Path


def installed() -> Installation:
    """The LibreOffice of this computer. Raises ConverterMissing that says what was looked for and not found."""
    soffice = first_program()
    if soffice is None:
        raise ConverterMissing(detail="LibreOffice: soffice")
    for python in _pythons(soffice.parent):
        if imports_uno(python):
            return Installation(soffice, python)
    raise ConverterMissing(detail="LibreOffice: python3-uno")


def first_program() -> Path | None:
    """The LibreOffice of this computer, whether it can be driven or not."""
    return next(_programs(), None)


def imports_uno(python: Path) -> bool:
    """Whether *python* can talk to LibreOffice."""
    try:
        found = subprocess.run(
            [python, "-s", "-c", "import uno"],
            env=environment(),
            capture_output=True,
            check=False,
            timeout=LOOK_AT_A_PYTHON_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return found.returncode == 0


def environment() -> dict[str, str]:
    """The environment for another Python than this one: without what points at our own packages."""
    return {name: value for name, value in os.environ.items() if name not in _NOT_FOR_ANOTHER_PYTHON}


def _programs() -> Iterator[Path]:
    """soffice.bin rather than the script before it: one process to watch, and its exit code is its own."""
    on_path = [Path(found).resolve().parent for name in ("soffice", "libreoffice") if (found := shutil.which(name))]
    usual = [folder for pattern in _PROGRAM_FOLDERS for folder in sorted(Path("/").glob(pattern.lstrip("/")))]
    for folder in [*on_path, *usual]:
        for name in ("soffice.bin", "soffice"):
            if os.access(folder / name, os.X_OK) and (folder / name).is_file():
                yield folder / name
                break


def _pythons(program: Path) -> Iterator[Path]:
    own = [program / "python", program.parent / "Resources" / "python"]
    usual = [Path("/usr/bin/python3"), *(Path(found) for name in ("python3",) if (found := shutil.which(name)))]
    yield from (python for python in [*own, *usual] if os.access(python, os.X_OK))

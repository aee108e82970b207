"""This computer: the program, what converts, prints and keeps passwords here, and the fonts of the templates."""

from __future__ import annotations

import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from .. import __version__
from ..bootstrap import system_printers
from ..convert.probe import installed
from ..convert.room import out_of_room
from ..convert.word_probe import word_is_installed
from ..deliver.environment_secrets import VARIABLE, EnvironmentSecrets
from ..deliver.patience import within
from ..errors import ConverterMissing, KeyringSilent, PrinterUnreachable, StorageError, disk_reason
from .finding import Finding, fine, good_to_know, missing, trouble

FONTS = ("Calibri", "Carlito")
"""Either will do: Carlito has the same widths as Calibri, in which the templates are set."""

_SECONDS = 20
_VERSION = re.compile(r"\d+(\.\d+)+")
_FONT_FOLDERS = {
    "win32": (Path("C:/Windows/Fonts"),),
    "darwin": (
        Path("/Library/Fonts"),
        Path("/Applications/Microsoft Word.app/Contents/Resources/DFonts"),
        Path("/Applications/LibreOffice.app/Contents/Resources/fonts/truetype"),
    ),
}


def examine_computer() -> Iterator[Finding]:
    """Everything that does not hang on a workbook."""
    yield program()
    yield converter()
    yield fonts()
    yield printers()
    yield keyring()
    yield temporary_files()


def program() -> Finding:
    """Which factuurbode this is, on what."""
    return fine(
        "program",
        "program",
        version=__version__,
        python=platform.python_version(),
        system=platform.platform(terse=True),
    )


def converter() -> Finding:
    """What will make the PDFs."""
    if word_is_installed():
        return fine("converter", "converter_word")
    try:
        found = installed()
    except ConverterMissing as error:
        return trouble("converter", error)
    version = _libreoffice_version(found.soffice)
    return fine("converter", "converter_libreoffice", version=version, path=found.soffice, python=found.python)


def fonts() -> Finding:
    """Whether a font with the widths of the templates is here."""
    try:
        names = _font_names()
    except (OSError, subprocess.SubprocessError):
        return good_to_know("fonts", "fonts_unknown", wanted=_either())
    found = [font for font in FONTS if any(font.casefold() in name for name in names)]
    return (
        fine("fonts", "fonts", found=", ".join(found)) if found else missing("fonts", "fonts_missing", wanted=_either())
    )


def printers() -> Finding:
    """Which printers this computer knows. None may be right: whoever mails everything needs none."""
    try:
        known = system_printers()
    except PrinterUnreachable as error:
        return good_to_know("printers", "printers_unreachable", detail=error.facts["detail"])
    if not known.names:
        return good_to_know("printers", "printers_none")
    names = ", ".join(known.names)
    if known.default is None:
        return fine("printers", "printers_without_default", names=names)
    return fine("printers", "printers", names=names, default=known.default)


def keyring() -> Finding:
    """Where the mail password is looked for. Only the keyring's kind is asked, so that it need not be unlocked."""
    if EnvironmentSecrets().password("", "") is not None:
        return fine("keyring", "keyring_variable", variable=VARIABLE)
    from keyring import get_keyring

    try:
        backend = within(_SECONDS, get_keyring)  # it looks on the message bus, which may be silent
    except TimeoutError as error:
        return trouble("keyring", KeyringSilent(detail=error))
    if backend.priority < 1:  # the library's own mark for one that keeps nothing, or keeps it in the open
        return good_to_know("keyring", "keyring_none", name=backend.name, variable=VARIABLE)
    return fine("keyring", "keyring", name=backend.name)


def temporary_files() -> Finding:
    """Whether the converter has room to work in."""
    try:
        folder = Path(tempfile.gettempdir())
    except OSError as error:
        return trouble("temporary", StorageError(path="TMPDIR", detail=disk_reason(error)))
    full = out_of_room(folder)
    return trouble("temporary", full) if full else fine("temporary", "temporary", path=folder)


def _either() -> str:
    return " / ".join(FONTS)


def _font_names() -> list[str]:
    """The families or files of all fonts here, in small letters. Raises OSError or SubprocessError."""
    if sys.platform in _FONT_FOLDERS:
        folders = [folder for folder in _FONT_FOLDERS[sys.platform] if folder.is_dir()]
        return [path.name.casefold() for folder in folders for path in folder.iterdir()]
    listed = subprocess.run(
        ["fc-list", ":", "family"],
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=True,
        timeout=_SECONDS,
    )
    return listed.stdout.casefold().splitlines()


def _libreoffice_version(soffice: Path) -> str:
    """What it says of itself; '?' when it says nothing in time."""
    command = [str(soffice), "--version"]
    try:
        told = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=_SECONDS).stdout
    except (OSError, subprocess.SubprocessError):
        return "?"
    found = _VERSION.search(told)
    return found[0] if found else "?"

"""What the add-in takes from the installed xlwings: its VBA, its AppleScript and its licence.

They come from the same package that Python imports, so the two sides can never differ in version.
"""

from __future__ import annotations

from importlib.metadata import distribution
from importlib.resources import files
from pathlib import Path

from .vba_project import Kind, Module
from .vba_sources import class_source, with_crlf

PROJECT = "factuurbode"
"""The name by which xlwings' module finds the add-in's configuration sheet."""
CONFIGURATION_SHEET = f"{PROJECT}.conf"

_CHANGES = (
    ('Public Const PROJECT_NAME As String = "myaddin"', f'Public Const PROJECT_NAME As String = "{PROJECT}"'),
    # Two English boxes become errors, for which our own callback has a sentence in the person's language.
    ('MsgBox "Could not find Interpreter!", vbCritical', 'Err.Raise 53, "xlwings", "Could not find Interpreter!"'),
    (
        "MsgBox \"To enable RunPython, please run 'xlwings runpython install' in a terminal once and try again.\", "
        "vbCritical",
        'Err.Raise 53, "xlwings", "The AppleScript of xlwings is not there."',
    ),
    # On a Mac, xlwings calls this when Python has ended: then our buttons go on again.
    ("    'Clean up\r\n    Application.StatusBar = False", "    'Clean up\r\n    RunEnded"),
)


def xlwings_modules() -> tuple[Module, ...]:
    """xlwings' module, and the dictionary that it needs on a Mac.

    Raises ValueError when the installed xlwings is not the one that this was made for.
    """
    source = with_crlf(_resource("xlwings_custom_addin.bas").decode("ascii"))
    for old, new in _CHANGES:
        if source.count(old) != 1:
            raise ValueError(f"xlwings {version()} has another VBA module than expected: {old}")
        source = source.replace(old, new)
    dictionary = _resource("addin", "Dictionary.cls").decode("ascii")
    return (
        Module("xlwings", Kind.STANDARD, source),
        Module("Dictionary", Kind.CLASS, class_source(dictionary)),
    )


def applescript() -> tuple[str, bytes]:
    """Name and content of the script through which Excel for Mac starts Python."""
    name = f"xlwings-{version()}.applescript"
    return name, _resource(name)


def licence() -> str:
    """The licence of xlwings as its package brings it."""
    package = distribution("xlwings")
    path = next(entry for entry in package.files or () if entry.name == "LICENSE.txt")
    return Path(str(package.locate_file(path))).read_text(encoding="utf-8")


def version() -> str:
    """The version of the installed xlwings."""
    return distribution("xlwings").version


def _resource(*path: str) -> bytes:
    return files("xlwings").joinpath(*path).read_bytes()

"""Our own VBA, from the text files that ship with the product to modules of a project.

The files have the form that Excel's editor exports; inside a project the attributes stand a little differently
([MS-VBAL] 4.2). ASCII only: a code page could spoil anything else.
"""

from __future__ import annotations

import re
from pathlib import Path

from .vba_project import Kind, Module

DOCUMENTS = {
    "ThisWorkbook": "0{00020819-0000-0000-C000-000000000046}",
    "Configuration": "0{00020820-0000-0000-C000-000000000046}",
    "TextsSheet": "0{00020820-0000-0000-C000-000000000046}",
    "Licences": "0{00020820-0000-0000-C000-000000000046}",
}
"""The modules of the workbook and its sheets, by their code names, with the class of Excel that each is."""
_CLASS_BASE = "0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}"
_CLASS_HEAD = re.compile(r"\A\s*VERSION 1\.0 CLASS\nBEGIN\n.*?^END\n", re.DOTALL | re.MULTILINE)


def own_modules(folder: Path) -> tuple[Module, ...]:
    """Every module in *folder*, those of the workbook and its sheets first. Raises ValueError, UnicodeDecodeError."""
    documents = [
        Module(name, Kind.DOCUMENT, _document_source(name, base, _read(folder / f"{name}.cls")))
        for name, base in DOCUMENTS.items()
    ]
    rest = []
    for path in sorted(folder.glob("*.[bc][al]s"), key=lambda path: path.name.lower()):
        if path.stem in DOCUMENTS:
            continue
        text = _read(path)
        if f'Attribute VB_Name = "{path.stem}"' not in text.splitlines():
            raise ValueError(f"{path.name}: VB_Name is not the name of the file")
        standard = path.suffix == ".bas"
        kind, source = (Kind.STANDARD, with_crlf(text)) if standard else (Kind.CLASS, class_source(text))
        rest.append(Module(path.stem, kind, source))
    return (*documents, *rest)


def class_source(exported: str) -> str:
    """An exported class as a project holds it: without the lines before its attributes, with what a class is."""
    lines = _CLASS_HEAD.sub("", re.sub(r"\r\n?", "\n", exported)).split("\n")
    named = next(number for number, line in enumerate(lines) if line.startswith("Attribute VB_Name"))
    lines.insert(named + 1, f'Attribute VB_Base = "{_CLASS_BASE}"')
    end = next(number for number, line in enumerate(lines) if number > named and not line.startswith("Attribute "))
    head = lines[named:end]
    missing = [
        f"Attribute {name} = False"
        for name in ("VB_TemplateDerived", "VB_Customizable")
        if not any(line.startswith(f"Attribute {name}") for line in head)
    ]
    return with_crlf("\n".join([*lines[:end], *missing, *lines[end:]]))


def with_crlf(text: str) -> str:
    """*text* with the line ends of VBA."""
    return re.sub(r"\r\n|\r|\n", "\r\n", text)


def _document_source(name: str, base: str, body: str) -> str:
    attributes = (
        ("Name", f'"{name}"'),
        ("Base", f'"{base}"'),
        ("GlobalNameSpace", "False"),
        ("Creatable", "False"),
        ("PredeclaredId", "True"),
        ("Exposed", "True"),
        ("TemplateDerived", "False"),
        ("Customizable", "True"),
    )
    return with_crlf("".join(f"Attribute VB_{key} = {value}\n" for key, value in attributes) + body)


def _read(path: Path) -> str:
    return path.read_text(encoding="ascii")

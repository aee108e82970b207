"""A VBA project from its sources: the content of `vbaProject.bin`, as [MS-OVBA] describes it.

Only sources are in it, no compiled code: `_VBA_PROJECT` names a version that no Office has, so Office compiles the
sources when it opens the add-in. That is also what keeps the file the same on every computer that builds it.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from .compound_file import compound_file
from .ovba_compression import compressed

CODE_PAGE = "cp1252"

_REFERENCES = (
    ("stdole", r"*\G{00020430-0000-0000-C000-000000000046}#2.0#0#C:\Windows\System32\stdole2.tlb#OLE Automation"),
    (
        "Office",  # IRibbonUI and IRibbonControl
        r"*\G{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}#2.0#0#"
        r"C:\Program Files\Common Files\Microsoft Shared\OFFICE16\MSO.DLL#Microsoft Office 16.0 Object Library",
    ),
)
_EDITOR = "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000"
_NO_COMPILED_CODE = bytes.fromhex("cc61ffff000000")
_SEED = 0x5D
"""2.4.3.2 asks for a random number here; a fixed one is as valid, and makes the file reproducible."""


class Kind(StrEnum):
    """What a module is to Office."""

    DOCUMENT = "Document"  # the workbook or a sheet
    CLASS = "Class"
    STANDARD = "Module"


@dataclass(frozen=True, slots=True)
class Module:
    """One module: its name and its source as the stream holds it, attributes first, lines ended by CR LF."""

    name: str
    kind: Kind
    source: str


def vba_project(name: str, modules: Sequence[Module], project_id: str) -> bytes:
    """The bytes of `vbaProject.bin`. *project_id* is a GUID in braces that identifies this product.

    Raises UnicodeEncodeError when a source has a letter outside Windows' western code page.
    """
    streams = {module.name: compressed(module.source.encode(CODE_PAGE)) for module in modules}
    streams["_VBA_PROJECT"] = _NO_COMPILED_CODE
    streams["dir"] = compressed(_dir_stream(name, modules))
    return compound_file(
        {
            "VBA": streams,
            "PROJECT": _project_stream(name, modules, project_id).encode(CODE_PAGE),
            "PROJECTwm": b"".join(_both(module.name) for module in modules) + b"\0\0",
        }
    )


def _both(name: str) -> bytes:
    return name.encode(CODE_PAGE) + b"\0" + name.encode("utf-16-le") + b"\0\0"


# --- the PROJECT stream, 2.3.1 ---
def _project_stream(name: str, modules: Sequence[Module], project_id: str) -> str:
    entries = {Kind.DOCUMENT: "Document={}/&H00000000", Kind.CLASS: "Class={}", Kind.STANDARD: "Module={}"}
    lines = [
        f'ID="{project_id}"',
        *(entries[module.kind].format(module.name) for module in modules),
        f'Name="{name}"',
        'HelpContextID="0"',
        'VersionCompatible32="393222000"',
        f'CMG="{_obscured(bytes(4), project_id)}"',  # not protected
        f'DPB="{_obscured(bytes(1), project_id)}"',  # no password
        f'GC="{_obscured(bytes((255,)), project_id)}"',  # visible
        "",
        "[Host Extender Info]",
        _EDITOR,
        "",
        "[Workspace]",
        *(f"{module.name}=0, 0, 0, 0, C" for module in modules),
    ]
    return "\r\n".join(lines) + "\r\n"


def _obscured(data: bytes, project_id: str) -> str:
    """*data* as 2.4.3.2 has it: each byte mixed with the ones before it and with the sum of the project's id."""
    key = sum(project_id.encode("ascii")) & 0xFF
    out = [_SEED, _SEED ^ 2, _SEED ^ key]
    plain, last, before = key, out[2], out[1]
    ignored = bytes((_SEED & 6) // 2)
    for byte in ignored + struct.pack("<I", len(data)) + data:
        out.append(byte ^ ((before + plain) & 0xFF))
        before, last, plain = last, out[-1], byte
    return bytes(out).hex().upper()


# --- the dir stream, 2.3.4.2 ---
def _dir_stream(name: str, modules: Sequence[Module]) -> bytes:
    out = b"".join(
        (
            _record(0x0001, _long(1)),  # 32-bit or 64-bit Windows, or a Mac: sources do not care
            _record(0x0002, _long(0x0409)),
            _record(0x0014, _long(0x0409)),
            _record(0x0003, _short(1252)),
            _record(0x0004, name.encode(CODE_PAGE)),
            _twice(0x0005, 0x0040, ""),  # description
            _twice(0x0006, 0x003D, ""),  # help file
            _record(0x0007, _long(0)),
            _record(0x0008, _long(0)),
            struct.pack("<HIIH", 0x0009, 4, 0x61EEF783, 3),  # version of the project
            _twice(0x000C, 0x003C, ""),  # constants
        )
    )
    for title, library in _REFERENCES:
        text = library.encode(CODE_PAGE)
        out += _twice(0x0016, 0x003E, title) + _record(0x000D, _long(len(text)) + text + bytes(6))
    out += _record(0x000F, _short(len(modules))) + _record(0x0013, _short(0xFFFF))
    return out + b"".join(map(_module_record, modules)) + _record(0x0010, b"")


def _module_record(module: Module) -> bytes:
    return b"".join(
        (
            _twice(0x0019, 0x0047, module.name),
            _twice(0x001A, 0x0032, module.name),  # the name of its stream
            _twice(0x001C, 0x0048, ""),
            _record(0x0031, _long(0)),  # the source begins at once, without compiled code before it
            _record(0x001E, _long(0)),
            _record(0x002C, _short(0xFFFF)),
            _record(0x0021 if module.kind is Kind.STANDARD else 0x0022, b""),
            _record(0x002B, b""),
        )
    )


def _record(number: int, data: bytes) -> bytes:
    return struct.pack("<HI", number, len(data)) + data


def _twice(number: int, number_unicode: int, text: str) -> bytes:
    return _record(number, text.encode(CODE_PAGE)) + _record(number_unicode, text.encode("utf-16-le"))


def _long(value: int) -> bytes:
    return struct.pack("<I", value)


def _short(value: int) -> bytes:
    return struct.pack("<H", value)

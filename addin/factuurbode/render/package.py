"""Opening a Word file from outside: what may be in it and what may not.

A template comes from a mail, a download or a shared folder. Whatever could run code, reach the network, read another
file or fill the memory is refused before Word's or LibreOffice's own parsers see it.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from lxml import etree

from ..errors import TemplateFault, TemplateMissing

MOST_MEMBERS = 2_000
MOST_BYTES = 64 * 1024 * 1024
WORDPROCESSING = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_DOCUMENT = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_ACTIVE = ("vbaProject", "oleObject", "control", "activeXControlBinary", "aFChunk", "attachedTemplate", "subDocument")
_FETCHING_FIELD = re.compile(
    r"(?<![A-Z])(INCLUDEPICTURE|INCLUDETEXT|DDEAUTO|DDE|LINK|IMPORT|DATABASE)\b", re.IGNORECASE
)


class _Refused(Exception):
    """Something in the package that may not be in it."""


def checked(path: Path) -> bytes:
    """The bytes of the Word document at *path*.

    Raises TemplateMissing when it is not there, TemplateFault when it cannot be read, is not a .docx, has macros or
    embedded programs, refers to files outside itself (hyperlinks excepted), or is too large when unpacked.
    """
    try:
        content = path.read_bytes()
        with zipfile.ZipFile(path) as package:
            _inspect(package)
    except FileNotFoundError as error:
        raise TemplateMissing(path=path) from error
    except _Refused as error:
        raise TemplateFault(path=path, detail=error) from error
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise TemplateFault(path=path, detail="not a Word document (.docx)") from error
    except OSError as error:
        raise TemplateFault(path=path, detail=error.strerror or error) from error
    return content


def _inspect(package: zipfile.ZipFile) -> None:
    members = package.infolist()
    names = {member.filename for member in members}
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_BYTES:
        raise _Refused("too large when unpacked")
    if len(names) < len(members):
        raise _Refused("two parts have the same name")
    if not {"[Content_Types].xml", "word/document.xml"} <= names:
        raise _Refused("not a Word document (.docx)")
    if _DOCUMENT not in package.read("[Content_Types].xml"):
        raise _Refused("not an ordinary Word document: save it as .docx, without macros")
    for name in names:
        if name.endswith((".xml", ".rels")):
            _inspect_part(name, package.read(name))


def _inspect_part(name: str, content: bytes) -> None:
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise _Refused(f"{name} is damaged: {error.msg}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _Refused(f"{name} has a document type")
    if name.endswith(".rels"):
        for relationship in root:
            kind = str(relationship.get("Type", "")).rpartition("/")[2]
            external = str(relationship.get("TargetMode", "")).lower() == "external"
            if kind in _ACTIVE or (external and kind != "hyperlink"):
                raise _Refused(f"{name} refers to {kind} {relationship.get('Target', '')}")
    for paragraph in root.iter(f"{WORDPROCESSING}p"):
        simple = [
            str(field.get(f"{WORDPROCESSING}instr", "")) for field in paragraph.iter(f"{WORDPROCESSING}fldSimple")
        ]
        codes = "".join(code.text or "" for code in paragraph.iter(f"{WORDPROCESSING}instrText"))
        if found := _FETCHING_FIELD.search(" ".join([*simple, codes])):
            raise _Refused(f"{name} has the field {found[1]}, which fetches from elsewhere")

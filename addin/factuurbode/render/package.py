"""Opening a Word file from outside: what may be in it and what may not.

A template comes from a mail, a download or a shared folder. Whatever could run code, reach the network, read another
file or fill the memory is refused before Word's or LibreOffice's own parsers see it.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from lxml import etree

from ..errors import TemplateMissing, TemplateRefused, disk_reason

MOST_MEMBERS = 2_000
MOST_BYTES = 64 * 1024 * 1024
WORDPROCESSING = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

DOCUMENT_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
WORD_TEMPLATE_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
TYPES = "[Content_Types].xml"
_ACTIVE = ("vbaProject", "oleObject", "control", "activeXControlBinary", "aFChunk", "attachedTemplate", "subDocument")
# A link is followed by who clicks on it; the template that a document was made from is no part of it, and is left out.
_HARMLESS_OUTSIDE = ("hyperlink", "attachedTemplate")
_FETCHING_FIELD = re.compile(
    r"(?<![A-Z])(INCLUDEPICTURE|INCLUDETEXT|DDEAUTO|DDE|LINK|IMPORT|DATABASE)\b", re.IGNORECASE
)
NO_WORD_DOCUMENT = "template_refused.not_docx"
UNREADABLE = "template_refused.unreadable"


class _Refused(Exception):
    """Something in the package that may not be in it: the reason, as a key of the texts, and what or where it is."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(reason, detail)
        self.reason, self.detail = f"template_refused.{reason}", detail


def checked(path: Path) -> bytes:
    """The bytes of the Word document (.docx) or Word template (.dotx) at *path*.

    Raises TemplateMissing when it is not there, and TemplateRefused when it cannot be read, is neither, has macros or
    embedded programs, refers to files outside itself (hyperlinks and the template that it was made from excepted), or
    is too large when unpacked.
    """
    try:
        content = path.read_bytes()
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _inspect(package)
    except FileNotFoundError as error:
        raise TemplateMissing(path=path) from error
    except _Refused as error:
        raise TemplateRefused(path=path, reason=error.reason, detail=error.detail) from error
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise TemplateRefused(path=path, reason=NO_WORD_DOCUMENT, detail=path.name) from error
    except OSError as error:
        raise TemplateRefused(path=path, reason=UNREADABLE, detail=disk_reason(error)) from error
    return content


def _inspect(package: zipfile.ZipFile) -> None:
    members = package.infolist()
    names = {member.filename for member in members}
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_BYTES:
        raise _Refused("too_large", f"> {MOST_BYTES // 1024**2} MB")
    if len(names) < len(members):
        raise _Refused("twice", next(name for name in names if sum(name == one.filename for one in members) > 1))
    if not {TYPES, "word/document.xml"} <= names:
        raise _Refused("not_docx", "word/document.xml")
    types = package.read(TYPES)
    if DOCUMENT_TYPE not in types and WORD_TEMPLATE_TYPE not in types:
        raise _Refused("macros", TYPES)
    for name in names:
        if name.endswith((".xml", ".rels")):
            _inspect_part(name, package.read(name))


def _inspect_part(name: str, content: bytes) -> None:
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise _Refused("damaged", f"{name}: {error.msg}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _Refused("document_type", name)
    if name.endswith(".rels"):
        for relationship in root:
            kind = str(relationship.get("Type", "")).rpartition("/")[2]
            external = str(relationship.get("TargetMode", "")).lower() == "external"
            what = f"{name}: {kind} {relationship.get('Target', '')}"
            if kind == "vbaProject":
                raise _Refused("macros", what)
            if external and kind not in _HARMLESS_OUTSIDE:
                raise _Refused("outside", what)
            if kind in _ACTIVE and not external:
                raise _Refused("active", what)
    for paragraph in root.iter(f"{WORDPROCESSING}p"):
        simple = [
            str(field.get(f"{WORDPROCESSING}instr", "")) for field in paragraph.iter(f"{WORDPROCESSING}fldSimple")
        ]
        codes = "".join(code.text or "" for code in paragraph.iter(f"{WORDPROCESSING}instrText"))
        if found := _FETCHING_FIELD.search(" ".join([*simple, codes])):
            raise _Refused("fetches", f"{name}: {found[1]}")

"""Which fields an invoice of this template really shows, found by filling it in twice.

A name between braces may stand where nothing is printed: after an `if` that is never true, in a loop over nothing, in
a macro that nobody calls. So every field is changed once, and when no letter of the invoice changes with it, the
template does not print it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from lxml import etree

from ...errors import TemplateFault
from ..field_table import Field, FieldKind
from ..package import WORDPROCESSING as W
from ..template import InvoiceTemplate

_TEXT = re.compile(r"<(?:w|a):t(?: [^>]*)?>([^<]*)")
_OTHER = str.maketrans(
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "5678901234nopqrstuvwxyzabcdefghijklmNOPQRSTUVWXYZABCDEFGHIJKLM",
)
_REFERENCE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DOCUMENT = "word/document.xml"
_OFF = ("0", "false", "off")


class Shown:
    """What the invoices of *template* show, tried with those in *sorts*; one on which it fails is left out."""

    def __init__(self, template: InvoiceTemplate, sorts: Mapping[str, Mapping[str, object]]) -> None:
        self._template = template
        self._stories: tuple[str, ...] = ()
        self._filled = [(fields, words) for fields in sorts.values() if (words := self._words(fields)) is not None]

    def __bool__(self) -> bool:
        """Whether any invoice could be made."""
        return bool(self._filled)

    def shows(self, field: Field) -> bool:
        """Whether a letter of some invoice depends on *field*: on what it says, or for a flag, on whether it is so."""
        for fields, words in self._filled:
            changed = _changed(fields, field)
            if changed != fields and self._words(changed) != words:  # a field that breaks the invoice is used, too
                return True
        return False

    def _words(self, fields: Mapping[str, object]) -> list[str] | None:
        """The texts that are printed; None when the template fails."""
        try:
            docx = self._template.render(fields)
        except TemplateFault:
            return None
        with zipfile.ZipFile(io.BytesIO(docx)) as package:
            self._stories = self._stories or tuple(_printed(package))
            return [text for name in self._stories for text in _TEXT.findall(package.read(name).decode())]


def _printed(package: zipfile.ZipFile) -> Iterator[str]:
    """The stories that come on paper: of headers and footers those that a section asks for and uses."""
    yield _DOCUMENT
    names = package.namelist()
    if "word/footnotes.xml" in names:
        yield "word/footnotes.xml"
    settings = etree.fromstring(package.read("word/settings.xml")) if "word/settings.xml" in names else None
    even = settings is not None and _is_on(settings.find(f"{W}evenAndOddHeaders"))
    asked: set[str] = set()
    for section in etree.fromstring(package.read(_DOCUMENT)).iter(f"{W}sectPr"):
        used = {"default": True, "even": even, "first": _is_on(section.find(f"{W}titlePg"))}
        for reference in section.iter(f"{W}headerReference", f"{W}footerReference"):
            if used.get(str(reference.get(f"{W}type")), True):
                asked.add(str(reference.get(_REFERENCE)))
    relationships = "word/_rels/document.xml.rels"
    for one in etree.fromstring(package.read(relationships)) if relationships in names else ():
        name = f"word/{str(one.get('Target', '')).removeprefix('/word/')}"
        if one.get("Id") in asked and name in names:
            yield name


def _is_on(element: etree._Element | None) -> bool:
    return element is not None and element.get(f"{W}val", "1") not in _OFF


def _changed(fields: Mapping[str, object], field: Field) -> dict[str, object]:
    """*fields* with another *field*: a flag turned round, every letter and digit of a text another one."""
    changed: dict[str, Any] = deepcopy(dict(fields))
    head, _, leaf = field.path.partition(".")
    name = head.removesuffix("[]")
    if not leaf:
        changed[name] = not changed[name] if field.kind is FieldKind.FLAG else _other(changed[name])
        return changed
    for holder in changed[name] if head.endswith("[]") else [changed[name]]:
        holder[leaf] = _other(holder[leaf])
    return changed


def _other(value: Any) -> Any:
    if isinstance(value, list):
        return [_other(one) for one in value]
    return value.translate(_OTHER) if isinstance(value, str) else value

"""Comments, properties and data that a Word file carries beside its text."""

from __future__ import annotations

import re

from lxml import etree

from ..package import WORDPROCESSING as W

# The last word of a relationship's type (ECMA-376 part 1, annex F; the others are Microsoft's: MS-DOCX 2.5)
_PRIVATE_PARTS = frozenset(
    (
        "comments",
        "commentsExtended",
        "commentsExtensible",
        "commentsIds",
        "people",
        "customXml",
        "custom-properties",
        "thumbnail",
        "attachedTemplate",
    )
)
_COMMENT_MARKS = (f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}commentReference", f"{W}annotationRef")
_EXTENDED = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}"
EXTENDED_PROPERTIES = f"{_EXTENDED}Properties"
_PROGRAM = (f"{_EXTENDED}Application", f"{_EXTENDED}AppVersion")
_LANGUAGE = "{http://purl.org/dc/elements/1.1/}language"
_TAG = re.compile(r"\{[{%]")


def without_private_parts(relationships: etree._Element) -> None:
    """Cut *relationships* off from what is private; a part to which nothing leads is written no more."""
    for one in list(relationships):
        if str(one.get("Type", "")).rpartition("/")[2] in _PRIVATE_PARTS:
            relationships.remove(one)


def without_comments(story: etree._Element) -> None:
    """Take the places of comments out of *story*."""
    for mark in list(story.iter(*_COMMENT_MARKS)):
        removed(mark)


def without_bindings(story: etree._Element) -> None:
    """Leave in content controls what stands there; Word and LibreOffice would fetch it anew from properties or data."""
    for binding in list(story.iter("{*}dataBinding")):
        removed(binding)


def without_own_words(properties: etree._Element) -> None:
    """Keep of the core properties those with a tag: they are what the baker wants the customer's PDF to say."""
    for one in list(properties):
        if one.tag != _LANGUAGE and not _TAG.search(one.text or ""):
            properties.remove(one)


def without_company(properties: etree._Element) -> None:
    """Keep of the extended properties which program wrote the document: a converter may read it by that."""
    for one in list(properties):
        if one.tag not in _PROGRAM:
            properties.remove(one)


def removed(element: etree._Element) -> None:
    """Take *element* out of what it stands in, and leave the text behind it."""
    parent = element.getparent()
    assert parent is not None  # noqa: S101 - only what stands in something is taken out
    parent.remove(element)

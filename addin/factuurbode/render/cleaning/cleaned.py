"""A baker's Word file made ready to be a template: as Word would print it with all changes accepted, and no more.

What converters print differs (LibreOffice shows tracked changes and writes comments into the PDF as notes, Word prints
hidden text when its user once chose so), so that it is taken out here, once, and none of them has anything to show.
"""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from ..package import DOCUMENT_TYPE, TYPES, WORD_TEMPLATE_TYPE
from ..package import WORDPROCESSING as W
from ..patching import PROPERTIES, has_tags, may_hold_tags
from .grids import with_grids
from .hidden import hidden_styles, hide
from .private import (
    EXTENDED_PROPERTIES,
    without_bindings,
    without_comments,
    without_company,
    without_own_words,
    without_private_parts,
)
from .revisions import accept

_SETTINGS = "word/settings.xml"
_STYLES = "word/styles.xml"
_STORIES = tuple(f"{W}{name}" for name in ("document", "hdr", "ftr", "footnotes", "endnotes"))
_FORGOTTEN_SETTINGS = (f"{W}attachedTemplate", f"{W}trackRevisions", f"{W}docVars")


def cleaned(content: bytes) -> bytes:
    """The checked Word document *content* without what its customer has no business with.

    Left out are comments, tracked changes (which count as accepted), hidden text, the template that the document was
    once made from, its custom XML, and every property that has no tag in it, such as the name of its author. A Word
    template (.dotx) becomes a document, from which it differs in nothing but the name of its type.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts[TYPES] = parts[TYPES].replace(WORD_TEMPLATE_TYPE, DOCUMENT_TYPE)
    hidden = hidden_styles(_root(parts[_STYLES]) if _STYLES in parts else None)
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as package:
        for name, part in parts.items():
            root = _root(part) if name != TYPES and name.endswith((".xml", ".rels")) else None
            if root is None:
                package.writestr(zipfile.ZipInfo(name), part)
                continue
            if name.endswith(".rels"):
                without_private_parts(root)
            elif name == PROPERTIES:
                without_own_words(root)
            elif root.tag == EXTENDED_PROPERTIES:
                without_company(root)
            elif name == _SETTINGS:
                for forgotten in list(root.iter(*_FORGOTTEN_SETTINGS)):
                    root.remove(forgotten)
            elif root.tag in _STORIES:
                without_comments(root)
                without_bindings(root)
                accept(root)
                hide(root, hidden, tags=may_hold_tags(name) and has_tags(part.decode()))
                with_grids(root)
            package.writestr(zipfile.ZipInfo(name), _xml(root))
    return whole.getvalue()


def _root(part: bytes) -> etree._Element:
    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))


def _xml(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

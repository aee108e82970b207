"""From a part of a Word package to the Jinja template that it holds; docxtpl's `patch_xml` does the hard part."""

from __future__ import annotations

import re

from docxtpl import DocxTemplate

_LITERAL_BRACES = {"{_{": "{{ '{{' }}", "}_}": "{{ '}}' }}", "{_%": "{{ '{%' }}", "%_}": "{{ '%}' }}"}
_STORY = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml")
PROPERTIES = "docProps/core.xml"


def may_hold_tags(name: str) -> bool:
    """Whether tags are looked for in the part *name*."""
    return name == PROPERTIES or bool(_STORY.fullmatch(name))


def around_body(xml: str) -> tuple[str, str, str]:
    """*xml* as what stands before, in and after its body; a part that has none is all body but its declaration.

    Raises ValueError for an empty part.
    """
    body = re.search(r"<w:body\b.*</w:body>", xml, re.DOTALL) or re.search(r"<(?!\?).*", xml, re.DOTALL)
    if body is None:
        raise ValueError("an empty part")
    return xml[: body.start()], body[0], xml[body.end() :]


def patched(docxtpl: DocxTemplate, xml: str) -> str:
    """The template in *xml*: one line a paragraph, so that the line of a fault names its tag."""
    source: str = docxtpl.patch_xml(xml)
    for escape, literal in _LITERAL_BRACES.items():
        source = source.replace(escape, literal)
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", source)

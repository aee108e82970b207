"""From a part of a Word package to the Jinja template that it holds; docxtpl's `patch_xml` does the hard part."""

from __future__ import annotations

import re

from docxtpl import DocxTemplate

_LITERAL_BRACES = {"{_{": "{{ '{{' }}", "}_}": "{{ '}}' }}", "{_%": "{{ '{%' }}", "%_}": "{{ '%}' }}"}
_STORY = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml")
PROPERTIES = "docProps/core.xml"
HIDDEN = ("hidden", "true")
"""The attribute of a run whose text nobody sees and whose commands work; no document has it before or after."""
_HIDDEN_RUN = re.compile(r'<w:r\b[^>]* hidden="true"[^>]*>((?:(?!<w:r[ >]).)*?)</w:r>', re.DOTALL)
_TAG_BEGINS = re.compile(r"\{(<[^>]*>)*[{%#]")
_COMMAND = re.compile(r"\{%.*?%\}", re.DOTALL)


def may_hold_tags(name: str) -> bool:
    """Whether tags are looked for in the part *name*."""
    return name == PROPERTIES or bool(_STORY.fullmatch(name))


def has_tags(xml: str) -> bool:
    """Whether a tag begins somewhere in *xml*, also where Word put something between its two signs."""
    return bool(_TAG_BEGINS.search(xml))


def place_of(name: str) -> str:
    """What a person calls the part *name*, which may hold tags: a key of the texts, `template_place.body` and so on."""
    if name == PROPERTIES:
        return "template_place.properties"
    kinds = {"document": "body", "header": "header", "footer": "footer", "footnotes": "footnotes"}
    return f"template_place.{kinds[name.removeprefix('word/').removesuffix('.xml').rstrip('0123456789')]}"


def around_body(xml: str) -> tuple[str, str, str]:
    """*xml* as what stands before, in and after its body; a part that has none is all body but its declaration.

    Raises ValueError for an empty part.
    """
    body = re.search(r"<w:body\b.*</w:body>", xml, re.DOTALL) or re.search(r"<(?!\?).*", xml, re.DOTALL)
    if body is None:
        raise ValueError("an empty part")
    return xml[: body.start()], body[0], xml[body.end() :]


def patched(docxtpl: DocxTemplate, xml: str) -> str:
    """The template in *xml*: one line a paragraph, so that the line of a fault names its tag.

    Of a run marked as `HIDDEN` only the commands stay.
    """
    source: str = docxtpl.patch_xml(xml)
    source = _HIDDEN_RUN.sub(lambda run: "".join(_COMMAND.findall(run[1])), source).replace(' hidden="true"', "")
    for escape, literal in _LITERAL_BRACES.items():
        source = source.replace(escape, literal)
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", source)

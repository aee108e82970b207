"""Tags that Word has spoilt: cut in two, with curly quotes, or with a brace too few.

docxtpl mends a tag that Word cut up within a paragraph. One that runs on into another paragraph or cell it mends as
well, but at the cost of what stands between; so that is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...domain.problems import Severity
from .finding import Finding
from .stories import Story

_MARK = re.compile(r"\{[{%#]|[}%#]\}")
_TAG = re.compile(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_ESCAPED = re.compile(r"\{_[{%]|[}%]_\}")
_LOOSE = re.compile(r"\{\s+[{%].{0,60}|.{0,60}[}%]\s+\}|(?<![{}])\{\s*[a-z_]+(?:\.[a-z_]+)?\s*\}(?!\})", re.IGNORECASE)
_MENDED_QUOTES = re.compile("[“”‘’]")
_OTHER_QUOTES = re.compile("[„‚‟‛«»‹›″′]")
LONGEST = 80


def spoilt_tags(story: Story) -> Iterator[Finding]:
    """The faults of the tags as they stand in Word."""
    carried = False
    for text in story.paragraphs():
        carried, cut = _cut(text, carried)
        for piece in cut:
            yield Finding("tag_split", {"tag": short(piece), "place": story.place})
        for tag in _TAG.findall(text):
            facts = {"tag": short(tag), "place": story.place}
            if _OTHER_QUOTES.search(tag):
                yield Finding("wrong_quotes", facts)
            elif _MENDED_QUOTES.search(tag):
                yield Finding("curly_quotes", facts, Severity.WARNING)
        for loose in _LOOSE.findall(_ESCAPED.sub("", _TAG.sub(" ", text))):
            yield Finding("loose_brace", {"tag": short(loose), "place": story.place})


def _cut(text: str, carried: bool) -> tuple[bool, list[str]]:
    """Whether a tag is still open at the end of *text*, and the pieces of tags without their end or beginning.

    *carried* says that a tag was open before; its end is then no fault of its own.
    """
    opened: int | None = None
    pieces = []
    for mark in _MARK.finditer(_ESCAPED.sub("  ", text)):
        if opened is not None and text.startswith("{#", opened) and mark[0] != "#}":
            continue  # a tag within a remark is a remark
        if mark[0].startswith("{"):
            if opened is not None:
                pieces.append(text[opened : mark.start()])
            opened = mark.start()
        elif opened is not None:
            opened = None
        elif carried:
            carried = False
        else:
            pieces.append(text[: mark.end()][-LONGEST:])
    if opened is not None:
        pieces.append(text[opened:])
    return carried or opened is not None, pieces


def short(text: str) -> str:
    """*text* on one line, and no longer than a sentence about it can bear."""
    words = " ".join(text.split())
    return words if len(words) <= LONGEST else f"{words[:LONGEST]}…"

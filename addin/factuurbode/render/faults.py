"""Telling a baker which tag of the template is wrong, in the words that stand in Word."""

from __future__ import annotations

import html
import re
import traceback

from jinja2 import TemplateSyntaxError

_XML_TAG = re.compile(r"<[^>]*>")
_OPEN = re.compile(r"\{[{%].*?(?:[}%]\}|$)")
_QUOTED_NAME = re.compile(r"'([^']+)' (?:is undefined|that is unknown)|no attribute '([^']+)'")
COMPILED = "<template>"
LONGEST = 120


def told(error: Exception, source: str) -> str:
    """What went wrong and the tag it happened in; *source* is the template that was compiled."""
    message = error.message if isinstance(error, TemplateSyntaxError) else str(error)
    tags = _tags_at(_line(error), source)
    name = _QUOTED_NAME.search(message or "")
    if name:
        tags = [tag for tag in tags if (name[1] or name[2]) in tag] or tags
    shown = " ".join(tags)
    return f"{message} ({shown[:LONGEST]})" if shown else f"{message}"


def _line(error: Exception) -> int:
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    lines = [frame.lineno or 0 for frame in traceback.extract_tb(error.__traceback__) if frame.filename == COMPILED]
    return lines[-1] if lines else 0


def _tags_at(line: int, source: str) -> list[str]:
    lines = source.split("\n")
    if not 1 <= line <= len(lines):
        return []
    return [html.unescape(tag) for tag in _OPEN.findall(_XML_TAG.sub("", lines[line - 1]))]

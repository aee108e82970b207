"""What is wrong with a template, in the reader's words: why, as a key of the texts, and the tag as it stands in Word.

Jinja speaks English only. What kind of fault it means shows in the class of its error; a syntax error has one class for
all, so that its message is looked at, as far as the kind goes and no further. A test holds the list of its messages to
those of the installed Jinja.
"""

from __future__ import annotations

import html
import re
import traceback

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError

_XML_TAG = re.compile(r"<[^>]*>")
_OPEN = re.compile(r"\{[{%].*?(?:[}%]\}|$)")
_QUOTED_NAME = re.compile(
    r"'([^']+)' (?:is undefined|that is unknown)|no attribute '([^']+)'|unknown tag '([^']+)'|named '([^']+)'"
)
_INNERMOST = re.compile(r"innermost block that needs to be closed is '(\w+)'")
_SYNTAX = (
    (re.compile("unexpected end of template|Missing end of", re.IGNORECASE), "template_fault.unclosed"),
    (re.compile("Encountered unknown tag|tag name expected"), "template_fault.misplaced"),
    (re.compile("No (filter|test) named"), "template_fault.unknown_filter"),
)
_KINDS: tuple[tuple[type[Exception], str], ...] = (
    (UndefinedError, "template_fault.unknown_name"),
    (SecurityError, "template_fault.forbidden"),
    (TemplateNotFound, "template_fault.missing_file"),
    (UnicodeDecodeError, "template_fault.not_text"),
    (ZeroDivisionError, "template_fault.division"),
)
EXPRESSION_ERRORS = (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError)
"""What the tags of a template can raise when they are read or worked out; a text that is not UTF-8 is a ValueError."""
COMPILED = "<template>"
LONGEST = 120


def told(error: Exception, source: str, place: str, *, file: str = COMPILED) -> dict[str, str]:
    """The facts `reason`, a key of the texts, and `detail`, the tag that it happened in, or *place* if that is unknown.

    *source* is the template that was compiled, under the name *file*.
    """
    return {"reason": reason_of(error), "detail": _tag(error, source, file) or place}


def reason_of(error: Exception) -> str:
    """What kind of fault *error* is, as a key of the texts."""
    if isinstance(error, TemplateSyntaxError):
        known = (key for message, key in _SYNTAX if message.search(error.message or ""))
        return next(known, "template_fault.written")
    return next((key for kind, key in _KINDS if isinstance(error, kind)), "template_fault.does_not_fit")


def _tag(error: Exception, source: str, file: str) -> str:
    message = str(error.message if isinstance(error, TemplateSyntaxError) else error)
    unclosed = _INNERMOST.search(message)
    if unclosed and reason_of(error) == "template_fault.unclosed":
        return f"{{% end{unclosed[1]} %}}"
    names = [name for name in next(iter(_QUOTED_NAME.findall(message)), ()) if name]
    tags = _tags_at(_line(error, file), source)
    shown = [tag for tag in tags if any(name in tag for name in names)] or tags or names
    return " ".join(shown)[:LONGEST]


def _line(error: Exception, file: str) -> int:
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    lines = [frame.lineno or 0 for frame in traceback.extract_tb(error.__traceback__) if frame.filename == file]
    return lines[-1] if lines else 0


def _tags_at(line: int, source: str) -> list[str]:
    lines = source.split("\n")
    if not 1 <= line <= len(lines):
        return []
    return [html.unescape(tag) for tag in _OPEN.findall(_XML_TAG.sub("", lines[line - 1]))]

"""What is left out of every invoice because no customer has to see it; the baker may think otherwise."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from ...domain.problems import Severity
from ..cleaning.hidden import hidden_runs, hidden_styles
from ..cleaning.revisions import CHANGES
from ..package import WORDPROCESSING as W
from ..patching import may_hold_tags, place_of
from .finding import Finding
from .tags import short

_COMMENT = f"{W}commentReference"
_STYLES = "word/styles.xml"


def private_words(content: bytes) -> Iterator[Finding]:
    """A warning for the comments, the tracked changes and the hidden text of each part of the document *content*."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = package.namelist()
        hidden = hidden_styles(etree.fromstring(package.read(_STYLES)) if _STYLES in names else None)
        for name in names:
            if not may_hold_tags(name):
                continue
            root, place = etree.fromstring(package.read(name)), {"place": place_of(name)}
            if next(root.iter(_COMMENT), None) is not None:
                yield Finding("comments", place, Severity.WARNING)
            if next(root.iter(*CHANGES), None) is not None:
                yield Finding("tracked_changes", place, Severity.WARNING)
            words = [_words(run) for run in hidden_runs(root, hidden)]
            if any(words):
                yield Finding("hidden_text", {**place, "text": short(" ".join(words))}, Severity.WARNING)


def _words(run: etree._Element) -> str:
    return "".join(text.text or "" for text in run.iter(f"{W}t")).strip()

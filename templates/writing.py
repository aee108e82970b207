"""Paragraphs with the named styles of one language, those that come and go among them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from docx.document import Document as WordDocument


class Writer:
    """Writes in the language of *words*, whose keys `style_…` name the styles."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self.words = words

    def _write(self, parent: Any, style: str, *texts: str, first: bool = False) -> Any:
        """A paragraph of *texts*; one that begins with `strong:` or another character style's key takes that style."""
        paragraph = parent.paragraphs[0] if first else parent.add_paragraph()
        paragraph.style = self.words[f"style_{style}"]
        for text in texts:
            key, colon, rest = text.partition(":")
            styled = colon and key in ("strong", "detail", "label")
            run = paragraph.add_run(rest if styled else text)
            if styled:
                run.style = self.words[f"style_{key}"]
        return paragraph

    def _condition(self, parent: Any, tag: str, style: str = "cell") -> None:
        self._write(parent, style, f"{{%p {tag} %}}")

    def _only(self, parent: Any, condition: str, style: str, *texts: str) -> None:
        """A paragraph that is there only when *condition* holds."""
        self._condition(parent, f"if {condition}", style)
        self._write(parent, style, *texts)
        self._condition(parent, "endif", style)


def with_fixed_dates(document: WordDocument) -> bytes:
    """The bytes of *document*: the same content, the same bytes."""
    saved, result = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_STORED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), source.read(name))
    return result.getvalue()

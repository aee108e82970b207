"""Is this a Word document at all? Converters make a PDF of anything, an empty file and plain text included."""

from __future__ import annotations

import io
import zipfile


def is_word_document(docx: bytes) -> bool:
    """Whether *docx* is a package with a Word document in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as package:
            return {"[Content_Types].xml", "word/document.xml"} <= set(package.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False

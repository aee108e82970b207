"""Keeping the page of a run as a file."""

from __future__ import annotations

from pathlib import Path

from ..files import replacing
from ..steps.office import Office
from ..steps.report import Report
from ..texts import Texts
from .page import page


def write_page(path: Path, report: Report, office: Office, texts: Texts) -> None:
    """Write the page of *report* to *path*. Raises StorageError."""
    html = page(report, office.journal, texts, book=office.book.path, made=office.now())
    with replacing(path) as out:
        out.write(html.encode())

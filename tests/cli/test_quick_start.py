"""Asking for help costs nothing: the heavy libraries come in when a command needs them."""

from __future__ import annotations

import subprocess
import sys

HEAVY = {"docx", "docxtpl", "jinja2", "lxml", "numpy", "openpyxl", "pandas", "pikepdf", "pypdfium2", "python_calamine"}


def test_help_imports_no_library_for_documents_or_workbooks() -> None:
    command = [sys.executable, "-X", "importtime", "-m", "factuurbode", "--help"]

    asked = subprocess.run(command, capture_output=True, text=True, check=True)

    imported = {line.rpartition("|")[2].strip() for line in asked.stderr.splitlines()}
    assert "factuurbode.cli" in imported
    assert {name for name in imported if name.split(".")[0] in HEAVY} == set()

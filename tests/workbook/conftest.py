"""A workbook without the values of its formulas, for tests that need a second opinion on them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

_FORMULA_VALUE = re.compile(rb"(</f>)<v>[^<]*</v>|(</f>)<v/>")


@pytest.fixture
def without_values(tmp_path: Path) -> Callable[[Path], Path]:
    """A copy of a workbook whose formulas have lost their values, so that only a calculation can bring them back."""

    def strip(book: Path) -> Path:
        bare = tmp_path / f"bare-{book.name}"
        with zipfile.ZipFile(book) as source, zipfile.ZipFile(bare, "w", zipfile.ZIP_DEFLATED) as target:
            for name in source.namelist():
                data = source.read(name)
                if name.startswith("xl/worksheets/sheet"):
                    data = _FORMULA_VALUE.sub(lambda match: match[1] or match[2], data)
                target.writestr(name, data)
        return bare

    return strip

"""The built add-in."""

from __future__ import annotations

from pathlib import Path

import pytest

from factuurbode.install.addin_file import FILE_NAME, addin_bytes


@pytest.fixture
def addin(tmp_path: Path) -> Path:
    path = tmp_path / "excel" / FILE_NAME
    path.parent.mkdir()
    path.write_bytes(addin_bytes())
    return path

from __future__ import annotations

from pathlib import Path

import pytest

from support.import_bakery import Bakery, an_import_bakery


@pytest.fixture
def bakery(tmp_path: Path) -> Bakery:
    """A bakery to import into."""
    return an_import_bakery(tmp_path)

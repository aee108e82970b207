"""A LibreOffice of this computer, warm for a whole module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from factuurbode.convert.libreoffice import LibreOffice


@pytest.fixture(scope="module")
def libreoffice() -> Iterator[LibreOffice]:
    with LibreOffice() as converter:
        yield converter

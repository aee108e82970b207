"""A LibreOffice that converts together, and what it makes of many documents."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from factuurbode.convert.merging.merging import Merging
from support.watched_office import WatchedOffice


@pytest.fixture
def office() -> Iterator[WatchedOffice]:
    with WatchedOffice(workers=2) as watched:
        yield watched


@pytest.fixture
def merging(office: WatchedOffice) -> Merging:
    return Merging(office)

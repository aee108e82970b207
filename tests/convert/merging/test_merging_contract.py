"""Converting together keeps the promises of the Converter port."""

from __future__ import annotations

import pytest

from contracts.converter import ConverterContract
from factuurbode.convert.merging.merging import Merging


@pytest.mark.libreoffice
class TestMerging(ConverterContract):
    @pytest.fixture
    def converter(self, merging: Merging) -> Merging:
        return merging

"""LibreOffice keeps the promises of the Converter port."""

from __future__ import annotations

import pytest

from contracts.converter import ConverterContract
from factuurbode.convert.libreoffice import LibreOffice


@pytest.mark.libreoffice
class TestLibreOffice(ConverterContract):
    @pytest.fixture
    def converter(self, libreoffice: LibreOffice) -> LibreOffice:
        return libreoffice

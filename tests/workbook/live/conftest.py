"""A Calc that stands in for Excel, started once for all tests of the open workbook."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from support.calc_engine import CalcEngine, CalcOffice, a_calc, engine_on


@pytest.fixture(scope="session")
def calc_office() -> Iterator[CalcOffice]:
    """A LibreOffice of our own."""
    with a_calc() as office:
        yield office


@pytest.fixture
def excel(calc_office: CalcOffice) -> Iterator[CalcEngine]:
    """What takes Excel's place, without any workbook open."""
    yield engine_on(calc_office.desktop)
    calc_office.close_all()

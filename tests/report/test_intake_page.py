"""The page of what an import would do: whole, harmless, and with charts that are true."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from factuurbode.domain.model import Customer, Kind, Language
from factuurbode.importing.preview import preview_of
from factuurbode.importing.proposal import Rejected, Remark, RowOrigin
from factuurbode.report.intake_page import intake_page
from factuurbode.report.revenue_chart import MOST_BARS, bars, columns
from factuurbode.texts import texts_in
from factuurbode.workbook.reader import read_ledger
from support.browser import probed
from support.proposals import a_draft, a_line, a_proposal
from support.workbooks import small_book

HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture(params=[Language.NL, Language.EN])
def shown(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    ledger = read_ledger(small_book(tmp_path / "boek.xlsx"))
    origin = RowOrigin(Path("leveringen.csv"), "", 7)
    proposal = a_proposal(
        a_draft(lines=[a_line(day=day) for day in range(1, 9)]),
        a_draft("0002", name="retour")._replace(kind=Kind.CREDIT_NOTE, corrects="2026-0001"),
        customers_added=(Customer("0002", HOSTILE),),
        rejected=(Rejected(origin, ("0001", HOSTILE), (Remark("reason.delivered_missing"),)),),
    )
    made = datetime(2026, 11, 9, 9, 30, tzinfo=UTC)
    path = tmp_path / "overzicht.html"
    page = intake_page(preview_of(proposal, ledger), texts_in(request.param), book=Path("boek.xlsx"), made=made)
    path.write_text(page, encoding="utf-8")
    return path


def test_it_opens_without_errors_and_loads_and_runs_nothing(shown: Path, tmp_path: Path) -> None:
    text = shown.read_text(encoding="utf-8")
    assert "<script" not in text
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", text)
    probe = "return [seen, performance.getEntriesByType('resource').length, document.images.length]"
    page = tmp_path / "vrij.html"  # the probe is a script, which the page itself forbids
    page.write_text(re.sub(r"<meta http-equiv=[^>]*>", "", text), encoding="utf-8")
    assert probed(page, probe, tmp_path)[0] == [[], 0, 0]


def test_what_a_file_says_stays_text(shown: Path) -> None:
    text = shown.read_text(encoding="utf-8")
    assert HOSTILE not in text
    assert "&lt;img src=x onerror=alert(1)&gt;" in text


def test_no_column_leaves_its_chart(shown: Path) -> None:
    rects = re.findall(r'y="([\d.]+)%" width="[\d.]+%" height="([\d.]+)%"', shown.read_text(encoding="utf-8"))
    assert len(rects) == 8
    assert all(float(top) >= 0 and float(top) + float(height) <= 100.01 for top, height in rects)


@pytest.mark.parametrize("amounts", [[1], [0], [-5, 3], [12345.67, 0.01], [999_999] * 40, [1] * 400])
def test_columns_are_true_to_their_amounts(amounts: list[float]) -> None:
    days = [(date(2026, 1, 1) + timedelta(days=place), Decimal(str(amount))) for place, amount in enumerate(amounts)]
    chart = columns(days)
    assert sum(column.amount for column in chart.columns) == sum(amount for _, amount in days)
    assert len(chart.columns) <= 92
    assert sum(column.labelled for column in chart.columns) <= 9
    highest = max(chart.columns, key=lambda column: column.amount)
    for column in chart.columns:
        assert 0 <= column.top <= 100
        assert column.top + column.height <= 100.02
        if highest.amount > 0 and column.amount >= 0:
            assert column.height == pytest.approx(float(column.amount / highest.amount) * highest.height, abs=0.05)


def test_many_customers_end_in_one_row_for_the_others() -> None:
    drawn = bars([(f"K{number}", Decimal(100 - number)) for number in range(30)])
    assert len(drawn) == MOST_BARS
    assert (drawn[0].length, drawn[-1].name, drawn[-1].length) == (100, "", 0)
    assert sum(bar.amount for bar in drawn) == sum(100 - number for number in range(30))


def test_without_any_revenue_there_is_no_chart() -> None:
    assert bars([]) == ()
    assert columns([]).columns == ()

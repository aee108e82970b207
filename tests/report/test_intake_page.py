"""The page of what an import would do: whole, harmless, and with charts that are true."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from factuurbode.domain.model import Customer, Kind, Language
from factuurbode.importing.preview import preview_of
from factuurbode.importing.proposal import Detected, ImportKind, LeftOut, Rejected, Remark, RowOrigin
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


@pytest.mark.browser
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


@pytest.fixture
def wide(tmp_path: Path) -> Path:
    """A page with all that can be long: names, texts and lists."""
    ledger = read_ledger(small_book(tmp_path / "boek.xlsx"))
    source = Path("leveringen.csv")
    customers = (Customer("0002", "Z" * 200), Customer("0003", "Bakkerij " * 30))
    rows = [RowOrigin(source, "", number) for number in range(2, 40)]
    why = Remark("left_out.total")
    detected = Detected(
        source, ImportKind.DELIVERIES, left_out=(LeftOut(RowOrigin(source, "", 99), ("Totaal", "7"), why),)
    )
    proposal = replace(
        a_proposal(
            a_draft("0002", lines=[a_line(day=day) for day in range(1, 9)]),
            a_draft("0003", lines=[a_line(day=day) for day in range(1, 9)]),
            customers_added=customers,
            rejected=tuple(Rejected(row, ("X" * 300,), (Remark("reason.delivered_missing"),)) for row in rows),
        ),
        detected=(detected,),
    )
    made = datetime(2026, 11, 9, 9, 30, tzinfo=UTC)
    page = intake_page(preview_of(proposal, ledger), texts_in(Language.EN), book=Path("boek.xlsx"), made=made)
    path = tmp_path / "breed.html"
    path.write_text(re.sub(r"<meta http-equiv=[^>]*>", "", page), encoding="utf-8")
    return path


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 800, 1000, 1280])
def test_nothing_makes_the_page_wider_than_its_window(wide: Path, tmp_path: Path, width: int) -> None:
    style = f"width:{width}px;height:900px;border:0"
    frame = f"<html><head></head><body><iframe style='{style}' srcdoc='%s'></iframe></body></html>"
    page = tmp_path / "venster.html"
    page.write_text(frame % html.escape(wide.read_text(encoding="utf-8"), quote=True), encoding="utf-8")
    probe = "const inner = document.querySelector('iframe').contentDocument.documentElement; return inner.scrollWidth"
    assert probed(page, probe, tmp_path)[0] <= width


def test_many_rejected_rows_unfold_and_rows_left_out_are_listed(wide: Path) -> None:
    text = wide.read_text(encoding="utf-8")
    above, _, folded = text.partition("<details>")
    assert (above.count("X" * 300), folded.count("X" * 300)) == (10, 28)
    assert "… and 28 more" in text
    assert "Totaal · 7" in text
    assert "This is a row of totals." in text


def test_a_day_below_the_chart_is_written_as_the_reader_does(wide: Path, shown: Path) -> None:
    assert ">11-01</span>" in wide.read_text(encoding="utf-8")
    text = shown.read_text(encoding="utf-8")
    assert (">11-01</span>" in text) is ('lang="en"' in text)
    assert (">1-11</span>" in text) is ('lang="nl"' in text)


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

"""Files of deliveries through the whole import: nothing lost, nothing twice, nothing left behind."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from factuurbode import intake
from factuurbode.bootstrap import open_office
from factuurbode.domain.totals import totals
from factuurbode.importing.wishes import Wishes
from factuurbode.workbook.reader import read_ledger
from support.workbooks import CUSTOMER, small_book

Delivery = tuple[str, int, str, str, str, str]
deliveries = st.lists(
    st.tuples(
        st.sampled_from(["0001", "0002", "0003", "9999"]),
        st.integers(0, 60),
        st.sampled_from(["Volkoren", "=1+1", "Croissant & co", "Taart; groot"]),
        st.sampled_from(["1", "2,5", "0,125", "40", "een"]),
        st.sampled_from(["2,50", "0,335", "1.234,56", "0,01", ""]),
        st.sampled_from(["9%", "21", "0", "17"]),
    ),
    min_size=1,
    max_size=30,
)
FIRST = date(2026, 9, 20)


def a_file(path: Path, rows: list[Delivery]) -> Path:
    lines = ["Bonnr;Klantnr;Datum;Omschrijving;Aantal;Prijs;Btw"]
    for number, (customer, day, text, quantity, price, rate) in enumerate(rows):
        moment = FIRST + timedelta(days=day)
        lines.append(f'B{number};{customer};{moment:%d-%m-%Y};"{text}";{quantity};{price};{rate}')
    path.write_text("\n".join(lines), encoding="cp1252")
    return path


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=deliveries, split=st.integers(0, 30))
def test_whatever_is_delivered(tmp_path_factory: pytest.TempPathFactory, rows: list[Delivery], split: int) -> None:
    folder = tmp_path_factory.mktemp("import")
    periods = {"0001": "delivery", "0002": "week", "0003": "month"}
    customers = [{**CUSTOMER, "number": number, "name": number, "period": one} for number, one in periods.items()]
    book = small_book(folder / "boek.xlsx", customers=customers)
    before = book.read_bytes()
    whole, part = a_file(folder / "alles.csv", rows), a_file(folder / "deel.csv", rows[:split] or rows[:1])
    with open_office(book) as office:
        found = intake.propose_import(office, [whole], Wishes())
        used = sum(len(draft.rows) for draft in found.proposal.drafts)
        assert used + len(found.proposal.rejected) == len(rows)
        if not found.proposal.empty:
            done = intake.apply_import(office, found)
            made = {draft.number for draft in done.drafts}
            invoices = [one for one in read_ledger(book).invoices if one.number in made]
            assert not [problem for problem in read_ledger(book).problems if problem.stops]
            assert sum(len(one.lines) for one in invoices) == used
            assert sum((totals(one).total for one in invoices), Decimal(0)) == found.preview.net + found.preview.vat
            assert all(one.recorded.total == totals(one).total for one in invoices)
            assert max(Counter(one.number for one in read_ledger(book).invoices).values()) == 1
            assert not any(one.gaps or one.doubles for one in intake.numbers(office).series)
            for again in (whole, part):
                twice = intake.propose_import(office, [again], Wishes())
                assert twice.proposal.empty
                assert twice.proposal.known + len(twice.proposal.rejected) == (
                    len(rows) if again is whole else len(rows[:split] or rows[:1])
                )
            intake.undo_import(office)
        assert book.read_bytes() == before

"""Gaps in the numbers as a person is told of them before sending."""

from __future__ import annotations

from datetime import date

import pytest

from factuurbode.domain.gaps import gap_problems
from factuurbode.domain.ledger import Identity, Ledger
from factuurbode.domain.model import Invoice, Language, Origin
from factuurbode.domain.problems import Severity
from factuurbode.domain.settings import Numbering, Settings
from factuurbode.texts import problem_sentence, texts_in


def ledger(*numbers: str, pattern: str = "{year}-{number:04}") -> Ledger:
    """Invoices with those numbers, from row 3 on."""
    invoices = tuple(
        Invoice(number, date(2026, 10, 5), None, "", (), origin=Origin("Facturen", row, {"number": "A"}))
        for row, number in enumerate(numbers, start=3)
    )
    settings = Settings(numbering=Numbering(pattern=pattern))
    return Ledger(Identity("book"), Language.NL, settings, {}, invoices, (), {})


def said(
    found: Ledger, language: Language = Language.NL, *, void: tuple[str, ...] = (), gone: tuple[str, ...] = ()
) -> list[str]:
    """The sentences without their remedies."""
    problems = list(gap_problems(found, void, gone))
    assert all(problem.severity is Severity.WARNING for problem in problems)
    return [problem_sentence(texts_in(language), problem).partition(".")[0] for problem in problems]


@pytest.mark.parametrize(
    ("language", "one", "more"),
    [
        (
            Language.NL,
            "Facturen!A4: In de nummering ontbreekt 2026-0002 (bij A3, A4)",
            "Facturen!A5: In de nummering ontbreken 2026-0004 – 2026-0006 (bij A4, A5)",
        ),
        (
            Language.EN,
            "Facturen!A4: The numbering lacks 2026-0002 (beside A3, A4)",
            "Facturen!A5: The numbering lacks the numbers 2026-0004 – 2026-0006 (beside A4, A5)",
        ),
    ],
)
def test_a_gap_names_the_cells_beside_it_and_one_number_reads_otherwise_than_more(
    language: Language, one: str, more: str
) -> None:
    assert said(ledger("2026-0001", "2026-0003", "2026-0007"), language) == [one, more]


def test_the_rows_need_not_be_in_order() -> None:
    assert said(ledger("2026-0003", "2026-0001")) == ["Facturen!A3: In de nummering ontbreekt 2026-0002 (bij A4, A3)"]


def test_an_invoice_that_went_out_leaves_no_gap_when_its_row_is_gone() -> None:
    assert said(ledger("2026-0001", "2026-0003"), gone=("2026-0002",)) == []
    beside = said(ledger("2026-0001", "2026-0004"), gone=("2026-0002",), void=("2026-0005",))
    assert beside == ["Facturen!A4: In de nummering ontbreekt 2026-0003 (bij A4)"]
    assert said(ledger(), gone=("2026-0002", "2026-0004")) == [
        "In de nummering ontbreekt 2026-0003 (bij 2026-0002, 2026-0004)"
    ]


def test_a_year_behind_the_number_makes_no_gap_and_hides_none() -> None:
    found = ledger("1/2026", "3/2026", "1/2028", pattern="{number}/{year}")
    assert said(found) == ["Facturen!A4: In de nummering ontbreekt 2/2026 (bij A3, A4)"]

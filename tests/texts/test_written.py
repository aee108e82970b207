"""Numbers and moments in a sentence are written as its reader writes them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from factuurbode.cli.doctor import sentence
from factuurbode.doctor.finding import fine, missing
from factuurbode.domain.model import Language
from factuurbode.domain.problems import Problem, Severity
from factuurbode.texts import problem_sentence, texts_in, written

MOMENT = datetime(2026, 11, 4, 16, 5, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("fact", "dutch", "english"),
    [
        (Decimal("75.6"), "75,6", "75.6"),
        (MOMENT, "04-11-2026 16:05", "2026-11-04 16:05"),
        (date(2026, 11, 4), "4-11-2026", "2026-11-04"),
        ("v1.2", "v1.2", "v1.2"),
    ],
)
def test_each_language_has_its_own_way(fact: object, dutch: str, english: str) -> None:
    assert written(texts_in(Language.NL), fact) == dutch  # type: ignore[arg-type]
    assert written(texts_in(Language.EN), fact) == english  # type: ignore[arg-type]


def test_what_doctor_found_is_told_so() -> None:
    room = fine("folder", "folder", path="facturen", free=Decimal("75.6"))
    assert "75,6 GB" in sentence(room, texts_in(Language.NL))
    assert "75.6 GB" in sentence(room, texts_in(Language.EN))
    assert "04-11-2026 16:05" in sentence(missing("clock", "clock_set_back", last=MOMENT), texts_in(Language.NL))


def test_a_clock_that_is_behind_is_told_so_in_a_run_too() -> None:
    problem = Problem("clock_set_back", Severity.WARNING, value=MOMENT)
    assert "04-11-2026 16:05" in problem_sentence(texts_in(Language.NL), problem)

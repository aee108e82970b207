"""The file of rejected rows: whole, harmless in a spreadsheet, and never written over what somebody is mending."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from factuurbode.domain.model import Language
from factuurbode.importing.proposal import Detected, ImportKind, Proposal, Rejected, Remark, RowOrigin
from factuurbode.importing.rejects import write_rejected
from factuurbode.texts import texts_in

DUTCH = texts_in(Language.NL)
WHY = (Remark("reason.delivered_missing"), Remark("reason.quantity_zero"))


def a_proposal(source: Path, *rows: tuple[str, ...]) -> Proposal:
    detected = Detected(source, ImportKind.DELIVERIES, header=("Klantnr", "Omschrijving", "Aantal"))
    rejected = (Rejected(RowOrigin(source, "", place + 5), row, WHY) for place, row in enumerate(rows))
    return Proposal((detected,), rejected=tuple(rejected))


def read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


def test_each_row_keeps_its_text_its_number_and_every_reason(tmp_path: Path) -> None:
    rows = ("0007", 'Taart "groot"; wit', "3,50"), ("0008", "regel\nnog een", "-3,50", "te veel")
    (path,) = write_rejected(a_proposal(tmp_path / "week.csv", *rows), DUTCH)
    assert path == tmp_path / "week.afgekeurd.csv"
    header, first, second = read(path)
    assert header == ["Klantnr", "Omschrijving", "Aantal", "", "Afgekeurde rij", "Reden"]
    assert first[:5] == ["0007", 'Taart "groot"; wit', "3,50", "", "5"]
    assert second[:5] == ["0008", "regel\nnog een", "-3,50", "te veel", "6"]
    assert first[5] == "Er staat geen leverdatum. Het aantal is nul."


@pytest.mark.parametrize("text", ["=1+1", "+31 6 1234 x", "-cmd|' /c calc'!A1", "@SUM(A1)", "\t=1", "\r=1"])
def test_what_a_spreadsheet_would_run_is_text_there(tmp_path: Path, text: str) -> None:
    (path,) = write_rejected(a_proposal(tmp_path / "week.csv", ("0007", text, "1")), DUTCH)
    assert read(path)[1][1] == f"'{text}"


@pytest.mark.parametrize("text", ["-3", "+4,50", "-1.234,50", "- 2", "9%"])
def test_numbers_stay_numbers(tmp_path: Path, text: str) -> None:
    (path,) = write_rejected(a_proposal(tmp_path / "week.csv", ("0007", "x", text)), DUTCH)
    assert read(path)[1][2] == text


def test_a_file_that_somebody_is_mending_is_never_overwritten(tmp_path: Path) -> None:
    source = tmp_path / "week.csv"
    (first,) = write_rejected(a_proposal(source, ("0007", "x", "1")), DUTCH)
    assert write_rejected(a_proposal(source, ("0007", "x", "1")), DUTCH) == (first,)
    first.write_text("half verbeterd", encoding="utf-8")
    (second,) = write_rejected(a_proposal(source, ("0007", "x", "1")), DUTCH)
    assert (second.name, first.read_text(encoding="utf-8")) == ("week.afgekeurd-2.csv", "half verbeterd")
    (third,) = write_rejected(a_proposal(second, ("0009", "y", "1")), DUTCH)
    assert third.name == "week.afgekeurd-3.csv"


def test_without_rejected_rows_there_is_no_file(tmp_path: Path) -> None:
    assert write_rejected(a_proposal(tmp_path / "week.csv"), DUTCH) == ()
    assert list(tmp_path.iterdir()) == []

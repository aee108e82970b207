"""The file of rejected rows: whole, harmless in a spreadsheet, and never written over what somebody is mending."""

from __future__ import annotations

import csv
import shutil
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from factuurbode.domain.model import Language
from factuurbode.importing.proposal import Detected, ImportKind, Proposal, Rejected, Remark, RowOrigin
from factuurbode.importing.reading.guarded import guarded, unguarded
from factuurbode.importing.rejects import remark_sentence, write_rejected
from factuurbode.texts import texts_in
from support.import_bakery import an_import_bakery

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
    assert first[:5] == ['="0007"', 'Taart "groot"; wit', "3,50", "", "5"]
    assert second[:5] == ['="0008"', "regel\nnog een", "-3,50", "te veel", "6"]
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


SOURCE = """Bonnr;Leverdatum;Klantnr;Artikelnr;Omschrijving;Aantal;Prijs;Btw %
000101;02-11-2026;0012;0101;Volkoren;12;2,35;9
000102;31-11-2026;0012;8710000000001;=1+1;-3;2,35;9
000103;31-11-2026;0012;0101;'=1+1;3;-2,35;9
"""


def in_calc(path: Path, profile: Path) -> Path:
    """*path* opened and saved again by LibreOffice, as a person does who double-clicks on it."""
    out = path.parent / "calc"
    as_csv = "59,34,76,1,,0,false,true,false"  # semicolons, quotation marks, UTF-8, from row 1; what cells show
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", f"--infilter=CSV:{as_csv}"]
    command += ["--convert-to", f"csv:Text - txt - csv (StarCalc):{as_csv}", "--outdir", str(out), str(path)]
    subprocess.run(command, check=True, capture_output=True)
    return out / path.name


@pytest.mark.libreoffice
def test_mended_in_a_spreadsheet_the_rows_are_those_of_the_source(tmp_path: Path) -> None:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    bakery = an_import_bakery(tmp_path)
    proposal = bakery.propose(bakery.write(SOURCE.replace("-3;", "3;").replace("-2,35", "2,35")))
    (rejects,) = write_rejected(proposal, DUTCH)

    mended = in_calc(rejects, tmp_path / "profile")
    mended.write_text(mended.read_text("utf-8-sig").replace("31-11-2026", "30-11-2026"), encoding="utf-8")
    again = bakery.propose(mended)

    assert [row.key for draft in again.drafts for row in draft.rows] == [":000102:8710000000001", ":000103:0101"]
    assert [line.description for draft in again.drafts for line in draft.lines] == ["=1+1", "'=1+1"]
    assert (again.rejected, again.remarks, again.detected[0].unknown_columns) == ((), (), ())


@pytest.mark.parametrize(
    "cell",
    ["0012", "8710000000001", "'0012", "=1+1", "'=1+1", "''-3", "-3", "'-3", '="0012"', "-1,50", "", "'", "0", "12"],
)
def test_what_was_guarded_comes_back_as_it_was(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell


def test_rows_that_are_rejected_again_have_their_new_reasons_only(tmp_path: Path) -> None:
    bakery = an_import_bakery(tmp_path)
    (first,) = write_rejected(bakery.propose(bakery.write(SOURCE)), DUTCH)
    first.write_text(first.read_text("utf-8-sig").replace("31-11-2026", "30-11-2026"), encoding="utf-8")

    (second,) = write_rejected(bakery.propose(first), DUTCH)

    header, *rows = read(second)
    assert header[-3:] == ["Btw %", "Afgekeurde rij", "Reden"]
    assert [(len(row), row[:4], row[-2]) for row in rows] == [
        (10, ['="000102"', "30-11-2026", '="0012"', '="8710000000001"'], "2"),
        (10, ['="000103"', "30-11-2026", '="0012"', '="0101"'], "3"),
    ]


HEADINGS = ("Bonnr", "Leverdatum", "Klantnr", "Artikelnr", "Aantal", "Prijs")
AMERICAN = [
    ("1", "11/13/2026", "0012", "0101", "2.5", "1,234.50"),
    ("2", "11/03/2026", "0012", "0101", "een", "1.500"),
    ("3", "11/04/2026", "0012", "0101", "1.250", "1,500"),
]


def test_cells_mean_without_the_other_rows_what_they_meant_among_them(tmp_path: Path) -> None:
    bakery = an_import_bakery(tmp_path)
    text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in (HEADINGS, *AMERICAN))
    proposal = bakery.propose(bakery.write(text.replace("0012", "9999")))
    (path,) = write_rejected(proposal, DUTCH)

    path.write_text(path.read_text("utf-8-sig").replace("9999", "0012").replace("een", "1"), encoding="utf-8")
    again = bakery.propose(path)

    assert [row[1] for row in read(path)[1:]] == ["2026-11-13", "2026-11-03", "2026-11-04"]
    found = {
        line.delivered.isoformat(): (line.quantity, line.price)
        for draft in again.drafts
        for line in draft.lines
        if line.delivered
    }
    assert found == {
        "2026-11-13": (Decimal("2.5"), Decimal("1234.5")),
        "2026-11-03": (Decimal(1), Decimal("1.5")),
        "2026-11-04": (Decimal("1.25"), Decimal(1500)),
    }


def test_a_weight_of_a_workbook_is_no_thousand_in_a_text_file(tmp_path: Path) -> None:
    bakery = an_import_bakery(tmp_path)
    with xlsxwriter.Workbook(tmp_path / "week.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADINGS)
        sheet.write_row(1, 0, ("1", "31-11-2026", "0012", "0101", 1.234, 2))
    (path,) = write_rejected(bakery.propose(tmp_path / "week.xlsx"), DUTCH)

    path.write_text(path.read_text("utf-8-sig").replace("31-11", "30-11"), encoding="utf-8")

    assert bakery.propose(path).drafts[0].lines[0].quantity == Decimal("1.234")


def test_one_thing_is_told_in_the_singular() -> None:
    facts = {"column": "Datum", "example": "1-2-2026"}
    one, two = (remark_sentence(DUTCH, Remark("remark.dates_dmy", {**facts, "count": count})) for count in "12")

    assert one.startswith("In “Datum” kan 1 datum, 1-2-2026, op twee manieren")
    assert two.startswith("In “Datum” kunnen 2 datums, zoals 1-2-2026, op twee manieren")


def test_without_rejected_rows_there_is_no_file(tmp_path: Path) -> None:
    assert write_rejected(a_proposal(tmp_path / "week.csv"), DUTCH) == ()
    assert list(tmp_path.iterdir()) == []

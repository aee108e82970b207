"""`import`, `import undo`, `due`, `numbers` and `void`, as typed."""

from __future__ import annotations

import json
import os
import re
import select
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from factuurbode.cli import main
from factuurbode.domain.model import Channel
from factuurbode.domain.states import State
from factuurbode.ports import Outcome, StatusRow
from factuurbode.workbook.closed import ClosedBook
from factuurbode.workbook.reader import read_ledger
from support.workbooks import INVOICE, LINE, small_book

ROWS = """Klantnr;Datum;Omschrijving;Aantal;Prijs;Btw;Kleur
0001;02-11-2026;Volkoren;10;2,50;9%;bruin
0001;03-11-2026;=1+1;20;0,95;9%;wit
0001;31-13-2026;Taart;een;18,00;9%;roze
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return small_book(tmp_path / "boek.xlsx")


@pytest.fixture
def deliveries(tmp_path: Path) -> Path:
    path = tmp_path / "leveringen.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def told(capsys: pytest.CaptureFixture[str]) -> str:
    return " ".join(capsys.readouterr().out.split())


def test_without_yes_and_without_a_terminal_nothing_happens(
    book: Path, deliveries: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = book.read_bytes()
    assert main(["import", str(book), str(deliveries)]) == 1
    assert "--yes" in told(capsys)
    assert book.read_bytes() == before


def test_a_preview_writes_nothing_at_all(book: Path, deliveries: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.read_bytes() for path in (book, deliveries)}
    main(["import", str(book), str(deliveries), "--preview"])
    words = told(capsys)
    assert "1 rij is afgekeurd" in words
    assert "“een” in “Aantal” is geen getal" in words
    assert "Kleur" in words
    assert {path: path.read_bytes() for path in before} == before
    assert not deliveries.with_name("leveringen.afgekeurd.csv").exists()


def test_twice_is_once_and_undone_is_as_before(
    book: Path, deliveries: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = book.read_bytes()
    assert main(["import", str(book), str(deliveries), "--period", "week", "--yes"]) == 1  # a row was rejected
    assert "2026-0002" in told(capsys)
    once = book.read_bytes()
    assert [line.description for line in read_ledger(book).invoices[-1].lines] == ["Volkoren", "=1+1"]
    main(["import", str(book), str(deliveries), "--yes"])
    assert "2 rijen zijn al eerder overgenomen" in told(capsys)
    assert book.read_bytes() == once
    assert main(["import", "undo", str(book)]) == 1
    assert book.read_bytes() == once
    assert main(["import", "undo", str(book), "--yes"]) == 0
    assert book.read_bytes() == before


def test_rejected_rows_can_be_mended_and_imported(book: Path, deliveries: Path) -> None:
    main(["import", str(book), str(deliveries), "--yes"])
    rejected = deliveries.with_name("leveringen.afgekeurd.csv")
    text = rejected.read_text(encoding="utf-8-sig")
    assert "Afgekeurde rij;Reden" in text
    assert ";4;" in text
    rejected.write_text(text.replace("31-13-2026", "04-11-2026").replace("een;", "1;"), encoding="utf-8-sig")
    assert main(["import", str(book), str(rejected), "--yes"]) == 0
    assert [line.description for line in read_ledger(book).invoices[-1].lines] == ["Taart"]


def test_for_programs_there_is_one_object(book: Path, deliveries: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["import", str(book), str(deliveries), "--period", "week", "--yes", "--json"])
    found = json.loads(capsys.readouterr().out)
    assert found["files"][0]["unknown_columns"] == ["Kleur"]
    assert [one["number"] for one in found["invoices"]] == ["2026-0002"]
    assert found["invoices"][0]["net"] == "44.00"
    assert found["rejected"][0]["row"] == 4
    assert found["import"]
    main(["numbers", str(book), "--json"])
    assert json.loads(capsys.readouterr().out)["series"][0]["used"] == 2
    main(["due", str(book), str(deliveries), "--json"])
    assert json.loads(capsys.readouterr().out) == {"due": [], "rejected": 1}


def test_rows_that_are_skipped_are_told_one_by_one(
    book: Path, deliveries: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    deliveries.write_text(ROWS + "Totaal;;;31;;;\n", encoding="utf-8")
    main(["import", str(book), str(deliveries), "--preview"])
    assert "leveringen.csv, rij 5 overgeslagen: Dit is een totaalregel." in told(capsys)
    main(["import", str(book), str(deliveries), "--preview", "--json"])
    found = json.loads(capsys.readouterr().out)
    assert [(one["file"], one["row"]) for one in found["left_out"]] == [("leveringen.csv", 5)]


@pytest.mark.skipif(os.name == "nt", reason="no such terminal")
@pytest.mark.parametrize("width", [60, 80, 140])
def test_no_amount_is_cut_off_in_a_narrow_terminal(book: Path, deliveries: Path, width: int) -> None:
    deliveries.write_text(ROWS.replace(";2,50;", ";92.345,67;"), encoding="utf-8")
    shown = seen_in_terminal([str(book), str(deliveries), "--preview", "--period", "week"], width)
    (row,) = [line for line in shown.splitlines() if line.startswith("2026-0002")]
    amounts = row.replace("\u00a0", " ")
    assert "€ 1.006.588,51" in amounts
    assert ("€ 83.112,81" in amounts) is (width == 140)


@pytest.mark.parametrize("content", [ROWS, "", "PK", "\x89PNG"])
def test_a_file_in_the_place_of_the_workbook_gets_nothing_beside_it(
    book: Path, tmp_path: Path, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "los" / "leveringen.csv"
    file.parent.mkdir()
    file.write_text(content, encoding="utf-8")

    assert main(["--lang", "nl", "import", str(file), str(book)]) == 2
    assert "leveringen.csv" in capsys.readouterr().err
    assert list(file.parent.iterdir()) == [file]


def seen_in_terminal(arguments: list[str], width: int, answer: bytes = b"") -> str:
    """What `import` shows in a terminal of so many columns, in which a person types *answer* to the question."""
    import fcntl
    import pty
    import struct
    import termios

    child, leader = pty.fork()
    if child == 0:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # also where a shell had it ignored
        environment = {**os.environ, "TERM": "xterm", "NO_COLOR": "1", "COLUMNS": str(width)}
        os.execve(sys.executable, [sys.executable, "-m", "factuurbode", "import", *arguments], environment)  # noqa: S606
    fcntl.ioctl(leader, termios.TIOCSWINSZ, struct.pack("HHHH", 50, width, 0, 0))
    out, asked = b"", False
    while chunk := _read(leader):
        out += chunk
        if not asked and answer and b"(j/n)" in out:
            asked = True
            os.write(leader, answer)
        while asked and answer == b"\x03" and not select.select([leader], [], [], 2)[0]:
            os.write(leader, answer)  # Python had been about to wait for what is typed
    os.close(leader)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    shown = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", out.decode()).replace("\r\n", "\n")
    return f"{shown}\n{code}"


def _read(leader: int) -> bytes:
    try:
        return os.read(leader, 4096)
    except OSError:  # the other side has closed
        return b""


@pytest.mark.skipif(os.name == "nt", reason="no such terminal")
@pytest.mark.parametrize(
    ("answer", "told_so", "code"),
    [
        (b"n\n", "Er is niets overgenomen.", 1),
        (b"\x04", "(j/n) \nEr is niets overgenomen.", 1),
        (b"\x03", "\nAfgebroken. Wat al gedaan was, staat in het journaal.", 130),
        (b"J\n", "Overgenomen: 2 facturen", 1),
    ],
)
def test_whatever_a_person_answers_is_told_on_a_line_of_its_own(
    book: Path, deliveries: Path, answer: bytes, told_so: str, code: int
) -> None:
    before = book.read_bytes()
    shown = seen_in_terminal([str(book), str(deliveries)], 100, answer)
    assert told_so in shown
    assert shown.endswith(f"\n{code}")
    assert (book.read_bytes() == before) is (answer != b"J\n")


@pytest.mark.parametrize("number", ["0", "-3", "een", "1,5"])
def test_a_row_of_headings_that_cannot_be_is_refused(
    book: Path, deliveries: Path, number: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as refused:
        main(["--lang", "nl", "import", str(book), str(deliveries), f"--header-row={number}"])
    assert refused.value.code == 2
    assert f"“{number}” is geen rijnummer" in capsys.readouterr().err


def test_one_delivery_that_is_due_is_told_in_the_singular(
    book: Path, deliveries: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, one, _, wrong = ROWS.splitlines()
    deliveries.write_text("\n".join((first, one, wrong)), encoding="utf-8")
    main(["due", str(book), str(deliveries)])
    words = told(capsys)
    assert "1 leverdag van een klant wacht op een factuur" in words
    assert "1 rij is afgekeurd en kan ook een levering zijn" in words


def test_what_is_not_invoiced_is_due(book: Path, deliveries: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = book.read_bytes()
    assert main(["due", str(book), str(deliveries)]) == 1
    words = told(capsys)
    assert "0001 Café De Proef" in words
    assert "15-12-2026" in words or "14-12-2026" in words
    assert book.read_bytes() == before


def test_gaps_doubles_and_voids_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    numbers = ["2026-0001", "2026-0002", "2026-0002", "2026-0005"]
    book = small_book(
        tmp_path / "boek.xlsx",
        invoices=[{**INVOICE, "number": number} for number in numbers],
        lines=[{**LINE, "invoice": number} for number in numbers],
    )
    assert main(["numbers", str(book)]) == 1
    words = told(capsys)
    assert "ontbreken: 2026-0003 – 2026-0004 (2)" in words
    assert "dubbel: 2026-0002" in words
    assert main(["void", str(book), "2026-0003"]) == 2
    assert main(["void", str(book), "2026-0003", "--reason", "misdruk"]) == 0
    assert main(["void", str(book), "2026-0005", "--reason", "dubbel gemaakt"]) == 0
    capsys.readouterr()
    main(["numbers", str(book)])
    words = told(capsys)
    assert "ontbreekt: 2026-0004" in words
    assert "vervallen: 2026-0003" in words
    assert "misdruk" in words


def test_a_void_invoice_says_so_and_stays(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["void", str(book), "2026-0001", "--reason", "verkeerde klant"])
    import openpyxl

    cells = [cell.value for row in openpyxl.load_workbook(book)["Facturen"].iter_rows() for cell in row]
    assert "Vervallen" in cells
    assert any("verkeerde klant" in str(cell) for cell in cells)
    capsys.readouterr()
    assert main(["customer-copies", str(book), "--invoices", "2026-0001"]) == 0
    assert "Vervallen" in told(capsys)
    assert main(["check", str(book)]) == 0


def test_what_has_gone_out_cannot_be_void_nor_undone(
    book: Path, deliveries: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["import", str(book), str(deliveries), "--period", "week", "--yes"])
    status = StatusRow("2026-0002", (Outcome(Channel.MAIL, State.SENT),), datetime(2026, 11, 9, tzinfo=UTC))
    ClosedBook(book).write([status], [], read_ledger(book).identity.last_run)
    before = book.read_bytes()
    assert main(["void", str(book), "2026-0002", "--reason", "toch niet"]) == 2
    assert main(["import", "undo", str(book), "--yes"]) == 2
    assert capsys.readouterr().err.count("creditnota") == 2
    assert book.read_bytes() == before
    assert "vervallen: 2026-0002" not in told(capsys)


def test_an_open_workbook_and_a_missing_file_are_told(
    book: Path, deliveries: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(book), str(deliveries.with_name("weg.csv")), "--yes"]) == 2
    book.with_name("~$boek.xlsx").touch()
    assert main(["import", str(book), str(deliveries), "--yes"]) == 2
    assert "Fout" in capsys.readouterr().err
    assert not (book.parent / "kopie voor import").exists()

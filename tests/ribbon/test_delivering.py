"""Pressing *Print customer copies* in Excel, and the buttons around it."""

from __future__ import annotations

from pathlib import Path

import pytest

from factuurbode.domain.model import Channel
from factuurbode.domain.states import State
from factuurbode.ribbon import delivering
from factuurbode.ribbon.following import Following
from support.calc_engine.engine import Alert
from support.excel_bakery import ExcelBakery
from support.fake_mailbox import FolderMailbox, bounce_of
from support.workbooks import CUSTOMER

pytestmark = pytest.mark.libreoffice

SENT = {Channel.MAIL: State.SENT}
ROW = {"2026-0001": 3, "2026-0002": 4, "2026-0003": 5, "2026-0004": 6}


def test_several_selected_rows_go_and_no_others(bakery: ExcelBakery) -> None:
    bakery.selects("A3:C3", "F5:G5")
    said = bakery.presses("customer_copies", "ok", "ok")
    assert "Er gaan 2 facturen de deur uit, samen €\N{NO-BREAK SPACE}54,50 incl. btw:" in said
    assert "•  2 per e-mail, afzender facturen@bakkerij.test" in said
    assert said.endswith("2 verzonden")
    assert bakery.shown == {"2026-0001": SENT, "2026-0002": {}, "2026-0003": SENT, "2026-0004": {}}
    assert bakery.saved == {"2026-0001": SENT, "2026-0003": SENT}
    assert len(bakery.mailed) == 2


def test_hidden_rows_in_the_selection_stay(bakery: ExcelBakery) -> None:
    bakery.hides_row(4)
    bakery.selects("A3:A5")
    bakery.presses("customer_copies", "ok", "ok")
    assert [number for number, states in bakery.shown.items() if states] == ["2026-0001", "2026-0003"]


@pytest.mark.parametrize(("answer", "sent"), [("yes", 1), ("no", 4), ("cancel", 0)])
def test_one_cell_asks_this_one_or_all(bakery: ExcelBakery, answer: str, sent: int) -> None:
    bakery.selects("D4")
    answers = (answer,) if answer == "cancel" else (answer, "ok", "ok")
    said = bakery.presses("customer_copies", *answers)
    assert "Ja: alleen factuur 2026-0002" in said
    assert "Nee: alle 4 facturen die klaarstaan" in said
    assert len(bakery.mailed) == sent


def test_elsewhere_it_is_about_all_that_are_ready(bakery: ExcelBakery) -> None:
    bakery.selects("B2", sheet="Klanten")
    bakery.presses("customer_copies", "ok", "ok")
    assert len(bakery.mailed) == 4


def test_cancel_in_the_question_does_nothing(bakery: ExcelBakery) -> None:
    bakery.selects("A3:A6")
    bakery.presses("customer_copies", "cancel")
    assert bakery.mailed == []
    assert bakery.saved == {}
    assert bakery.engine.statuses[-1] is False


def test_an_edit_that_was_not_saved_counts(bakery: ExcelBakery) -> None:
    bakery.book.sheets["Klanten"].range("A1").select()
    customers = bakery.book.sheets["Klanten"]
    header = customers.used_range.options(ndim=2).value
    row = next(index for index, cells in enumerate(header) if "E-mail facturen" in cells)
    customers.range((row + 2, header[row].index("E-mail facturen") + 1)).value = "nieuw@cafe-proef.example"
    bakery.selects("A3:A4")
    bakery.presses("customer_copies", "ok", "ok")
    assert {received.recipients for received in bakery.server.messages()} == {("nieuw@cafe-proef.example",)}


def test_with_a_problem_no_goes_to_its_cell(bakery: ExcelBakery) -> None:
    bakery.closes()
    bakery.opens(email="geen adres")
    bakery.selects("A3:A4")
    said = bakery.presses("customer_copies", "ok")
    assert "Er is nu niets te bezorgen." in said
    assert "2 facturen blijven liggen:" in said
    chosen = bakery.book.app.selection
    assert chosen is not None
    assert chosen.sheet.name == "Klanten"
    assert bakery.mailed == []


def test_pressing_again_offers_to_send_again_and_does_so_only_on_yes(bakery: ExcelBakery) -> None:
    bakery.selects("A3:A4")
    bakery.presses("customer_copies", "ok", "ok")
    said = bakery.presses("customer_copies", "no")
    assert "Deze 2 facturen zijn al bezorgd." in said
    assert len(bakery.mailed) == 2
    bakery.presses("customer_copies", "yes", "ok", "ok")
    assert len(bakery.mailed) == 4


def test_the_status_bar_counts_and_is_given_back(bakery: ExcelBakery) -> None:
    bakery.selects("A3:A6")
    bakery.presses("customer_copies", "ok", "ok")
    assert any(str(words).startswith("4/4 facturen bezorgd") for words in bakery.engine.statuses)
    assert bakery.engine.statuses[-1] is False


def test_the_summary_is_hidden_when_all_went_well_and_the_setting_says_so(bakery: ExcelBakery) -> None:
    bakery.closes()
    bakery.settings = {"mail.hide_message": True}
    bakery.opens()
    bakery.selects("A3:A4")
    bakery.presses("customer_copies", "ok")
    assert len(bakery.mailed) == 2


def test_failures_come_first_with_what_to_do(bakery: ExcelBakery) -> None:
    bakery.server.fault("rcpt", "550 5.1.1 unknown", times=1)
    bakery.selects("A3:A4")
    said = bakery.presses("customer_copies", "ok", "ok")
    assert "1 mislukt, 1 verzonden" in said
    assert "•  2026-0001 (Café De Proef): De mailserver weigert het adres van de ontvanger." in said
    assert bakery.shown["2026-0001"] == {Channel.MAIL: State.FAILED}


def test_cancel_in_the_middle_leaves_the_rest_for_the_next_run(
    bakery: ExcelBakery, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Impatient(Following):
        @property
        def cancelled(self) -> bool:
            return self._done >= 2

    monkeypatch.setattr(delivering, "Following", Impatient)
    bakery.selects("A3:A6")
    said = bakery.presses("customer_copies", "ok", "ok")
    assert "De ronde is gestopt." in said
    assert len(bakery.mailed) == 2
    assert [number for number, states in bakery.shown.items() if states] == ["2026-0001", "2026-0002"]


def test_a_workbook_closed_in_the_middle_loses_nothing(bakery: ExcelBakery) -> None:
    def close(alert: Alert) -> None:
        if "Doorgaan?" in alert.words:
            bakery.closes()

    bakery.selects("A3:A4")
    bakery.engine.on_alert = close
    bakery.engine.answers.extend(["ok"])
    book = bakery.book
    delivering_said = _pressed_on(bakery, book)
    assert len(bakery.mailed) == 2
    assert "nog niet in de werkmap" in delivering_said
    bakery.engine.on_alert = lambda _: None
    bakery.engine.app.books.open(str(bakery.folder / "boek.xlsx"))
    bakery.selects("A3:A4")
    said = bakery.presses("customer_copies", "no")
    assert "Deze 2 facturen zijn al bezorgd." in said
    assert bakery.shown["2026-0001"] == SENT
    assert len(bakery.mailed) == 2


def _pressed_on(bakery: ExcelBakery, book: object) -> str:
    from factuurbode.ribbon.pressing import pressed

    bakery.engine.alerts.clear()
    pressed("customer_copies", book)  # type: ignore[arg-type]
    return bakery.said


def test_a_second_workbook_that_is_open_is_left_alone(bakery: ExcelBakery) -> None:
    other = bakery.opens(name="ander.xlsx")
    bakery.book.activate()
    bakery.selects("A3:A4")
    bakery.presses("customer_copies", "ok", "ok")
    assert other.sheets["Facturen"].range("P3").value is None
    assert not (bakery.folder / "ander.factuurbode.db").exists()


def test_check_tells_what_is_wrong_and_goes_there(bakery: ExcelBakery) -> None:
    assert "niets aan te merken op de 4 facturen" in bakery.presses("check", "ok")
    bakery.closes()
    bakery.opens(email="")
    said = bakery.presses("check", "ok")
    assert "OK: ga naar de eerste" in said
    assert bakery.book.app.selection.sheet.name == "Klanten"  # type: ignore[union-attr]


def test_a_test_run_sends_nothing_and_shows_everything(bakery: ExcelBakery) -> None:
    bakery.selects("A3:A5")
    bakery.presses("test_run", "ok")
    assert bakery.mailed == []
    folder = bakery.folder / "facturen" / "proef"
    assert len(list(folder.glob("*.pdf"))) == 3
    assert (bakery.folder / "facturen" / "Verslag van de proef.html").is_file()


def test_a_preview_is_the_pdf_of_the_selected_invoice(bakery: ExcelBakery, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path] = []

    def show(pdf: Path) -> bool:
        opened.append(pdf)
        return True

    monkeypatch.setattr(delivering, "show_on_screen", show)
    bakery.selects("C4")
    bakery.presses("preview")
    (pdf,) = opened
    assert "2026-0002" in pdf.name
    assert bakery.mailed == []


def test_internal_copies_go_where_the_button_says(bakery: ExcelBakery) -> None:
    bakery.selects("A3:A4")
    bakery.presses("internal_copies_printer", "ok", "ok")
    assert len(bakery.tray.papers()) == 2
    bakery.presses("internal_copies_screen", "ok", "ok")
    assert len(list((bakery.folder / "facturen" / "intern").glob("*.pdf"))) >= 2
    assert bakery.mailed == []


@pytest.mark.parametrize("command", ["preview", "internal_copies"])
def test_what_is_about_an_invoice_asks_to_select_one(bakery: ExcelBakery, command: str) -> None:
    bakery.selects("A1", sheet="Klanten")
    assert "Kies op het blad Facturen eerst de rij" in bakery.presses(command, "ok")


def test_the_report_of_the_run_is_kept(bakery: ExcelBakery) -> None:
    assert "nog geen verslag" in bakery.presses("last_report", "ok")
    bakery.selects("A3:A4")
    bakery.presses("customer_copies", "ok", "ok")
    page = bakery.folder / "facturen" / "Verslag van de laatste ronde.html"
    assert "2026-0002" in page.read_text(encoding="utf-8")
    assert bakery.presses("last_report") == ""


def test_what_came_back_is_told_and_stands_in_the_workbook(bakery: ExcelBakery) -> None:
    bakery.closes()
    bakery.settings["mail.sent_copy_server"] = "imap.bakkerij.test"
    bakery.opens()
    bakery.selects("A3:A4")
    bakery.presses("customer_copies", "ok", "ok")
    assert bakery.presses("bounces", "ok") == "Er is niets nieuws teruggekomen."
    (lost, _) = bakery.server.messages()
    FolderMailbox(bakery.folder.parent / "postvak").receive(bounce_of(lost.content, str(CUSTOMER["email"])))
    said = bakery.presses("bounces", "ok")
    assert said.startswith("1 teruggekomen\n\n•  2026-000")
    assert "mailbox bestaat niet" in said
    assert sorted(map(str, bakery.saved.values())) == sorted(map(str, [SENT, {Channel.MAIL: State.BOUNCED}]))
    assert bakery.presses("bounces", "ok") == "Er is niets nieuws teruggekomen."


def test_without_a_mailbox_in_the_settings_nothing_can_have_come_back(bakery: ExcelBakery) -> None:
    assert "Server voor Verzonden items" in bakery.presses("bounces", "ok")


def test_a_press_that_was_cancelled_does_not_make_excel_ask_to_save(bakery: ExcelBakery) -> None:
    assert bakery.book.api.Saved
    bakery.selects("A3:A4")
    bakery.presses("customer_copies", "cancel")
    assert bakery.book.api.Saved


def test_of_several_rows_of_which_one_can_be_seen_that_one_goes(bakery: ExcelBakery) -> None:
    for row in (4, 5):
        bakery.hides_row(row)
    bakery.selects("A3:A5")
    bakery.presses("customer_copies", "ok", "ok")
    assert [number for number, states in bakery.shown.items() if states] == ["2026-0001"]


def test_the_statuses_fill_in_while_the_run_goes(bakery: ExcelBakery, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    class Looking(Following):
        def invoice_done(self) -> None:
            super().invoice_done()
            seen.append(sum(bool(states) for states in bakery.shown.values()))

    monkeypatch.setattr("factuurbode.steps.telling._REFRESH", 0.0)
    monkeypatch.setattr(delivering, "Following", Looking)
    bakery.selects("A3:A6")
    bakery.presses("customer_copies", "ok", "ok")
    assert seen == [1, 2, 3, 4]
    log = bakery.book.sheets["Logboek"].used_range.options(ndim=2).value
    assert [row[2] for row in log if row[5] == "Verzonden"] == ["2026-0001", "2026-0002", "2026-0003", "2026-0004"]

"""`factuurbode template` for mail texts, and the setting that makes a run use them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from factuurbode.cli import main
from factuurbode.deliver.letter import Amounts, Attachment, letter_for
from factuurbode.domain.mail_fields import MAIL_FIELDS
from factuurbode.domain.model import Language
from factuurbode.domain.settings import Mail, Settings
from factuurbode.errors import MailTextsMissing, TemplateFault
from factuurbode.render.sample import sample_invoices
from factuurbode.workbook.reader import read_ledger
from support.workbooks import small_book

Captured = pytest.CaptureFixture[str]


def test_restored_texts_are_fine_and_can_be_put_back_again_only_on_purpose(tmp_path: Path, capsys: Captured) -> None:
    folder = tmp_path / "teksten"
    assert main(["--lang", "nl", "template", "restore", str(folder), "--mail"]) == 0
    assert sorted(path.name for path in folder.iterdir()) == ["mail.nl.html", "mail.nl.txt"]
    assert main(["--lang", "nl", "template", "check", str(folder)]) == 0
    assert "De e-mailteksten in" in capsys.readouterr().out
    assert main(["--lang", "nl", "template", "restore", str(folder), "--mail"]) == 2
    assert main(["--lang", "nl", "template", "restore", str(folder), "--mail", "--force"]) == 0
    assert main(["--lang", "nl", "template", "restore", str(folder), "--mail", "--language", "de"]) == 0
    assert (folder / "mail.de.txt").exists()


@pytest.mark.parametrize("which", ["", "mail.nl.txt"])
def test_faults_are_told_with_their_remedy(tmp_path: Path, capsys: Captured, which: str) -> None:
    main(["--lang", "nl", "template", "restore", str(tmp_path), "--mail"])
    text = tmp_path / "mail.nl.txt"
    text.write_text(text.read_text(encoding="utf-8").replace("{{ number }}", "{{ nummer }}", 1), encoding="utf-8")
    capsys.readouterr()
    assert main(["--lang", "nl", "template", "check", str(tmp_path / which)]) == 1
    out = capsys.readouterr().out
    assert "Het veld nummer in mail.nl.txt bestaat niet; number wel. Bedoelt u dat?" in out
    assert main(["--lang", "nl", "template", "check", str(tmp_path / which), "--json"]) == 1
    [finding] = json.loads(capsys.readouterr().out)["findings"]
    assert (finding["code"], finding["facts"]["near"]) == ("letter_unknown_field_near", "number")


def test_the_fields_of_a_mail_are_listed(capsys: Captured) -> None:
    assert main(["--lang", "nl", "template", "fields"]) == 0
    out = capsys.readouterr().out
    assert "De velden van een e-mailtekst" in out
    assert "vervaldatum; leeg als er niets te betalen is" in out
    assert main(["--lang", "nl", "template", "fields", "--json"]) == 0
    assert [field["field"] for field in json.loads(capsys.readouterr().out)["mail_fields"]] == list(MAIL_FIELDS)


def letter(folder: Path | None, language: Language = Language.NL) -> str:
    made = letter_for(
        sample_invoices(language)["full"],
        Settings(mail=Mail(sender="bakker@bakkerij.test")),
        Amounts("€ 1"),
        Attachment(b"", "x.pdf"),
        recipients=["jan@klant.test"],
        dispatch_id="d1",
        date=datetime(2026, 10, 6, tzinfo=UTC),
        templates=folder,
    )
    return f"{made.subject}\n{made.text}\n{made.html}"


def test_the_setting_points_to_a_folder_seen_from_the_workbook(tmp_path: Path) -> None:
    book = small_book(tmp_path / "boek.xlsx", settings={"mail.texts": "mijn teksten"})
    assert read_ledger(book).settings.mail.texts == tmp_path / "mijn teksten"
    assert read_ledger(small_book(tmp_path / "ander.xlsx")).settings.mail.texts is None


def test_own_texts_are_used_and_a_language_without_them_has_those_of_the_product(tmp_path: Path) -> None:
    (tmp_path / "mail.nl.txt").write_text("Subject: Van de bakker: {{ number }}\nDag!\n", encoding="utf-8")
    (tmp_path / "mail.nl.html").write_text("<p>Dag {{ company }}!</p>", encoding="utf-8")
    assert letter(tmp_path).startswith("Van de bakker: 2026-0001\nDag!")
    assert letter(tmp_path, Language.EN) == letter(None, Language.EN)


def test_texts_that_are_not_there_are_never_silently_replaced(tmp_path: Path) -> None:
    with pytest.raises(MailTextsMissing):
        letter(tmp_path / "weg")
    (tmp_path / "mail.nl.txt").write_text("Subject: x\nDag!\n", encoding="utf-8")
    with pytest.raises(TemplateFault):
        letter(tmp_path)


def test_the_doctor_tells_of_faulty_texts(tmp_path: Path, capsys: Captured) -> None:
    folder = tmp_path / "teksten"
    main(["template", "restore", str(folder), "--mail", "--language", "nl"])
    book = small_book(tmp_path / "boek.xlsx", settings={"mail.texts": "teksten"})
    main(["--lang", "nl", "doctor", str(book)])
    assert "de e-mailteksten in" in capsys.readouterr().out
    (folder / "mail.nl.html").unlink()
    main(["--lang", "nl", "doctor", str(book)])
    assert "staan 1 fouten" in " ".join(capsys.readouterr().out.split())

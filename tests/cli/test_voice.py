"""How the command line speaks: failures first, one summary, and the language that was asked for."""

from __future__ import annotations

from pathlib import Path

import keyring
import keyring.backend
import pytest

from factuurbode.cli import main
from factuurbode.cli.language import asked_language
from factuurbode.cli.voice import Voice
from factuurbode.domain.model import Channel, Language
from factuurbode.domain.problems import Problem, Severity
from factuurbode.domain.states import State
from factuurbode.errors import BookNotWritable
from factuurbode.ports import Outcome
from factuurbode.steps.report import Report, Result
from factuurbode.texts import own_language
from support.workbooks import small_book

SENT = Result("2026-0001", Outcome(Channel.MAIL, State.SENT, recipients=("a@x.example",)))
FAILED = Result(
    "2026-0002",
    Outcome(Channel.MAIL, State.FAILED, "outcome.mail_recipient_refused", {"detail": "550 [red]onbekend"}),
)


def shown(capsys: pytest.CaptureFixture[str], report: Report, *, quiet: bool = False) -> str:
    Voice(Language.NL, fixed=True, as_json=False).report(report, quiet=quiet)
    return capsys.readouterr().out


def test_failures_come_first_and_the_summary_last(capsys: pytest.CaptureFixture[str]) -> None:
    told = shown(capsys, Report((SENT, FAILED)))
    assert told.index("2026-0002") < told.index("2026-0001")
    assert told.rstrip().endswith("1 mislukt · 1 verzonden")


def test_what_a_server_says_is_text_and_no_markup(capsys: pytest.CaptureFixture[str]) -> None:
    assert "550 [red]onbekend" in " ".join(shown(capsys, Report((FAILED,))).split())


def test_nothing_to_do_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(capsys, Report()) == "Er is niets te verzenden.\n"


def test_quiet_hides_success_and_never_a_failure(capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(capsys, Report((SENT,)), quiet=True) == ""
    assert "2026-0002" in shown(capsys, Report((SENT, FAILED)), quiet=True)


def test_a_workbook_that_could_not_be_told_is_said_with_the_remedy(capsys: pytest.CaptureFixture[str]) -> None:
    report = Report((SENT,), (Problem("number_gap", Severity.WARNING),), BookNotWritable(path="boek.xlsx"))
    Voice(Language.EN, fixed=True, as_json=False).report(report)
    told = capsys.readouterr()
    assert "not yet in the workbook" in told.err
    assert "Close the workbook" in told.err
    assert "Warnings about the workbook: 1" in told.out


def test_the_language_is_asked_for_before_anything_else(monkeypatch: pytest.MonkeyPatch) -> None:
    assert asked_language(["--lang", "nl", "check"]) is Language.NL
    assert asked_language(["check", "--lang=en"]) is Language.EN
    assert asked_language(["check"]) is None
    monkeypatch.setenv("FACTUURBODE_LANG", "nl_NL")
    assert asked_language(["check"]) is Language.NL


def test_else_it_is_that_of_the_computer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "nl_NL.UTF-8")
    assert own_language() is Language.NL
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    assert own_language() is Language.EN


@pytest.mark.parametrize(("language", "word"), [("nl", "OPDRACHT"), ("en", "COMMAND")])
def test_help_is_in_the_language_asked_for(language: str, word: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--lang", language, "--help"])
    assert end.value.code == 0
    assert word in capsys.readouterr().out


class InMemory(keyring.backend.KeyringBackend):
    """A keyring that forgets."""

    priority = 1

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


def test_a_password_goes_into_the_keyring_and_nowhere_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ring, before = InMemory(), keyring.get_keyring()
    keyring.set_keyring(ring)
    try:
        book = small_book(tmp_path / "boek.xlsx", settings={"mail.sign_in": "password", "mail.user": "bakker"})
        monkeypatch.setattr("getpass.getpass", lambda _: "geheim-123")
        assert main(["password", str(book)]) == 0
    finally:
        keyring.set_keyring(before)
    assert list(ring.kept.values()) == ["geheim-123"]
    told = capsys.readouterr()
    assert "geheim-123" not in told.out + told.err
    assert all(b"geheim-123" not in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())

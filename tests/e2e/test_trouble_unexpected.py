"""What nobody foresaw: one sentence for a person, the details in a file, exit code 2."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from factuurbode import __version__, dispatch
from factuurbode.errors import Unexpected, UnexpectedUnkept
from factuurbode.mishap import KEPT, state_folder, written_down
from support.bakery import Bakery

pytestmark = pytest.mark.libreoffice


@pytest.fixture
def mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake in the program, in the middle of a check."""

    def stumbles(office: object) -> None:
        raise ZeroDivisionError("nobody thought of this")

    monkeypatch.setattr(dispatch, "check", stumbles)


@pytest.mark.usefixtures("mistake")
def test_a_mistake_is_one_sentence_and_the_details_are_in_a_file_to_report(bakery: Bakery, tmp_path: Path) -> None:
    told = bakery.types("check")
    assert told.code == 2
    assert "Er ging iets mis dat factuurbode niet kent (ZeroDivisionError)." in told.words
    assert "nobody thought of this" not in told.words
    assert "Meld dit alstublieft" in told.words
    (log,) = (tmp_path / "state" / "factuurbode").iterdir()
    assert str(log) in told.words
    details = log.read_text(encoding="utf-8")
    assert "ZeroDivisionError: nobody thought of this" in details
    assert "Traceback" in details
    assert f"factuurbode {__version__}" in details
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


@pytest.mark.usefixtures("mistake")
def test_a_program_gets_it_as_an_object(bakery: Bakery) -> None:
    told = bakery.types("check", "--json")
    assert told.code == 2
    assert json.loads(told.words)["error"]["code"] == "unexpected"


def test_where_the_own_folder_cannot_be_the_temporary_one_serves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert Path(written_down(ValueError("x"), []).facts["log"]).parent == tmp_path
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "file"))
    told = written_down(ValueError("x"), [])
    assert isinstance(told, UnexpectedUnkept)
    assert told.facts == {"kind": "ValueError", "detail": "x"}


def test_only_the_newest_files_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    mine = tmp_path / "factuurbode" / "notes.txt"
    mine.parent.mkdir()
    mine.touch()
    logs = [written_down(ValueError("x"), []).facts["log"] for _ in range(KEPT + 5)]
    assert len(list(mine.parent.iterdir())) == KEPT + 1
    assert Path(logs[-1]).exists()
    assert mine.exists()


def test_the_folder_is_the_one_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/bakker")
    monkeypatch.setenv("XDG_STATE_HOME", "relative/is/ignored")
    assert state_folder() == Path("/home/bakker/.local/state/factuurbode")
    monkeypatch.setattr(sys, "platform", "darwin")
    assert state_folder() == Path("/home/bakker/Library/Logs/factuurbode")
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", "/home/bakker/AppData/Local")
    assert state_folder() == Path("/home/bakker/AppData/Local/factuurbode/Logs")


def test_output_that_cannot_be_written_is_no_traceback(bakery: Bakery, tmp_path: Path) -> None:
    with bakery.book.open("rb") as only_to_read:
        done = subprocess.run(
            [sys.executable, "-m", "factuurbode", "--lang", "en", "check", str(bakery.book)],
            stdout=only_to_read,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env={**os.environ, "XDG_STATE_HOME": str(tmp_path / "state")},
        )
    assert done.returncode != 0
    assert "Traceback" not in done.stderr


def test_letters_that_a_terminal_does_not_have_are_no_reason_to_stop(bakery: Bakery) -> None:
    bakery.settings = {"company.name": ""}
    bakery.opens()
    done = subprocess.run(
        [sys.executable, "-m", "factuurbode", "--lang", "nl", "check", str(bakery.book)],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
    )
    assert done.returncode == 1
    assert b"De naam van uw bedrijf ontbreekt." in done.stdout


def test_the_error_is_one_of_the_tree() -> None:
    assert issubclass(UnexpectedUnkept, Unexpected)

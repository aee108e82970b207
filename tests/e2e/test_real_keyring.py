"""A password typed once, kept by the keyring of the desktop, and found there by the next command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from support.mailserver import mail_server
from support.passwords import SECRET, password_in_settings
from support.secret_service import can_run, secret_service
from support.workbooks import Row, small_book

pytestmark = [
    pytest.mark.secret_service,
    pytest.mark.smtp_tls,
    pytest.mark.skipif(not can_run(), reason="needs GNOME Keyring (scripts/system-packages --tests)"),
]
USER = "bakker@bakkerij.test"


def typed(environment: Mapping[str, str], *command: str, answer: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "factuurbode", "--lang", "en", *command],
        env={**os.environ, **environment, "PYTHONWARNINGS": "ignore"},
        input=answer,
        capture_output=True,
        text=True,
        check=False,
    )


def mail_finding(environment: Mapping[str, str], book: Path) -> str:
    told = typed(environment, "doctor", str(book), "--json")
    findings = json.loads(told.stdout)["findings"]
    return str(next(finding["code"] for finding in findings if finding["check"] == "mail"))


@pytest.mark.parametrize("way", ["password", "signin", "cell"])
def test_a_password_is_kept_once_and_lets_every_later_command_in(tmp_path: Path, way: str) -> None:
    with (
        secret_service(tmp_path / "keyring") as environment,
        mail_server(tmp_path / "mail", tls="tls", user=USER, password=SECRET) as server,
    ):
        settings: Row = {
            "mail.server": server.host,
            "mail.port": server.port,
            "mail.security": "tls",
            "mail.sign_in": "password",
            "mail.user": USER,
            "mail.ca_file": str(server.ca_file),
        }
        book = small_book(tmp_path / "boek.xlsx", settings=settings)
        assert mail_finding(environment, book) == "mail_password_missing"
        if way == "cell":
            password_in_settings(book)
            assert "It is now in the keyring" in typed(environment, "check", str(book)).stderr
        else:
            done = typed(environment, way, str(book), answer=f"{SECRET}\n")
            assert done.returncode == 0, done.stderr
        assert mail_finding(environment, book) == "mail_tls"
        assert "JUDGED PLAIN right" in server.commands()


def test_a_locked_keyring_is_told_with_what_else_can_be_done(tmp_path: Path) -> None:
    settings = {"mail.sign_in": "password", "mail.user": USER}
    book = small_book(tmp_path / "boek.xlsx", settings=settings)
    with secret_service(tmp_path / "keyring", unlocked=False) as environment:
        done = typed(environment, "signin", str(book), answer=f"{SECRET}\n")
    assert done.returncode == 2
    assert "FACTUURBODE_SMTP_PASSWORD" in done.stderr
    assert SECRET not in done.stdout + done.stderr

"""Showing a file or a web page with the program of this computer, if it has one that starts."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from factuurbode.deliver.screen import open_in_browser, show_on_screen


@pytest.fixture
def opener(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only program there is: it tells what it was to open, through a pipe."""
    os.mkfifo(tmp_path / "told")
    program = tmp_path / "xdg-open"
    program.write_text(f'#!/bin/sh\necho "$1" > {tmp_path / "told"}\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    return program


def test_the_program_gets_the_pdf(opener: Path, tmp_path: Path) -> None:
    assert show_on_screen(tmp_path / "Factuur 1 & 2.pdf")
    assert (tmp_path / "told").read_text() == f"{tmp_path / 'Factuur 1 & 2.pdf'}\n"


def test_without_a_program_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not show_on_screen(tmp_path / "x.pdf")


def test_a_program_that_does_not_start_is_no_trouble(opener: Path, tmp_path: Path) -> None:
    opener.write_text("#!/bin/there-is-no-such-shell\n")
    assert not show_on_screen(tmp_path / "x.pdf")


def test_on_windows_it_is_the_system_that_opens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(os, "startfile", opened.append, raising=False)
    assert show_on_screen(tmp_path / "x.pdf")
    assert opened == [str(tmp_path / "x.pdf")]

    def nothing(path: str) -> None:
        raise OSError(1155, "no application is associated")

    monkeypatch.setattr(os, "startfile", nothing, raising=False)
    assert not show_on_screen(tmp_path / "x.pdf")


ADDRESS = "https://login.example.test/authorize?client_id=1&state=2"


@pytest.mark.parametrize("screen", ["DISPLAY", "WAYLAND_DISPLAY"])
def test_an_address_opens_where_there_is_a_screen(
    opener: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, screen: str
) -> None:
    monkeypatch.setenv(screen, ":1")
    assert open_in_browser(ADDRESS)
    assert (tmp_path / "told").read_text() == f"{ADDRESS}\n"


def test_without_a_screen_no_browser_is_started_in_the_terminal(opener: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not open_in_browser(ADDRESS)


@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://login.example.test", "-version", ""])
def test_only_an_address_over_https_is_opened(opener: Path, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("DISPLAY", ":1")
    assert not open_in_browser(address)

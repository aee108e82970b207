"""The small windows of our own, on a real screen with a real keyboard."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from factuurbode.domain.model import Language
from factuurbode.ribbon.window import ProgressWindow, ask_for, can_show_windows, choose_files
from factuurbode.texts import texts_in
from support.screen import Screen, a_screen

pytestmark = pytest.mark.screen

TEXTS = texts_in(Language.NL)
TITLE = TEXTS("ribbon.title")


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Iterator[Screen]:
    if not can_show_windows():
        pytest.skip("needs a Python with tkinter")
    with a_screen() as made:
        monkeypatch.setenv("DISPLAY", made.display)
        yield made


def eventually(happened: Callable[[], bool]) -> bool:
    """Whether it happens within two minutes."""
    pause = threading.Event()
    return any(happened() or pause.wait(0.05) for _ in range(2400))


def answered(screen: Screen, *, hidden: bool, act: Callable[[str], None]) -> str | None:
    """What the question comes to when the person does *act* with its window."""
    said: list[str | None] = []
    asking = threading.Thread(target=lambda: said.append(ask_for(TEXTS, "Waarom?", hidden=hidden)))
    asking.start()
    act(screen.window(TITLE))
    asking.join()
    return said[0]


def test_escape_cancels_the_run_and_the_window_stays_until_the_run_ends(screen: Screen) -> None:
    window = ProgressWindow(TEXTS, 48)
    shown = screen.window(TITLE)
    window.show(12, 48, "12/48")
    assert not window.cancelled
    screen.presses(shown, "Escape")
    assert eventually(lambda: window.cancelled)
    assert screen.window(TITLE) == shown
    window.close()


def test_what_cannot_stop_halfway_offers_no_cancel(screen: Screen) -> None:
    window = ProgressWindow(TEXTS, 3, can_cancel=False)
    shown = screen.window(TITLE)
    screen.presses(shown, "Escape")
    window.show(1, 3, "1/3")
    window.close()  # returns when the window has seen the key and gone
    assert not window.cancelled


def test_a_window_that_somebody_ends_does_not_end_the_run(screen: Screen) -> None:
    window = ProgressWindow(TEXTS, 2)
    screen.window(TITLE)
    assert window._process is not None
    window._process.kill()
    window._process.wait()
    for done in range(3):
        window.show(done, 2, f"{done}/2")
    assert not window.cancelled
    window.close()


@pytest.mark.parametrize("hidden", [False, True])
def test_what_is_typed_is_the_answer(screen: Screen, hidden: bool) -> None:
    def act(window: str) -> None:
        screen.types(window, "kwijt & zoek")
        screen.presses(window, "Return")

    assert answered(screen, hidden=hidden, act=act) == "kwijt & zoek"


def test_escape_is_no_answer(screen: Screen) -> None:
    assert answered(screen, hidden=True, act=lambda window: screen.presses(window, "Escape")) is None


def test_without_a_screen_nothing_is_shown_and_nobody_waits() -> None:
    window = ProgressWindow(TEXTS, 3)
    window.show(1, 3, "1/3")
    window.close()
    assert ask_for(TEXTS, "Waarom?") is None


@pytest.mark.parametrize(("key", "expected"), [("Return", ["week45.csv"]), ("Escape", [])])
def test_files_are_chosen_or_not(screen: Screen, tmp_path: Path, key: str, expected: list[str]) -> None:
    (tmp_path / "week45.csv").write_text("a;b", encoding="utf-8")
    said: list[tuple[Path, ...]] = []
    asking = threading.Thread(target=lambda: said.append(choose_files(TEXTS)))
    asking.start()
    window = screen.window(TEXTS("ribbon.files.title"))
    screen.types(window, str(tmp_path / "week45.csv"))
    screen.presses(window, key)
    asking.join()
    assert [path.name for path in said[0]] == expected

"""The small windows that Excel has not: each is a process of its own, so that neither Excel nor a run waits for it."""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
import sys
import threading
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from ..texts import Texts

_SCRIPT = Path(__file__).with_name("window_script.py")
_GOODBYE = 5.0  # seconds
_CREATE_NO_WINDOW = 0x08000000  # Windows: no black console behind our window


class ProgressWindow:
    """How far a run is, with a Cancel button where it can stop halfway.

    Where no window can be shown, nothing is, and nobody can cancel.
    """

    def __init__(self, texts: Texts, total: int, *, can_cancel: bool = True) -> None:
        self._pressed = threading.Event()
        self._process = _started(
            "progress",
            {
                "title": texts("ribbon.title"),
                "text": texts("ribbon.progress.begins", total=total),
                "total": total,
                "cancel": texts("ribbon.progress.cancel") if can_cancel else "",
                "cancelling": texts("ribbon.progress.cancelling"),
            },
        )
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    @property
    def cancelled(self) -> bool:
        """Whether Cancel was pressed."""
        return self._pressed.is_set()

    def show(self, done: int, total: int, text: str) -> None:
        """So much is done."""
        if self._process is None or self._process.stdin is None:
            return
        with contextlib.suppress(OSError):  # somebody ended the window: the run goes on without it
            self._process.stdin.write(json.dumps({"done": done, "total": total, "text": text}) + "\n")
            self._process.stdin.flush()

    def close(self) -> None:
        """The run has ended."""
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(OSError):
            if process.stdin is not None:
                process.stdin.close()
        try:
            process.wait(_GOODBYE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        self._listener.join()
        if process.stdout is not None:
            process.stdout.close()

    def _listen(self) -> None:
        if self._process is None or self._process.stdout is None:
            return
        for line in self._process.stdout:
            if line.strip() == "cancel":
                self._pressed.set()


def ask_for(texts: Texts, question: str, *, hidden: bool = False) -> str | None:
    """What the person types as an answer to *question*; None when they cancel or no window can be shown."""
    words = {"title": texts("ribbon.title"), "text": question, "hidden": hidden}
    buttons = {"accept": texts("ribbon.accept"), "cancel": texts("ribbon.progress.cancel")}
    process = _started("ask", {**words, **buttons})
    if process is None:
        return None
    told, _ = process.communicate()
    answer = json.loads(told) if told.strip() else None
    return answer if isinstance(answer, str) else None


def choose_files(texts: Texts) -> tuple[Path, ...]:
    """The files that the person chooses; none when they cancel or no window can be shown."""
    kinds = [
        [texts("ribbon.files.tables"), "*.csv *.txt *.tsv *.xlsx *.xlsm *.xlsb *.xls *.ods"],
        [texts("ribbon.files.all"), "*"],
    ]
    process = _started("files", {"title": texts("ribbon.files.title"), "kinds": kinds})
    if process is None:
        return ()
    told, _ = process.communicate()
    chosen = json.loads(told) if told.strip() else []
    return tuple(Path(name) for name in chosen if isinstance(name, str))


def tell_in_window(texts: Texts, words: str) -> None:
    """Show *words* where Excel can no longer, and go on at once."""
    process = _started("tell", {"title": texts("ribbon.title"), "text": words, "accept": texts("ribbon.accept")})
    if process is not None:
        threading.Thread(target=process.communicate, daemon=True).start()  # it may stay as long as it likes


def can_show_windows() -> bool:
    """Whether there is a Python with tkinter for them."""
    return _python() is not None


def _started(kind: str, order: Mapping[str, object]) -> subprocess.Popen[str] | None:
    python = _python()
    if python is None:
        return None
    try:
        return subprocess.Popen(
            [python, "-I", str(_SCRIPT), kind, json.dumps(order)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            creationflags=_CREATE_NO_WINDOW if sys.platform == "win32" else 0,
        )
    except OSError:
        return None


@cache
def _python() -> str | None:
    """A Python that has tkinter: our own, or the system's, as some builds come without it."""
    for candidate in (sys.executable, shutil.which("python3", path="/usr/bin:/usr/local/bin")):
        if candidate and _has_tkinter(candidate):
            return candidate
    return None


def _has_tkinter(python: str) -> bool:
    if python == sys.executable:
        from importlib.util import find_spec

        return find_spec("_tkinter") is not None
    found = subprocess.run([python, "-c", "import tkinter"], capture_output=True, timeout=20, check=False)
    return found.returncode == 0

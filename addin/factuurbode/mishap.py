"""The last resort: what nobody foresaw becomes one sentence for a person and a file with the details for its makers."""

from __future__ import annotations

import os
import platform
import secrets
import sys
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from . import __version__
from .errors import Unexpected, UnexpectedUnkept

KEPT = 20
"""So many of these files stay; older ones make room."""

_secrets: set[str] = set()
_SHORTEST = 3


def keep_quiet(secret: str) -> None:
    """From now on *secret* stays out of everything that `discreet` and `written_down` give; one or two signs are none.

    Nobody can foresee what an exception of a library, or the answer of a server, says again of what it was given.
    """
    if len(secret) >= _SHORTEST:
        _secrets.add(secret)


def discreet(text: str) -> str:
    """*text* without the secrets that this process has worked with."""
    for secret in sorted(_secrets, key=len, reverse=True):
        text = text.replace(secret, "…")
    return text


def written_down(error: Exception, arguments: Sequence[str]) -> Unexpected:
    """The error to tell instead of *error*, after its details went into a file that only this user can read.

    The file holds the command line, the versions and the traceback, without the values that were worked with.
    """
    details = discreet(_details(error, arguments))
    name = f"{datetime.now().astimezone():%Y%m%d-%H%M%S}-{secrets.token_hex(2)}.txt"
    for folder in _folders():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _forget_old(folder)
            log = folder / name
            descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:
                file.write(details)
        except OSError:
            continue
        return Unexpected(kind=type(error).__name__, log=log)
    return UnexpectedUnkept(kind=type(error).__name__, detail=discreet(str(error)))


def state_folder() -> Path:
    """Where programs keep such files for this user (on Linux: the XDG base directory specification)."""
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 - Path.home() raises where there is none
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home) / "factuurbode" / "Logs"
    if sys.platform == "darwin":
        return home / "Library" / "Logs" / "factuurbode"
    given = Path(os.environ.get("XDG_STATE_HOME", ""))
    return (given if given.is_absolute() else home / ".local" / "state") / "factuurbode"


def _folders() -> Iterator[Path]:
    yield state_folder()
    try:
        yield Path(tempfile.gettempdir())
    except OSError:
        return


def _forget_old(folder: Path) -> None:
    for old in sorted(folder.glob("????????-??????-????.txt"))[: -KEPT + 1]:
        old.unlink(missing_ok=True)


def _details(error: Exception, arguments: Sequence[str]) -> str:
    facts = (
        f"factuurbode {__version__}",
        f"Python {platform.python_version()} ({sys.executable})",
        platform.platform(),
        f"command: {list(arguments)}",
    )
    return "\n".join((*facts, "", *traceback.format_exception(error)))

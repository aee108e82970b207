"""Putting the add-in where Excel finds it, and taking it away again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ..errors import AddInInUse, PythonPathUnusable, StorageError, disk_reason
from ..files import make_folder, replacing
from . import receipt
from .addin_file import FILE_NAME, addin_bytes
from .configuration import configuration
from .places import Places
from .xlwings_parts import applescript

_OURS = re.compile(r"factuurbode\.xlam|xlwings-[0-9.]+\.applescript")
"""Nothing else is ever removed, whatever a receipt says."""
_NOT_ON_WINDOWS = '"%'
"""cmd.exe would fill in what stands between percent signs."""
_NOT_ON_MAC = "\"'\\|;$`"
"""AppleScript, the shell and xlwings' own list each take one of these for theirs."""
_PLAIN_ON_MAC = re.compile(r"[\w/.+@,:=-]+")


class Deed(StrEnum):
    """What was done with a file."""

    PLACED = "placed"
    SAME = "same"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Done:
    """One file and what was done with it."""

    deed: Deed
    path: Path


def install(where: Places, python: Path) -> tuple[Done, ...]:
    """Put the add-in, which will start *python*, and on a Mac the script that it needs, where Excel looks.

    Doing it again changes nothing; files of an earlier version that are no longer needed go. Raises AddInInUse,
    PythonPathUnusable, StorageError.
    """
    values = configuration(mac=_for_mac(python)) if where.is_mac else configuration(windows=_for_windows(python))
    wanted = {where.startup / FILE_NAME: addin_bytes(values)}
    if where.scripts:
        name, script = applescript()
        wanted[where.scripts / name] = script
    before = receipt.read(where.receipt)
    # A script that xlwings itself put there is not ours to remove later.
    others = {path for path in wanted if path.parent == where.scripts and path not in before and path.exists()}
    receipt.write(where.receipt, sorted({*before, *(wanted.keys() - others)}))
    done = [_placed(path, content) for path, content in wanted.items()]
    done += _removed(path for path in before if path not in wanted)
    receipt.write(where.receipt, sorted(wanted.keys() - others))
    return tuple(done)


def build(folder: Path, values: Mapping[str, str | bool] | None = None) -> tuple[Done, ...]:
    """Only make the add-in, in *folder*. Raises StorageError."""
    return (_placed(folder / FILE_NAME, addin_bytes(values)),)


def uninstall(where: Places) -> tuple[Done, ...]:
    """Remove what `install` placed, and nothing else. Raises AddInInUse, StorageError."""
    done = tuple(_removed(receipt.read(where.receipt)))
    receipt.forget(where.receipt)
    return done


def _placed(path: Path, content: bytes) -> Done:
    if _holds(path, content):
        return Done(Deed.SAME, path)
    make_folder(path.parent)
    try:
        with replacing(path) as out:
            out.write(content)
    except StorageError as error:
        if isinstance(error.__cause__, PermissionError) and path.exists():
            raise AddInInUse(path=path) from error  # Windows lets no file be replaced that is open
        raise
    return Done(Deed.PLACED, path)


def _removed(paths: Iterable[Path]) -> list[Done]:
    done = []
    for path in paths:
        if not _OURS.fullmatch(path.name) or not path.exists():
            continue
        try:
            path.unlink()
        except PermissionError as error:
            raise AddInInUse(path=path) from error
        except OSError as error:
            raise StorageError(path=path, detail=disk_reason(error)) from error
        done.append(Done(Deed.REMOVED, path))
    return done


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.read_bytes() == content
    except OSError:
        return False


def _for_windows(python: Path) -> str:
    """*python* as the configuration sheet needs it. Raises PythonPathUnusable."""
    if any(letter in str(python) for letter in _NOT_ON_WINDOWS):
        raise PythonPathUnusable(path=python)
    return str(python)


def _for_mac(python: Path) -> str:
    """*python* for a shell: xlwings' script does not quote it, so a name with a blank is quoted here.

    Raises PythonPathUnusable.
    """
    if any(letter in str(python) for letter in _NOT_ON_MAC):
        raise PythonPathUnusable(path=python)
    return "/".join(
        part if not part or _PLAIN_ON_MAC.fullmatch(part) else f"'{part}'" for part in str(python).split("/")
    )

"""What a run that was killed leaves beside the baker's files, and its clearing away by the next one.

Everything temporary that stands beside them has a name that only we give, with the process and the computer that it is
of. It goes when that process is no more; a name of another computer says nothing about what lives there, and stays.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import platform
import re
import secrets
import shutil
import stat
import sys
from functools import cache
from pathlib import Path

_OURS = re.compile(r"\.factuurbode-(?P<pid>[1-9][0-9]{0,9})-(?P<computer>[0-9a-f]{8})-[0-9a-f]{16}\.tmp")


def temporary_name(folder: Path) -> Path:
    """A new name in *folder* for something that is gone when this process is."""
    return folder / f".factuurbode-{os.getpid()}-{_computer()}-{secrets.token_hex(8)}.tmp"


@cache
def clear(folder: Path) -> None:
    """Remove from *folder* what dead processes of this computer left; once in the life of this process.

    What cannot be removed stays: it may be held open, on Windows by whoever looks at it.
    """
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            found = _OURS.fullmatch(path.name)
            if found and found["computer"] == _computer() and not alive(int(found["pid"])):
                _remove(path)


def alive(pid: int) -> bool:
    """Whether this computer has a process with that number, whosoever it is."""
    if sys.platform == "win32":  # there, a signal that does not exist would end the process
        import pywintypes
        import win32api
        import win32con
        import win32process
        import winerror

        try:
            process = win32api.OpenProcess(win32con.PROCESS_QUERY_LIMITED_INFORMATION, False, pid)
        except pywintypes.error as error:
            return bool(error.winerror != winerror.ERROR_INVALID_PARAMETER)
        return bool(win32process.GetExitCodeProcess(process) == win32con.STILL_ACTIVE)
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:  # it is somebody else's
        return True
    return True


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        kind = path.lstat().st_mode
        if stat.S_ISDIR(kind):
            shutil.rmtree(path, ignore_errors=True)
        elif stat.S_ISREG(kind):
            path.unlink()


@cache
def _computer() -> str:
    return hashlib.sha256(platform.node().casefold().encode(errors="replace")).hexdigest()[:8]

"""Files that are whole on disk, or not there: nothing half-written ever stands under a final name."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from .errors import StorageError, disk_reason
from .leftovers import clear, temporary_name


@contextlib.contextmanager
def replacing(target: Path) -> Iterator[BinaryIO]:
    """A file to write that takes *target*'s place, whole and on disk, when the block ends well.

    Raises StorageError when the disk is full or the folder cannot be written.
    """
    clear(target.parent)
    temporary = temporary_name(target.parent)
    try:
        with open(temporary, "xb", opener=_for_us_only) as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        if target.exists():
            temporary.chmod(target.stat().st_mode & 0o777)
        else:
            temporary.chmod(0o644)
        temporary.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        raise StorageError(path=target, detail=disk_reason(error)) from error
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


@contextlib.contextmanager
def scratch_beside(target: Path) -> Iterator[Path]:
    """A folder beside *target*, on the same disk, that is gone after the block. Raises OSError."""
    clear(target.parent)
    folder = temporary_name(target.parent)
    folder.mkdir(0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _for_us_only(name: str, flags: int) -> int:
    """Until it takes its place, nobody else reads what is written."""
    return os.open(name, flags, 0o600)


def make_folder(folder: Path) -> None:
    """Make *folder* and what leads to it, where they are not there yet. Raises StorageError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(path=folder, detail=disk_reason(error)) from error


def sync_folder(folder: Path) -> None:
    """Make a new name in *folder* itself survive a power cut; Windows has no such call, and needs none.

    Raises OSError.
    """
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

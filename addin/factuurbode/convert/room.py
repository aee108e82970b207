"""Room for a converter's temporary files: asked first, because a program on a full disk says anything but that."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from ..errors import StorageError, disk_reason

NEEDED = 20 * 2**20
"""Bytes for the profile of a LibreOffice, a document and its PDF, several times over."""


def private_folder() -> Path:
    """A new folder for temporary files. Raises StorageError when it cannot be made or the disk is (nearly) full."""
    try:
        folder = Path(tempfile.mkdtemp(prefix="factuurbode-"))
    except OSError as error:
        raise StorageError(path=_where(), detail=disk_reason(error)) from error
    if trouble := out_of_room(folder):
        shutil.rmtree(folder, ignore_errors=True)
        raise trouble
    return folder


def out_of_room(folder: Path) -> StorageError | None:
    """The error to tell when the disk of *folder* is (nearly) full; else None."""
    try:
        free = shutil.disk_usage(folder).free
    except OSError as error:
        return StorageError(path=folder, detail=disk_reason(error))
    return StorageError(path=folder.parent, detail="disk.full") if free < NEEDED else None


def _where() -> str:
    """The folder for temporary files, as far as the system has one."""
    try:
        return tempfile.gettempdir()
    except OSError:
        return "TMPDIR"

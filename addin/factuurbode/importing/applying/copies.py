"""The copy of the workbook as it was before an import."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

from ...errors import StorageError, disk_reason
from ...files import make_folder, replacing


def keep_copy(book: Path, folder: Path, moment: datetime, number: str) -> tuple[Path, str]:
    """A copy of the workbook in *folder*, named with its *moment* and the *number* of the import, and its SHA-256.

    Raises StorageError.
    """
    make_folder(folder)
    place = folder / f"{book.stem} {moment:%Y-%m-%d %H.%M.%S} {number[-4:]}{book.suffix}"
    data = _bytes(book)
    with replacing(place) as out:
        out.write(data)
    place.chmod(book.stat().st_mode & 0o777)  # who may not read the workbook may not read its copy
    return place, hashlib.sha256(data).hexdigest()


def weighed(book: Path) -> str:
    """The SHA-256 of the file at *book*. Raises StorageError."""
    return hashlib.sha256(_bytes(book)).hexdigest()


def put_back(kept: Path, sha256: str, book: Path) -> bool:
    """Let *book* be what it was when it was *kept*; False, and nothing happens, when the copy is not what it was.

    Raises StorageError.
    """
    if not kept.is_file():
        return False
    data = _bytes(kept)
    if hashlib.sha256(data).hexdigest() != sha256:
        return False
    with replacing(book) as out:
        out.write(data)
    return True


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise StorageError(path=path, detail=disk_reason(error)) from error

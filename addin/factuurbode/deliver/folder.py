"""Writing a file so that it is whole or absent, and never in the place of another document."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from ..errors import StorageError, disk_reason
from ..files import make_folder, replacing, sync_folder
from ..leftovers import clear, temporary_name


def save(pdf: bytes, folder: Path, name: str) -> Path:
    """Write *pdf* as *name* in *folder*, which is made when needed, and return where it stands.

    A file that already holds the same bytes is left as it is. Where another document has the name, the new one
    gets a number: `name (2).pdf`. Raises StorageError when the disk is full, not ours to write, or no folder.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in _candidates(folder / name):
            if _stored(pdf, path):
                return path
    except OSError as error:
        raise StorageError(path=folder / name, detail=disk_reason(error)) from error
    raise StorageError(path=folder / name, detail="disk.too_many")


def save_anew(data: bytes, folder: Path, name: str) -> Path:
    """Write *data* as *name* in *folder*, in the place of what was made there before, and return where it stands.

    For what is made only to look at. Raises StorageError.
    """
    make_folder(folder)
    with replacing(folder / name) as out:
        out.write(data)
    return folder / name


def remove(path: Path) -> bool:
    """Delete the file at *path*. Whether it is gone: on Windows, one that is open in a PDF reader stays."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def holds(path: Path, sha256: str) -> bool:
    """Whether the file at *path* is there, can be read, and has that SHA-256."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == sha256
    except OSError:
        return False


def _candidates(path: Path) -> Iterator[Path]:
    yield path
    for number in range(2, 1000):
        yield path.with_name(f"{path.stem} ({number}){path.suffix}")


def _stored(data: bytes, path: Path) -> bool:
    """Whether *path* holds *data* now; False when it holds something else."""
    if not path.exists():
        clear(path.parent)
        temporary = temporary_name(path.parent)
        try:
            with temporary.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            _publish(temporary, path)
        except FileExistsError:
            return path.read_bytes() == data
        finally:
            temporary.unlink(missing_ok=True)
        sync_folder(path.parent)
        return True
    return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data


def _publish(temporary: Path, path: Path) -> None:
    """Give the finished file its name. Raises FileExistsError when someone else has just taken it."""
    if os.name == "nt":
        temporary.rename(path)  # refuses on Windows where something stands
        return
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links, such as FAT on a stick or some network shares
        temporary.replace(path)

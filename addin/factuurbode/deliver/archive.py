"""The archive that the law wants kept for seven years (B9; AWR art. 52): written once, read back with proof."""

from __future__ import annotations

import hashlib
import stat
from dataclasses import dataclass
from pathlib import Path

from ..errors import StorageError, disk_reason
from .folder import save

_READ_ONLY = stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a document is kept, and the SHA-256 (hex) by which it is recognised."""

    path: Path
    sha256: str


class Archive:
    """A folder with a folder per year; what is in it is never changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, pdf: bytes, *, year: int, name: str) -> Kept:
        """Keep *pdf*, exactly as it is sent or printed. The same document twice is one file. Raises StorageError."""
        return self._kept(pdf, self.folder / f"{year:04}", name)

    def keep_message(self, message: bytes, *, year: int, dispatch_id: str) -> Kept:
        """Keep the bytes of a dispatch's mail, which every retry sends again. Raises StorageError."""
        letters = "".join(letter if letter.isalnum() or letter in "-_" else "_" for letter in dispatch_id)
        return self._kept(message, self.folder / f"{year:04}" / "mail", f"{letters}.eml")

    def load(self, path: Path, sha256: str) -> bytes:
        """The document at *path*. Raises StorageError when it is gone or its content is not what was kept."""
        try:
            data = path.read_bytes()
        except OSError as error:
            raise StorageError(path=path, detail=disk_reason(error)) from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise StorageError(path=path, detail="disk.changed")
        return data

    def _kept(self, data: bytes, folder: Path, name: str) -> Kept:
        path = save(data, folder, name)
        try:
            path.chmod(_READ_ONLY)
        except OSError as error:
            raise StorageError(path=path, detail=disk_reason(error)) from error
        return Kept(path, hashlib.sha256(data).hexdigest())

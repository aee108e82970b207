"""What was installed, remembered in a small file, so that uninstalling removes exactly that."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Sequence
from pathlib import Path

from ..errors import StorageError, disk_reason
from ..files import make_folder, replacing


def read(receipt: Path) -> tuple[Path, ...]:
    """The files that were installed; none when nothing was, or when the receipt cannot be understood."""
    try:
        names = json.loads(receipt.read_text(encoding="utf-8"))["files"]
        return tuple(Path(name) for name in names)
    except (OSError, ValueError, KeyError, TypeError):
        return ()


def write(receipt: Path, files: Sequence[Path]) -> None:
    """Remember *files*. Raises StorageError."""
    make_folder(receipt.parent)
    with replacing(receipt) as out:
        out.write(json.dumps({"files": [str(file) for file in files]}, ensure_ascii=False, indent=1).encode())


def forget(receipt: Path) -> None:
    """Remove the receipt, and its folder when that is then empty. Raises StorageError."""
    try:
        receipt.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(path=receipt, detail=disk_reason(error)) from error
    with contextlib.suppress(OSError):
        receipt.parent.rmdir()

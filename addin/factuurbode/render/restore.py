"""Giving a baker the template back that came with the program."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from ..assets import asset
from ..domain.model import Language
from ..errors import StorageError, TemplateExists, disk_reason


def restore_template(path: Path, language: Language, *, overwrite: bool = False) -> Path:
    """Put the original of *language* at *path*, or under its own name in the folder *path*; returns where it stands.

    The file is whole or absent. Raises TemplateExists when something stands there and *overwrite* is not given,
    StorageError when it cannot be written.
    """
    original = asset("templates", f"invoice.{language}.docx")
    target = path / original.name if path.is_dir() else path
    if target.suffix.lower() != ".docx":
        target = target.with_name(f"{target.name}.docx")
    if target.exists() and not overwrite:
        raise TemplateExists(path=target)
    temporary = target.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(original.read_bytes())
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    except OSError as error:
        raise StorageError(path=target, detail=disk_reason(error)) from error
    finally:
        temporary.unlink(missing_ok=True)
    return target

"""Giving a baker the template and the mail texts back that came with the program."""

from __future__ import annotations

from pathlib import Path

from ..assets import asset
from ..domain.model import Language
from ..errors import TemplateExists
from ..files import make_folder, replacing


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
    with replacing(target) as file:
        file.write(original.read_bytes())
    return target


def restore_mail_texts(folder: Path, language: Language, *, overwrite: bool = False) -> tuple[Path, ...]:
    """Put the original mail texts of *language* into *folder*, which is made; returns where they stand.

    Raises TemplateExists when one stands there and *overwrite* is not given, StorageError when it cannot be written.
    """
    originals = [asset("templates", f"mail.{language}.{ending}") for ending in ("txt", "html")]
    targets = tuple(folder / original.name for original in originals)
    for target in targets:
        if target.exists() and not overwrite:
            raise TemplateExists(path=target)
    make_folder(folder)
    for original, target in zip(originals, targets, strict=True):
        with replacing(target) as file:
            file.write(original.read_bytes())
    return targets

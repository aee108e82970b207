"""The archive of what was sent."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from factuurbode.deliver.archive import Archive
from factuurbode.errors import StorageError


def test_a_document_is_kept_by_year_and_known_by_its_hash(tmp_path: Path) -> None:
    kept = Archive(tmp_path).keep(b"%PDF", year=2026, name="Factuur 1.pdf")
    assert kept.path == tmp_path / "2026" / "Factuur 1.pdf"
    assert kept.sha256 == hashlib.sha256(b"%PDF").hexdigest()
    assert Archive(tmp_path).load(kept.path, kept.sha256) == b"%PDF"


def test_what_is_kept_cannot_be_written_to_by_accident(tmp_path: Path) -> None:
    kept = Archive(tmp_path).keep(b"%PDF", year=2026, name="x.pdf")
    assert kept.path.stat().st_mode & 0o222 == 0


def test_the_same_document_is_kept_once_and_another_beside_it(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    first = archive.keep(b"one", year=2026, name="x.pdf")
    assert archive.keep(b"one", year=2026, name="x.pdf") == first
    second = archive.keep(b"two", year=2026, name="x.pdf")
    assert second.path != first.path
    assert archive.load(first.path, first.sha256) == b"one"


def test_the_mail_of_a_dispatch_is_kept_byte_for_byte(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    kept = archive.keep_message(b"Subject: x\r\n\r\n.\r\n", year=2026, dispatch_id="../d:1")
    assert kept.path == tmp_path / "2026" / "mail" / "___d_1.eml"
    assert archive.load(kept.path, kept.sha256) == b"Subject: x\r\n\r\n.\r\n"


def test_a_document_that_changed_or_is_gone_is_told(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    kept = archive.keep(b"one", year=2026, name="x.pdf")
    kept.path.chmod(0o600)
    kept.path.write_bytes(b"onf")
    with pytest.raises(StorageError, match="changed"):
        archive.load(kept.path, kept.sha256)
    kept.path.unlink()
    with pytest.raises(StorageError):
        archive.load(kept.path, kept.sha256)

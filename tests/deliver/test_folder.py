"""Saving a document in a folder."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from factuurbode.deliver.folder import save, save_anew
from factuurbode.errors import StorageError


def test_the_folder_is_made_and_the_document_is_in_it(tmp_path: Path) -> None:
    path = save(b"%PDF-1.7", tmp_path / "a" / "b", "Factuur 1.pdf")
    assert path == tmp_path / "a" / "b" / "Factuur 1.pdf"
    assert path.read_bytes() == b"%PDF-1.7"
    assert [entry.name for entry in path.parent.iterdir()] == ["Factuur 1.pdf"]


def test_the_whole_document_is_on_disk_before_it_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    on_disk: list[tuple[int, bool]] = []
    really = os.fsync

    def noting(descriptor: int) -> None:
        on_disk.append((os.fstat(descriptor).st_size, (tmp_path / "x.pdf").exists()))
        really(descriptor)

    monkeypatch.setattr(os, "fsync", noting)
    save(b"whole", tmp_path, "x.pdf")
    assert on_disk[0] == (len(b"whole"), False)


def test_the_same_document_twice_is_one_file(tmp_path: Path) -> None:
    first = save(b"same", tmp_path, "x.pdf")
    before = first.stat().st_mtime_ns
    assert save(b"same", tmp_path, "x.pdf") == first
    assert first.stat().st_mtime_ns == before


def test_another_document_never_takes_the_place_of_the_first(tmp_path: Path) -> None:
    assert save(b"one", tmp_path, "x.pdf").name == "x.pdf"
    assert save(b"two", tmp_path, "x.pdf").name == "x (2).pdf"
    assert save(b"three", tmp_path, "x.pdf").name == "x (3).pdf"
    assert save(b"two", tmp_path, "x.pdf").name == "x (2).pdf"
    assert (tmp_path / "x.pdf").read_bytes() == b"one"


def test_what_is_only_to_be_looked_at_takes_the_place_of_what_was_there(tmp_path: Path) -> None:
    save_anew(b"one", tmp_path / "proef", "x.pdf")
    assert save_anew(b"two", tmp_path / "proef", "x.pdf").read_bytes() == b"two"
    assert [entry.name for entry in (tmp_path / "proef").iterdir()] == ["x.pdf"]


def test_a_folder_with_the_name_of_the_document_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").mkdir()
    assert save(b"one", tmp_path, "x.pdf").name == "x (2).pdf"


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "facturen").write_text("not a folder", encoding="ascii")
    with pytest.raises(StorageError) as refused:
        save(b"one", tmp_path / "facturen", "x.pdf")
    assert refused.value.facts["path"].endswith("x.pdf")


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path) -> None:
    """The limit on the size of a file stands in for a full disk; it holds for a child process only."""
    program = (
        "import sys; from pathlib import Path; from factuurbode.deliver.folder import save;"
        "from factuurbode.errors import StorageError\n"
        "try: save(b'x' * 100_000, Path(sys.argv[1]), 'x.pdf')\n"
        "except StorageError as error: print(error.facts['detail'])"
    )

    def little_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))

    told = subprocess.run(
        [sys.executable, "-B", "-c", program, str(tmp_path)],
        preexec_fn=little_room,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "disk.full"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.getuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_not_ours_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(StorageError):
        save(b"one", tmp_path, "x.pdf")


def test_a_disk_without_hard_links_still_gets_whole_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(self: Path, target: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    assert save(b"one", tmp_path, "x.pdf").read_bytes() == b"one"
    assert save(b"two", tmp_path, "x.pdf").name == "x (2).pdf"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["x (2).pdf", "x.pdf"]


def test_a_name_that_another_program_takes_in_the_same_moment_stays_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = Path.hardlink_to

    def overtaken(self: Path, target: Path) -> None:
        if self.name == "x.pdf":
            self.write_bytes(b"of the other")
        link(self, target)

    monkeypatch.setattr(Path, "hardlink_to", overtaken)
    assert save(b"ours", tmp_path, "x.pdf").name == "x (2).pdf"
    assert (tmp_path / "x.pdf").read_bytes() == b"of the other"

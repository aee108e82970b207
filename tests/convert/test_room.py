"""Room for temporary files, on a disk that is really full where this computer lets a test have one."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from factuurbode.convert import room
from factuurbode.convert.room import out_of_room, private_folder
from factuurbode.errors import StorageError

SMALL_DISK = 'mount -t tmpfs -o size=$1 tmpfs "$2" && shift 2 && exec "$@"'


def on_a_small_disk(folder: Path, *command: str, size: str = "1m") -> subprocess.CompletedProcess[str]:
    """Run *command* where *folder* is a disk of *size*, which ends with it."""
    shell = ["unshare", "--mount", "sh", "-c", SMALL_DISK, "sh", size, str(folder), *command]
    return subprocess.run(shell, capture_output=True, text=True, check=False)


@pytest.fixture
def small_disk(tmp_path: Path) -> Path:
    if shutil.which("unshare") is None or on_a_small_disk(tmp_path, "true").returncode:
        pytest.skip("this user may not mount a disk")
    return tmp_path


def test_a_small_disk_is_told_before_a_converter_is_started(small_disk: Path) -> None:
    program = (
        "import sys, tempfile; tempfile.tempdir = sys.argv[1]\n"
        "from factuurbode.convert.libreoffice import LibreOffice\n"
        "from factuurbode.errors import StorageError\n"
        "from factuurbode.ports import Document\n"
        "from support.documents import an_invoice_docx\n"
        "try: list(LibreOffice(workers=1).convert([Document('1', an_invoice_docx('1'))]))\n"
        "except StorageError as error: print(error.facts)\n"
    )
    told = on_a_small_disk(
        small_disk, sys.executable, "-c", f"import sys; sys.path.append('tests')\n{program}", str(small_disk)
    )
    assert told.stdout.strip() == str({"path": str(small_disk), "detail": "disk.full"}), told.stderr


def test_a_disk_that_fills_up_while_converting_is_told_and_the_next_invoice_goes(small_disk: Path) -> None:
    program = (
        "import sys, tempfile; from pathlib import Path; tempfile.tempdir = sys.argv[1]\n"
        "from factuurbode.convert.libreoffice import LibreOffice\n"
        "from factuurbode.ports import Document\n"
        "from support.documents import an_invoice_docx\n"
        "def told(office, number):\n"
        "    (made,) = office.convert([Document(number, an_invoice_docx(number))])\n"
        "    return made.error.facts.get('detail') if made.error else 'pdf'\n"
        "with LibreOffice(workers=1) as office:\n"
        "    print(told(office, '1'))\n"
        "    filler, size = Path(sys.argv[1], 'filler').open('wb', buffering=0), 2**20\n"
        "    while size:\n"
        "        try: filler.write(bytes(size))\n"
        "        except OSError: size //= 2\n"
        "    print(told(office, '2'))\n"
        "    filler.truncate(0)\n"
        "    print(told(office, '3'))\n"
        "print(sorted(path.name for path in Path(sys.argv[1]).iterdir()))\n"
    )
    told = on_a_small_disk(
        small_disk,
        sys.executable,
        "-c",
        f"import sys; sys.path.append('tests')\n{program}",
        str(small_disk),
        size="80m",
    )
    assert told.stdout.split("\n")[:4] == ["pdf", "disk.full", "pdf", "['filler']"], told.stderr


def test_what_fills_a_small_disk_is_whole_or_absent(small_disk: Path) -> None:
    program = (
        "import os, sys; from pathlib import Path\n"
        "from factuurbode.deliver.archive import Archive\n"
        "from factuurbode.errors import StorageError\n"
        "archive = Archive(Path(sys.argv[1]))\n"
        "archive.keep(os.urandom(600_000), year=2026, name='een.pdf')\n"
        "try: archive.keep(os.urandom(600_000), year=2026, name='twee.pdf')\n"
        "except StorageError as error: print(error.facts['detail'])\n"
        "print(*(path.name for path in Path(sys.argv[1], '2026').iterdir()))\n"
    )
    told = on_a_small_disk(small_disk, sys.executable, "-c", program, str(small_disk))
    assert told.stdout.split() == ["disk.full", "een.pdf"], told.stderr


def test_a_folder_is_private_and_empty() -> None:
    folder = private_folder()
    assert list(folder.iterdir()) == []
    assert folder.stat().st_mode & 0o077 == 0
    folder.rmdir()


def test_nothing_is_left_where_there_is_too_little_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(room, "NEEDED", 2**60)
    with pytest.raises(StorageError):
        private_folder()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_gone_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = out_of_room(tmp_path / "weg")
    assert gone is not None
    assert gone.facts["detail"] == "disk.gone"
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setattr("tempfile._candidate_tempdir_list", lambda: [str(tmp_path / "weg")])
    with pytest.raises(StorageError) as told:
        private_folder()
    assert told.value.facts == {"path": "TMPDIR", "detail": "disk.gone"}

"""What a killed run left beside the workbook is cleared away by the next, and nothing of anybody else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from factuurbode.deliver.folder import save
from factuurbode.files import replacing, scratch_beside
from factuurbode.leftovers import alive, clear, temporary_name

WRITES = """
import sys
from pathlib import Path
from factuurbode.files import replacing, scratch_beside
target = Path(sys.argv[1])
with replacing(target) as out, scratch_beside(target) as folder:
    out.write(b"half")
    (folder / "boek.xlsx").write_bytes(b"met wachtwoord")
    print("begun", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def target(tmp_path: Path) -> Path:
    (tmp_path / "boek.xlsx").write_bytes(b"heel")
    return tmp_path / "boek.xlsx"


def writing(target: Path) -> subprocess.Popen[bytes]:
    """A process in the middle of replacing *target*."""
    command = [sys.executable, "-c", WRITES, str(target)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdout
    assert process.stdout.readline() == b"begun\n"
    return process


def others(target: Path) -> list[str]:
    return sorted(path.name for path in target.parent.iterdir() if path != target)


def killed(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate()


def test_what_a_killed_process_left_is_gone_after_the_next_writing(target: Path) -> None:
    killed(writing(target))
    assert len(others(target)) == 2
    with replacing(target) as out:
        out.write(b"nieuw")
    assert others(target) == []
    assert target.read_bytes() == b"nieuw"


def test_saving_a_pdf_clears_its_folder_too(target: Path) -> None:
    killed(writing(target))
    save(b"%PDF", target.parent, "factuur.pdf")
    assert others(target) == ["factuur.pdf"]


def test_what_a_living_process_writes_stays(target: Path) -> None:
    process = writing(target)
    before = others(target)
    clear(target.parent)
    assert others(target) == before
    process.communicate()
    assert target.read_bytes() == b"half"
    assert others(target) == []


def test_nothing_of_anybody_else_is_touched(target: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    ours = temporary_name(target.parent).name.replace(f"-{os.getpid()}-", f"-{dead.pid}-")
    pid, computer, mark = ours.removesuffix(".tmp").split("-")[1:]
    names = [
        ".boek.xlsx.a1b2c3d4.tmp",
        "~$boek.xlsx",
        f"factuurbode-{pid}-{computer}-{mark}.tmp",
        f".factuurbode-{pid}-{'0' * 8}-{mark}.tmp",  # another computer's
        f".factuurbode-{pid}-{computer}-{mark}.tmp.xlsx",
        f".factuurbode-{pid}-{computer}-{mark[:-1]}.tmp",
        f".factuurbode-0-{computer}-{mark}.tmp",
    ]
    for name in names:
        (target.parent / name).write_bytes(b"van de bakker")
    link = target.parent / f".factuurbode-{pid}-{computer}-{mark[::-1]}.tmp"
    link.symlink_to(target)
    (target.parent / ours).write_bytes(b"half")
    clear(target.parent)
    assert others(target) == sorted([*names, link.name])


def test_what_cannot_be_removed_stops_nobody(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    killed(writing(target))

    def held(self: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "open elsewhere", str(self))

    with monkeypatch.context() as windows:
        windows.setattr(Path, "unlink", held)
        clear(target.parent)
    assert len(others(target)) == 1
    clear(target.parent / "er niet")


def test_scratch_is_for_us_only_and_goes_however_it_ends(target: Path) -> None:
    def stops() -> None:
        with scratch_beside(target) as folder:
            assert folder.stat().st_mode & 0o077 == 0
            raise RuntimeError

    with pytest.raises(RuntimeError):
        stops()
    assert others(target) == []


def test_only_a_process_that_is_there_is_alive() -> None:
    assert alive(os.getpid())
    assert alive(1)
    assert not alive(2**31 - 1)
    assert not alive(10**10 - 1)

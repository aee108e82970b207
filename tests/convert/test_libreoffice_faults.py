"""What happens when LibreOffice hangs, dies or is not there. Real processes; the stuck ones are stopped by a signal."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from factuurbode.convert.lane import Lane, sockets_of
from factuurbode.convert.libreoffice import LibreOffice
from factuurbode.convert.probe import Installation, installed
from factuurbode.convert.verify import verify
from factuurbode.errors import ConversionRefused, ConverterCrashed, ConverterMissing
from factuurbode.ports import Document
from support.documents import an_invoice_docx, with_members
from support.processes import children, ended_within

pytestmark = pytest.mark.libreoffice


@pytest.fixture
def private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for all temporary files of this process, so that a test sees what is left behind."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@dataclass(frozen=True)
class Run:
    """A worker that was started."""

    worker: int
    folder: Path

    @property
    def office(self) -> int:
        """Its LibreOffice."""
        [office] = children(self.worker)
        return office

    def sockets(self) -> list[Path]:
        """The sockets of its LibreOffice that are there."""
        return [socket for socket in sockets_of(self.folder) if socket.exists()]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Run]:
    """The workers in the order in which they were started."""
    runs: list[Run] = []
    start = Lane._start

    def remembering(lane: Lane) -> None:
        start(lane)
        runs.append(Run(lane.pid, lane.folder))

    monkeypatch.setattr(Lane, "_start", remembering)
    return runs


def documents(*numbers: str) -> list[Document]:
    return [Document(number, an_invoice_docx(number)) for number in numbers]


def an_executable(path: Path, text: str) -> Path:
    path.write_text(textwrap.dedent(text))
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.fixture
def stand_in(tmp_path: Path) -> Installation:
    """A worker that speaks the frames without LibreOffice: it dies on a document with DIE in it and hangs on HANG."""
    python = an_executable(
        tmp_path / "python",
        f"""\
        #!{sys.executable} -S
        import os, struct, sys, threading
        def answer(kind, content=b""):
            os.write(1, kind + struct.pack(">I", len(content)) + content)
        answer(b"R")
        while len(head := sys.stdin.buffer.read(5)) == 5:
            docx = sys.stdin.buffer.read(struct.unpack(">I", head[1:])[0])
            if b"DIE" in docx:
                os._exit(3)
            if b"HANG" in docx:
                threading.Event().wait()
            answer(b"P", b"%PDF " + docx[-8:])
        """,
    )
    return Installation(Path("unused"), python)


def marked(number: str, mark: str) -> Document:
    """A Word document whose zip ends in a comment with *mark* in it."""
    return Document(number, with_members(an_invoice_docx(number), {f"custom/{mark}": b""}))


@pytest.mark.parametrize("mark", ["DIE", "HANG"])
def test_a_document_that_fails_twice_is_given_up_and_the_batch_goes_on(
    stand_in: Installation, started: list[Run], mark: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("factuurbode.convert.lane.POLITE_SECONDS", 0.3)
    batch = [*documents("1", "2"), marked("3", mark), *documents("4", "5", "6")]

    with LibreOffice(workers=1, installation=stand_in, limit=0.5) as converter:
        conversions = list(converter.convert(batch))

    assert [conversion.name for conversion in conversions] == ["1", "2", "3", "4", "5", "6"]
    assert [bool(conversion.pdf) for conversion in conversions] == [True, True, False, True, True, True]
    assert isinstance(conversions[2].error, ConverterCrashed)
    assert conversions[2].error.facts == {"document": "3"}
    assert len(started) == 3


def test_two_lanes_give_their_answers_in_the_order_of_the_batch(stand_in: Installation, started: list[Run]) -> None:
    numbers = [str(index) for index in range(12)]
    batch = [
        marked(number, "DIE") if number == "4" else Document(number, an_invoice_docx(number)) for number in numbers
    ]

    with LibreOffice(installation=stand_in, workers=2) as converter:
        conversions = list(converter.convert(batch))

    assert [conversion.name for conversion in conversions] == numbers
    assert [conversion.name for conversion in conversions if conversion.error] == ["4"]
    assert len(started) == 4


def test_a_hanging_libreoffice_is_replaced_and_its_document_tried_again(private: Path, started: list[Run]) -> None:
    with LibreOffice(workers=1, limit=1.5) as converter:
        conversions = converter.convert(documents("1", "2", "3", "4", "5"))
        assert verify(next(conversions).pdf, "1") == 1
        office = started[0].office
        os.kill(office, signal.SIGSTOP)
        rest = list(conversions)

    assert [verify(conversion.pdf, conversion.name) for conversion in rest] == [1, 1, 1, 1]
    assert len(started) == 2
    assert ended_within(office)
    assert list(private.iterdir()) == []
    assert [run.sockets() for run in started] == [[]] * len(started)


def test_a_libreoffice_that_dies_is_replaced_and_its_document_tried_again(private: Path, started: list[Run]) -> None:
    with LibreOffice(workers=1) as converter:
        [first] = converter.convert(documents("1"))
        office = started[0].office
        os.kill(office, signal.SIGKILL)
        rest = list(converter.convert(documents("2", "3")))

    assert verify(first.pdf, "1") == 1
    assert [verify(conversion.pdf, conversion.name) for conversion in rest] == [1, 1]
    assert len(started) == 2
    assert list(private.iterdir()) == []


def test_a_stopped_worker_is_killed_with_its_libreoffice(
    private: Path, started: list[Run], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("factuurbode.convert.lane.POLITE_SECONDS", 0.5)
    with LibreOffice(workers=1, limit=1) as converter:
        list(converter.convert(documents("1")))
        office = started[0].office
        os.kill(started[0].worker, signal.SIGSTOP)
        [conversion] = converter.convert(documents("2"))

    assert verify(conversion.pdf, "2") == 1
    assert ended_within(office)
    assert list(private.iterdir()) == []
    assert [run.sockets() for run in started] == [[], []]


def test_nothing_is_left_behind_after_close(private: Path, started: list[Run]) -> None:
    converter = LibreOffice()
    list(converter.convert(documents("1")))
    office = started[0].office
    assert len(started[0].sockets()) == 2
    converter.close()

    assert ended_within(office)
    assert ended_within(started[0].worker)
    assert list(private.iterdir()) == []
    assert [run.sockets() for run in started] == [[]] * len(started)


def test_nothing_is_left_behind_when_the_batch_itself_raises(private: Path, started: list[Run]) -> None:
    def batch() -> Iterator[Document]:
        yield from documents("1")
        raise KeyboardInterrupt

    converter = LibreOffice()
    with pytest.raises(KeyboardInterrupt):
        list(converter.convert(batch()))

    assert ended_within(started[0].worker)
    assert list(private.iterdir()) == []


PARENT = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # also where a shell had it ignored
from factuurbode.convert.libreoffice import LibreOffice
from factuurbode.ports import Document
docx = open(sys.argv[1], "rb").read()
with LibreOffice(workers=2) as converter:
    conversions = converter.convert(Document(str(index), docx) for index in range(20))
    next(conversions)
    next(conversions)
    for lane in converter._lanes:
        print(lane.pid, lane.folder, flush=True)
    signal.pause()
"""


@dataclass(frozen=True)
class Family:
    """A process with a converter in it, and its two workers."""

    parent: subprocess.Popen[bytes]
    runs: list[Run]


@pytest.fixture
def family(tmp_path: Path, private: Path) -> Iterator[Family]:
    docx = tmp_path / "invoice.docx"
    docx.write_bytes(an_invoice_docx())
    environment = {**os.environ, "TMPDIR": str(private)}
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, docx], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    ) as parent:
        assert parent.stdout
        said = [parent.stdout.readline().decode().split() for _ in range(2)]
        yield Family(parent, [Run(int(pid), Path(folder)) for pid, folder in said])


def emptied_within(folder: Path, seconds: float = 120) -> bool:
    """Whether *folder* is empty after at most *seconds*."""
    until = time.monotonic() + seconds
    while any(folder.iterdir()) and time.monotonic() < until:
        time.sleep(0.02)  # several processes remove things here, and the last one to do so is nobody's child
    return not any(folder.iterdir())


@pytest.mark.parametrize("hanging", [False, True], ids=["idle", "in a conversion"])
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_nothing_is_left_behind_when_the_parent_is_killed(
    family: Family, private: Path, how: signal.Signals, hanging: bool
) -> None:
    offices = [run.office for run in family.runs]
    if hanging:
        os.kill(offices[0], signal.SIGSTOP)
    family.parent.send_signal(how)
    family.parent.wait()

    assert all(ended_within(run.worker) for run in family.runs)
    assert all(ended_within(office) for office in offices)
    assert emptied_within(private)
    assert [run.sockets() for run in family.runs] == [[], []]


def test_nothing_is_left_behind_when_parent_and_workers_are_killed_at_once(family: Family, private: Path) -> None:
    offices = [run.office for run in family.runs]
    for process in (*(run.worker for run in family.runs), family.parent.pid):
        os.kill(process, signal.SIGKILL)

    assert all(ended_within(office) for office in offices)
    assert emptied_within(private)
    assert [run.sockets() for run in family.runs] == [[], []]


def test_a_killed_worker_is_replaced_and_its_libreoffice_ends_too(private: Path, started: list[Run]) -> None:
    with LibreOffice(workers=1) as converter:
        list(converter.convert(documents("1")))
        office = started[0].office
        os.kill(started[0].worker, signal.SIGKILL)
        rest = list(converter.convert(documents("2", "3")))

    assert [verify(conversion.pdf, conversion.name) for conversion in rest] == [1, 1]
    assert len(started) == 2
    assert ended_within(office)
    assert emptied_within(private)
    assert [run.sockets() for run in started] == [[], []]


def test_a_new_profile_that_asks_for_a_restart_gets_it(tmp_path: Path) -> None:
    real = installed()
    soffice = an_executable(
        tmp_path / "soffice",
        f"""\
        #!/bin/sh
        if [ ! -e {tmp_path}/started ]; then touch {tmp_path}/started; exit 81; fi
        exec {real.soffice} "$@"
        """,
    )
    with LibreOffice(installation=Installation(soffice, real.python)) as converter:
        [conversion] = converter.convert(documents("1"))

    assert verify(conversion.pdf, "1") == 1
    assert (tmp_path / "started").exists()


@pytest.mark.parametrize(
    ("script", "limit", "why"), [("exit 7", 60, "code 7"), ("exec sleep 600", 1, "did not answer")]
)
def test_a_libreoffice_that_does_not_start_is_missing(
    tmp_path: Path, private: Path, script: str, limit: float, why: str
) -> None:
    soffice = an_executable(tmp_path / "soffice", f"#!/bin/sh\n{script}\n")
    office = LibreOffice(installation=Installation(soffice, installed().python), start_limit=limit)

    with office as converter, pytest.raises(ConverterMissing) as raised:
        list(converter.convert(documents("1")))

    assert why in raised.value.facts["detail"]
    assert list(private.iterdir()) == []


def test_a_python_that_is_gone_is_missing_too(tmp_path: Path, private: Path) -> None:
    installation = Installation(installed().soffice, tmp_path / "gone")

    with LibreOffice(installation=installation) as converter, pytest.raises(ConverterMissing, match="gone"):
        list(converter.convert(documents("1")))

    assert list(private.iterdir()) == []


def test_a_damaged_document_is_refused_without_a_restart(started: list[Run]) -> None:
    damaged = with_members(an_invoice_docx(), {"word/document.xml": b"<w:document <<<"})

    with LibreOffice(workers=1) as converter:
        first, second = converter.convert([Document("1", damaged), *documents("2")])

    assert isinstance(first.error, ConversionRefused)
    assert verify(second.pdf, "2") == 1
    assert len(started) == 1

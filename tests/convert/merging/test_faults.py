"""A batch on which LibreOffice dies or hangs is nothing lost: its invoices go singly. Real processes, really ended."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from pathlib import Path

import pytest

from factuurbode.convert.merging.merging import Merging
from factuurbode.convert.probe import Installation, installed
from factuurbode.convert.verify import verify
from factuurbode.ports import Document
from support.batches import some_documents
from support.documents import with_members
from support.processes import children, ended_within
from support.watched_office import WatchedOffice

pytestmark = pytest.mark.libreoffice


@pytest.fixture
def private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for all temporary files of this process, so that a test sees what is left behind."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def a_worker_that_fails(folder: Path, fate: str) -> Installation:
    """The real worker behind a process that dies or hangs on every merged document after the first, the trial."""
    real, python = installed(), folder / "python"
    python.write_text(
        textwrap.dedent(
            f"""\
            #!{sys.executable} -S
            import os, pathlib, struct, subprocess, sys, threading
            tried, answered = pathlib.Path({str(folder / "tried")!r}), threading.Semaphore(0)
            pipe = subprocess.PIPE
            worker = subprocess.Popen([{str(real.python)!r}, *sys.argv[1:]], stdin=pipe, stdout=pipe)
            def pass_on():
                while len(head := worker.stdout.read(5)) == 5:
                    frame = head + worker.stdout.read(struct.unpack(">I", head[1:])[0])
                    sys.stdout.buffer.write(frame)
                    sys.stdout.buffer.flush()
                    answered.release()
            threading.Thread(target=pass_on, daemon=True).start()
            while len(head := sys.stdin.buffer.read(5)) == 5:
                docx = sys.stdin.buffer.read(struct.unpack(">I", head[1:])[0])
                answered.acquire()  # of the document before, or that LibreOffice is ready
                if head[:1] == b"B" and tried.exists():
                    {fate}
                if head[:1] == b"B":
                    tried.touch()
                worker.stdin.write(head + docx)
                worker.stdin.flush()
            worker.stdin.close()
            worker.wait()
            """
        )
    )
    python.chmod(0o700)
    return Installation(real.soffice, python)


@pytest.mark.parametrize("fate", ["os._exit(3)", "sys.stdin.buffer.read()"], ids=["dies", "hangs"])
def test_the_invoices_of_a_batch_that_fails_are_converted_singly(
    tmp_path: Path, private: Path, fate: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("factuurbode.convert.lane.POLITE_SECONDS", 0.3)
    documents = some_documents(40)

    with WatchedOffice(workers=1, installation=a_worker_that_fails(tmp_path, fate), limit=3) as office:
        conversions = list(Merging(office).convert(documents))

    assert [conversion.name for conversion in conversions] == [document.name for document in documents]
    assert all(verify(conversion.pdf, conversion.name) for conversion in conversions)
    assert (tmp_path / "tried").exists()
    assert office.together == 4
    assert list(private.iterdir()) == []


PARENT = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # also where a shell had it ignored
sys.path.append(sys.argv[1])
from factuurbode.ports import Document
from support.batches import some_documents
from factuurbode.convert.libreoffice import LibreOffice
from factuurbode.convert.merging.merging import Merging
office = LibreOffice(workers=2)
merging = Merging(office)
try:
    conversions = merging.convert(some_documents(80))
    for _ in range(5):
        next(conversions)
    print(*(lane.pid for lane in office._lanes), flush=True)
    signal.pause()
finally:
    merging.close()
"""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_nothing_is_left_behind_of_a_run_that_is_broken_off(private: Path, how: signal.Signals) -> None:
    tests = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, str(tests)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "TMPDIR": str(private)},
    ) as parent:
        assert parent.stdout
        workers = [int(pid) for pid in parent.stdout.readline().split()]
        offices = [office for worker in workers for office in children(worker)]
        parent.send_signal(how)
        parent.wait()

    assert len(workers) == len(offices) == 2
    assert all(ended_within(process) for process in (*workers, *offices))
    until = time.monotonic() + 120
    while any(private.iterdir()) and time.monotonic() < until:
        time.sleep(0.02)  # the last to remove something is a process of nobody's
    assert list(private.iterdir()) == []


def test_a_run_that_is_left_half_read_ends_its_processes_and_the_next_gets_its_own(private: Path) -> None:
    with WatchedOffice() as office:
        merging = Merging(office)
        for conversion in merging.convert(some_documents(60)):
            if conversion.name == "2026-0009":
                break
        again = list(merging.convert(some_documents(30)))
    assert all(verify(conversion.pdf, conversion.name) for conversion in again)
    assert list(private.iterdir()) == []


def test_a_refused_invoice_among_others_is_the_only_one(private: Path) -> None:
    documents = some_documents(30)
    broken = Document("kapot", with_members(documents[0].docx, {"word/document.xml": b"<w:document <<<"}))
    with WatchedOffice() as office:
        conversions = list(Merging(office).convert([*documents[:20], broken, *documents[20:]]))
    assert [conversion.name for conversion in conversions if conversion.error] == ["kapot"]

"""Peak memory of a run, program and workers together, for few invoices and for ten times as many. Linux only.

    python benchmarks/memory.py [FEW [MANY]]

Every 0.1 s the proportional set sizes of the run's process and all that came of it are added up.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bakery import a_book, workplace
from end_to_end import product
from mail_sink import mail_sink

from factuurbode.bootstrap import demo_world

FEW, MANY = 300, 3_000
LINES = 10
MIB = 2**20


def tree(pid: int) -> Iterator[int]:
    """*pid* and all processes that came of it."""
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            yield from tree(int(child))


def memory(pid: int) -> int:
    """The proportional set size in bytes; 0 of a process that has just ended."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except (FileNotFoundError, ProcessLookupError):
        pass
    return 0


def peak(count: int) -> dict[str, int]:
    """The most that a run over *count* invoices takes: altogether, and the program alone."""
    with tempfile.TemporaryDirectory(dir=workplace()) as name:
        folder = Path(name)
        book = a_book(folder, count, LINES)
        with (
            mail_sink(folder / "mail") as port,
            subprocess.Popen([sys.executable, __file__, "run", str(book), str(port)]) as run,
        ):
            most = {"altogether": 0, "the program": 0}
            while run.poll() is None:
                try:
                    taken = [memory(pid) for pid in tree(run.pid)]
                except (FileNotFoundError, ProcessLookupError):
                    continue
                most["altogether"] = max(most["altogether"], sum(taken))
                most["the program"] = max(most["the program"], taken[0])
                time.sleep(0.1)
            assert run.returncode == 0
        assert len(list((folder / "mail").iterdir())) == count
    return most


def main(few: int, many: int) -> None:
    """Measure both and print their ratio."""
    small, large = peak(few), peak(many)
    for part in small:
        print(f"{part:12} {few} invoices {small[part] / MIB:6.0f} MiB, {many} {large[part] / MIB:6.0f} MiB", end=", ")
        print(f"{large[part] / small[part]:.2f} times as much")


if __name__ == "__main__":
    if sys.argv[1:2] == ["run"]:
        product(Path(sys.argv[2]), demo_world(int(sys.argv[3]), Path(sys.argv[2]).with_name("printer")))
    else:
        given = [int(argument) for argument in sys.argv[1:]]
        main(*(given + [FEW, MANY][len(given) :]))

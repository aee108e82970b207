"""Does the suite notice? Faults are put into the code, one at a time, and the tests that pass through them are run.

    python scripts/mutants.py measure            run the suite once and note which tests pass through which line
    python scripts/mutants.py try [-n N] [...]   try N faults in ROOMS, chosen by --seed; exit 1 when one is not noticed

What may live is listed, with the reason, in `harmless-mutants.tsv` beside this file.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import Queue
from xml.etree import ElementTree

from coverage import CoverageData
from mutations import Mutation, mutations_of

PROJECT = Path(__file__).resolve().parents[1]
PACKAGE = Path("addin/factuurbode")
ROOMS = ("domain", "steps", "journal", "deliver", "convert/merging")
MEASURED = PROJECT / "build" / "mutants"
ONLY_ELSEWHERE = ("factuurbode/deliver/windows_spooler.py",)
"""What only Windows can import."""
HARMLESS = Path(__file__).with_name("harmless-mutants.tsv")
MOST_SECONDS, MOST_TESTS = 60.0, 400
"""Of the tests that pass through a line, so many are run, as long as they together take no longer."""
PATIENCE = 240  # seconds for the tests of one fault; one that hangs is noticed, too


@dataclass(frozen=True)
class Passing:
    """Which tests pass through which line, and how long each takes."""

    data: CoverageData
    seconds: Mapping[str, float]

    def through(self, file: Path, lines: range) -> list[str]:
        """The tests that pass through one of *lines*; through the file, where they run when it is imported.

        Those of the file itself come first, then those of its room, the quickest first.
        """
        contexts = self.data.contexts_by_lineno(str(file))
        found = _named(contexts.get(line, ()) for line in lines) or _named(contexts.values())
        chosen, spent = list[str](), 0.0
        place = file.relative_to(PROJECT / PACKAGE)
        own, room = f"tests/{place.parent.as_posix()}/test_{place.stem}.py", f"tests/{place.parent.as_posix()}/"

        def near(test: str) -> tuple[bool, bool, float, str]:
            return not test.startswith(own), not test.startswith(room), self.seconds[test], test

        for test in sorted(found & self.seconds.keys(), key=near):
            spent += self.seconds[test]
            if chosen and (spent > MOST_SECONDS or len(chosen) == MOST_TESTS):
                break
            chosen.append(test)
        return chosen


def _named(contexts: Iterable[Iterable[str]]) -> set[str]:
    """The tests that *contexts* of lines name; what runs at import has no test."""
    return {one.partition("|")[0] for of_line in contexts for one in of_line if one}


def measure() -> int:
    """Run the whole suite, with the name of the test at each line that it passes through."""
    MEASURED.mkdir(parents=True, exist_ok=True)
    command = [*_pytest(), "-n", "2", "--dist", "loadfile", "--cov", "--cov-context=test", "--cov-report="]
    place = {**os.environ, "COVERAGE_FILE": str(MEASURED / "coverage")}
    return subprocess.run(
        [*command, f"--junitxml={MEASURED / 'times.xml'}"], cwd=PROJECT, env=place, check=False
    ).returncode


def measured() -> Passing:
    """What `measure` noted."""
    data = CoverageData(str(MEASURED / "coverage"))
    data.read()
    seconds: dict[str, float] = {}
    for case in ElementTree.parse(MEASURED / "times.xml").iter("testcase"):  # noqa: S314 - our own file
        module = case.get("classname", "")
        seconds[f"{module}::{case.get('name', '')}"] = float(case.get("time", "0"))
    contexts = {one.partition("|")[0] for one in data.measured_contexts() if one}
    return Passing(data, {test: seconds.get(_as_in_report(test), 1.0) for test in contexts})


def _as_in_report(test: str) -> str:
    """How a test's report names it: `tests/a/test_b.py::Class::test_c[x]` is `tests.a.test_b.Class::test_c[x]`."""
    path, _, rest = test.partition("::")
    head, bracket, parameters = rest.partition("[")
    *classes, name = head.split("::")
    return ".".join([path.removesuffix(".py").replace("/", "."), *classes]) + f"::{name}{bracket}{parameters}"


def candidates(rooms: Sequence[str]) -> Iterator[tuple[Path, Mutation]]:
    """Every fault that can be put into *rooms*."""
    for room in rooms:
        place = PROJECT / PACKAGE / room
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place.with_suffix(".py")]:
            if path.relative_to(PROJECT / "addin").as_posix() not in ONLY_ELSEWHERE:
                yield from ((path, mutation) for mutation in mutations_of(path.read_bytes()))


def harmless() -> set[tuple[str, str, str]]:
    """The faults that may live: file, what stands there, what it becomes."""
    with HARMLESS.open(encoding="utf-8", newline="") as file:
        rows = csv.reader((line for line in file if not line.startswith("#")), delimiter="\t")
        return {(row[0], row[1], row[2]) for row in rows if row}


def noticed(copy: Path, path: Path, mutation: Mutation, tests: Sequence[str]) -> bool:
    """Whether one of *tests* fails in *copy* when *mutation* is put into *path*; the file is as it was afterwards."""
    target = copy / path.relative_to(PROJECT)
    original = target.read_bytes()
    target.write_bytes(mutation.applied(original))
    command = [*_pytest(), "-x", "-q", "--no-cov", "-p", "no:cacheprovider", *tests]
    environment = {**os.environ, "PYTHONPATH": str(copy / "addin"), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        return True
    finally:
        target.write_bytes(original)
    return done.returncode != 0


def attempt(count: int, seed: int, jobs: int, rooms: Sequence[str], only: Collection[int]) -> int:
    """Try the first *count* faults, or *only* those of them; tell those that nobody notices."""
    passing, may_live = measured(), harmless()
    chosen = list(candidates(rooms))
    random.Random(seed).shuffle(chosen)  # noqa: S311 - the same faults each time
    lived: list[str] = []
    with tempfile.TemporaryDirectory(prefix="mutants-") as scratch:
        copies: Queue[Path] = Queue()
        for job in range(jobs):
            copy = Path(scratch) / str(job)
            shutil.copytree(PROJECT, copy, ignore=shutil.ignore_patterns(".venv", ".git", "build", "dist", "*_cache"))
            copies.put(copy)

        def tried(number: int, path: Path, mutation: Mutation) -> None:
            name = path.relative_to(PROJECT / PACKAGE).as_posix()
            tests = passing.through(path, mutation.lines)
            copy = copies.get()
            try:
                found = bool(tests) and noticed(copy, path, mutation, tests)
            finally:
                copies.put(copy)
            told = f"{name}:{mutation.lines.start}\t{mutation.before}\t{mutation.after}"
            allowed = (name, mutation.before, mutation.after) in may_live
            word = "noticed" if found else "may live" if allowed else "LIVED" if tests else "NO TEST"
            print(f"{number:4} {word:8} {told}", flush=True)
            if not found and not allowed:
                lived.append(told)

        with ThreadPoolExecutor(jobs) as pool:
            wanted = [one for one in enumerate(chosen[:count], start=1) if not only or one[0] in only]
            for number, (path, mutation) in wanted:
                pool.submit(tried, number, path, mutation)
    print(f"\n{len(wanted)} of {len(chosen)} faults tried, {len(lived)} not noticed:", *lived, sep="\n  ")
    return 1 if lived else 0


def _pytest() -> list[str]:
    return [sys.executable, "-m", "pytest"]


def main() -> int:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("act", choices=("measure", "try"))
    parser.add_argument("-n", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--rooms", nargs="+", default=ROOMS)
    parser.add_argument("--only", type=int, nargs="+", default=(), help="numbers of an earlier try")
    asked = parser.parse_args()
    return measure() if asked.act == "measure" else attempt(asked.n, asked.seed, asked.jobs, asked.rooms, asked.only)


if __name__ == "__main__":
    sys.exit(main())

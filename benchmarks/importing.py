"""A CSV of 100,000 delivery rows becomes invoices: time against pandas.read_csv and a groupby, memory against the file.

    python benchmarks/importing.py [ROWS [ROUNDS]]

pandas reads with the right arguments (delimiter, decimal comma, numbers that are names as text, the form of the dates)
and adds up per customer and day. We find out all of that, understand and check every row, know each again, and make
invoices of a week with their VAT. Both are measured in turn, in one process; memory in processes of their own.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

from factuurbode.domain.ledger import Identity, Ledger
from factuurbode.domain.model import Customer, Language, Period
from factuurbode.domain.settings import Settings
from factuurbode.importing.proposal import Proposal
from factuurbode.importing.proposing import propose
from factuurbode.importing.wishes import Wishes

ROWS, ROUNDS = 100_000, 9
CUSTOMERS, ARTICLES, PER_DELIVERY = 200, 60, 8
TODAY = date(2026, 12, 1)
MIB = 2**20


def a_month(path: Path, rows: int) -> None:
    """Deliveries of November: ten columns, `;`, decimal commas, day first; the same each time."""
    chance = random.Random(20261124)  # noqa: S311 - nothing secret
    articles = [(f"{1000 + n}", f"Brood van soort {n}", chance.randrange(50, 900)) for n in range(ARTICLES)]
    lines = ["Bonnr;Leverdatum;Klantnr;Klantnaam;Artikelnr;Omschrijving;Aantal;Eenheid;Prijs;Btw %"]
    deliveries = -(-rows // PER_DELIVERY)
    for number in range(deliveries):
        day = date(2026, 11, 1) + timedelta(days=number * 30 // deliveries)
        customer = chance.randrange(1, CUSTOMERS + 1)
        for article, name, price in chance.sample(articles, PER_DELIVERY):
            lines.append(
                f"{number + 1:06};{day:%d-%m-%Y};{customer:04};Klant nummer {customer};{article};{name};"
                f"{chance.randrange(1, 60)};st;{price // 100},{price % 100:02};9"
            )
    path.write_text("\n".join(lines[: rows + 1]) + "\n", encoding="utf-8")


def a_ledger(period: Period) -> Ledger:
    """A workbook with the customers."""
    numbers = [f"{number:04}" for number in range(1, CUSTOMERS + 1)]
    customers = {number: Customer(number, f"Klant {number}", period=period) for number in numbers}
    return Ledger(Identity("benchmark"), Language.NL, Settings(), customers, ())


def by_pandas(path: Path) -> object:
    """The file read and added up, and no more."""
    frame = pd.read_csv(
        path,
        sep=";",
        decimal=",",
        dtype={"Bonnr": str, "Klantnr": str, "Artikelnr": str},
        parse_dates=["Leverdatum"],
        date_format="%d-%m-%Y",
    )
    frame["Bedrag"] = frame["Aantal"] * frame["Prijs"]
    return frame.groupby(["Klantnr", "Leverdatum"], as_index=False)["Bedrag"].sum()


def by_us(path: Path, period: Period = Period.WEEK) -> Proposal:
    """The invoices that the file becomes."""
    return propose(a_ledger(period), [path], Wishes(), lambda _: {}, lambda _: False, TODAY)


def with_lines(path: Path) -> int:
    """The same with every line and row identity made, as one who writes them down does."""
    drafts = by_us(path).drafts
    return sum(len(tuple(draft.lines)) + len(tuple(draft.rows)) for draft in drafts)


def seconds(work: Callable[[], object]) -> float:
    """How long *work* takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def peak(path: Path) -> int:
    """The bytes that proposing takes at its height beyond what the program holds before it. Linux only."""
    found = subprocess.run([sys.executable, __file__, "peak", str(path)], check=True, capture_output=True, text=True)
    return int(found.stdout)


def own_peak(path: Path) -> int:
    """The same of this process; a small file first brings in all the code."""
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder) / "small.csv"
        a_month(small, 10)
        by_us(small)
    Path("/proc/self/clear_refs").write_text("5")  # the height is measured from here
    before = _status("VmRSS")
    proposal = by_us(path)
    height = _status("VmHWM")
    assert proposal.drafts
    return height - before


def _status(name: str) -> int:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) * 1024
    raise KeyError(name)


def main(rows: int, rounds: int) -> None:
    """Take turns, and print the medians and their ratios."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "deliveries.csv"
        a_month(path, rows)
        size = path.stat().st_size
        proposal = by_us(path)
        made = sum(len(draft.rows) for draft in proposal.drafts)
        print(f"{rows:,} rows, {size / MIB:.1f} MiB; {len(proposal.drafts):,} invoices from {made:,} rows")
        works: dict[str, Callable[[], object]] = {
            "pandas: read_csv and a groupby": lambda: by_pandas(path),
            "invoices of a week": lambda: by_us(path),
            "invoices of a week, every line made": lambda: with_lines(path),
            "an invoice for each delivery": lambda: by_us(path, Period.DELIVERY),
        }
        times: dict[str, list[float]] = {label: [] for label in works}
        for _ in range(rounds):
            for label, work in works.items():
                times[label].append(seconds(work))
        base = statistics.median(times["pandas: read_csv and a groupby"])
        for label, taken in times.items():
            median = statistics.median(taken)
            print(f"{label:38} {median * 1000:7.0f} ms  {median / base:5.2f} x")
        height = peak(path)
        print(f"{'peak memory':38} {height / MIB:7.1f} MiB {height / size:5.2f} x the file")


if __name__ == "__main__":
    if sys.argv[1:2] == ["peak"]:
        print(own_peak(Path(sys.argv[2])))
    else:
        main(*(int(number) for number in sys.argv[1:3])) if len(sys.argv) > 2 else main(ROWS, ROUNDS)

"""Run before the command in a Python that the add-in started: Calc takes Excel's place in it, and a person answers."""

from __future__ import annotations

import atexit
import json
import os
import sys
import time
from pathlib import Path

from factuurbode.workbook.excel_call import import_xlwings

import_xlwings()

from support.calc_engine.engine import CalcEngine, engine_on  # noqa: E402 - xlwings comes without pandas
from support.calc_engine.office import connected  # noqa: E402


class _Timed(list[object]):
    """The words in the status bar, with the moment of the first of them."""

    first: float = 0.0

    def append(self, words: object) -> None:
        self.first = self.first or time.time()
        super().append(words)


def join(pipe: str, answers: str, told: str) -> None:
    """Connect to the LibreOffice at *pipe*; *answers* stand apart by commas, *told* is where it is written down."""
    engine: CalcEngine = engine_on(connected(pipe))
    engine.answers.extend(filter(None, answers.split(",")))
    engine.statuses = _Timed()
    engine.active = next(argument for argument in sys.argv if argument.startswith("--wb=")).partition("=")[2]
    started = _started()

    def tell() -> None:
        facts = {
            "alerts": [alert.words for alert in engine.alerts],
            "statuses": [str(words) for words in engine.statuses],
            "first": engine.statuses.first - started if isinstance(engine.statuses, _Timed) else 0,
            "modules": sorted(sys.modules),
        }
        Path(told).write_text(json.dumps(facts), encoding="utf-8")

    atexit.register(tell)


def _started() -> float:
    """When this process began, as `time.time` counts."""
    ticks = int(Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19])
    boot = next(line for line in Path("/proc/stat").read_text().splitlines() if line.startswith("btime"))
    return int(boot.split()[1]) + ticks / os.sysconf("SC_CLK_TCK")

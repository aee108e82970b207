"""One of several processes that press the button on the same workbook: the command line, its lock and its journal.

Only the converter and the printer are stand-ins. A press that finds the workbook busy is pressed again, as people do.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
import time
from pathlib import Path

from factuurbode import bootstrap
from factuurbode.bootstrap import Outside
from factuurbode.cli import main
from support import mortal

_LONGEST = 120.0  # seconds


def race(book: Path, pdf: Path, printer: Path) -> int:
    """How often the button was pressed until a press came through, at least twice."""
    real = bootstrap.real_world()
    bootstrap.chosen_converter = lambda: mortal.OnePdf(pdf)
    bootstrap.real_world = lambda: Outside(real.open_mailer, lambda _: mortal.PaperTray(printer), real.open_mailbox)
    presses, through, until = 0, 0, time.monotonic() + _LONGEST
    while through < 2 and time.monotonic() < until:
        presses += 1
        through += not _busy(book)
    return presses if through == 2 else -1


def _busy(book: Path) -> bool:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        main(["customer-copies", str(book), "--json"])
    return bool(json.loads(said.getvalue()).get("error", {}).get("code") == "book_busy")


if __name__ == "__main__":
    print(race(*map(Path, sys.argv[1:])))

"""From the start of the Python process to the first feedback in the status bar, and to the loaded commands.

    python benchmarks/ribbon.py [ROUNDS]

Excel's own part (starting the process, answering COM) is not in it. The first line is how the add-in starts Python:
with a command line of xlwings' own, before any code of ours, which takes in pandas where it finds it and offers no way
to leave it out. The second says what that costs: it is the same with xlwings as `excel_call` takes it in.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

ROUNDS = 9
OURS = "from factuurbode.workbook.excel_call import import_xlwings; import_xlwings()"
STARTED = f"import xlwings.utils; import factuurbode.ribbon; {OURS}"
MEASURED = {
    "first feedback": STARTED,
    "without pandas": f"{OURS}; {STARTED}",
    "commands loaded": f"{STARTED}; import factuurbode.ribbon.pressing",
}


def seconds(code: str) -> float:
    """From the start of a new Python until *code* has run."""
    began = time.time()
    told = f"{code}; import time; print(time.time())"
    done = subprocess.run([sys.executable, "-B", "-c", told], capture_output=True, text=True, check=True)
    return float(done.stdout) - began


def main(rounds: int) -> None:
    """Take turns and print the medians and the worst."""
    spent = [[seconds(code) for code in MEASURED.values()] for _ in range(rounds)]
    for name, times in zip(MEASURED, zip(*spent, strict=True), strict=True):
        print(f"{name:16} {statistics.median(times):.2f} s, at worst {max(times):.2f} s (asked: 0.5 s to the first)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)

"""From the start of the Python process to the first feedback in the status bar, and to the loaded commands.

    python benchmarks/ribbon.py [ROUNDS]

Excel's own part (starting the process, answering COM) is not in it.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

ROUNDS = 9
FIRST_WORD = "from factuurbode.workbook.excel_call import import_xlwings; import_xlwings()"
COMMANDS = f"{FIRST_WORD}; import factuurbode.ribbon.pressing"


def seconds(code: str) -> float:
    """From the start of a new Python until *code* has run."""
    began = time.time()
    told = f"{code}; import time; print(time.time())"
    done = subprocess.run([sys.executable, "-B", "-c", told], capture_output=True, text=True, check=True)
    return float(done.stdout) - began


def main(rounds: int) -> None:
    """Take turns and print the medians and the worst."""
    spent = [(seconds(FIRST_WORD), seconds(COMMANDS)) for _ in range(rounds)]
    for name, times in zip(("first feedback", "commands loaded"), zip(*spent, strict=True), strict=True):
        print(f"{name:16} {statistics.median(times):.2f} s, at worst {max(times):.2f} s (asked: 0.5 s to the first)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)

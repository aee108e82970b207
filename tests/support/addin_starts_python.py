"""Starts Python as xlwings' module does, for `support.addin`.

    python addin_starts_python.py REQUEST DONE PRELUDE

REQUEST holds four lines: the Python command, the paths of the workbook and of the add-in, the name of the workbook.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from support.addin import xlwings_command_line


def main(request: Path, done: Path, prelude: str) -> None:
    command, active, addin, name = request.read_text(encoding="utf-8").splitlines()
    if prelude:
        command = f"{prelude}; {command}"
    argv = list(xlwings_command_line(sys.executable, command, active, addin, name))
    ended = subprocess.run(argv, capture_output=True, text=True, check=False)
    temporary = done.with_suffix(".tmp")
    temporary.write_text(json.dumps({"argv": argv, "exit": ended.returncode, "said": ended.stderr}), encoding="utf-8")
    temporary.replace(done)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])

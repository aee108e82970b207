"""Types into a workbook in LibreOffice Calc and saves it as .xlsx. Run by the Python that has `uno`.

    python calc_edit.py ORDER

ORDER is JSON: `book` and `profile` (addresses of files), `soffice`, and `cells`: sheet → cell → text, number, or
{"date": "2026-10-05"}.
"""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
import time
from typing import Any

import uno
from com.sun.star.beans import PropertyValue


def value_of(name: str, value: object) -> Any:
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def desktop(soffice: str, profile: str) -> Any:
    """A Calc of our own, and its desktop."""
    pipe = f"calc{time.time_ns()}"
    command = [soffice, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nologo"]
    command += [f"--accept=pipe,name={pipe};urp;StarOffice.ComponentContext"]
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 240
    while time.monotonic() < until:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except Exception as error:
            if process.poll() == 81:  # a new profile: LibreOffice asks to be started again
                process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            elif process.poll() is not None:
                raise RuntimeError(f"soffice ended with {process.poll()}") from error
            time.sleep(0.05)
    raise RuntimeError("soffice does not answer")


def type_into(cell: Any, value: object) -> None:
    if isinstance(value, dict):
        day = datetime.date.fromisoformat(value["date"])
        cell.setValue((day - datetime.date(1899, 12, 30)).days)
    elif isinstance(value, str):
        cell.setString(value)
    else:
        cell.setValue(value)


def main(order: dict[str, Any]) -> None:
    office = desktop(order["soffice"], order["profile"])
    document = office.loadComponentFromURL(order["book"], "_blank", 0, (value_of("Hidden", True),))
    for title, cells in order["cells"].items():
        sheet = document.getSheets().getByName(title)
        for address, value in cells.items():
            type_into(sheet.getCellRangeByName(address), value)
    document.calculateAll()
    document.storeToURL(order["book"], (value_of("FilterName", "Calc MS Excel 2007 XML"),))
    document.close(True)
    office.terminate()


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))

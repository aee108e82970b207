"""What xlwings' module reads from the add-in's own sheet.

Every key that it asks for stands here: for a key that is missing it would look in a file beside the workbook, and
that file comes from whoever sent the workbook.
"""

from __future__ import annotations

from collections.abc import Mapping

WINDOWS_PYTHON = r"%LOCALAPPDATA%\Programs\factuurbode\python\Scripts\python.exe"
"""Where the Windows set-up program puts Python; Excel fills in the variable."""
MAC_PYTHON = "python"


def configuration(*, windows: str = WINDOWS_PYTHON, mac: str = MAC_PYTHON) -> Mapping[str, str | bool]:
    """Key and value, in the order of the sheet. *windows* and *mac* are the Python to start there."""
    return {
        "INTERPRETER_WIN": windows,
        "INTERPRETER_MAC": mac,
        "INTERPRETER": "python",
        "ADD_WORKBOOK_TO_PYTHONPATH": "false",  # a module planted beside the workbook must never be imported
        "PYTHONPATH": "",
        "ONEDRIVE_CONSUMER_WIN": "",
        "ONEDRIVE_COMMERCIAL_WIN": "",
        "SHAREPOINT_WIN": "",
        "ONEDRIVE_CONSUMER_MAC": "",
        "ONEDRIVE_COMMERCIAL_MAC": "",
        "SHAREPOINT_MAC": "",
        "USE UDF SERVER": False,
        "UDF MODULES": "",
        "DEBUG UDFS": False,
        "SHOW CONSOLE": False,
        "SHOW_ERROR_POPUPS": "True",  # anything else makes xlwings add a sheet to the person's workbook
        "TEMP DIR": "%TEMP%",
        "CONDA PATH": "",
        "CONDA ENV": "",
        "LICENSE_KEY": "",
    }

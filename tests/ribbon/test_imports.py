"""What a button loads: the first word must come at once, and pandas is for the import alone."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from factuurbode.ribbon.commands import COMMANDS
from support.addin import controls


def loaded(code: str) -> set[str]:
    """The top-level modules that a new Python has after *code*."""
    told = f"{code}; import json, sys; print(json.dumps(sorted({{name.partition('.')[0] for name in sys.modules}})))"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout))


def test_before_the_first_word_only_xlwings_is_loaded() -> None:
    names = loaded("from factuurbode.workbook.excel_call import import_xlwings; import_xlwings()")
    assert "xlwings" in names
    assert not names & {"pandas", "numpy", "polars", "openpyxl", "docxtpl", "lxml", "jinja2", "pikepdf", "keyring"}


def test_no_button_loads_what_only_the_import_or_a_new_workbook_needs() -> None:
    first = "from factuurbode.workbook.excel_call import import_xlwings; import_xlwings()"  # as `run` does
    names = loaded(f"{first}; import factuurbode.ribbon.pressing")
    assert not names & {"pandas", "numpy", "openpyxl", "aiosmtpd", "tkinter"}


def test_every_tag_has_a_command_and_every_command_a_button() -> None:
    tags = {element.get("tag") for element in controls().values() if element.get("onAction")}
    assert tags == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_named_as_the_add_in_lets_it_through(command: str) -> None:
    assert set(command) <= set("abcdefghijklmnopqrstuvwxyz_")

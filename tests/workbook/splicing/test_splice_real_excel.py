"""Splicing into packages that Microsoft Excel itself has written: those that come with xlwings."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

from factuurbode.workbook.splicing.splice import SheetEdit, splice
from support.foreign_books import opened, parts_of, sheet_part

WRITTEN_BY_EXCEL = ("quickstart.xlsm", "quickstart_standalone.xlsm")
_TITLE = re.compile(rb'<sheet [^>]*name="([^"]+)"')


@pytest.mark.parametrize("name", WRITTEN_BY_EXCEL)
def test_only_the_sheet_that_is_edited_changes(name: str, tmp_path: Path) -> None:
    source = tmp_path / Path(name).name
    source.write_bytes(files("xlwings").joinpath(name).read_bytes())
    before = parts_of(source)
    assert b"<Application>Microsoft Excel</Application>" in before["docProps/app.xml"]
    found = _TITLE.search(before["xl/workbook.xml"])
    assert found
    title = found[1].decode()
    target = tmp_path / f"out{source.suffix}"
    edit = SheetEdit({"C3": "=geen formule", "D4": 12.5}, appended=[{"A": "Verzonden"}], header_row=1)
    splice(source, target, {title: edit})
    after = parts_of(target)
    assert list(after) == list(before)
    (changed,) = [part for part in before if after[part] != before[part]]
    assert changed == sheet_part(source, title)
    sheet = opened(target, values=True)[title]
    assert (sheet["C3"].value, sheet["D4"].value) == ("=geen formule", 12.5)
    assert "Verzonden" in [row[0].value for row in sheet.iter_rows()]

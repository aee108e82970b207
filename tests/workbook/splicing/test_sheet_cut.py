"""A sheet that is changed with most of its rows set aside is the sheet that is changed whole."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from factuurbode.workbook.parts.sheet_xml import SheetXml
from factuurbode.workbook.splicing.sheet_cut import Cut

NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ROWS = 400


def a_sheet(*, without: frozenset[int] = frozenset()) -> bytes:
    rows = "".join(
        f'<row r="{row}" spans="1:3"><c r="A{row}" t="inlineStr"><is><t>&lt;row r="9"&gt; {row}</t></is></c>'
        + (f'<c r="C{row}" s="{row % 7}"/>' if row % 3 else "")
        + "</row>"
        for row in range(1, ROWS + 1)
        if row not in without
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{NAMESPACE}"><dimension ref="A1:C{ROWS}"/>'
        f"<sheetData>{rows}</sheetData><rowBreaks/></worksheet>"
    ).encode()


def changed(xml: bytes, cells: dict[str, str], cut: Cut | None = None) -> bytes:
    sheet = SheetXml(etree.fromstring(xml), style_cut=cut.style_between if cut else None)
    for reference, value in cells.items():
        sheet.put(reference, value)
    return etree.tostring(sheet.root)


def canonical(xml: bytes) -> bytes:
    return etree.tostring(etree.fromstring(xml), method="c14n")


def cut_and_changed(xml: bytes, cells: dict[str, str]) -> tuple[Cut, bytes]:
    cut = Cut(xml, {int(reference[1:]) for reference in cells})
    return cut, cut.restored(changed(cut.xml, cells, cut))


@given(
    st.sets(st.integers(1, ROWS + 20), min_size=1, max_size=8),
    st.frozensets(st.integers(1, ROWS), max_size=60),
    st.sampled_from("BCD"),
)
def test_the_rows_that_were_set_aside_make_no_difference(rows: set[int], without: frozenset[int], column: str) -> None:
    xml = a_sheet(without=without)
    for sheet in (xml, without_places(xml)):
        cells = {f"{column}{row}": f"waarde {row}" for row in rows}
        assert canonical(cut_and_changed(sheet, cells)[1]) == canonical(changed(sheet, cells))


def test_most_rows_are_set_aside() -> None:
    cut, _ = cut_and_changed(a_sheet(), {"B399": "x", "B400": "y"})

    assert cut.xml.count(b"<row ") == 3


def test_the_rows_above_are_kept_where_cells_do_not_begin_with_their_place() -> None:
    cut, _ = cut_and_changed(without_places(a_sheet()), {"B399": "x", "B400": "y"})

    assert cut.xml.count(b"<row ") == 53


def without_places(sheet: bytes) -> bytes:
    """*sheet* with the style of a cell before its place, as nobody is forbidden to write it."""
    return re.sub(rb'<c r="(\w+)" s="(\d)"/>', rb'<c s="\2" r="\1"/>', sheet)


@pytest.mark.parametrize(
    ("there", "odd"),
    [
        (b'<row r="7" ', b"<row "),
        (b'<row r="7" ', b'<row r="3" '),
        (b"<rowBreaks/>", b'<!-- <row r="1"> --><rowBreaks/>'),
        (b"<sheetData>", b"<sheetData><![CDATA[ ]]>"),
        (b"<sheetData>", b"<sheetData><?x y?>"),
    ],
    ids=["a row without a number", "rows out of order", "a comment", "literal text", "an instruction"],
)
def test_an_odd_sheet_stays_whole(there: bytes, odd: bytes) -> None:
    xml = a_sheet().replace(there, odd)
    cells = {"B390": "x"}

    cut, result = cut_and_changed(xml, cells)

    assert cut.xml == xml
    assert canonical(result) == canonical(changed(xml, cells))

"""References to a table's cells after its rows have come or gone: as in Excel, and nothing else changes."""

from __future__ import annotations

from collections.abc import Callable
from xml.sax.saxutils import escape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from factuurbode.workbook.splicing.following import Following
from factuurbode.workbook.splicing.formula_references import with_areas
from factuurbode.workbook.splicing.row_moves import Grown, Shrunk
from support.effort import times_dearer

BLAD, APOS = "Blad", "Bakker's blad"


def gone(*rows: int, title: str = BLAD, last: int = 9, totals: bool = False) -> Shrunk:
    """A table in A1:D9 with its headings in row 1 loses *rows*; below it, in row 10, may stand its totals."""
    stay = [row for row in range(2, last + 1) if row not in rows]
    places = {row: place for place, row in enumerate(stay, start=2)}
    if totals:
        places[last + 1] = len(stay) + 2
    return Shrunk(title, range(1, 5), 1, last, len(stay) + 1, totals, places)


def grown(by: int, *, title: str = BLAD, last: int = 9, totals: bool = False) -> Grown:
    return Grown(title, range(1, 5), 1, last, last + by, totals=totals, new=range(last + 1, last + by + 1))


UNTOUCHED = [
    "LOG10(5)+ABS(7)",
    'IF(X1="Blad!B8","B8"" B8","&quot;")',
    "[1]Blad!B8+'[Boek B8.xlsx]Blad'!B8+[1]!naam",
    "Blad:Blad3!B8+'Blad:Blad 3'!B8",
    "SUM(Blad!A:A)+SUM(Blad!$B:$B)+SUM(Blad!8:9)",
    "T[B8]+T[[#This Row],[B8]]+T['[B8']]",
    "omzet_B8+B8_1+x.B8+B8.x+_B8",
    "SUM(Blad!A1:Z9)",
    "Ander!B8+'Ander blad'!$B$8",
    "Blad!E8+Blad!B1+Blad!B20+Blad!$B$2",
    "SUM(Blad!B1:B500)+SUM(Blad!B2:B40)",
    "INDIRECT(&quot;Blad!B8&quot;)",
    "#REF!+Blad!#REF!+1E5+2.5E3",
]


@pytest.mark.parametrize("title", [BLAD, APOS, "Blad 2", "Verkoop (oud)", "Café"])
@pytest.mark.parametrize("written", [str, str.upper, str.lower])
@pytest.mark.parametrize("cut", range(1, 40))
def test_a_sheet_that_names_the_one_is_found_in_whatever_pieces_it_comes(
    title: str, written: Callable[[str], str], cut: int
) -> None:
    for quote in ("'", "&apos;", "&#39;"):
        xml = f"<f>1+{quote}{written(title)}{quote}!B8</f>".encode()
        assert Following([gone(8, title=title)]).may_concern([b"<c/>" * 30, xml[:cut], xml[cut:]], "Ander")


def test_a_sheet_that_names_another_is_not_gone_through() -> None:
    following = Following([gone(8)])
    assert not following.may_concern([b"<f>Anderblad2!B8</f><t>Blad</t><t>Hoera!</t>"], "Ander")
    assert following.may_concern([], BLAD)


@pytest.mark.parametrize("text", UNTOUCHED)
def test_what_points_elsewhere_stays_to_the_letter(text: str) -> None:
    for moves in (gone(5, 6), grown(3, last=7, totals=True)):
        assert Following([moves]).formula(text, "Overzicht") == text
        assert Following([moves]).formula(text.replace('"', "&quot;"), "Overzicht") == text.replace('"', "&quot;")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Blad!B8", "Blad!B6"),
        ("blad!$b$8*2", "blad!$b$6*2"),
        ("Blad!B4", "Blad!B4"),
        ("Blad!B5", "Blad!#REF!"),
        ("Blad!B8:C9", "Blad!B6:C7"),
        ("SUM(Blad!B3:B8)", "SUM(Blad!B3:B6)"),
        ("SUM(Blad!B5:B8)", "SUM(Blad!B5:B6)"),
        ("SUM(Blad!B3:B6)", "SUM(Blad!B3:B4)"),
        ("SUM(Blad!B5:B6)", "SUM(Blad!#REF!)"),
        ("SUM(Blad!B2:B9)", "SUM(Blad!B2:B7)"),
        ("SUM(Blad!B1:B5)", "SUM(Blad!B1:B4)"),
        ("SUM(Blad!B6:B40)", "SUM(Blad!B5:B40)"),
        ("Blad!B7:INDEX(Blad!B:B,9)", "Blad!B5:INDEX(Blad!B:B,9)"),
        ("Blad!A8&amp;Blad!B9", "Blad!A6&amp;Blad!B7"),
        ('IF(Blad!A8="A8",LOG10(Blad!B8),T[A8])', 'IF(Blad!A6="A8",LOG10(Blad!B6),T[A8])'),
        ("'Blad'!B8+&apos;Blad&apos;!B9", "'Blad'!B6+&apos;Blad&apos;!B7"),
        ("B8+Blad!B8", "B8+Blad!B6"),
    ],
)
def test_cells_that_moved_up_are_still_pointed_to(before: str, after: str) -> None:
    assert Following([gone(5, 6)]).formula(before, "Overzicht") == after


@pytest.mark.parametrize("quote", ["'", "&apos;", "&#39;"])
def test_the_name_of_a_sheet_may_hold_anything(quote: str) -> None:
    prefix = f"{quote}Bakker{quote * 2}s &amp; zoon{quote}!"
    assert Following([gone(5, 6, title="Bakker's & zoon")]).formula(f"{prefix}B8", "x") == f"{prefix}B6"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("SUM(Blad!B2:B9)", "SUM(Blad!B2:B12)"),
        ("SUM(Blad!$A$1:$D$9)", "SUM(Blad!$A$1:$D$12)"),
        ("SUM(Blad!B3:B9)", "SUM(Blad!B3:B9)"),
        ("SUM(Blad!B2:B8)", "SUM(Blad!B2:B8)"),
        ("Blad!B10", "Blad!B13"),
        ("SUM(Blad!B5:B10)", "SUM(Blad!B5:B13)"),
        ("Blad!B9", "Blad!B9"),
    ],
)
def test_new_rows_join_what_holds_all_and_the_totals_go_down(before: str, after: str) -> None:
    following = Following([grown(3, totals=True)])
    assert following.formula(before, "Overzicht") == after
    back = Following([gone(10, 11, 12, last=12, totals=True)])
    assert back.formula(after, "Overzicht") == before


def test_a_running_total_in_the_table_does_not_run_on_and_a_share_of_all_does() -> None:
    following = Following([grown(3, totals=True)])
    assert following.formula("SUM(B$2:B9)", BLAD, (3, 9)) == "SUM(B$2:B9)"
    assert following.formula("B9/SUM(B$2:B$9)", BLAD, (3, 9)) == "B9/SUM(B$2:B$12)"
    assert following.formula("B9/B$10", BLAD, (3, 9)) == "B9/B$13"
    assert following.formula("SUM(B2:B9)", BLAD, (7, 3)) == "SUM(B2:B12)"
    assert following.formula("B10*2", BLAD, (3, 10)) == "B10*2"  # a new row, written for its place


def test_a_formula_that_leans_on_the_row_above_leans_on_the_one_that_is_above_now() -> None:
    following = Following([gone(5, 6)])
    assert following.formula("D6+C7", BLAD, (4, 5)) == "D4+C5"
    assert following.formula("$D$6+C7", BLAD, (4, 5)) == "#REF!+C5"
    assert following.formula("D6+C7", BLAD, (9, 7)) == "#REF!+C5"


def test_the_emptied_cells_below_are_still_those_that_were_pointed_to() -> None:
    following = Following([gone(8, 9)])
    for text in ("Blad!B8", "SUM(Blad!B3:B8)", "Blad!B9:C9", "SUM(Blad!B8:B40)"):
        assert following.formula(text, "Overzicht") == text


def test_what_holds_anywhere_follows_where_it_is_absolute() -> None:
    following = Following([gone(5, 6)])
    assert following.formula("Blad!$A$8:$B$9", anywhere=True) == "Blad!$A$6:$B$7"
    assert following.formula("Blad!A8", anywhere=True) == "Blad!A8"
    assert following.formula("$B$8>B8", BLAD, anywhere=True) == "$B$6>B8"


pieces = st.sampled_from(
    [
        "Blad!",
        "'Bakker''s blad'!",
        "B8",
        "$A$5",
        "A:A",
        "3:4",
        *":,()+[]!.x ",
        '"',
        "'",
        "T[",
        "[1]",
        "&apos;",
        "&quot;",
        "&amp;",
        "LOG10",
        "#REF!",
        "é1",
        "\\",
        "1E5",
    ]
)


@given(st.lists(pieces, max_size=20).map("".join))
def test_any_text_is_taken_and_without_moves_it_stays(text: str) -> None:
    assert with_areas(text, lambda area: area.text) == text
    assert with_areas(text, lambda area: area.at(*area.rows)) == text
    Following([gone(5, 6), gone(3, title=APOS)]).formula(text, BLAD, (2, 5))


@pytest.mark.parametrize("piece", ["'", "&apos;", '"', "[", "[[", "A1:", "a.", "'x", "[&apos;", "T[&apos;&apos;"])
def test_a_longer_text_takes_longer_by_its_length_only(piece: str) -> None:
    many = 48_000 // len(escape(piece))  # nearly the longest formula that Excel takes
    following = Following([gone(5)])
    assert times_dearer(lambda times: following.formula(escape(piece) * times + "!", BLAD), many // 16, many) < 64


@given(
    first=st.integers(1, 30),
    height=st.integers(0, 29),
    ready=st.integers(2, 12),
    more=st.integers(1, 8),
    totals=st.booleans(),
)
@example(first=3, height=1, ready=2, more=3, totals=True)
@example(first=3, height=9, ready=2, more=3, totals=True)
def test_adding_and_taking_out_again_leaves_every_reference_as_it_was(
    first: int, height: int, ready: int, more: int, totals: bool
) -> None:
    last = first + height
    text = f"SUM(Blad!B{first}:B{last})" if height else f"Blad!B{first}"
    reached = ready + more
    added = Following([grown(more, last=ready, totals=totals)]).formula(text, "Overzicht")
    back = Following([gone(*range(ready + 1, reached + 1), last=reached, totals=totals)]).formula(added, "Overzicht")
    # What happens to end with the new last row, or with the totals below it, cannot be told from what came to do so.
    ends = {reached, reached + totals}
    if last in ends or first in ends:
        return
    if totals and first == ready + 1 < last < reached:  # new rows came where it ended: the totals are what is left
        assert back == f"SUM(Blad!B{first}:B{first})"
    else:
        assert back == text

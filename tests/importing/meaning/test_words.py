"""A number that is a name stays as it was written, or is not believed."""

from __future__ import annotations

import pytest

from factuurbode.importing.meaning.misread import Misread
from factuurbode.importing.meaning.words import name_in


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        *(
            ("0012", "0012"),
            ('="0012"', "0012"),
            ("1E5", "1E5"),
            ("A-12", "A-12"),
            ("'0012", "0012"),
            ("'", "'"),
            (" 00 12\u00a0", "00 12"),
        ),
        *((12.0, "12"), (8710000000001.0, "8710000000001"), (999_999_999_999_999, "999999999999999")),
    ],
)
def test_a_name_is_kept(cell: str | float, name: str) -> None:
    assert name_in(cell) == name


@pytest.mark.parametrize("cell", ["8,71E+12", "1E+05", 1e15, 871000000000123456, -1e16])
def test_a_name_of_which_a_spreadsheet_lost_the_last_digits_is_not_believed(cell: str | float) -> None:
    with pytest.raises(Misread) as misread:
        name_in(cell)

    assert misread.value.code == "identifier_rounded"

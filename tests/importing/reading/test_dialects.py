"""One week of deliveries, as every system writes it: read, it is always the same week."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from factuurbode.domain.model import Line
from factuurbode.importing.proposal import Proposal
from support.effort import times_dearer
from support.import_bakery import Bakery

HEADER = ("Bonnr", "Leverdatum", "Klantnr", "Artikelnr", "Omschrijving", "Aantal", "Prijs", "Btw %")
ROWS = (
    ("000101", "02-11-2026", "0012", "0101", "Crème brûlée €", "12", "2,35", "9"),
    ("000101", "02-11-2026", "0012", "0102", "Wit tijger", "1200", "1,95", "9"),
    ("000102", "13-11-2026", "0013", "0901", "Kaars", "4", "1234,5", "21"),
)


def table(delimiter: str = ";", line_end: str = "\r\n", rows: tuple[tuple[str, ...], ...] = ROWS) -> str:
    def quoted(cell: str) -> str:
        return '"' + cell.replace('"', '""') + '"' if any(sign in cell for sign in (delimiter, "\n", '"')) else cell

    return line_end.join(delimiter.join(map(quoted, row)) for row in (HEADER, *rows)) + line_end


def changed(column: str, cells: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    place = HEADER.index(column)
    return tuple((*row[:place], cell, *row[place + 1 :]) for row, cell in zip(ROWS, cells, strict=True))


def told(proposal: Proposal) -> list[tuple[str, list[Line], Decimal]]:
    return [(draft.customer, list(draft.lines), draft.net) for draft in proposal.drafts]


def line(article: str, description: str, quantity: str, price: str, rate: int, day: int) -> Line:
    return Line(
        description, Decimal(quantity), Decimal(price), Decimal(rate), article=article, delivered=date(2026, 11, day)
    )


EXPECTED = [
    (
        "0012",
        [line("0101", "Crème brûlée €", "12", "2.35", 9, 2), line("0102", "Wit tijger", "1200", "1.95", 9, 2)],
        Decimal("2368.20"),
    ),
    ("0013", [line("0901", "Kaars", "4", "1234.5", 21, 13)], Decimal("4938.00")),
]


@pytest.fixture
def bare(bakery: Bakery) -> Bakery:
    """A bakery whose products tell nothing."""
    bakery.products.clear()
    return bakery


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_delimiters_and_encodings(bare: Bakery, delimiter: str, encoding: str) -> None:
    path = bare.write(table(delimiter), encoding=encoding)

    proposal = bare.propose(path)

    assert told(proposal) == EXPECTED
    assert proposal.detected[0].delimiter == delimiter
    assert proposal.rejected == ()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_person_need_not_know_the_order_of_bytes(bare: Bakery, encoding: str) -> None:
    assert told(bare.propose(bare.write(table(), encoding=encoding), encoding="utf-16")) == EXPECTED


@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_line_ends(bare: Bakery, line_end: str) -> None:
    assert told(bare.propose(bare.write(table(line_end=line_end)))) == EXPECTED


def test_a_first_line_that_tells_excel_the_delimiter(bare: Bakery) -> None:
    proposal = bare.propose(bare.write("sep=|\r\n" + table("|")))

    assert told(proposal) == EXPECTED
    assert proposal.detected[0].header_row == 1


@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_the_announced_delimiter_whatever_ends_its_line(bare: Bakery, line_end: str) -> None:
    proposal = bare.propose(bare.write(f'"sep=;"{line_end}' + table(line_end=line_end)))

    assert told(proposal) == EXPECTED
    assert proposal.detected[0].header_row == 1


def test_some_letters_in_another_encoding_spoil_none_of_the_rest(bare: Bakery) -> None:
    path = bare.folder / "export.csv"
    path.write_bytes(table().encode() + "000103;14-11-2026;0012;0101;Café;1;2,00;9\r\n".encode("cp1252"))

    proposal = bare.propose(path)

    assert {line.description for draft in proposal.drafts for line in draft.lines} == {
        *("Crème brûlée €", "Wit tijger", "Kaars", "Café")
    }
    assert proposal.detected[0].encoding == "UTF-8 + Windows-1252"


@pytest.mark.parametrize("delimiter", [";", ","])
def test_rows_that_excel_left_whole_in_one_cell(bare: Bakery, delimiter: str) -> None:
    text = "".join('"' + line.replace('"', '""') + '"\r\n' for line in table(delimiter).splitlines())

    proposal = bare.propose(bare.write(text, encoding="cp1252"))

    assert told(proposal) == EXPECTED
    assert proposal.detected[0].delimiter == delimiter


def test_spaces_before_quotation_marks(bare: Bakery) -> None:
    rows = [", ".join(f'"{cell}"' for cell in row) for row in (HEADER, *ROWS)]

    assert told(bare.propose(bare.write("\n".join(rows)))) == EXPECTED


def test_the_end_of_file_of_old_systems_is_no_row(bare: Bakery) -> None:
    proposal = bare.propose(bare.write(table() + "\x1a"))

    assert (told(proposal), proposal.rejected) == (EXPECTED, ())


@pytest.mark.parametrize(
    "headings",
    [
        ("Aantal (st.)", "Prijs (€)", "Btw [%]"),
        ("Aantal (stuks)", "Prijs EUR", "Btw in %"),
        ("Aantal\n(st)", "Prijs excl. btw in euro", "BTW %*"),
    ],
)
def test_units_in_headings(bare: Bakery, headings: tuple[str, ...]) -> None:
    header = (*HEADER[:5], *headings)
    rows = [";".join(f'"{cell}"' for cell in row) for row in (header, *ROWS)]

    assert told(bare.propose(bare.write("\n".join(rows)))) == EXPECTED


def test_cells_below_no_heading_are_listed_by_their_column(bare: Bakery) -> None:
    lines = [f"{line};{more}" for line, more in zip(table().splitlines(), ("", ";", "x;y", ""), strict=True)]

    proposal = bare.propose(bare.write("\n".join(lines)))

    assert told(proposal) == EXPECTED
    assert proposal.detected[0].unknown_columns == ("(I)", "(J)")


def test_titles_above_and_totals_below(bare: Bakery) -> None:
    above = "Leveringen november;;;;\r\nBakkerij De Korenaar\r\n\r\n"
    below = ";;;;Totaal;1216;;\r\n"

    proposal = bare.propose(bare.write(above + table() + below))

    assert told(proposal) == EXPECTED
    detected = proposal.detected[0]
    assert detected.header_row == 4
    assert [(row.origin.row, row.cells, row.why.key) for row in detected.left_out] == [
        (8, ("", "", "", "", "Totaal", "1216"), "left_out.total")
    ]
    assert detected.rows == 4


def test_a_last_row_that_only_adds_up_is_a_row_of_totals(bare: Bakery) -> None:
    proposal = bare.propose(bare.write(table() + ";;;;;1216;;\r\n"))

    assert told(proposal) == EXPECTED
    assert len(proposal.detected[0].left_out) == 1
    assert proposal.rejected == ()


@pytest.mark.parametrize(
    "prices",
    [
        ("€ 2,35", "€ 1,95", "€ 1.234,50"),
        ("2,35 EUR", "1,95 EUR", "1.234,50 EUR"),
        ("2.35", "1.95", "1,234.50"),
        ("2,35", "1,95", "1 234,50"),
        ("2,35", "1,95", "1\u00a0234,50"),
        ("2.35", "1.95", "1'234.50"),
        ("+2,35", "1,950", "1234,5000"),
    ],
)
def test_prices_as_people_write_them(bare: Bakery, prices: tuple[str, ...]) -> None:
    proposal = bare.propose(bare.write(table(rows=changed("Prijs", prices))))

    assert told(proposal) == EXPECTED


@pytest.mark.parametrize(
    "dates",
    [
        ("2-11-26", "2-11-26", "13-11-26"),
        ("2026-11-02", "2026-11-02", "2026-11-13"),
        ("2026-11-02T06:30:00", "2026-11-02 06:30", "2026-11-13 00:00:00"),
        ("2026-11-01T23:30:00Z", "2026-11-02T00:30:00+01:00", "2026-11-13 08:00:00 +0100"),
        ("2 november 2026", "ma 2 nov 2026", "13 nov. 2026"),
        ("November 2, 2026", "Nov 2, 2026", "Nov 13, 2026"),
        ("02/11/2026", "02.11.2026", "13/11/2026 14:05"),
        ("11/02/2026", "11/2/2026", "11/13/2026"),
        ("46328", "46328,25", "46339"),
        ("20261102", "20261102", "20261113"),
    ],
)
def test_days_as_systems_write_them(bare: Bakery, dates: tuple[str, ...]) -> None:
    proposal = bare.propose(bare.write(table(rows=changed("Leverdatum", dates))))

    assert told(proposal) == EXPECTED


@pytest.mark.parametrize(
    "rates",
    [
        ("9%", "9 %", "21%"),
        ("Laag", "BTW laag", "Hoog"),
        ("9% laag", "Laag (9%)", "BTW 21% hoog"),
        ("L", "l", "H"),
        ("0,09", "0,09", "0,21"),
        ("9,00", "9,0 %", "21,00"),
    ],
)
def test_rates_as_systems_write_them(bare: Bakery, rates: tuple[str, ...]) -> None:
    assert told(bare.propose(bare.write(table(rows=changed("Btw %", rates))))) == EXPECTED


def test_a_line_break_within_a_cell_stays_in_its_cell(bare: Bakery) -> None:
    rows = changed("Omschrijving", ("Crème\nbrûlée €", 'Wit "tijger"; half', "Kaars"))

    proposal = bare.propose(bare.write(table(rows=rows)))

    assert [line.description for line in proposal.drafts[0].lines] == ["Crème\nbrûlée €", 'Wit "tijger"; half']
    assert proposal.rejected == ()


def test_numbers_that_excel_was_kept_from_stay_as_they_are(bare: Bakery) -> None:
    rows = changed("Bonnr", ('="000101"', '="000101"', '="000102"'))

    proposal = bare.propose(bare.write(table(rows=rows)))

    assert [row.key for draft in proposal.drafts for row in draft.rows] == [
        ":000101:0101",
        ":000101:0102",
        ":000102:0901",
    ]


def test_a_number_that_excel_has_rounded_is_not_believed(bare: Bakery) -> None:
    rows = changed("Bonnr", ("8,71E+12", "000101", "000102"))

    proposal = bare.propose(bare.write(table(rows=rows)))

    assert [reason.key for reason in proposal.rejected[0].reasons] == ["reason.identifier_rounded"]
    assert proposal.rejected[0].cells == rows[0]


@pytest.mark.parametrize("more", [";", ";;;"])
def test_empty_cells_at_the_end_of_rows_are_nothing(bare: Bakery, more: str) -> None:
    text = table().replace("\r\n", f"{more}\r\n")

    assert told(bare.propose(bare.write(text))) == EXPECTED


def test_a_row_that_is_much_longer_is_read_whole(bare: Bakery) -> None:
    lines = table().splitlines()
    lines[2] += ";x" * 20

    assert told(bare.propose(bare.write("\n".join(lines)))) == EXPECTED


def test_a_row_that_was_cut_off_is_rejected_with_all_that_it_lacks(bare: Bakery) -> None:
    proposal = bare.propose(bare.write(table() + "000103;14-11-2026;0012"))

    assert told(proposal) == EXPECTED
    assert [(row.origin.row, [reason.key for reason in row.reasons]) for row in proposal.rejected] == [
        (5, ["reason.quantity_missing", "reason.description_missing", "reason.vat_rate_missing"])
    ]


def test_what_a_person_says_goes_before_what_was_found_out(bare: Bakery) -> None:
    rows = changed("Leverdatum", ("02-11-2026", "02-11-2026", "11-03-2026"))
    path = bare.write(table(rows=changed("Prijs", ("2.350", "1.950", "1.500"))))

    as_thousands = bare.propose(path)
    as_decimals = bare.propose(path, decimal=".")
    american = bare.propose(bare.write(table(rows=rows), "b.csv"), date_order="mdy")

    assert as_thousands.drafts[1].net == Decimal(6000)
    assert as_decimals.drafts[1].net == Decimal(6)
    assert [draft.period_from for draft in american.drafts] == [date(2026, 2, 11), date(2026, 11, 3)]


def test_a_guess_is_told(bare: Bakery) -> None:
    proposal = bare.propose(bare.write(table(rows=changed("Prijs", ("2.350", "1.950", "1.500")))))

    assert [remark.key for remark in proposal.detected[0].remarks if "decimal" in remark.key] == [
        "remark.decimal_guessed"
    ]


def test_dates_that_could_be_two_follow_the_majority_and_are_told(bare: Bakery) -> None:
    rows = changed("Leverdatum", ("02-11-2026", "02-11-2026", "13-11-2026"))

    (remark,) = bare.propose(bare.write(table(rows=rows))).detected[0].remarks

    assert (remark.key, remark.facts) == (
        "remark.dates_dmy",
        {"column": "Leverdatum", "count": "2", "example": "02-11-2026"},
    )


def test_the_same_week_in_another_order_of_columns(bare: Bakery) -> None:
    order = [5, 3, 0, 7, 1, 2, 6, 4]
    text = "\n".join(";".join(row[place] for place in order) for row in (HEADER, *ROWS))

    assert told(bare.propose(bare.write(text))) == EXPECTED


def test_english_names(bare: Bakery) -> None:
    header = "Order no.;Delivery date;Customer number;SKU;Product name;Qty;Unit price;VAT rate"
    text = "\n".join([header, *(";".join(row) for row in ROWS)])

    assert told(bare.propose(bare.write(text))) == EXPECTED


def test_columns_that_nobody_knows_are_listed(bare: Bakery) -> None:
    text = "\n".join(
        f"{line};{more}" for line, more in zip(table().split("\r\n"), ("Chauffeur", "Jan", "", "Piet"), strict=False)
    )

    proposal = bare.propose(bare.write(text))

    assert told(proposal) == EXPECTED
    assert proposal.detected[0].unknown_columns == ("Chauffeur",)


def test_units_are_taken_along(bare: Bakery) -> None:
    text = table().replace("Prijs", "Prijs;Eenheid").replace("2,35;9", "2,35;st;9").replace("1,95;9", "1,95;;9")
    text = text.replace("1234,5;21", "1234,5;doos;21")

    expected = [
        (one, [replace(line, unit="st" if line.article == "0101" else "") for line in lines], net)
        for one, lines, net in EXPECTED[:1]
    ]
    assert told(bare.propose(bare.write(text)))[:1] == expected


def test_signs_that_no_workbook_can_hold_are_left_out_of_a_text(bare: Bakery) -> None:
    rows = changed("Omschrijving", ("Crème\x0b brûlée €", "\x1fWit tijger\x08", "Kaars\ufffe"))

    assert told(bare.propose(bare.write(table(rows=rows)))) == EXPECTED


@pytest.mark.parametrize("text", ["=1+1", "+31", "-5% vandaag", "@thuis", '=HYPERLINK("http://x.example")'])
def test_text_that_excel_would_run_stays_text(bare: Bakery, text: str) -> None:
    proposal = bare.propose(bare.write(table(rows=changed("Omschrijving", (text, text, text)))))

    assert [line.description for draft in proposal.drafts for line in draft.lines] == [text] * 3


@pytest.mark.parametrize("column", ["Leverdatum", "Prijs", "Btw %", "Aantal", "Bonnr", "Omschrijving"])
@pytest.mark.parametrize("sign", ["1", "9%", "1-1", " ", "a1"])
def test_a_cell_without_end_takes_longer_by_its_length_only(bare: Bakery, column: str, sign: str) -> None:
    def proposed(length: int) -> Proposal:
        return bare.propose(bare.write(table(rows=changed(column, (sign * length + "x", "2", "3")))))

    assert sign == " " or any(row.origin.row == 2 for row in proposed(100_000).rejected)
    assert times_dearer(proposed, 10_000, 100_000) < 30  # 10 by its length, 100 by its square


def test_what_was_cancelled_is_listed_and_not_invoiced(bare: Bakery) -> None:
    lines = [
        f"{line};{status}"
        for line, status in zip(table().split("\r\n"), ("Status", "Bezorgd", "Geannuleerd", "Bezorgd"), strict=False)
    ]

    proposal = bare.propose(bare.write("\n".join(lines)))

    assert [(row.origin.row, row.why.facts["value"]) for row in proposal.detected[0].left_out] == [(3, "Geannuleerd")]
    assert [len(draft.lines) for draft in proposal.drafts] == [1, 1]


def test_money_of_another_country_is_not_taken_for_euros(bare: Bakery) -> None:
    lines = [
        f"{line};{money}" for line, money in zip(table().split("\r\n"), ("Valuta", "EUR", "USD", ""), strict=False)
    ]

    proposal = bare.propose(bare.write("\n".join(lines)))

    assert [(row.origin.row, row.reasons[0].key) for row in proposal.rejected] == [(3, "reason.currency_foreign")]


def test_dates_of_which_nothing_tells_the_order_are_told_as_a_guess(bare: Bakery) -> None:
    rows = changed("Leverdatum", ("02-11-2026", "02-11-2026", "12-11-2026"))

    assert [remark.key for remark in bare.propose(bare.write(table(rows=rows))).detected[0].remarks] == [
        "remark.dates_guessed"
    ]

"""Addresses as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factuurbode.deliver.addresses import read_addresses


@pytest.mark.parametrize(
    ("typed", "valid"),
    [
        ("jan@klant.test", ("jan@klant.test",)),
        ("  jan@klant.test ;; ", ("jan@klant.test",)),
        ("jan@klant.test;piet@klant.test", ("jan@klant.test", "piet@klant.test")),
        ("jan@klant.test, piet@klant.test", ("jan@klant.test", "piet@klant.test")),
        ("jan@klant.test\npiet@klant.test\r\nan@klant.test", ("jan@klant.test", "piet@klant.test", "an@klant.test")),
        ("Jan Jansen <jan@klant.test>", ("jan@klant.test",)),
        ('"Jansen, Jan; boekhouding" <jan@klant.test>; piet@klant.test', ("jan@klant.test", "piet@klant.test")),
        ("Café B.V. < jan@klant.test >", ("jan@klant.test",)),
        ("info@bäckerei.test", ("info@xn--bckerei-5wa.test",)),
        ("bäcker@klant.test", ("bäcker@klant.test",)),
        ("jan@klant.test; JAN@KLANT.TEST; Jan <jan@klant.test>", ("jan@klant.test",)),
        ("jan@example.com", ("jan@example.com",)),
        ("", ()),
        (" ; \n", ()),
    ],
)
def test_what_a_person_means_is_understood(typed: str, valid: tuple[str, ...]) -> None:
    read = read_addresses(typed)
    assert (read.valid, read.faults) == (valid, ())


def test_names_are_kept_with_their_addresses() -> None:
    read = read_addresses('Jan Jansen <jan@klant.test>; "Smit, Els" <els@klant.test>, piet@klant.test')
    assert read.names == {"jan@klant.test": "Jan Jansen", "els@klant.test": "Smit, Els"}


@pytest.mark.parametrize(
    ("typed", "valid", "faults"),
    [
        ("jan@klant", (), ("jan@klant",)),
        ("jan", (), ("jan",)),
        ("jan@@klant.test", (), ("jan@@klant.test",)),
        ("jan@klant.test piet@klant.test", (), ("jan@klant.test piet@klant.test",)),
        ("jan@klant.test; fout; piet@klant.test", ("jan@klant.test", "piet@klant.test"), ("fout",)),
        ("Jansen, Jan <jan@klant.test>", ("jan@klant.test",), ("Jansen",)),
        ("jan@klant.test\r\nBcc: dief@klant.test", ("jan@klant.test",), ("Bcc: dief@klant.test",)),
        ("<jan@klant.test", (), ("<jan@klant.test",)),
        ("Jan <jan@klant.test> Jansen", (), ("Jan <jan@klant.test> Jansen",)),
        ('"Jan <jan@klant.test>; piet@klant.test', (), ('"Jan <jan@klant.test>; piet@klant.test',)),
        ("jan\x00@klant.test", (), ("jan\x00@klant.test",)),
        ("jan@klant.test\u200b", (), ("jan@klant.test\u200b",)),
        ("jan@[127.0.0.1]", (), ("jan@[127.0.0.1]",)),
        ("<a@b.test>RCPT TO:<c@d.test>", (), ("<a@b.test>RCPT TO:<c@d.test>",)),
    ],
)
def test_what_is_no_address_is_told_as_it_was_typed(
    typed: str, valid: tuple[str, ...], faults: tuple[str, ...]
) -> None:
    read = read_addresses(typed)
    assert (read.valid, read.faults) == (valid, faults)


@given(st.one_of(st.text(), st.text('a@b.test;,<>" \r\n\t', max_size=40)))
def test_nothing_is_lost_and_nothing_dangerous_passes(typed: str) -> None:
    read = read_addresses(typed)
    for address in read.valid:
        assert address.count("@") == 1
        assert not any(letter.isspace() or letter in '<>,;"' or not letter.isprintable() for letter in address)
        assert address.rpartition("@")[2].isascii()
    if any(letter.isalnum() for letter in typed):
        assert read.valid or read.faults


@given(st.lists(st.from_regex(r"[a-z]{1,8}@[a-z]{1,8}\.test", fullmatch=True), max_size=6), st.sampled_from(";,\n"))
def test_reading_what_was_read_changes_nothing(addresses: list[str], separator: str) -> None:
    read = read_addresses(separator.join(addresses))
    assert read.faults == ()
    assert set(read.valid) == set(addresses)
    assert read_addresses("; ".join(read.valid)) == read

"""An IBAN as people read it."""

from __future__ import annotations

from factuurbode.domain.iban import grouped_iban


def test_it_is_printed_in_groups_of_four() -> None:
    assert grouped_iban("NL91ABNA0417164300") == "NL91 ABNA 0417 1643 00"

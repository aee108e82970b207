"""The bytes of an invoice mail."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factuurbode.deliver.message import Letter, compose, header_text, message_id
from factuurbode.domain.model import Language

PDF = b"%PDF-1.7\r\n.\r\n--=_0\r\n" + bytes(range(256)) * 20
LETTER = Letter(
    dispatch_id="20260105-0001",
    date=datetime(2026, 1, 5, 9, 30, tzinfo=timezone(timedelta(hours=1))),
    sender="bakker@bakkerij.test",
    sender_name="Bakkerij Korenveld & Zn",
    recipients=("jan@klant.test", "piet@klant.test"),
    language=Language.NL,
    subject="Factuur 2026-0001 van Bakkerij Korenveld",
    text="Geachte heer, mevrouw,\n\n€ 12,50\n.\nFrom here\n",
    html="<html><body>Geachte heer, mevrouw, € 12,50</body></html>\n",
    pdf=PDF,
    pdf_name="Factuur 2026-0001 Café De Hoek.pdf",
    reply_to="info@bakkerij.test",
    copies=("boekhouding@klant.test",),
    hidden_copies=("kopie@bakkerij.test",),
)


def parsed(letter: Letter) -> EmailMessage:
    return email.message_from_bytes(compose(letter).message, policy=email.policy.SMTP)


def test_the_headers_say_who_what_and_when() -> None:
    message = parsed(LETTER)
    assert message["From"] == "Bakkerij Korenveld & Zn <bakker@bakkerij.test>"
    assert message["To"] == "jan@klant.test, piet@klant.test"
    assert message["Cc"] == "boekhouding@klant.test"
    assert message["Reply-To"] == "info@bakkerij.test"
    assert message["Subject"] == "Factuur 2026-0001 van Bakkerij Korenveld"
    assert message["Date"].datetime == LETTER.date
    assert message["Message-ID"] == "<20260105-0001.factuurbode@bakkerij.test>"
    assert message["Content-Language"] == "nl"


def test_the_bakerys_own_copy_is_only_on_the_envelope() -> None:
    envelope = compose(LETTER)
    assert envelope.sender == "bakker@bakkerij.test"
    assert envelope.recipients == ("jan@klant.test", "piet@klant.test")
    assert envelope.copies == ("boekhouding@klant.test", "kopie@bakkerij.test")
    assert b"kopie@" not in envelope.message
    assert b"\nBcc:" not in envelope.message


def test_people_are_called_by_their_names_and_a_name_is_only_a_name() -> None:
    names = {"jan@klant.test": "Jan Jansen", "piet@klant.test": "Piet\r\nBcc: dief@klant.test"}
    message = parsed(replace(LETTER, names=names))
    assert message["To"].addresses[0].display_name == "Jan Jansen"
    assert [address.addr_spec for address in message["To"].addresses] == ["jan@klant.test", "piet@klant.test"]
    assert message["Bcc"] is None


def test_text_html_and_pdf_arrive_as_they_were_given() -> None:
    message = parsed(LETTER)
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "application/pdf",
    ]
    body, attachment = message.get_body(("plain",)), next(message.iter_attachments())
    page = message.get_body(("html",))
    assert body is not None
    assert page is not None
    assert body.get_content().replace("\r\n", "\n") == LETTER.text
    assert page.get_content().replace("\r\n", "\n") == LETTER.html
    assert attachment.get_content() == PDF
    assert attachment.get_filename() == "Factuur 2026-0001 Café De Hoek.pdf"
    assert attachment.get_content_disposition() == "attachment"
    assert attachment["Content-Type"].params["name"] == "Factuur 2026-0001 Cafe De Hoek.pdf"


def test_the_same_letter_is_the_same_bytes_and_another_dispatch_is_not() -> None:
    assert compose(LETTER) == compose(replace(LETTER))
    again = compose(replace(LETTER, dispatch_id="20260105-0002")).message
    assert again != compose(LETTER).message


def test_every_line_is_short_seven_bit_and_ends_as_mail_asks() -> None:
    message = compose(LETTER).message
    assert message.isascii()
    assert max(len(line) for line in message.split(b"\r\n")) <= 998
    assert b"\n" not in message.replace(b"\r\n", b"")


def test_an_address_beyond_ascii_makes_the_headers_utf8() -> None:
    message = compose(replace(LETTER, recipients=("bäcker@klant.test",))).message
    assert "To: bäcker@klant.test".encode() in message


@pytest.mark.parametrize("field", ["sender", "reply_to"])
@pytest.mark.parametrize("address", ["a@b.test\r\nBcc: dief@x.test", "a@b.test\nX: y"])
def test_an_address_with_a_line_end_is_refused(field: str, address: str) -> None:
    letter = replace(LETTER, sender=address) if field == "sender" else replace(LETTER, reply_to=address)
    with pytest.raises(ValueError, match=r"CR or LF|linefeed"):
        compose(letter)


@pytest.mark.parametrize("field", ["recipients", "copies"])
def test_a_recipient_with_a_line_end_is_refused(field: str) -> None:
    hostile = ("a@b.test\r\nBcc: dief@x.test",)
    letter = replace(LETTER, recipients=hostile) if field == "recipients" else replace(LETTER, copies=hostile)
    with pytest.raises(ValueError, match=r"CR or LF|linefeed"):
        compose(letter)


TYPED = st.one_of(st.text(max_size=300), st.text("=?utf8qb \"<>@,;:()\\\r\né🍞'._", max_size=120))


@given(TYPED, TYPED, st.text(max_size=150), st.text(max_size=500))
def test_whatever_is_typed_no_header_is_added_and_the_words_come_through(
    subject: str, name: str, file_name: str, text: str
) -> None:
    letter = replace(LETTER, subject=subject, sender_name=name, pdf_name=f"{file_name}.pdf", text=text, html=text)
    plain = parsed(LETTER)
    message = parsed(letter)
    assert message.keys() == plain.keys()
    assert [part.get_content_type() for part in message.walk()] == [part.get_content_type() for part in plain.walk()]
    assert str(message["Subject"]) == header_text(subject)
    assert message["From"].addresses[0].addr_spec == "bakker@bakkerij.test"
    # Python reads the space between two encoded words of a name as one of the name (RFC 2047 § 6.2 says otherwise).
    shown = message["From"].addresses[0].display_name
    assert shown.replace(" ", "") == header_text(name).replace(" ", "")
    assert next(message.iter_attachments()).get_content() == PDF


def test_an_encoded_word_in_a_name_stays_what_was_typed() -> None:
    hostile = "=?utf-8?q?a=0d=0aBcc=3a_dief=40x.test?="
    message = parsed(replace(LETTER, subject=hostile, sender_name=hostile))
    assert message.keys() == parsed(LETTER).keys()
    assert str(message["Subject"]) == hostile.replace("=?", "= ?")
    assert message["From"].addresses[0].display_name == hostile.replace("=?", "= ?")


@given(st.text(max_size=100))
def test_a_message_id_is_one_word_whatever_the_dispatch_is_called(dispatch_id: str) -> None:
    made = message_id(dispatch_id, "bakker@xn--bckerei-5wa.test")
    left, _, right = made.removeprefix("<").removesuffix(">").partition("@")
    assert right == "xn--bckerei-5wa.test"
    assert left.removesuffix(".factuurbode").replace("-", "").replace("_", "").isalnum()
    assert left.isascii()


def test_a_date_must_know_its_zone() -> None:
    assert parsed(replace(LETTER, date=datetime(2026, 7, 1, tzinfo=UTC)))["Date"].datetime.tzinfo is not None

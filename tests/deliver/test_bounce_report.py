"""What a mail server sends back (RFC 3464), and what only looks like it."""

from __future__ import annotations

import base64
import quopri
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factuurbode.deliver.bounce_report import bounces_in
from factuurbode.ports import Bounce
from support.fake_mailbox import bounce_of

MAIL = b"Message-ID: <0011223344556677.factuurbode@bakkerij.test>\r\nSubject: Factuur\r\n\r\nhallo\r\n"
REPORT = bounce_of(MAIL, "jan@klant.test")
BOUNCE = Bounce("<0011223344556677.factuurbode@bakkerij.test>", "jan@klant.test", "550 5.1.1 mailbox bestaat niet")


def test_a_failed_delivery_names_the_mail_the_recipient_and_why() -> None:
    assert bounces_in(REPORT) == (BOUNCE,)


def test_the_whole_mail_may_come_back_with_it() -> None:
    whole = REPORT.replace(b"text/rfc822-headers", b"message/rfc822")
    assert bounces_in(whole) == (BOUNCE,)


def test_the_address_as_its_sender_wrote_it_counts() -> None:
    forwarded = REPORT.replace(b"Final-Recipient: rfc822; jan@", b"Original-Recipient: rfc822; jan@").replace(
        b"Action:", b"Final-Recipient: rfc822; x@elders.test\r\nAction:"
    )
    assert bounces_in(forwarded) == (BOUNCE,)


@pytest.mark.parametrize(
    ("what", "becomes"),
    [
        (b"Action: failed", b"Action: delayed"),
        (b"Action: failed", b"Action: delivered"),
        (b"multipart/report", b"multipart/mixed"),
        (b"Message-ID: <0011223344556677.factuurbode@bakkerij.test>", b"X-Other: 1"),
        (b"rfc822; jan@klant.test", b"rfc822; niemand"),
        (b"message/delivery-status", b"text/plain"),
    ],
)
def test_what_is_no_failed_delivery_of_a_mail_of_ours_counts_for_nothing(what: bytes, becomes: bytes) -> None:
    assert what in REPORT
    assert bounces_in(REPORT.replace(what, becomes)) == ()


@pytest.mark.parametrize("damage", [b"", b"\x00\xff" * 50, REPORT[:200], REPORT[: len(REPORT) // 2], REPORT * 2])
def test_damage_is_survived(damage: bytes) -> None:
    assert bounces_in(damage) in ((), (BOUNCE,))


@pytest.mark.parametrize(
    "header",
    [b"Message-ID: <a@", b"Message-ID: <\xff@[", b"Message-ID: <[@", b"To: =?utf-8?q?=?= <", b"Message-ID: <.@b"],
)
@pytest.mark.parametrize("kind", [b"text/rfc822-headers", b"message/rfc822\r\nContent-Transfer-Encoding: base64"])
def test_headers_that_no_program_writes_are_survived(header: bytes, kind: bytes) -> None:
    odd = REPORT.replace(b"text/rfc822-headers", kind).replace(b"Message-ID: ", header + b"\r\nMessage-ID: ")
    assert bounces_in(odd) in ((), (BOUNCE,))
    assert bounces_in(header + b"\r\n" + REPORT) == (BOUNCE,)


def test_what_a_stranger_says_stays_on_one_line() -> None:
    (bounce,) = bounces_in(bounce_of(MAIL, "jan@klant.test", "550 a\x1b[2J" + "b" * 5000))
    assert "\x1b" not in bounce.detail
    assert len(bounce.detail) <= 300


def as_it_is(part: bytes) -> bytes:
    return part


ENCODINGS: Mapping[str, Callable[[bytes], bytes]] = {
    "8bit": as_it_is,
    "base64": base64.encodebytes,
    "quoted-printable": quopri.encodestring,
}


def in_utf8(report: bytes, encoding: str = "8bit", original: str = "global-headers") -> bytes:
    """*report* as RFC 6533 has it, its parts in that transfer encoding."""
    kinds = {b"message/delivery-status": b"global-delivery-status", b"text/rfc822-headers": original.encode()}
    head, text, *parts = report.split(b"--grens\r\n")
    made = []
    for part in parts:
        fields, _, body = part.partition(b"\r\n\r\n")
        body, closing, end = body.partition(b"--grens--")
        kind = b"message/" + kinds[fields.partition(b": ")[2]]
        fields = b"Content-Type: " + kind + f"\r\nContent-Transfer-Encoding: {encoding}".encode()
        made.append(fields + b"\r\n\r\n" + ENCODINGS[encoding](body) + b"\r\n" + closing + end)
    return b"--grens\r\n".join([head, text, *made])


JÜRGEN = "jürgen@bäckerei.test"


@pytest.mark.parametrize("encoding", ["8bit", "base64", "quoted-printable"])
@pytest.mark.parametrize("original", ["global-headers", "global"])
@pytest.mark.parametrize(
    "written",
    [
        f"utf-8; {JÜRGEN}",
        "utf-8; j\\x{FC}rgen@b\\x{e4}ckerei.test",
        f"UTF-8;<{JÜRGEN}>",
        f"rfc822; {JÜRGEN}",
    ],
)
def test_a_report_in_utf8_is_read_like_any_other(written: str, encoding: str, original: str) -> None:
    report = REPORT.replace(b"rfc822; jan@klant.test", written.encode()).replace(b"mailbox bestaat", "één".encode())
    assert bounces_in(in_utf8(report, encoding, original)) == (Bounce(BOUNCE.message_id, JÜRGEN, "550 5.1.1 één niet"),)


def test_an_escaped_address_may_stand_in_a_report_of_old(  # RFC 6533, 3: to servers that know no UTF-8
) -> None:
    report = REPORT.replace(b"rfc822; jan@klant.test", b"utf-8; j\\x{FC}rgen@klant.test")
    assert [bounce.recipient for bounce in bounces_in(report)] == ["jürgen@klant.test"]


@pytest.mark.parametrize(
    "written",
    [
        "jan\\x{A}Bcc:x@klant.test",
        "j\\x{20}an@klant.test",
        "a\\x{110000}b@x.test",
        "a\\x{D800}b@x.test",
        "\\x{}@x.test",
    ],
)
def test_an_escape_that_is_no_letter_stays_what_it_is(written: str) -> None:
    (bounce,) = bounces_in(in_utf8(REPORT.replace(b"rfc822; jan@klant.test", f"utf-8; {written}".encode())))
    assert bounce.recipient == written


@given(st.binary(max_size=80), st.sampled_from([b"8bit", b"base64", b"quoted-printable", b"x-uuencode", b"\xff"]))
def test_whatever_stands_in_a_report_in_utf8_is_survived(bytes_of_a_stranger: bytes, encoding: bytes) -> None:
    report = in_utf8(REPORT).replace(b"Encoding: 8bit", b"Encoding: " + encoding)
    place = report.index(b"Action")
    for bounce in bounces_in(report[:place] + bytes_of_a_stranger + report[place:]):
        assert bounce.recipient.isprintable()
        assert bounce.detail.isprintable()

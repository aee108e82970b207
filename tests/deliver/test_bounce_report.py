"""What a mail server sends back (RFC 3464), and what only looks like it."""

from __future__ import annotations

import pytest

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

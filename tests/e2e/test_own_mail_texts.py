"""A run with the baker's own mail texts, and with ones that are not there or not right."""

from __future__ import annotations

import pytest

from factuurbode.domain.model import Channel
from factuurbode.domain.states import State
from support.bakery import Bakery

pytestmark = [pytest.mark.libreoffice, pytest.mark.smtp_tls]


def with_texts(bakery: Bakery, text: str | None) -> None:
    bakery.settings = {"mail.texts": "teksten"}
    bakery.opens()
    folder = bakery.book.parent / "teksten"
    if text is not None:
        folder.mkdir(exist_ok=True)
        (folder / "mail.nl.txt").write_text(text, encoding="utf-8")
        (folder / "mail.nl.html").write_text("<p>Dag {{ company }}</p>", encoding="utf-8")


def test_the_customer_gets_the_bakers_own_words(bakery: Bakery) -> None:
    with_texts(bakery, "Subject: Van ons: {{ number }}\n\nTot ziens bij {{ company }}!\n")
    assert bakery.sends().code == 0
    (received,) = bakery.server.messages()
    assert received.message["Subject"] == "Van ons: 2026-0001"
    body = received.message.get_body(("plain",))
    assert body is not None
    assert "Tot ziens bij Bakkerij Proef!" in body.get_content()


@pytest.mark.parametrize(
    ("text", "said"),
    [(None, "staan geen e-mailteksten"), ("Subject: {{ nummer }}\n", "nummer"), ("Dag!\n", "Subject:")],
    ids=["no folder", "unknown field", "no subject"],
)
def test_texts_that_are_not_right_keep_the_mail_in_and_are_told(bakery: Bakery, text: str | None, said: str) -> None:
    with_texts(bakery, text)
    told = bakery.sends()
    assert told.code == 2
    assert said in told.words
    assert bakery.mails == 0
    assert State.SENT not in bakery.shown.get("2026-0001", {Channel.MAIL: State.READY}).values()
    with_texts(bakery, "Subject: Goed {{ number }}\n\nDag\n")
    assert bakery.sends().code == 0
    assert bakery.mails == 1

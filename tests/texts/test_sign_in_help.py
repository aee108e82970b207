"""Every provider has its steps to sign in, in both languages (R23)."""

from __future__ import annotations

import re

import pytest

from factuurbode.cli.commands import COMMANDS
from factuurbode.domain.mail_providers import PROVIDERS
from factuurbode.domain.model import Language
from factuurbode.domain.settings import Mail, SignIn
from factuurbode.texts import sign_in_help, texts_in

SPOKEN = [Language.NL, Language.EN]


@pytest.mark.parametrize("language", SPOKEN)
@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda one: one.name)
def test_every_provider_has_numbered_steps_that_end_in_a_command(provider: object, language: Language) -> None:
    known = next(one for one in PROVIDERS if one is provider)
    for sign_in in (known.sign_in, SignIn.OAUTH):
        told = sign_in_help(texts_in(language), Mail(known.name, known.server, sign_in=sign_in))
        steps = [line for line in told.splitlines() if re.match(r"\d\. ", line)]
        assert [int(step[0]) for step in steps] == list(range(1, len(steps) + 1))
        assert len(steps) >= 2
        assert "factuurbode signin" in told
        assert set(re.findall(r"factuurbode ([a-z]+) [A-Z]", told)) <= set(COMMANDS)


@pytest.mark.parametrize("language", SPOKEN)
def test_the_server_says_whose_help_it_is_when_the_provider_is_another(language: Language) -> None:
    texts = texts_in(language)
    kpn = sign_in_help(texts, Mail(server="smtp.kpnmail.nl"))
    assert kpn == sign_in_help(texts, Mail("Gmail", "smtp.kpnmail.nl")) == sign_in_help(texts, Mail("Telfort", ""))
    assert "Telfort" in kpn


@pytest.mark.parametrize("language", SPOKEN)
def test_any_other_server_has_help_too(language: Language) -> None:
    texts = texts_in(language)
    own = sign_in_help(texts, Mail(server="mail.bakkerij.test"))
    assert "SPF" in own
    assert sign_in_help(texts, Mail(server="mail.bakkerij.test", sign_in=SignIn.NONE)) == texts("sign_in_help.none")


@pytest.mark.parametrize("language", SPOKEN)
def test_google_is_helped_with_an_app_password_or_with_consent_as_the_settings_say(language: Language) -> None:
    texts = texts_in(language)
    by_password = sign_in_help(texts, Mail(server="smtp.gmail.com"))
    assert "apppasswords" in by_password
    assert "apppasswords" not in sign_in_help(texts, Mail(server="smtp.gmail.com", sign_in=SignIn.OAUTH))

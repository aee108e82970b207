"""The steps that let a person sign in to a mail account, as its provider wants it (R23)."""

from __future__ import annotations

from ..domain.mail_providers import provider_named, provider_of_server
from ..domain.settings import Mail, SignIn
from .catalogue import Texts


def sign_in_help(texts: Texts, mail: Mail) -> str:
    """What to do, a numbered line each; of a provider that we do not know, what every account needs."""
    named = provider_named(mail.provider)
    known = named if named and named.server == mail.server else provider_of_server(mail.server) or named
    if mail.sign_in is SignIn.NONE:
        key = "none"
    elif known is None:
        key = "own_server"
    else:
        key = known.key
    consent = f"sign_in_help.{key}_oauth"
    chosen = consent if mail.sign_in is SignIn.OAUTH and consent in texts else f"sign_in_help.{key}"
    return texts(chosen)

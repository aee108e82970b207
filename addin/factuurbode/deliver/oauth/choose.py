"""Which identity provider a mail account belongs to.

The providers' libraries take a third of a second to load, which only who signs in with consent waits for.
"""

from __future__ import annotations

from enum import Enum, auto

from ...domain.settings import Mail
from ...errors import ClientMissing, ConsentNotOffered
from ...ports import Secrets
from .identity import IdentityProvider

MICROSOFT_CLIENT_ID = ""
"""Our own application at Microsoft's, when there is one; until then each organisation registers one of its own."""

THANKS = "✓ factuurbode"
"""What the browser shows at the end, in any language."""


class Family(Enum):
    """Whose identities a mail account uses."""

    MICROSOFT_365 = auto()
    OUTLOOK = auto()
    GOOGLE = auto()


_BY_PROVIDER = {
    "microsoft 365": Family.MICROSOFT_365,
    "office 365": Family.MICROSOFT_365,
    "outlook.com": Family.OUTLOOK,
    "hotmail": Family.OUTLOOK,
    "gmail": Family.GOOGLE,
    "google workspace": Family.GOOGLE,
}
_BY_SERVER = {
    "smtp.office365.com": Family.MICROSOFT_365,
    "outlook.office365.com": Family.MICROSOFT_365,
    "smtp-mail.outlook.com": Family.OUTLOOK,
    "smtp.gmail.com": Family.GOOGLE,
    "smtp.googlemail.com": Family.GOOGLE,
}


def family_of(mail: Mail) -> Family | None:
    """Whose identities the account of *mail* uses, by its server or else by the name of its provider."""
    return _BY_SERVER.get(mail.server.casefold()) or _BY_PROVIDER.get(mail.provider.strip().casefold())


def identity_provider(mail: Mail, keyring: Secrets) -> IdentityProvider:
    """The one for the account of *mail*. Raises ConsentNotOffered, ClientMissing or StorageError."""
    family = family_of(mail)
    if family is None:
        raise ConsentNotOffered(server=mail.server)
    if family is Family.GOOGLE:
        secret = keyring.password(_google(mail), mail.client_id) if mail.client_id else None
        if secret is None:
            raise ClientMissing(provider="Google", how="sign_in_help.register_google")
        from .google import Google

        return Google(mail.client_id, secret, THANKS)
    client_id = mail.client_id or MICROSOFT_CLIENT_ID
    if not client_id:
        raise ClientMissing(provider="Microsoft", how="sign_in_help.register_microsoft")
    from .microsoft import ANY_ORGANISATION, ANY_PERSON, Microsoft

    usual = ANY_PERSON if family is Family.OUTLOOK else ANY_ORGANISATION
    return Microsoft(client_id, mail.tenant or usual, THANKS, mailbox=bool(mail.sent_copy_server))


def client_secret_place(mail: Mail) -> str | None:
    """Where the keyring has the secret of our application at the provider, for the client id of *mail*.

    None where there is no such secret: Microsoft knows applications on a person's computer by their id alone.
    """
    return _google(mail) if family_of(mail) is Family.GOOGLE and mail.client_id else None


def _google(mail: Mail) -> str:
    return f"oauth-client:{mail.server}"

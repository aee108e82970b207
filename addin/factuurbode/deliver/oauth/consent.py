"""The consent of one mail account: asked for, kept, and turned into an access token for each sign-in."""

from __future__ import annotations

from ...domain.settings import Mail
from ...errors import ConsentMissing
from .identity import IdentityProvider, Invite
from .vault import Vault


def ask_consent(mail: Mail, provider: IdentityProvider, vault: Vault, invite: Invite, *, device: bool) -> None:
    """Ask the person for consent to mail as the user of *mail*, and keep it.

    Raises SignInError when there is no consent, StorageError when it cannot be kept.
    """
    fresh = provider.ask(mail.user, invite, device=device)
    vault.put(mail.server, mail.user, fresh.kept)


def access_token(mail: Mail, provider: IdentityProvider, vault: Vault) -> str:
    """A token that is valid now. Raises SignInError when a person must consent (again), KeyringUnusable."""
    kept = vault.get(mail.server, mail.user)
    if kept is None:
        raise ConsentMissing(provider=provider.name, user=mail.user)
    fresh = provider.renew(mail.user, kept)
    if fresh.kept != kept:
        vault.put(mail.server, mail.user, fresh.kept)
    return fresh.token

"""Microsoft 365 and Outlook.com, by way of Microsoft's own library."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import msal
import requests
from msal.exceptions import MsalError

from ...errors import ConsentExpired, ConsentRefused, ConsentTimedOut, IdentityUnreachable
from .identity import PATIENCE, Fresh, Invitation, Invite
from .landing import Landing
from .web import trusting

HOST = "login.microsoftonline.com"
ANY_ORGANISATION, ANY_PERSON = "organizations", "consumers"
SEND, READ_MAILBOX = "https://outlook.office.com/SMTP.Send", "https://outlook.office.com/IMAP.AccessAsUser.All"
_EXPIRED = "authorization_pending", "expired_token"


class Microsoft:
    """`IdentityProvider` of Microsoft's; *tenant* is a domain or id of an organisation, or who else may sign in.

    It asks for the right to send, and with *mailbox* to the mailbox as well (a copy in Sent, mail that came back).
    """

    name = "Microsoft"

    def __init__(
        self,
        client_id: str,
        tenant: str,
        thanks: str,
        *,
        mailbox: bool = False,
        host: str = HOST,
        verify: bool | str = True,
    ) -> None:
        self.host = host
        self._client_id = client_id
        self._authority = f"https://{host}/{tenant}"
        self._scopes = [SEND, READ_MAILBOX] if mailbox else [SEND]
        self._thanks = thanks
        self._verify = verify

    def ask(self, user: str, invite: Invite, *, device: bool) -> Fresh:
        """See `IdentityProvider.ask`."""
        cache = msal.SerializableTokenCache()
        with self._reached():
            application = self._application(cache)
            result = self._by_code(application, invite) if device else self._by_browser(application, user, invite)
        if "access_token" not in result:
            if result.get("error") in _EXPIRED:
                raise ConsentTimedOut(provider=self.name)
            raise ConsentRefused(provider=self.name, detail=_said(result))
        return Fresh(result["access_token"], cache.serialize())

    def renew(self, user: str, kept: str) -> Fresh:
        """See `IdentityProvider.renew`."""
        cache = msal.SerializableTokenCache()
        try:
            cache.deserialize(kept)
        except ValueError as error:
            raise ConsentExpired(provider=self.name, user=user, detail="") from error
        with self._reached():
            application = self._application(cache)
            accounts = application.get_accounts()
            result = application.acquire_token_silent_with_error(self._scopes, accounts[0]) if accounts else None
        if result is None or "access_token" not in result:
            raise ConsentExpired(provider=self.name, user=user, detail=_said(result or {}))
        return Fresh(result["access_token"], cache.serialize() if cache.has_state_changed else kept)

    def _by_browser(self, application: msal.PublicClientApplication, user: str, invite: Invite) -> Mapping[str, Any]:
        with Landing(self._thanks) as landing:
            flow = application.initiate_auth_code_flow(
                self._scopes, redirect_uri=landing.address, login_hint=user or None, response_mode="form_post"
            )
            landing.expect(flow["state"])
            invite(Invitation(flow["auth_uri"]))
            answer = landing.answer(PATIENCE)
            if answer is None:
                raise ConsentTimedOut(provider=self.name)
            try:
                return dict(application.acquire_token_by_auth_code_flow(flow, dict(answer)))
            except RuntimeError as error:  # an id token of another question than ours
                raise ConsentRefused(provider=self.name, detail="nonce") from error

    def _by_code(self, application: msal.PublicClientApplication, invite: Invite) -> Mapping[str, Any]:
        flow = application.initiate_device_flow(self._scopes)
        if "user_code" not in flow:
            return dict(flow)
        invite(Invitation(flow["verification_uri"], flow["user_code"]))
        return dict(application.acquire_token_by_device_flow(flow))

    def _application(self, cache: msal.SerializableTokenCache) -> msal.PublicClientApplication:
        known = self.host == HOST
        return msal.PublicClientApplication(
            self._client_id,
            authority=self._authority,
            token_cache=cache,
            http_client=trusting(requests.Session(), self._verify),
            instance_discovery=None if known else False,
        )

    @contextmanager
    def _reached(self) -> Iterator[None]:
        """The network's and the server's faults as ours; msal says ValueError where it is told no tenant."""
        try:
            yield
        except (requests.RequestException, MsalError) as error:
            raise IdentityUnreachable(server=self.host, detail=type(error).__name__) from error
        except (ValueError, KeyError, json.JSONDecodeError) as error:
            raise IdentityUnreachable(server=self._authority, detail=type(error).__name__) from error


def _said(result: Mapping[str, Any]) -> str:
    """What the server said is wrong; its first line only, as the rest are numbers for its makers."""
    said = [str(result.get(key, "")) for key in ("error", "error_description")]
    return " ".join(": ".join(filter(None, said)).split("\r\n")[0].split())[:300]

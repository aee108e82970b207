"""Gmail and Google Workspace, by way of Google's own library and the customer's own client id.

The scope is a restricted one, for which Google examines each application that many people share; one's own is free.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import requests
from google.auth.exceptions import RefreshError, TransportError
from google.auth.transport.requests import Request
from google.oauth2.credentials import Credentials
from google_auth_oauthlib.flow import InstalledAppFlow
from oauthlib.oauth2.rfc6749.errors import OAuth2Error

from ...errors import ConsentExpired, ConsentRefused, ConsentTimedOut, DeviceCodeUnknown, IdentityUnreachable
from .identity import PATIENCE, Fresh, Invitation, Invite
from .landing import Landing
from .web import trusting

ASK_AT = "https://accounts.google.com/o/oauth2/v2/auth"
TOKENS_AT = "https://oauth2.googleapis.com/token"
SCOPES = ["https://mail.google.com/"]

logging.getLogger("requests_oauthlib").setLevel(logging.WARNING)  # its debug log would hold whole tokens


class Google:
    """`IdentityProvider` of Google's; the client secret of a desktop application is its password with Google."""

    name = "Google"

    def __init__(
        self,
        client_id: str,
        client_secret: str,
        thanks: str,
        *,
        ask_at: str = ASK_AT,
        tokens_at: str = TOKENS_AT,
        verify: bool | str = True,
    ) -> None:
        self.host = tokens_at.split("/")[2]
        self._client = {
            "client_id": client_id,
            "client_secret": client_secret,
            "auth_uri": ask_at,
            "token_uri": tokens_at,
        }
        self._thanks = thanks
        self._verify = verify

    def ask(self, user: str, invite: Invite, *, device: bool) -> Fresh:
        """See `IdentityProvider.ask`. Google gives no codes for another device for the right to mail."""
        if device:
            raise DeviceCodeUnknown(provider=self.name)
        flow = InstalledAppFlow.from_client_config({"installed": self._client}, SCOPES)
        trusting(flow.oauth2session, self._verify)
        with Landing(self._thanks) as landing:
            flow.redirect_uri = landing.address
            address, state = flow.authorization_url(access_type="offline", prompt="consent", login_hint=user)
            landing.expect(state)
            invite(Invitation(address))
            code = self._checked(landing.answer(PATIENCE))
        with self._reached():
            try:
                flow.fetch_token(code=code)
            except (OAuth2Error, Warning) as error:  # oauthlib warns by raising when less was granted than asked
                raise ConsentRefused(provider=self.name, detail=type(error).__name__) from error
        return _fresh(flow.credentials)

    def renew(self, user: str, kept: str) -> Fresh:
        """See `IdentityProvider.renew`."""
        try:
            credentials = self._credentials(json.loads(kept))
        except (ValueError, KeyError) as error:
            raise ConsentExpired(provider=self.name, user=user, detail="") from error
        if credentials.valid:
            return Fresh(str(credentials.token), kept)
        with self._reached(), requests.Session() as session:
            try:
                credentials.refresh(Request(trusting(session, self._verify)))  # type: ignore[no-untyped-call]
            except RefreshError as error:
                if error.retryable:
                    raise IdentityUnreachable(server=self.host, detail=type(error).__name__) from error
                raise ConsentExpired(provider=self.name, user=user, detail=str(error.args[0])[:300]) from error
        return _fresh(credentials)

    def _credentials(self, kept: Mapping[str, str]) -> Credentials:
        expiry = datetime.fromisoformat(kept["expiry"]) if kept["expiry"] else None
        return Credentials(  # type: ignore[no-untyped-call]
            kept["token"],
            refresh_token=kept["refresh_token"],
            expiry=expiry,
            token_uri=self._client["token_uri"],
            client_id=self._client["client_id"],
            client_secret=self._client["client_secret"],
            scopes=SCOPES,
        )

    def _checked(self, answer: Mapping[str, str] | None) -> str:
        if answer is None:
            raise ConsentTimedOut(provider=self.name)
        if "code" not in answer:
            raise ConsentRefused(provider=self.name, detail=answer.get("error", "")[:300])
        return answer["code"]

    @contextmanager
    def _reached(self) -> Iterator[None]:
        try:
            yield
        except (requests.RequestException, TransportError) as error:
            raise IdentityUnreachable(server=self.host, detail=type(error).__name__) from error


def _fresh(credentials: Any) -> Fresh:
    expiry = credentials.expiry.isoformat() if credentials.expiry else ""  # UTC, without saying so
    kept = {"token": credentials.token, "refresh_token": credentials.refresh_token, "expiry": expiry}
    return Fresh(str(credentials.token), json.dumps(kept))

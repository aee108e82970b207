"""Gmail and Google Workspace, by way of Google's own library and the customer's own client id.

The scope is a restricted one, for which Google examines each application that many people share; one's own is free.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
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

ASK_AT = "https://accounts.google.com/o/oauth2/v2/auth"
TOKENS_AT = "https://oauth2.googleapis.com/token"
SCOPES = ["https://mail.google.com/"]
SECONDS = 20.0


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
        flow.oauth2session.verify = self._verify
        with Landing(self._thanks) as landing:
            flow.redirect_uri = landing.address
            address, state = flow.authorization_url(access_type="offline", prompt="consent", login_hint=user)
            invite(Invitation(address))
            answer = landing.answer(PATIENCE)
        code = self._checked(answer, state)
        with self._reached():
            try:
                flow.fetch_token(code=code, timeout=SECONDS)
            except (OAuth2Error, Warning) as error:  # oauthlib warns by raising when less was granted than asked
                raise ConsentRefused(provider=self.name, detail=type(error).__name__) from error
        return _fresh(flow.credentials)

    def renew(self, user: str, kept: str) -> Fresh:
        """See `IdentityProvider.renew`."""
        try:
            credentials = Credentials.from_authorized_user_info(json.loads(kept), SCOPES)  # type: ignore[no-untyped-call]
        except ValueError as error:
            raise ConsentExpired(provider=self.name, user=user, detail="") from error
        if credentials.valid:
            return Fresh(str(credentials.token), kept)
        with self._reached(), requests.Session() as session:
            session.verify = self._verify
            try:
                credentials.refresh(_Impatient(session))
            except RefreshError as error:
                if error.retryable:
                    raise IdentityUnreachable(server=self.host, detail=type(error).__name__) from error
                raise ConsentExpired(provider=self.name, user=user, detail=str(error.args[0])[:300]) from error
        return _fresh(credentials)

    def _checked(self, answer: Mapping[str, str] | None, state: str) -> str:
        if answer is None:
            raise ConsentTimedOut(provider=self.name)
        if answer.get("state") != state:  # an answer of another question than ours
            raise ConsentRefused(provider=self.name, detail="state")
        if "code" not in answer:
            raise ConsentRefused(provider=self.name, detail=answer.get("error", "")[:300])
        return answer["code"]

    @contextmanager
    def _reached(self) -> Iterator[None]:
        try:
            yield
        except (requests.RequestException, TransportError) as error:
            raise IdentityUnreachable(server=self.host, detail=type(error).__name__) from error


class _Impatient(Request):  # type: ignore[misc]
    """Google's way to fetch, with a time limit that suits a person who waits."""

    def __call__(self, *args: Any, **options: Any) -> Any:
        return super().__call__(*args, **{**options, "timeout": SECONDS})


def _fresh(credentials: Any) -> Fresh:
    return Fresh(str(credentials.token), credentials.to_json())

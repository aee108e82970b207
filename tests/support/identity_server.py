"""An identity provider on the loopback, over HTTPS: consent in a browser or by a code, tokens, refreshing, revoking.

It is strict where the real ones are: PKCE, exact redirect addresses, one use of a code, refresh tokens that rotate.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import secrets
import ssl
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from factuurbode.deliver.oauth.choose import identity_provider
from factuurbode.deliver.oauth.google import Google
from factuurbode.deliver.oauth.identity import IdentityProvider, Invitation
from factuurbode.deliver.oauth.microsoft import Microsoft
from factuurbode.domain.settings import Mail
from factuurbode.ports import Secrets
from support.mailserver import authority

TENANT = "organizations"
CLIENT_ID, CLIENT_SECRET = "11111111-aaaa-bbbb-cccc-222222222222", "geheim-van-de-toepassing"
USER = "bakker@bakkerij.test"


@dataclass(slots=True)
class IdentityServer:
    """One that runs. What a person would decide, a test sets here."""

    folder: Path
    port: int = 0
    lifetime: int = 3600  # seconds that an access token is valid
    person_says: str = ""  # an error instead of consent, such as access_denied
    pending: int = 0  # so often a device code is asked about in vain
    down: bool = False
    asked: list[str] = field(default_factory=list)  # the paths and grants, in their order
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    devices: dict[str, str] = field(default_factory=dict)
    access: dict[str, float] = field(default_factory=dict)  # access tokens and until when they are valid
    refresh: set[str] = field(default_factory=set)
    secret_needed: bool = False
    types_every_code: bool = False  # the person reads the code from the screen and types it

    @property
    def host(self) -> str:
        """Where it is."""
        return f"localhost:{self.port}"

    @property
    def ca_file(self) -> str:
        """The certificate of its authority."""
        return str(self.folder / "ca.pem")

    def revoke(self) -> None:
        """The person, or an administrator, withdraws the consent: no token is of any use any more."""
        self.access.clear()
        self.refresh.clear()

    def expire(self) -> None:
        """The access tokens are too old now; the consent holds."""
        self.access.clear()

    def secrets(self) -> set[str]:
        """All that no file may ever hold."""
        return {*self.access, *self.refresh}

    def visit(self, invitation: Invitation) -> None:
        """Be the person and the browser: open the invitation, and come back with the answer, meanwhile."""
        if invitation.code:
            self.devices[invitation.code] = "allowed"
        else:
            threading.Thread(target=self._browse, args=(invitation.address,), daemon=True).start()

    def _browse(self, address: str) -> None:
        trust = ssl.create_default_context(cafile=self.ca_file)
        with urllib.request.urlopen(address, context=trust) as answer:  # noqa: S310 - our own address
            page = answer.read().decode()
        if "<form" not in page:
            return
        target = html.unescape(page.partition('action="')[2].partition('"')[0])
        fields = {
            html.unescape(part.partition('"')[0]): html.unescape(part.partition('value="')[2].partition('"')[0])
            for part in page.split('name="')[1:]
        }
        with urllib.request.urlopen(target, urlencode(fields).encode()) as landed:  # noqa: S310
            landed.read()


def in_place_of_microsoft(server: IdentityServer) -> Callable[[Mail, Secrets], IdentityProvider]:
    """What `bootstrap.identity_provider` is when *server* stands for Microsoft's."""

    def provider(mail: Mail, _: Secrets) -> IdentityProvider:
        return Microsoft(mail.client_id, TENANT, "", host=server.host, verify=server.ca_file)

    return provider


def in_place_of_each(server: IdentityServer) -> Callable[[Mail, Secrets], IdentityProvider]:
    """The same where the settings choose between Microsoft and Google; *server* stands for both."""

    def provider(mail: Mail, secrets: Secrets) -> IdentityProvider:
        real = identity_provider(mail, secrets)
        if not isinstance(real, Google):
            return in_place_of_microsoft(server)(mail, secrets)
        base = f"https://{server.host}"
        where = {"ask_at": f"{base}/authorize", "tokens_at": f"{base}/token"}
        return Google(mail.client_id, real._client["client_secret"], "", **where, verify=server.ca_file)

    return provider


@contextmanager
def identity_server(folder: Path) -> Iterator[IdentityServer]:
    """An identity server at a free port of the loopback; its certificate is the one of the mail servers' authority."""
    folder.mkdir(parents=True, exist_ok=True)
    authority().cert_pem.write_to_path(str(folder / "ca.pem"))
    identity = IdentityServer(folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(identity))
    server.daemon_threads = True
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority().issue_cert("localhost", "127.0.0.1").configure_cert(context)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    identity.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield identity
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def introspection(identity: IdentityServer, port: int) -> Iterator[None]:
    """The tokens of *identity* judged for a mail server that asks at *port*, as RFC 7662 says, without TLS."""
    with ThreadingHTTPServer(("127.0.0.1", port), _handler(identity)) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()


def _handler(identity: IdentityServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            self._noted(parts.path)
            if parts.path.endswith("/.well-known/openid-configuration"):
                base = f"https://{identity.host}"
                self._json(
                    {
                        "issuer": f"{base}/{TENANT}/v2.0",
                        "authorization_endpoint": f"{base}/{TENANT}/authorize",
                        "token_endpoint": f"{base}/{TENANT}/token",
                        "device_authorization_endpoint": f"{base}/{TENANT}/devicecode",
                    }
                )
            elif parts.path.endswith("/authorize"):
                self._authorize({name: values[0] for name, values in parse_qs(parts.query).items()})
            else:
                self._json({"error": "not_found"}, 404)

        def do_POST(self) -> None:
            form = dict(parse_qsl(self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()))
            path = urlsplit(self.path).path
            self._noted(f"{path} {form.get('grant_type', '')}".strip())
            if identity.down:
                self._json({"error": "temporarily_unavailable"}, 503)
            elif path.endswith("/token"):
                self._token(form)
            elif path.endswith("/devicecode"):
                code = secrets.token_hex(8)
                identity.devices["BAKK-ERIJ"] = ""
                self._json(
                    {
                        "device_code": code,
                        "user_code": "BAKK-ERIJ",
                        "verification_uri": f"https://{identity.host}/device",
                        "interval": 0.1,
                        "expires_in": 30,
                    }
                )
            elif path.endswith("/introspect"):
                until = identity.access.get(form.get("token", ""), 0)
                active = until > time.time()
                self._json({"active": active, **({"email": USER, "exp": int(until)} if active else {})})
            else:
                self._json({"error": "not_found"}, 404)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing: tests look at `asked`."""

        def _noted(self, what: str) -> None:
            identity.asked.append(what)

        def _authorize(self, asked: dict[str, str]) -> None:
            if asked["client_id"] != CLIENT_ID or asked["code_challenge_method"] != "S256":
                self._json({"error": "unauthorized_client"}, 400)
                return
            code = secrets.token_hex(16)
            identity.codes[code] = asked
            answer = {"error": identity.person_says} if identity.person_says else {"code": code}
            answer["state"] = asked["state"]
            target = asked["redirect_uri"]
            if asked.get("response_mode") == "form_post":
                fields = "".join(
                    f'<input name="{name}" value="{html.escape(value)}">' for name, value in answer.items()
                )
                page = f'<form method="post" action="{html.escape(target)}">{fields}</form>'.encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(page)))
                self.end_headers()
                self.wfile.write(page)
            else:
                self.send_response(302)
                self.send_header("Location", f"{target}?{urlencode(answer)}")
                self.send_header("Content-Length", "0")
                self.end_headers()

        def _token(self, form: dict[str, str]) -> None:
            if identity.secret_needed and form.get("client_secret", self._basic()) != CLIENT_SECRET:
                self._json({"error": "invalid_client"}, 401)
                return
            grant, nonce = form.get("grant_type", ""), ""
            if grant == "authorization_code":
                asked = identity.codes.pop(form.get("code", ""), None)
                digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
                proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
                if asked is None or asked["code_challenge"] != proof or asked["redirect_uri"] != form["redirect_uri"]:
                    self._json({"error": "invalid_grant", "error_description": "the code is not good"}, 400)
                    return
                nonce = asked.get("nonce", "")
            elif grant.endswith("device_code"):
                if identity.person_says:
                    self._json({"error": identity.person_says}, 400)
                    return
                if identity.pending > 0 or not (identity.types_every_code or identity.devices.get("BAKK-ERIJ")):
                    identity.pending -= 1
                    self._json({"error": "authorization_pending"}, 400)
                    return
            elif grant == "refresh_token":
                if form.get("refresh_token") not in identity.refresh:
                    self._json({"error": "invalid_grant", "error_description": "AADSTS70000: consent withdrawn"}, 400)
                    return
                identity.refresh.discard(form["refresh_token"])
            else:
                self._json({"error": "unsupported_grant_type"}, 400)
                return
            self._json(self._issued(form, nonce))

        def _issued(self, form: dict[str, str], nonce: str) -> dict[str, object]:
            access, refresh = secrets.token_hex(600), f"ververs-{secrets.token_hex(400)}"  # as long as real ones
            identity.access[access] = time.time() + identity.lifetime
            identity.refresh.add(refresh)
            claims = {"sub": "42", "aud": CLIENT_ID, "preferred_username": USER, "nonce": nonce}
            return {
                "access_token": access,
                "refresh_token": refresh,
                "token_type": "Bearer",
                "expires_in": identity.lifetime,
                "scope": form.get("scope", "https://mail.google.com/"),
                "id_token": f"{_part({'alg': 'none'})}.{_part(claims)}.",
                "client_info": _part({"uid": "42", "utid": "7"}),
            }

        def _basic(self) -> str:
            packed = self.headers.get("Authorization", "").removeprefix("Basic ")
            return base64.b64decode(packed).decode().partition(":")[2]

        def _json(self, answer: dict[str, object], status: int = 200) -> None:
            body = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return Handler


def _part(claims: dict[str, str]) -> str:
    return base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()

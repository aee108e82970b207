"""What a domain publishes for mail programs (Thunderbird's autoconfig format), fetched with suspicion.

Only https with a verified certificate, small answers, no redirect to anything else, XML without a document type; and
of what it says only a server for sending with TLS is believed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from urllib.parse import quote, urljoin, urlsplit

import requests
from lxml import etree

from ...domain.settings import Security, SignIn
from ..patience import within
from .found import Found, Source
from .users import user_for

SECONDS = 5.0  # for each step; a server that sends a byte now and then keeps to that for ever
PATIENCE = 10.0
LARGEST = 64 * 1024
MOST_REDIRECTS = 3
_HOST = re.compile(r"(?=.{1,253}\Z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}", re.IGNORECASE)
_SECURITIES = {"SSL": Security.TLS, "STARTTLS": Security.STARTTLS}
_USER = re.compile(r"[^\s\x00-\x20\x7f<>\"\\]{1,254}")


class Unfit(Exception):
    """The answer is not one that can be believed."""


def published(address: str, domain: str) -> Found | None:
    """What *domain* says of the server for *address*; None when it says nothing that can be believed, and soon."""
    for place in _places(address, domain):
        try:
            return parsed(within(PATIENCE, partial(_fetched, place)), address)
        except (requests.RequestException, Unfit, TimeoutError):
            continue
    return None


def parsed(answer: bytes, address: str) -> Found:
    """The first fit server for sending in *answer*. Raises Unfit."""
    if b"<!DOCTYPE" in answer or b"<!ENTITY" in answer:
        raise Unfit("a document type")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(answer, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unfit("not XML") from error
    servers = sorted(_servers(root, address), key=lambda found: found.security is not Security.TLS)
    if not servers:
        raise Unfit("no server with TLS")
    return servers[0]


def _places(address: str, domain: str) -> Iterator[str]:
    yield f"https://autoconfig.{domain}/mail/config-v1.1.xml?emailaddress={quote(address)}"
    yield f"https://{domain}/.well-known/autoconfig/mail/config-v1.1.xml"


def _fetched(place: str) -> bytes:
    """The answer at *place*, also after a few redirects, which may lead nowhere but to https. Raises Unfit."""
    for _ in range(MOST_REDIRECTS + 1):
        if urlsplit(place).scheme != "https":
            raise Unfit("not https")
        with requests.get(place, timeout=SECONDS, allow_redirects=False, stream=True) as answer:
            if not answer.is_redirect:
                if answer.status_code != requests.codes.ok:
                    raise Unfit(str(answer.status_code))
                return _limited(answer)
            place = urljoin(place, answer.headers["Location"])
    raise Unfit("too many redirects")


def _limited(answer: requests.Response) -> bytes:
    content = b""
    for piece in answer.iter_content(4096):  # unpacked: a small answer that grows large is cut off as well
        content += piece
        if len(content) > LARGEST:
            raise Unfit("too large")
    return content


def _servers(root: etree._Element, address: str) -> Iterator[Found]:
    for server in root.iterfind("emailProvider/outgoingServer"):
        host, port = _text(server, "hostname"), _text(server, "port")
        security = _SECURITIES.get(_text(server, "socketType"))
        ways = {str(way.text).strip() for way in server.iterfind("authentication")}
        user = user_for(_text(server, "username"), address)
        host = host.replace("%EMAILDOMAIN%", address.partition("@")[2])
        numbered = port.isascii() and port.isdecimal() and 0 < int(port) < 65536
        if server.get("type") == "smtp" and security and _HOST.fullmatch(host) and numbered and _USER.fullmatch(user):
            only_oauth = bool(ways) and ways <= {"OAuth2"}
            sign_in = SignIn.OAUTH if only_oauth else SignIn.PASSWORD
            yield Found(Source.AUTOCONFIG, host.casefold(), int(port), security, user, sign_in)


def _text(element: etree._Element, name: str) -> str:
    return (element.findtext(name) or "").strip()

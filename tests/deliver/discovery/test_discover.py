"""Finding a mail server: what is known, what a domain publishes, and never a guess."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from factuurbode.deliver.discovery import Found, Source, autoconfig, discover
from factuurbode.deliver.discovery import names as names_module
from factuurbode.deliver.discovery.names import Names
from factuurbode.domain.settings import Security, SignIn
from support.name_server import NameServer, name_server
from support.web_site import Page, WebSite, web_site

ADDRESS, DOMAIN = "bakker@bakkerij.test", "bakkerij.test"
AUTOCONFIG = f"autoconfig.{DOMAIN}/mail/config-v1.1.xml"
WELL_KNOWN = f"{DOMAIN}/.well-known/autoconfig/mail/config-v1.1.xml"
SERVER = """<outgoingServer type="smtp"><hostname>{host}</hostname><port>{port}</port>
<socketType>{security}</socketType><username>{user}</username><authentication>{way}</authentication></outgoingServer>"""
USUAL = {
    "host": f"smtp.{DOMAIN}",
    "port": "465",
    "security": "SSL",
    "user": "%EMAILADDRESS%",
    "way": "password-cleartext",
}


def config(*servers: dict[str, str], head: str = "") -> Page:
    body = "".join(SERVER.format(**{**USUAL, **server}) for server in servers or ({},))
    return Page(
        f'<?xml version="1.0"?>{head}<clientConfig version="1.1"><emailProvider id="x">'
        f"{body}</emailProvider></clientConfig>".encode()
    )


@pytest.fixture
def names() -> Iterator[NameServer]:
    with name_server() as server:
        yield server


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[WebSite]:
    with web_site(tmp_path, monkeypatch, DOMAIN, f"autoconfig.{DOMAIN}", "elders.test") as site:
        yield site


def found(names: NameServer, address: str = ADDRESS) -> Found | None:
    return discover(address, Names(names.resolver())).found


# --- our own table ---
@pytest.mark.parametrize(
    ("address", "server", "port", "security", "sign_in"),
    [
        ("jan@ziggo.nl", "smtp.ziggo.nl", 587, Security.STARTTLS, SignIn.PASSWORD),
        ("jan@kpnmail.nl", "smtp.kpnmail.nl", 465, Security.TLS, SignIn.PASSWORD),
        ("jan@freedom.nl", "smtp.freedom.nl", 587, Security.STARTTLS, SignIn.PASSWORD),
        ("jan@gmail.com", "smtp.gmail.com", 465, Security.TLS, SignIn.PASSWORD),
        ("jan@hotmail.nl", "smtp-mail.outlook.com", 587, Security.STARTTLS, SignIn.OAUTH),
        ("jan@icloud.com", "smtp.mail.me.com", 587, Security.STARTTLS, SignIn.PASSWORD),
    ],
)
def test_a_provider_that_we_know_is_found_without_any_network(
    address: str, server: str, port: int, security: Security, sign_in: SignIn
) -> None:
    search = discover(address, Names(), also_online=False)
    assert search.found
    assert (search.found.source, search.found.server, search.found.port) == (Source.OWN_TABLE, server, port)
    assert (search.found.security, search.found.sign_in, search.found.user) == (security, sign_in, address)
    assert not search.offline


@pytest.mark.parametrize(
    ("address", "former", "provider"),
    [
        ("jan@upcmail.nl", "UPC", "Ziggo"),
        ("jan@chello.nl", "chello", "Ziggo"),
        ("jan@home.nl", "@Home", "Ziggo"),
        ("jan@xs4all.nl", "XS4ALL", "KPN"),
        ("jan@telfort.nl", "Telfort", "KPN"),
        ("jan@planet.nl", "Planet", "KPN"),
        ("jan@hetnet.nl", "Het Net", "KPN"),
        ("jan@tiscali.nl", "Tiscali", "KPN"),
    ],
)
def test_an_old_address_leads_to_where_it_lives_now(address: str, former: str, provider: str) -> None:
    search = discover(address, Names(), also_online=False)
    assert search.found
    assert (search.former, search.found.provider) == (former, provider)


def test_zeelandnet_wants_the_part_before_the_at_sign() -> None:
    search = discover("jan@zeelandnet.nl", Names(), also_online=False)
    assert search.found
    assert search.found.user == "jan"


def test_others_come_from_the_ispdb_and_say_so() -> None:
    search = discover("jan@gmx.de", Names(), also_online=False)
    assert search.found == Found(Source.ISPDB, "mail.gmx.net", 465, Security.TLS, "jan@gmx.de")


@pytest.mark.parametrize("domain", ["odido.nl", "tele2.nl", "versatel.nl", "zonnet.nl", "scarlet.nl", "online.nl"])
def test_what_nobody_could_verify_is_named_and_not_guessed(names: NameServer, site: WebSite, domain: str) -> None:
    search = discover(f"jan@{domain}", Names(names.resolver()))
    assert search.unverified
    assert search.found is None


# --- what the domain says ---
def test_a_domain_that_names_its_server_in_dns_is_believed(names: NameServer) -> None:
    names.records["_submissions._tcp." + DOMAIN, "SRV"] = ["0 1 465 smtp.bakkerij.test."]
    search = discover(ADDRESS, Names(names.resolver()))
    assert search.found == Found(Source.SRV, "smtp.bakkerij.test", 465, Security.TLS, ADDRESS)
    assert not search.foreign


def test_tls_from_the_first_byte_comes_before_starttls(names: NameServer) -> None:
    names.records["_submission._tcp." + DOMAIN, "SRV"] = ["0 1 587 smtp.bakkerij.test."]
    assert (one := found(names))
    assert (one.port, one.security) == (587, Security.STARTTLS)
    names.records["_submissions._tcp." + DOMAIN, "SRV"] = ["0 1 465 smtp.bakkerij.test."]
    assert (one := found(names))
    assert (one.port, one.security) == (465, Security.TLS)


def test_the_preferred_of_several_servers_is_taken(names: NameServer) -> None:
    names.records["_submissions._tcp." + DOMAIN, "SRV"] = [
        "20 9 465 later.bakkerij.test.",
        "10 1 465 licht.bakkerij.test.",
        "10 5 465 zwaar.bakkerij.test.",
    ]
    assert (one := found(names))
    assert one.server == "zwaar.bakkerij.test"


def test_a_service_that_is_decidedly_not_there_is_not(names: NameServer, site: WebSite) -> None:
    names.records["_submissions._tcp." + DOMAIN, "SRV"] = ["0 0 0 ."]
    assert found(names) is None


def test_a_domain_that_points_elsewhere_must_be_looked_at(names: NameServer) -> None:
    names.records["_submissions._tcp." + DOMAIN, "SRV"] = ["0 1 465 smtp.bakkerij.test.kwaad.test."]
    search = discover(ADDRESS, Names(names.resolver()))
    assert search.foreign


def test_a_domain_that_points_to_a_provider_that_we_know_gets_its_facts(names: NameServer) -> None:
    names.records["_submission._tcp." + DOMAIN, "SRV"] = ["0 1 587 smtp.office365.com."]
    search = discover(ADDRESS, Names(names.resolver()))
    assert search.found
    assert (search.found.provider, search.found.sign_in, search.foreign) == ("Microsoft 365", SignIn.OAUTH, False)


@pytest.mark.parametrize("place", [AUTOCONFIG, WELL_KNOWN])
def test_what_a_domain_publishes_for_mail_programs_is_read(names: NameServer, site: WebSite, place: str) -> None:
    site.pages[place] = config()
    assert found(names) == Found(Source.AUTOCONFIG, "smtp.bakkerij.test", 465, Security.TLS, ADDRESS)
    assert site.asked[0] == f"{AUTOCONFIG}?emailaddress=bakker%40bakkerij.test"


def test_a_server_without_tls_is_passed_over(names: NameServer, site: WebSite) -> None:
    site.pages[AUTOCONFIG] = config(
        {"security": "plain", "port": "25"}, {"security": "STARTTLS", "port": "587", "user": "%EMAILLOCALPART%"}
    )
    assert (one := found(names))
    assert (one.port, one.security, one.user) == (587, Security.STARTTLS, "bakker")


def test_a_server_that_takes_only_tokens_is_told_as_such(names: NameServer, site: WebSite) -> None:
    site.pages[AUTOCONFIG] = config({"way": "OAuth2"})
    assert (one := found(names))
    assert one.sign_in is SignIn.OAUTH


def test_a_redirect_to_https_is_followed(names: NameServer, site: WebSite) -> None:
    site.pages[AUTOCONFIG] = Page(status=301, location="https://elders.test/config.xml")
    site.pages["elders.test/config.xml"] = config()
    assert (one := found(names))
    assert one.server == "smtp.bakkerij.test"


BILLION = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;'>]>"


@pytest.mark.parametrize(
    "page",
    [
        Page(status=302, location="http://autoconfig.bakkerij.test/mail/config-v1.1.xml"),
        Page(status=302, location="file:///etc/passwd"),
        Page(status=302, location="https://autoconfig.bakkerij.test/mail/config-v1.1.xml"),
        Page(status=500),
        Page(b""),
        Page(b"<html>not found</html>"),
        Page(b"\x00\xff\xfe"),
        Page(b"<clientConfig>" + b" " * 200_000 + b"</clientConfig>"),
        Page(gzip.compress(b"<clientConfig>" + b" " * 50_000_000), encoding="gzip"),
        config(head=BILLION),
        config(head='<!DOCTYPE x SYSTEM "file:///etc/passwd">'),
        config({"security": "plain"}),
        config({"port": "0"}),
        config({"port": "70000"}),
        config({"port": "4 65"}),
        config({"host": "smtp.bakkerij.test\r\nRCPT TO:&lt;x&gt;"}),
        config({"host": "localhost"}),
        config({"host": "127.0.0.1:25"}),
        config({"host": "=cmd|calc"}),
        config({"user": "x\r\nMAIL"}),
        config({"user": ""} | {"host": ""}),
        config({"security": "SSL' onload="}),
    ],
    ids=range(22),
)
def test_a_hostile_or_broken_answer_is_no_answer(
    names: NameServer, site: WebSite, monkeypatch: pytest.MonkeyPatch, page: Page
) -> None:
    site.pages[AUTOCONFIG] = page
    read, usual = [0], autoconfig.parsed

    def counted(answer: bytes, address: str) -> Found:
        read.append(len(answer))
        return usual(answer, address)

    monkeypatch.setattr(autoconfig, "parsed", counted)
    assert found(names) is None
    assert len(site.asked) <= 6
    assert max(read) <= autoconfig.LARGEST


def test_a_site_that_sends_a_byte_now_and_then_is_not_waited_for(
    names: NameServer, site: WebSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(autoconfig, "PATIENCE", 0.5)
    site.pages[AUTOCONFIG] = site.pages[WELL_KNOWN] = replace(config(), drip=0.05)  # a good answer, in 20 seconds
    assert found(names) is None


def test_a_site_that_nobody_vouches_for_says_nothing(
    names: NameServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with web_site(tmp_path, monkeypatch, "heel.iets.anders.test") as site:
        site.pages[AUTOCONFIG] = config()
        assert found(names) is None
        assert site.asked == []


@pytest.mark.parametrize(
    ("host", "provider"),
    [
        ("bakkerij-test.mail.protection.outlook.com.", "Microsoft 365"),
        ("bakkerij-test.a-v1.mx.microsoft.", "Microsoft 365"),
        ("aspmx.l.google.com.", "Google Workspace"),
        ("smtp.google.com.", "Google Workspace"),
    ],
)
def test_hosting_at_microsoft_or_google_is_recognised_by_who_receives_the_mail(
    names: NameServer, site: WebSite, host: str, provider: str
) -> None:
    names.records[DOMAIN, "MX"] = [f"10 {host}"]
    search = discover(ADDRESS, Names(names.resolver()))
    assert search.found
    assert (search.found.source, search.found.provider, search.foreign) == (Source.MX, provider, False)


@pytest.mark.parametrize("host", ["mx.bakkerij.test.", "google.com.kwaad.test.", "notgoogle.com.", "."])
def test_any_other_receiver_says_nothing_of_who_sends(names: NameServer, site: WebSite, host: str) -> None:
    names.records[DOMAIN, "MX"] = [f"10 {host}"]
    assert found(names) is None


# --- nothing ---
def test_a_domain_that_says_nothing_is_not_found_and_nothing_is_guessed(names: NameServer, site: WebSite) -> None:
    search = discover(ADDRESS, Names(names.resolver()))
    assert search.found is None
    assert not search.offline
    assert names.asked == [f"SRV _submissions._tcp.{DOMAIN}", f"SRV _submission._tcp.{DOMAIN}", f"MX {DOMAIN}"]
    assert len(site.asked) == 2


def test_without_a_network_it_is_plainly_not_found_and_nobody_is_asked_again(
    names: NameServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names_module, "SECONDS", 0.3)
    names.silent = True
    search = discover(ADDRESS, Names(names.resolver()), lambda *_: None)
    assert (search.found, search.offline) == (None, True)
    assert len(names.asked) == len(set(names.asked))


def test_every_row_of_the_ispdb_can_be_used() -> None:
    from factuurbode.deliver.discovery.table import _ispdb

    domains = _ispdb()
    assert len(domains) > 600
    for domain in domains:
        search = discover(f"jan@{domain}", Names(), also_online=False)
        assert search.unverified or search.found, domain
        if search.found:
            assert "%" not in search.found.server + search.found.user
            assert 0 < search.found.port < 65536
            assert search.found.security is not Security.NONE

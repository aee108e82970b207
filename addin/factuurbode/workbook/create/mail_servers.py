"""Mail servers that many people use, to choose from (R14). Their notes stand in the texts."""

from __future__ import annotations

from dataclasses import dataclass

from ...domain.settings import Security, SignIn
from ...texts import Texts
from ..contents import Value


@dataclass(frozen=True, slots=True)
class MailServer:
    """One provider's server for sending; `note` is a key of the texts (`mail_server.…`)."""

    provider: str
    server: str
    port: int
    security: Security
    sign_in: SignIn
    daily_limit: int | None = None
    per_minute: int | None = None
    note: str = ""


# Facts of November 2026: the providers' own pages, and Mozilla's ISPDB (thunderbird/autoconfig, March 2026) for
# iCloud, one.com and STRATO. A provider that could not be verified (Odido and the names that went into it) is not here.
MAIL_SERVERS: tuple[MailServer, ...] = (
    MailServer(
        "Microsoft 365", "smtp.office365.com", 587, Security.STARTTLS, SignIn.OAUTH, 10_000, 30, "microsoft_365"
    ),
    MailServer("Outlook.com", "smtp-mail.outlook.com", 587, Security.STARTTLS, SignIn.OAUTH, note="outlook"),
    MailServer("Gmail", "smtp.gmail.com", 465, Security.TLS, SignIn.PASSWORD, 500, note="gmail"),
    MailServer("Google Workspace", "smtp.gmail.com", 465, Security.TLS, SignIn.PASSWORD, 2_000, note="gmail"),
    MailServer("Ziggo", "smtp.ziggo.nl", 587, Security.STARTTLS, SignIn.PASSWORD, note="ziggo"),
    MailServer("KPN", "smtp.kpnmail.nl", 465, Security.TLS, SignIn.PASSWORD, note="kpn"),
    MailServer("ZeelandNet", "mail.zeelandnet.nl", 465, Security.TLS, SignIn.PASSWORD, note="zeelandnet"),
    MailServer("Freedom", "smtp.freedom.nl", 587, Security.STARTTLS, SignIn.PASSWORD, note="own_address"),
    MailServer("iCloud", "smtp.mail.me.com", 587, Security.STARTTLS, SignIn.PASSWORD, note="icloud"),
    MailServer("STRATO", "smtp.strato.de", 465, Security.TLS, SignIn.PASSWORD, note="domain"),
    MailServer("one.com", "send.one.com", 465, Security.TLS, SignIn.PASSWORD, note="domain"),
)


def mail_servers(texts: Texts) -> list[dict[str, Value]]:
    """The rows of the sheet Mail servers."""
    return [
        {
            "provider": entry.provider,
            "server": entry.server,
            "port": entry.port,
            "security": entry.security,
            "sign_in": entry.sign_in,
            "daily_limit": entry.daily_limit,
            "per_minute": entry.per_minute,
            "note": texts(f"mail_server.{entry.note}"),
        }
        for entry in MAIL_SERVERS
    ]

"""The rows of the sheet Mail servers in a new workbook (R14). Their notes stand in the texts."""

from __future__ import annotations

from ...domain.mail_providers import PROVIDERS
from ...texts import Texts
from ..contents import Value


def mail_servers(texts: Texts) -> list[dict[str, Value]]:
    """The rows of the sheet Mail servers."""
    return [
        {
            "provider": entry.name,
            "server": entry.server,
            "port": entry.port,
            "security": entry.security,
            "sign_in": entry.sign_in,
            "daily_limit": entry.daily_limit,
            "per_minute": entry.per_minute,
            "note": texts(f"mail_server.{entry.key}"),
        }
        for entry in PROVIDERS
    ]

"""The user name that a server wants, from a pattern with the parts of the address."""

from __future__ import annotations


def user_for(pattern: str, address: str) -> str:
    """*pattern* with its `%EMAIL…%` filled in; an empty one means the address."""
    local, _, domain = address.partition("@")
    parts = {"%EMAILADDRESS%": address, "%EMAILLOCALPART%": local, "%EMAILDOMAIN%": domain}
    for placeholder, part in parts.items():
        pattern = pattern.replace(placeholder, part)
    return pattern or address

"""Whom we believe when a mail server shows its certificate."""

from __future__ import annotations

import ssl
from pathlib import Path


def trust(ca_file: Path | None) -> ssl.SSLContext:
    """The system's authorities, or only the one of the own CA file (R22); TLS 1.2 at least (RFC 8997).

    Raises OSError for a file that cannot be read or holds no certificate.
    """
    context = ssl.create_default_context(cafile=str(ca_file) if ca_file else None)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context

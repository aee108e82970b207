"""Fetching from identity servers: verified, never without a time limit."""

from __future__ import annotations

from typing import Any

import requests

SECONDS = 20.0


def trusting(session: requests.Session, verify: bool | str) -> requests.Session:
    """*session* with our time limit; *verify* may be the file of the only authority to believe.

    Such a file counts alone: the `requests` library would let an environment variable (REQUESTS_CA_BUNDLE) overrule it.
    """
    session.verify = verify
    session.trust_env = verify is True
    session.mount("https://", _Impatient())
    return session


class _Impatient(requests.adapters.HTTPAdapter):
    """The usual transport, with a time limit where its caller has none."""

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: bool | str = True,
        cert: Any = None,
        proxies: Any = None,
    ) -> requests.Response:
        return super().send(request, stream, timeout or SECONDS, verify, cert, proxies)

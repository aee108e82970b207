"""The mail password from an environment variable: for servers, containers and tests."""

from __future__ import annotations

import os
from collections.abc import Mapping

from ..errors import StorageError

VARIABLE = "FACTUURBODE_SMTP_PASSWORD"


class EnvironmentSecrets:
    """`ports.Secrets` over one variable, which holds for every server and user. It is read only."""

    def __init__(self, environment: Mapping[str, str] | None = None) -> None:
        self._environment = os.environ if environment is None else environment

    def __repr__(self) -> str:
        return f"{type(self).__name__}({VARIABLE})"

    def password(self, server: str, user: str) -> str | None:  # noqa: ARG002 - one password for all
        """The variable's value; None when it is absent or empty."""
        return self._environment.get(VARIABLE) or None

    def remember(self, server: str, user: str, password: str) -> None:  # noqa: ARG002 - nothing can be kept here
        """Raises StorageError: an environment ends with its process."""
        raise StorageError(path=VARIABLE, detail="an environment variable cannot be kept")

    def forget(self, server: str, user: str) -> None:
        """Nothing is forgotten that was never kept here. Raises StorageError for what is in the variable."""
        if self.password(server, user) is not None:
            raise StorageError(path=VARIABLE, detail="an environment variable cannot be removed")

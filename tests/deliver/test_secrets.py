"""Where the mail password is kept."""

from __future__ import annotations

from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import PasswordSetError

from contracts.secrets import SECRET, SecretsContract
from factuurbode.deliver.environment_secrets import VARIABLE, EnvironmentSecrets
from factuurbode.deliver.keyring_secrets import KeyringSecrets
from factuurbode.errors import StorageError


class MemoryKeyring(KeyringBackend):
    """A keyring that works, for the time of a test."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


class LockedKeyring(MemoryKeyring):
    """A keyring that will not open, and says too much."""

    def get_password(self, service: str, username: str) -> str | None:  # noqa: ARG002
        raise OSError("no bus")

    def set_password(self, service: str, username: str, password: str) -> None:  # noqa: ARG002
        raise PasswordSetError(f"cannot keep {password}")


@pytest.fixture(autouse=True)
def own_keyring() -> Iterator[None]:
    """No test touches the keyring of whoever runs it."""
    used = keyring.get_keyring()
    keyring.set_keyring(MemoryKeyring())
    yield
    keyring.set_keyring(used)


class TestKeyringSecrets(SecretsContract):
    @pytest.fixture
    def empty(self) -> KeyringSecrets:
        return KeyringSecrets()

    @pytest.fixture
    def secrets(self) -> KeyringSecrets:
        kept = KeyringSecrets()
        kept.remember("smtp.bakkerij.test", "bakker", SECRET)
        return kept


class TestEnvironmentSecrets(SecretsContract):
    @pytest.fixture
    def empty(self) -> EnvironmentSecrets:
        return EnvironmentSecrets({})

    @pytest.fixture
    def secrets(self) -> EnvironmentSecrets:
        return EnvironmentSecrets({VARIABLE: SECRET})


def test_the_environment_of_the_process_is_what_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, SECRET)
    assert EnvironmentSecrets().password("smtp.bakkerij.test", "bakker") == SECRET


@pytest.mark.parametrize("broken", [NoKeyring, LockedKeyring])
def test_a_computer_without_a_working_keyring_has_no_password_and_keeps_none(broken: type[KeyringBackend]) -> None:
    keyring.set_keyring(broken())
    assert KeyringSecrets().password("smtp.bakkerij.test", "bakker") is None
    with pytest.raises(StorageError) as refused:
        KeyringSecrets().remember("smtp.bakkerij.test", "bakker", SECRET)
    assert SECRET not in str(refused.value) + str(refused.value.facts)
    assert refused.value.__cause__ is None


def test_each_server_and_user_has_its_own_password() -> None:
    secrets = KeyringSecrets()
    secrets.remember("SMTP.bakkerij.test", "bakker", "een")
    secrets.remember("smtp.bakkerij.test", "kassa", "twee")
    secrets.remember("smtp.ander.test", "bakker", "drie")
    assert secrets.password("smtp.bakkerij.test", "bakker") == "een"
    assert secrets.password("smtp.bakkerij.test", "kassa") == "twee"
    assert secrets.password("smtp.ander.test", "bakker") == "drie"

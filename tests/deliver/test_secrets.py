"""Where the mail password is kept."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import KeyringLocked as Locked
from keyring.errors import PasswordSetError

from contracts.secrets import SECRET, SecretsContract
from factuurbode.deliver.environment_secrets import VARIABLE, EnvironmentSecrets
from factuurbode.deliver.keyring_secrets import KeyringSecrets
from factuurbode.errors import KeyringLocked, KeyringSilent, KeyringUnusable
from support.keyrings import MemoryKeyring, memory_keyring


class TalkativeKeyring(MemoryKeyring):
    """A keyring that does not work, and says too much."""

    def get_password(self, service: str, username: str) -> str | None:  # noqa: ARG002
        raise OSError("no bus")

    def set_password(self, service: str, username: str, password: str) -> None:  # noqa: ARG002
        raise PasswordSetError(f"cannot keep {password}")


class LockedKeyring(MemoryKeyring):
    """A keyring that nobody unlocked."""

    def get_password(self, service: str, username: str) -> str | None:  # noqa: ARG002
        raise Locked("dismissed")

    def set_password(self, service: str, username: str, password: str) -> None:  # noqa: ARG002
        raise Locked("dismissed")


class WaitingKeyring(MemoryKeyring):
    """A keyring that waits for a person who is not there."""

    def __init__(self) -> None:
        super().__init__()
        self.questions = 0
        self.asked = threading.Event()
        self.person = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:  # noqa: ARG002
        self.questions += 1
        self.asked.set()
        self.person.wait()
        return None


class PlainTextKeyring(MemoryKeyring):
    """Stands for those of keyrings.alt."""


PlainTextKeyring.__module__ = "keyrings.alt.file"


@pytest.fixture(autouse=True)
def own_keyring() -> Iterator[None]:
    """No test touches the keyring of whoever runs it."""
    with memory_keyring():
        yield


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


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (NoKeyring, KeyringUnusable),
        (TalkativeKeyring, KeyringUnusable),
        (LockedKeyring, KeyringLocked),
        (PlainTextKeyring, KeyringUnusable),
    ],
)
def test_a_computer_without_a_working_keyring_says_so_and_tells_no_secret(
    broken: type[KeyringBackend], said: type[KeyringUnusable]
) -> None:
    keyring.set_keyring(broken())
    with pytest.raises(said):
        KeyringSecrets().password("smtp.bakkerij.test", "bakker")
    with pytest.raises(said) as refused:
        KeyringSecrets().remember("smtp.bakkerij.test", "bakker", SECRET)
    assert SECRET not in str(refused.value) + str(refused.value.facts)
    assert refused.value.__cause__ is None


def test_a_keyring_that_waits_for_someone_is_waited_for_once_and_not_without_end() -> None:
    waiting = WaitingKeyring()
    keyring.set_keyring(waiting)
    secrets = KeyringSecrets(patience=0.2)
    for _ in range(3):
        with pytest.raises(KeyringSilent):
            secrets.password("smtp.bakkerij.test", "bakker")
    waiting.asked.wait()
    assert waiting.questions == 1
    waiting.person.set()


def test_each_server_and_user_has_its_own_password() -> None:
    secrets = KeyringSecrets()
    secrets.remember("SMTP.bakkerij.test", "bakker", "een")
    secrets.remember("smtp.bakkerij.test", "kassa", "twee")
    secrets.remember("smtp.ander.test", "bakker", "drie")
    assert secrets.password("smtp.bakkerij.test", "bakker") == "een"
    assert secrets.password("smtp.bakkerij.test", "kassa") == "twee"
    assert secrets.password("smtp.ander.test", "bakker") == "drie"

"""Passwords and tokens in a real keyring of the desktop (freedesktop's Secret Service, by GNOME Keyring)."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import keyring
import pytest

from contracts.secrets import SECRET, SecretsContract
from factuurbode.deliver.keyring_secrets import KeyringSecrets
from factuurbode.deliver.oauth.vault import Vault
from support.secret_service import can_run, secret_service

pytestmark = [
    pytest.mark.secret_service,
    pytest.mark.skipif(not can_run(), reason="needs GNOME Keyring (scripts/system-packages --tests)"),
]
SERVER, USER = "smtp.bakkerij.test", "bakker"


@pytest.fixture
def unlocked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mapping[str, str]]:
    """A keyring that is open, in use here; the environment in which other programs find it."""
    from keyring.backends.SecretService import Keyring

    used = keyring.get_keyring()
    with secret_service(tmp_path / "keyring") as environment:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        keyring.set_keyring(Keyring())  # type: ignore[no-untyped-call]
        yield environment
        keyring.set_keyring(used)


@pytest.mark.usefixtures("unlocked")
class TestSecretService(SecretsContract):
    @pytest.fixture
    def empty(self) -> KeyringSecrets:
        return KeyringSecrets()

    @pytest.fixture
    def secrets(self) -> KeyringSecrets:
        kept = KeyringSecrets()
        kept.remember(SERVER, USER, SECRET)
        return kept


@pytest.mark.usefixtures("unlocked")
def test_another_process_of_the_same_person_finds_it() -> None:
    KeyringSecrets().remember(SERVER, USER, SECRET)
    assert KeyringSecrets().password(SERVER, USER) == SECRET
    KeyringSecrets().remember(SERVER, USER, "een ander")
    assert KeyringSecrets().password(SERVER, USER) == "een ander"


@pytest.mark.usefixtures("unlocked")
def test_a_long_token_cache_comes_back_whole() -> None:
    vault = Vault(KeyringSecrets())
    cache = "".join(chr(33 + number * 7919 % 90) for number in range(20_000))
    for kept in (cache, cache[::-1]):
        vault.put(SERVER, USER, kept)
        assert vault.get(SERVER, USER) == kept


@pytest.mark.usefixtures("unlocked")
def test_what_is_kept_is_encrypted_on_disk(tmp_path: Path) -> None:
    KeyringSecrets().remember(SERVER, USER, SECRET)
    files = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    assert not [content for content in files if SECRET.encode() in content]


def test_a_keyring_that_was_locked_meanwhile_is_told_and_not_waited_for(unlocked: Mapping[str, str]) -> None:
    import secretstorage

    KeyringSecrets().remember(SERVER, USER, SECRET)
    with closing(secretstorage.dbus_init()) as bus:
        secretstorage.get_default_collection(bus).lock()
    _refuses_soon(unlocked)


def test_a_keyring_that_nobody_opened_is_told_and_not_waited_for(tmp_path: Path) -> None:
    with secret_service(tmp_path / "keyring", unlocked=False) as environment:
        _refuses_soon(environment)


ASKED = f"""
import sys
from factuurbode.deliver.keyring_secrets import KeyringSecrets
from factuurbode.errors import KeyringUnusable
secrets = KeyringSecrets(patience=3)
place = {SERVER!r}, {USER!r}
for question in (lambda: secrets.password(*place), lambda: secrets.remember(*place, sys.argv[1])):
    try:
        print("answered", question())
    except KeyringUnusable as error:
        print(type(error).__name__, error.facts)
"""


def _refuses_soon(environment: Mapping[str, str]) -> None:
    """A program of its own says that the keyring does not open, and ends."""
    asked = subprocess.run(
        [sys.executable, "-c", ASKED, SECRET],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    first, second = asked.stdout.splitlines()
    assert first.startswith("Keyring")
    assert second.startswith("Keyring")
    assert SECRET not in asked.stdout + asked.stderr

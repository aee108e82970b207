"""Keeping what is longer than a keyring takes at once."""

from __future__ import annotations

import random
import string
from collections.abc import Iterator

import keyring
import pytest

from factuurbode.deliver.keyring_secrets import KeyringSecrets
from factuurbode.deliver.oauth.vault import Vault
from factuurbode.errors import StorageError
from support.keyrings import MemoryKeyring

SERVER, USER = "smtp.office365.com", "bakker@bakkerij.test"
WINDOWS_LIMIT = 2560  # bytes of UTF-16


class SmallKeyring(MemoryKeyring):
    """Takes what the Windows Credential Manager takes; can die in the middle."""

    def __init__(self) -> None:
        super().__init__()
        self.writes_left = 1000

    def set_password(self, service: str, username: str, password: str) -> None:
        if len(password.encode("utf-16-le")) > WINDOWS_LIMIT or not self.writes_left:
            raise OSError("too long, or dead")
        self.writes_left -= 1
        super().set_password(service, username, password)


@pytest.fixture(autouse=True)
def small() -> Iterator[SmallKeyring]:
    used = keyring.get_keyring()
    small = SmallKeyring()
    keyring.set_keyring(small)
    yield small
    keyring.set_keyring(used)


@pytest.fixture
def vault() -> Vault:
    return Vault(KeyringSecrets())


def long_secret(seed: int) -> str:
    """As long as a large token cache, and as hard to compress."""
    return "".join(random.Random(seed).choices(string.ascii_letters + string.digits, k=9000))  # noqa: S311 - no secret


@pytest.mark.parametrize("kept", ["", "kort", "géheim €", long_secret(1)])
def test_what_is_put_is_got(vault: Vault, kept: str) -> None:
    vault.put(SERVER, USER, kept)
    assert vault.get(SERVER, USER) == kept


def test_without_anything_there_is_nothing(vault: Vault) -> None:
    assert vault.get(SERVER, USER) is None


def test_each_account_has_its_own(vault: Vault) -> None:
    vault.put(SERVER, USER, long_secret(1))
    vault.put(SERVER, "kassa@bakkerij.test", long_secret(2))
    assert vault.get(SERVER, USER) == long_secret(1)


def test_what_is_replaced_leaves_nothing_behind(vault: Vault, small: SmallKeyring) -> None:
    vault.put(SERVER, USER, long_secret(1))
    vault.put(SERVER, USER, "kort")
    assert vault.get(SERVER, USER) == "kort"
    assert len(small.kept) == 2  # the head and one piece


def test_a_death_at_any_write_leaves_what_was_there(vault: Vault, small: SmallKeyring) -> None:
    vault.put(SERVER, USER, long_secret(1))
    for writes in range(20):
        small.writes_left = writes
        try:
            vault.put(SERVER, USER, long_secret(2))
        except StorageError:
            assert vault.get(SERVER, USER) == long_secret(1)
        else:
            break
    assert writes > 5
    assert vault.get(SERVER, USER) == long_secret(2)


def test_a_piece_that_is_gone_is_as_if_nothing_was_kept(vault: Vault, small: SmallKeyring) -> None:
    vault.put(SERVER, USER, long_secret(1))
    del small.kept[next(entry for entry in small.kept if entry[1].endswith("/2"))]
    assert vault.get(SERVER, USER) is None

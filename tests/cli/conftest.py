"""What the tests of single commands share."""

from __future__ import annotations

from collections.abc import Iterator

import keyring
import pytest

from support.keyrings import MemoryKeyring


@pytest.fixture
def passwords() -> Iterator[MemoryKeyring]:
    """A keyring that works, for the time of a test."""
    used = keyring.get_keyring()
    memory = MemoryKeyring()
    keyring.set_keyring(memory)
    yield memory
    keyring.set_keyring(used)

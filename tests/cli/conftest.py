"""What the tests of single commands share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from support.keyrings import MemoryKeyring, memory_keyring


@pytest.fixture
def passwords() -> Iterator[MemoryKeyring]:
    """A keyring that works, for the time of a test."""
    with memory_keyring() as memory:
        yield memory

"""The fast parser is written in Rust: what it did not foresee in a file is a panic, and no error of Python's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from python_calamine import CalamineError


@contextmanager
def no_panic() -> Iterator[None]:
    """Raises CalamineError for a panic within: it would pass every `except Exception`, and its class has no name."""
    try:
        yield
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise CalamineError(str(error)) from error
        raise

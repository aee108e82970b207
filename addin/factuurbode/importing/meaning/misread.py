"""A cell that cannot be understood."""

from __future__ import annotations


class Misread(ValueError):
    """`code` is that of the reason to report (`import.reason.<code>`)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

"""A made-up bakery with a month of work, to try everything on."""

from __future__ import annotations

from .contents import Contents


def demo_contents() -> Contents:
    """The rows and settings of the demo workbook."""
    return Contents()

"""Text that others wrote, as a terminal may show it."""

from __future__ import annotations

from rich.markup import escape

_CONTROL = dict.fromkeys((*range(32), *range(127, 160)), "\N{REPLACEMENT CHARACTER}")


def plain(text: str) -> str:
    """*text* without signs that a terminal obeys, and as text to rich: a cell of a file could move the cursor."""
    return escape(text.translate(_CONTROL))

"""Text that others wrote, as a terminal may show it."""

from __future__ import annotations

from rich.markup import escape

_CONTROL = dict.fromkeys(
    (*range(32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\N{REPLACEMENT CHARACTER}"
)


def plain(text: str) -> str:
    """*text* without signs that a terminal obeys, such as those that move the cursor or turn the writing around."""
    return escape(text.translate(_CONTROL))

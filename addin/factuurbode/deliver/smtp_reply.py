"""What an SMTP server answers: a code, perhaps a more exact one, and a text (RFC 5321 § 4.2, RFC 2034)."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ENHANCED = re.compile(r"[245]\.(?P<status>\d{1,3}\.\d{1,3})(?=\s|$)")
_LONGEST_TEXT = 600


@dataclass(frozen=True, slots=True)
class Reply:
    """One whole reply. `str()` is what the server literally said, on one line and without control characters."""

    code: int
    lines: tuple[str, ...]

    @property
    def accepted(self) -> bool:
        """2yz: done."""
        return 200 <= self.code < 300

    @property
    def temporary(self) -> bool:
        """4yz: not now; the same may succeed later."""
        return 400 <= self.code < 500

    @property
    def refused(self) -> bool:
        """5yz: no."""
        return 500 <= self.code < 600

    @property
    def enhanced(self) -> str:
        """The subject and detail of the enhanced status code (RFC 3463): `1.1` of `5.1.1`, or '' without one."""
        found = _ENHANCED.match(self.lines[0].strip())
        return found["status"] if found else ""

    def __str__(self) -> str:
        text = " ".join(f"{self.code} {' '.join(self.lines)}".split())
        return "".join(letter for letter in text if letter.isprintable())[:_LONGEST_TEXT]


def parse_reply(lines: list[bytes]) -> Reply | None:
    """The reply that *lines* (each with its line end) make; None while more is to come.

    Raises ValueError for what is no SMTP reply. A line without its end was cut off and counts as none, however
    much it looks like a code: `25` may have been `250` or `252`, and the rest of a reply may change its meaning.
    """
    texts: list[str] = []
    code = lines[0][:3]
    for line in lines:
        if not line.endswith(b"\n") or line[:3] != code or not re.match(rb"[2-5]\d\d[ -]|[2-5]\d\d\r?\n", line):
            raise ValueError(f"not an SMTP reply: {line[:80]!r}")
        texts.append(line[4:].decode("utf-8", "replace").strip())
    if lines[-1][3:4] == b"-":
        return None
    return Reply(int(code), tuple(texts))

"""Reading e-mail addresses as people type them in one cell: several, with names, with stray spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from email_validator import EmailNotValidError, validate_email

_NEWLINES = re.compile(r"[\r\n]+")
_NAMED = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]*)>")


@dataclass(frozen=True, slots=True)
class Addresses:
    """What a cell holds: the addresses to write to, every piece that is none as it was typed, and names by address."""

    valid: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)


def read_addresses(text: str) -> Addresses:
    """The addresses in *text*, which stand apart by `;`, `,` or a new line and may be written `Name <a@b.nl>`.

    A valid address is ready for the wire (RFC 5321): no control characters, its domain in A-labels (RFC 5890); the
    name that stood with it is in `names`. The second of two equal addresses is left out; anything else that was
    typed and is not an address is in `faults`, so that nobody is forgotten in silence.
    """
    valid: dict[str, str] = {}
    faults: list[str] = []
    names: dict[str, str] = {}
    for piece in _pieces(text):
        try:
            name, address = _name_and_address(piece)
        except EmailNotValidError:
            faults.append(piece)
        else:
            kept = valid.setdefault(address.casefold(), address)
            if name:
                names.setdefault(kept, name)
    return Addresses(tuple(valid.values()), tuple(faults), names)


def _name_and_address(piece: str) -> tuple[str, str]:
    """The name, or '', and the address in *piece*.

    Raises EmailNotValidError, also for a display name without its address.
    """
    named = _NAMED.fullmatch(piece)
    typed = named["address"].strip() if named else piece
    # Whether the domain takes mail is not asked: a check must also work without a network. The test environment
    # allows the reserved domain `.test`; no real address ends so.
    checked = validate_email(typed, check_deliverability=False, test_environment=True)
    name = named["name"].strip().strip('"').strip() if named else ""
    return name, f"{checked.local_part}@{checked.ascii_domain}"


def _pieces(text: str) -> Iterator[str]:
    """*text* cut at its separators, without those inside a quoted name or angle brackets (RFC 5322 § 3.4)."""
    for line in _NEWLINES.split(text):
        start, quoted, bracketed = 0, False, False
        for position, letter in enumerate(f"{line};"):
            last = position == len(line)
            if letter == '"':
                quoted = not quoted
            elif letter in "<>" and not quoted:
                bracketed = letter == "<"
            elif last or (letter in ";," and not quoted and not bracketed):
                if piece := line[start:position].strip():
                    yield piece
                start = position + 1

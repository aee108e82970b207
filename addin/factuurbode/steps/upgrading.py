"""Upgrading a workbook: a new one beside it has what it lacks, and takes its place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..domain.upgraded_name import upgraded_names
from ..errors import BookExists, FactuurError
from ..journal.journal import ENDING, beside
from ..workbook.upgrade.gaps import Gaps
from .office import Office
from .truth import UPGRADED, agree

if TYPE_CHECKING:
    from ..workbook.upgrade.old import OldBook


@dataclass(frozen=True, slots=True)
class Upgrade:
    """The workbook as it was read, and the new one; None when nothing was lacking."""

    old: OldBook
    path: Path | None

    @property
    def gaps(self) -> Gaps:
        """What was lacking."""
        return self.old.gaps


def upgraded(office: Office) -> Upgrade:
    """Write a new workbook beside that of *office*, with what it lacks; it goes on with the same journal.

    From then on the old one is refused as long as the new one stands beside it: what is typed or sent in the one would
    be lacking in the other. Raises BookError, JournalError or StorageError; then nothing was written.
    """
    # imported here: what makes workbooks would keep every other command waiting
    from ..workbook.upgrade.old import old_book
    from ..workbook.upgrade.writing import write_upgraded

    office.book.ensure_writable()
    old = old_book(office.book.path)
    agree(office, old.ledger.identity)
    if not old.gaps:
        return Upgrade(old, None)
    target = _free_place(old)
    before = office.journal.noted(UPGRADED)
    office.journal.note(**{UPGRADED: target.name})  # first: the new workbook must never stand there unnoticed
    try:
        write_upgraded(old, target)
    except FactuurError:
        office.journal.note(**{UPGRADED: before})
        raise
    return Upgrade(old, target)


def _free_place(old: OldBook) -> Path:
    """Where no workbook stands, with a name that leads to the same journal. Raises BookExists when all are taken."""
    path, journal = old.path, beside(old.path)
    for name in upgraded_names(journal.name.removesuffix(ENDING), old.ledger.language):
        place = path.with_name(f"{name}{path.suffix}")
        if not place.exists() and beside(place) == journal:
            return place
    raise BookExists(path=place)

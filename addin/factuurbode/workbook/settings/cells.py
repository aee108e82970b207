"""Writing mail settings into the cells of the Settings sheet, in the words of the workbook."""

from __future__ import annotations

from collections.abc import Mapping

from ...domain.ledger import Ledger
from ...domain.model import Place
from ...domain.settings import Mail
from ..contents import Value, written
from .mail import MAIL


def settings_cells(ledger: Ledger, found: Mail) -> tuple[Mapping[Place, str | int | None], tuple[str, ...]]:
    """The cells to fill in with *found*, and the names of settings that the workbook lacks.

    The user and the sender are the person's: they are filled in only where they are empty.
    """
    present = ledger.settings.mail
    wanted: dict[str, Value] = {
        "mail.provider": found.provider,
        "mail.server": found.server,
        "mail.port": found.port,
        "mail.security": found.security,
        "mail.sign_in": found.sign_in,
    }
    if not present.user:
        wanted["mail.user"] = found.user
    if not present.sender:
        wanted["mail.sender"] = found.sender
    cells: dict[Place, str | int | None] = {}
    missing: list[str] = []
    for setting in MAIL:
        if setting.key not in wanted:
            continue
        place = ledger.settings_places.get(setting.key)
        if place is None:
            missing.append(setting.title(ledger.language))
        else:
            value = written(wanted[setting.key], setting.choices, ledger.language)
            cells[place] = value if isinstance(value, int) else str(value) or None
    return cells, tuple(missing)

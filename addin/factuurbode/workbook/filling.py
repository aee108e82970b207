"""Writing mail settings into the cells of the Settings sheet, in the words of the workbook."""

from __future__ import annotations

from collections.abc import Mapping

from ..domain.ledger import Ledger
from ..domain.model import Place
from ..domain.settings import Mail
from .contents import written
from .settings_mail import MAIL

_ALWAYS = ("provider", "server", "port", "security", "sign_in")
_WHEN_EMPTY = ("user", "sender")


def settings_cells(ledger: Ledger, found: Mail) -> tuple[Mapping[Place, str | int | None], tuple[str, ...]]:
    """The cells to fill in with *found*, and the names of settings that the workbook lacks.

    The user and the sender are the person's: they are filled in only where they are empty.
    """
    present = ledger.settings.mail
    names = [*_ALWAYS, *(name for name in _WHEN_EMPTY if not getattr(present, name))]
    settings = {setting.key: setting for setting in MAIL}
    cells: dict[Place, str | int | None] = {}
    missing: list[str] = []
    for name in names:
        setting = settings[f"mail.{name}"]
        place = ledger.settings_places.get(setting.key)
        if place is None:
            missing.append(setting.title(ledger.language))
            continue
        value = written(getattr(found, name), setting.choices, ledger.language)
        cells[place] = value if isinstance(value, int) else str(value) or None
    return cells, tuple(missing)

"""What each button does. The keys are the tags of the ribbon's controls (`addin/ribbon/customUI14.xml`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from . import bookkeeping, delivering, settings, signing_in
from .press import Press

COMMANDS: Mapping[str, Callable[[Press], None]] = {
    "check": delivering.check,
    "preview": delivering.preview,
    "test_run": delivering.test_run,
    "customer_copies": delivering.customer_copies,
    "internal_copies": delivering.internal_copies,
    "internal_copies_printer": partial(delivering.internal_copies, on_screen=False),
    "internal_copies_screen": partial(delivering.internal_copies, on_screen=True),
    "bounces": delivering.bounces,
    "import_file": bookkeeping.import_file,
    "new_invoice": bookkeeping.new_invoice,
    "new_workbook": bookkeeping.new_workbook,
    "test_mail": settings.test_mail,
    "settings": settings.settings,
    "password": signing_in.password,
    "last_report": settings.last_report,
    "help": settings.show_help,
    "about": settings.about,
}

ANYWHERE = frozenset({"new_workbook", "help", "about"})
"""These work on any workbook; the others need one of ours."""

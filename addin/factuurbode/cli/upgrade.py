"""`factuurbode upgrade`: a new workbook with what an earlier version could not put into the old one."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Iterator
from itertools import groupby

from .. import dispatch
from ..bootstrap import open_office
from ..steps.upgrading import Upgrade
from ..texts import Texts
from ..workbook.columns import SETTINGS, SHEETS
from ..workbook.settings.rows import SCHEMA
from ..workbook.settings.table import group_title
from .voice import Voice


def upgrade(options: Namespace, voice: Voice) -> int:
    """Say what is lacking, write the new workbook, and say how to go on. Raises BookError or JournalError."""
    with open_office(options.book) as office:
        voice.speak(office.book.read().language)
        done = dispatch.upgrade(office)
    if voice.as_json:
        _write(done)
        return 0
    old = done.old.path.name
    if done.path is None:
        voice.say("upgrade.nothing", path=old)
        return 0
    voice.say("upgrade.missing", path=old)
    for line in _lines(done, voice.texts):
        voice.tell(line)
    voice.say("upgrade.made", upgraded=done.path.name)
    voice.say("upgrade.onward", path=old, upgraded=done.path.name)
    return 0


def _lines(done: Upgrade, texts: Texts) -> Iterator[str]:
    """What was lacking, sheet by sheet."""
    gaps, language = done.gaps, done.old.ledger.language
    for sheet in gaps.sheets:
        yield texts("upgrade.sheet", sheet=sheet.title(language))
    for sheet in SHEETS:
        if columns := gaps.columns.get(sheet.key):
            title = done.old.found[sheet.key].layout.title
            names = ", ".join(column.title(language) for column in columns)
            yield texts("upgrade.columns", sheet=title, columns=names)
    for group, settings in groupby(gaps.settings, lambda setting: setting.group):
        names = ", ".join(setting.title(language) for setting in settings)
        title = done.old.found[SETTINGS.key].layout.title
        yield texts("upgrade.settings", sheet=title, group=group_title(group, language), settings=names)


def _write(done: Upgrade) -> None:
    gaps, language = done.gaps, done.old.ledger.language
    told = {
        "workbook": str(done.old.path),
        "upgraded": str(done.path) if done.path else None,
        "layout": SCHEMA,
        "added": {
            "sheets": [sheet.title(language) for sheet in gaps.sheets],
            "columns": [
                {"sheet": done.old.found[key].layout.title, "column": column.title(language)}
                for key, columns in gaps.columns.items()
                for column in columns
            ],
            "settings": [
                {"group": group_title(setting.group, language), "setting": setting.title(language)}
                for setting in gaps.settings
            ],
        },
    }
    everything = "utf" in (sys.stdout.encoding or "").lower()
    json.dump(told, sys.stdout, ensure_ascii=not everything, indent=1)
    sys.stdout.write("\n")

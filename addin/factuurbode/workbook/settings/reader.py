"""The Settings sheet as one typed object. A setting that is absent or empty has its default."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path, PureWindowsPath
from typing import TypeVar

from ...domain.ledger import Identity
from ...domain.model import Company, Language, Place
from ...domain.problems import Problem, Severity
from ...domain.settings import (
    Closing,
    FileNamePattern,
    General,
    InternalTo,
    Mail,
    Making,
    Numbering,
    Printing,
    Security,
    Settings,
    SignIn,
    WindowSide,
)
from ...errors import BookIncomplete, BookNewer
from .. import cells
from ..cells import Cell, ExcelError, Unclear
from ..meanings import E, chosen, country, detail_of, yes_no
from ..rows import SheetRows
from ..words import normal
from .mail_provider import provided
from .rows import SCHEMA, SETTINGS_TABLE
from .table import EARLIER_GROUP_TITLES, GROUP_TITLES, Group

T = TypeVar("T")

FIRST_SCHEMA = 1
"""The version of a workbook that does not say."""

_BY_KEY = {setting.key: setting for setting in SETTINGS_TABLE}
_GROUPS = {normal(title): group for group, titles in GROUP_TITLES.items() for title in titles} | {
    normal(title): group for title, group in EARLIER_GROUP_TITLES.items()
}
_BY_NAME = {
    (setting.group, normal(title)): setting.key
    for setting in SETTINGS_TABLE
    for title in (setting.nl, setting.en, *setting.also)
}


@dataclass(frozen=True, slots=True)
class ReadSettings:
    """What the sheet says, where each setting stands, the version of the layout, and what is unclear."""

    identity: Identity
    settings: Settings
    places: Mapping[str, Place]
    problems: tuple[Problem, ...]
    schema: int


def read_settings(sheet: SheetRows, path: Path, servers: SheetRows | None = None) -> ReadSettings:
    """The settings of the workbook at *path*; relative paths in them are taken from its folder.

    Mail settings that are left empty are those of the chosen provider on the sheet *servers*, if there is one.
    Raises BookIncomplete when the workbook's own id is not there, BookNewer when a later version has made it.
    """
    values = _Values(sheet, path.parent)
    identity = Identity(values.identifier("workbook.id"), values.identifier("workbook.last_run"))
    if not identity.id:
        own = _BY_KEY["workbook.id"].title(sheet.language)
        raise BookIncomplete(path=path, missing=f"{sheet.title} › {own}")
    schema = values.count("workbook.schema") or FIRST_SCHEMA
    if schema > SCHEMA:
        raise BookNewer(path=path, schema=schema, known=SCHEMA)
    to_tell = None if values.text("mail.server") else values.places.get("mail.provider")
    provider = provided(servers, values.text("mail.provider"), to_tell)
    values.problems += provider.problems
    settings = Settings(
        _general(values),
        _mail(values, provider.mail),
        _closing(values),
        _company(values),
        _printing(values),
        _numbering(values),
        _making(values),
    )
    return ReadSettings(identity, settings, values.places, tuple(values.problems), schema)


MOST_CONNECTIONS = 8
"""More lines at once help nobody, and look like an attack to a mail server."""


class _Values:
    """The value cells by key. Each is parsed when it is asked for; what is unclear is noted."""

    def __init__(self, sheet: SheetRows, folder: Path) -> None:
        self.places: dict[str, Place] = {}
        self.problems: list[Problem] = []
        self._cells: dict[str, Cell] = {}
        self._language = sheet.language
        self._folder = folder
        group: Group | None = None
        for row in sheet:
            group = _GROUPS.get(normal(row.text("group")), group if not row.text("group") else None)
            name = row.text("setting")
            key = _BY_NAME.get((group, normal(name))) if group and name else None
            if key is None:
                if name and row.raw("value") != "":
                    row.note("setting_unknown", "setting", name, severity=Severity.WARNING)
            elif key in self.places:
                row.note("setting_twice", "setting", name, f"{self.places[key]}")
            else:
                self.places[key] = row.origin.at("value")
                self._cells[key] = row.raw("value")
            self.problems += row.problems

    def text(self, key: str, fallback: str = "") -> str:
        return self._value(key, cells.text, fallback)

    def identifier(self, key: str, fallback: str = "") -> str:
        return self._value(key, cells.identifier, fallback)

    def yes(self, key: str, fallback: bool) -> bool:
        return self._value(key, yes_no, fallback)

    def count(self, key: str) -> int | None:
        return self._value(key, cells.count, None)

    def decimal(self, key: str) -> Decimal | None:
        return self._value(key, cells.decimal, None)

    def vat_rate(self, key: str) -> Decimal | None:
        return self._value(key, cells.vat_rate, None)

    def country(self, key: str, fallback: str) -> str:
        return self._value(key, country, fallback)

    def choice(self, key: str, kind: type[E], fallback: E) -> E:
        return self._value(key, lambda cell: chosen(cell, _BY_KEY[key].choices, kind), fallback)

    def path(self, key: str) -> Path | None:
        written = self.text(key)
        return self.resolved(written) if written else None

    def resolved(self, written: str) -> Path:
        """*written* as a path here: backslashes of a relative path work on every system."""
        if os.name != "nt" and not PureWindowsPath(written).drive:
            written = written.replace("\\", "/")
        return self._folder / Path(written).expanduser() if written.startswith("~/") else self._folder / written

    def _value(self, key: str, parse: Callable[[Cell], T | None], fallback: T) -> T:
        cell = self._cells.get(key, "")
        if cell == "":
            return fallback
        try:
            if isinstance(cell, ExcelError):
                raise Unclear("cell_error")
            value = parse(cell)
        except Unclear as unclear:
            setting = _BY_KEY[key]
            detail = detail_of(unclear, setting.choices, setting.title(self._language), self._language)
            self.problems.append(Problem(unclear.code, place=self.places[key], value=cells.shown(cell), detail=detail))
            return fallback
        return fallback if value is None or value == "" else value


def _general(values: _Values) -> General:
    default = General()
    return General(
        file_name=values.choice("general.file_name", FileNamePattern, default.file_name),
        file_location=values.resolved(values.text("general.file_location", str(default.file_location))),
        delete_after_sending=values.yes("general.delete_after_sending", default.delete_after_sending),
        always_save_as_pdf=values.yes("general.always_save_as_pdf", default.always_save_as_pdf),
        archive=values.resolved(values.text("general.archive", str(default.archive))),
        template=values.path("general.template"),
        window=values.choice("general.window", WindowSide, default.window),
    )


def _mail(values: _Values, default: Mail) -> Mail:
    port = values.count("mail.port")
    return Mail(
        provider=values.text("mail.provider"),
        server=values.text("mail.server", default.server),
        port=default.port if port is None else port,
        security=values.choice("mail.security", Security, default.security),
        sign_in=values.choice("mail.sign_in", SignIn, default.sign_in),
        user=values.text("mail.user"),
        client_id=values.identifier("mail.client_id"),
        tenant=values.identifier("mail.tenant"),
        sender=values.text("mail.sender"),
        sender_name=values.text("mail.sender_name"),
        reply_to=values.text("mail.reply_to"),
        copy_address=values.text("mail.copy_address"),
        hide_message=values.yes("mail.hide_message", default.hide_message),
        daily_limit=values.count("mail.daily_limit") or default.daily_limit,
        per_minute=values.count("mail.per_minute") or default.per_minute,
        connections=min(values.count("mail.connections") or default.connections, MOST_CONNECTIONS),
        ca_file=values.path("mail.ca_file"),
        sent_copy_server=values.text("mail.sent_copy_server"),
        texts=values.path("mail.texts"),
    )


def _closing(values: _Values) -> Closing:
    texts = {language: values.text(f"closing.text.{language}") for language in Language}
    subjects = {language: values.text(f"closing.subject.{language}") for language in Language}
    return Closing(
        contact_person=values.text("closing.contact_person"),
        telephone=values.text("closing.telephone"),
        website=values.text("closing.website"),
        text={language: text for language, text in texts.items() if text},
        subject={language: subject for language, subject in subjects.items() if subject},
    )


def _company(values: _Values) -> Company:
    default = Company()
    return Company(
        name=values.text("company.name"),
        street=values.text("company.street"),
        postcode=values.identifier("company.postcode"),
        city=values.text("company.city"),
        country=values.country("company.country", default.country),
        vat_number=values.identifier("company.vat_number"),
        kvk=values.identifier("company.kvk"),
        iban=values.identifier("company.iban"),
        bic=values.identifier("company.bic"),
        account_name=values.text("company.account_name"),
        telephone=values.text("company.telephone"),
        email=values.text("company.email"),
        website=values.text("company.website"),
        logo=values.path("company.logo"),
        small_business=values.yes("company.small_business", default.small_business),
    )


def _printing(values: _Values) -> Printing:
    default = Printing()
    return Printing(
        printer=values.text("printing.printer"),
        tray=values.text("printing.tray"),
        copies=values.count("printing.copies") or default.copies,
        two_sided=values.yes("printing.two_sided", default.two_sided),
        colour=values.yes("printing.colour", default.colour),
        cover_list=values.yes("printing.cover_list", default.cover_list),
        internal_to=values.choice("printing.internal_to", InternalTo, default.internal_to),
    )


def _numbering(values: _Values) -> Numbering:
    default = Numbering()
    first = values.count("numbering.first_number")
    return Numbering(
        pattern=values.text("numbering.pattern", default.pattern),
        first_number=default.first_number if first is None else first,
        own_credit_series=values.yes("numbering.own_credit_series", default.own_credit_series),
    )


def _making(values: _Values) -> Making:
    default = Making()
    rate = values.vat_rate("making.vat_rate")
    return Making(
        delivery_costs=values.decimal("making.delivery_costs"),
        delivery_description=values.text("making.delivery_description"),
        free_from=values.decimal("making.free_from"),
        minimum_order=values.decimal("making.minimum_order"),
        vat_rate=default.vat_rate if rate is None else rate,
    )

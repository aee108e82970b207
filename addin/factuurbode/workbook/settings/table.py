"""The rows of the Settings sheet: what each is called, what it may hold, and what it is for.

A key is the path of the value in `domain.settings` (`mail.server`), or `workbook.…` for what the program keeps there.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ...domain.model import Language
from .. import choices as words
from ..choices import Choices
from ..columns import Type


class Group(StrEnum):
    """A group of settings, in the order of the sheet."""

    COMPANY = "company"
    GENERAL = "general"
    MAIL = "mail"
    CLOSING = "closing"
    PRINTING = "printing"
    NUMBERING = "numbering"
    MAKING = "making"
    WORKBOOK = "workbook"


GROUP_TITLES: dict[Group, tuple[str, str]] = {
    Group.COMPANY: ("Bedrijf", "Company"),
    Group.GENERAL: ("Algemeen", "General"),
    Group.MAIL: ("Mail", "Mail"),
    Group.CLOSING: ("Afsluiting", "Closing"),
    Group.PRINTING: ("Afdrukken", "Printing"),
    Group.NUMBERING: ("Nummering", "Numbering"),
    Group.MAKING: ("Facturen maken", "Making invoices"),
    Group.WORKBOOK: ("Werkmap", "Workbook"),
}


EARLIER_GROUP_TITLES: dict[str, Group] = {"Werkboek": Group.WORKBOOK}
"""What earlier versions called a group."""


def group_title(group: Group, language: Language) -> str:
    """The name of *group* in the workbook's language."""
    nl, en = GROUP_TITLES[group]
    return nl if language is Language.NL else en


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the sheet. `default` is what a new workbook holds: text, or the value of a choice."""

    key: str
    nl: str
    en: str
    why_nl: str
    why_en: str
    type: Type = Type.TEXT
    default: str = ""
    choices: Choices = ()
    default_en: str = ""  # where an English workbook starts with another word
    also: tuple[str, ...] = ()  # what earlier versions called it

    @property
    def group(self) -> Group:
        """The group it stands in: the first word of its key."""
        return Group(self.key.partition(".")[0])

    @property
    def ours(self) -> bool:
        """Whether only the program writes it."""
        return self.group is Group.WORKBOOK

    def title(self, language: Language) -> str:
        """Its name in the workbook's language."""
        return self.nl if language is Language.NL else self.en

    def start(self, language: Language) -> str:
        """What a new workbook holds: text, or the value of a choice."""
        return self.default if language is Language.NL else self.default_en or self.default

    def explanation(self, language: Language) -> str:
        """What it is for, in the workbook's language."""
        return self.why_nl if language is Language.NL else self.why_en


def yes_no(key: str, nl: str, en: str, why_nl: str, why_en: str, default: str = "no") -> Setting:
    """A setting that is Yes or No."""
    return Setting(key, nl, en, why_nl, why_en, Type.YES_NO, default, words.YES_NO)


def per_language(key: str, titles: tuple[str, str], why_nl: str, why_en: str) -> tuple[Setting, ...]:
    """One setting for each language of an invoice (B6)."""
    nl, en = titles
    names = (("nl", "Nederlands", "Dutch"), ("en", "Engels", "English"), ("de", "Duits", "German"))
    return tuple(
        Setting(f"{key}.{code}", f"{nl} ({name_nl})", f"{en} ({name_en})", why_nl, why_en)
        for code, name_nl, name_en in (*names, ("fr", "Frans", "French"))
    )

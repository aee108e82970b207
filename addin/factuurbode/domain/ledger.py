"""What a workbook says, whole: who it is, its settings, customers and invoices, and what could not be understood."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .model import Customer, Invoice, Language, Place, Product
from .problems import Problem
from .settings import Settings
from .stray_lines import StrayLine


@dataclass(frozen=True, slots=True)
class Identity:
    """The workbook's own id and the last run written into it; compared with the journal's before anything goes out."""

    id: str
    last_run: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """One reading of a workbook. `settings_places` names the cell of each setting (key `mail.server`).

    `mappings` says, by the name of a source, what its columns mean: each column with what its field is called.
    `strays` are the lines of no invoice. `older` says that an earlier version of the program made the workbook, and
    that it lacks what came since.
    """

    identity: Identity
    language: Language
    settings: Settings
    customers: Mapping[str, Customer]
    invoices: tuple[Invoice, ...]
    problems: tuple[Problem, ...] = ()
    settings_places: Mapping[str, Place] = field(default_factory=dict)
    mappings: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    products: Mapping[str, Product] = field(default_factory=dict)
    older: bool = False
    strays: tuple[StrayLine, ...] = ()

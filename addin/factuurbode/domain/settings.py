"""The settings of a workbook as one typed, immutable object. Defaults are those of a new workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from .model import Company, Language


class FileNamePattern(StrEnum):
    """What the name of a PDF is made of (R1); the value is the order of its parts."""

    NUMBER = "number"
    NUMBER_CUSTOMER_NAME = "number customer_name"
    DATE_NUMBER = "date number"
    DATE_NUMBER_CUSTOMER_NAME = "date number customer_name"
    CUSTOMER_NUMBER_NUMBER = "customer_number number"
    CUSTOMER_NAME_DATE_NUMBER = "customer_name date number"


class Security(StrEnum):
    """How the connection to the mail server is protected (R5)."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


class SignIn(StrEnum):
    """How the mail server wants to know us (R8, R9, B12)."""

    NONE = "none"
    PASSWORD = "password"  # noqa: S105 - the name of a way to sign in, not a secret
    OAUTH = "oauth"


class InternalTo(StrEnum):
    """Where internal copies go (R18)."""

    PRINTER = "printer"
    SCREEN = "screen"


class WindowSide(StrEnum):
    """On which side the envelope's window is."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class General:
    """Files and folders; a relative path is relative to the workbook's folder (already resolved here)."""

    file_name: FileNamePattern = FileNamePattern.NUMBER_CUSTOMER_NAME
    file_location: Path = Path("facturen")
    delete_after_sending: bool = False
    always_save_as_pdf: bool = False
    archive: Path = Path("archief")
    template: Path | None = None
    window: WindowSide = WindowSide.LEFT


@dataclass(frozen=True, slots=True)
class Mail:
    """The mail account and what every message of it carries."""

    provider: str = ""
    server: str = ""
    port: int = 587
    security: Security = Security.STARTTLS
    sign_in: SignIn = SignIn.PASSWORD
    user: str = ""
    client_id: str = ""
    tenant: str = ""
    sender: str = ""
    sender_name: str = ""
    reply_to: str = ""
    copy_address: str = ""
    hide_message: bool = False
    daily_limit: int | None = None
    per_minute: int | None = None
    connections: int = 1
    ca_file: Path | None = None
    sent_copy_server: str = ""
    texts: Path | None = None


@dataclass(frozen=True, slots=True)
class Closing:
    """The text under every mail and its subject, per language (R13)."""

    contact_person: str = ""
    telephone: str = ""
    website: str = ""
    text: Mapping[Language, str] = field(default_factory=dict)
    subject: Mapping[Language, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Printing:
    """The printer and how it prints invoices."""

    printer: str = ""
    tray: str = ""
    copies: int = 1
    two_sided: bool = False
    colour: bool = True
    cover_list: bool = False
    internal_to: InternalTo = InternalTo.PRINTER


@dataclass(frozen=True, slots=True)
class Numbering:
    """How invoice numbers are made (L4); read when numbers are handed out and when gaps are listed."""

    pattern: str = "{year}-{number:04}"
    first_number: int = 1
    own_credit_series: bool = False


@dataclass(frozen=True, slots=True)
class Making:
    """What is charged beside the goods when deliveries become invoices; EUR excl. VAT, None = nothing.

    Of a delivery (what one customer got on one day) that is worth less than `minimum_order`, the difference is charged.
    """

    delivery_costs: Decimal | None = None
    delivery_description: str = ""
    free_from: Decimal | None = None
    minimum_order: Decimal | None = None
    vat_rate: Decimal = Decimal(9)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the Settings sheet says."""

    general: General = General()
    mail: Mail = Mail()
    closing: Closing = Closing()
    company: Company = field(default_factory=Company)
    printing: Printing = Printing()
    numbering: Numbering = Numbering()
    making: Making = Making()

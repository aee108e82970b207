"""Sheets and columns of a workbook: one table that reading, making and writing back share.

Titles are names of the file format, so they stand here and not in the text catalogues. A workbook is made in
Dutch or in English; both are read, in any order.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ..domain.model import Language
from . import choices as words
from .choices import Choices


class Type(StrEnum):
    """What a cell of a column holds."""

    TEXT = "text"
    IDENTIFIER = "identifier"  # text that may look like a number: leading zeros count
    NUMBER = "number"
    WHOLE = "whole"
    MONEY = "money"  # EUR
    PERCENT = "percent"  # 9 means 9 %
    DATE = "date"
    MOMENT = "moment"  # date and time
    YES_NO = "yes-no"
    CHOICE = "choice"
    LINK = "link"


class Filled(StrEnum):
    """Who fills a column."""

    TYPED = "typed"
    CALCULATED = "calculated"  # a formula of the sheet
    OURS = "ours"  # written by the program only


@dataclass(frozen=True, slots=True)
class Column:
    """One column. An optional one may be absent from a workbook: then every row has the default."""

    key: str
    nl: str
    en: str
    type: Type = Type.TEXT
    default: str = ""
    choices: Choices = ()
    filled: Filled = Filled.TYPED
    optional: bool = False

    def title(self, language: Language) -> str:
        """The heading in the workbook's language."""
        return self.nl if language is Language.NL else self.en


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet with its Excel Table (names of tables have no spaces)."""

    key: str
    nl: str
    en: str
    table_nl: str
    table_en: str
    columns: tuple[Column, ...]
    optional: bool = False

    def title(self, language: Language) -> str:
        """The name on the sheet's tab."""
        return self.nl if language is Language.NL else self.en

    def table(self, language: Language) -> str:
        """The name of its Excel Table."""
        return self.table_nl if language is Language.NL else self.table_en

    def column(self, key: str) -> Column:
        """The column with *key*. Raises KeyError when there is none."""
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(key)


CUSTOMERS = Sheet(
    "customers",
    "Klanten",
    "Customers",
    "Klanten",
    "Customers",
    (
        Column("number", "Klantnr", "Customer no.", Type.IDENTIFIER),
        Column("name", "Naam", "Name"),
        Column("attention", "T.a.v.", "Attention"),
        Column("street", "Straat en nummer", "Street and number"),
        Column("postcode", "Postcode", "Postal code", Type.IDENTIFIER),
        Column("city", "Plaats", "City"),
        Column("country", "Land", "Country", default="NL"),
        Column("language", "Taal", "Language", Type.CHOICE, "nl", words.LANGUAGES),
        Column("e_invoice", "E-factuur", "E-invoice", Type.CHOICE, "paper", words.E_INVOICE),
        Column("email", "E-mail facturen", "Invoice e-mail"),
        Column("copy_to", "Kopie aan", "Copy to"),
        Column("agreed_on", "Akkoord e-factuur op", "E-invoice agreed on", Type.DATE),
        Column("vat_number", "Btw-nummer", "VAT number", Type.IDENTIFIER),
        Column("kvk", "KvK-nummer", "KvK number", Type.IDENTIFIER),
        Column("vat_treatment", "Btw-regeling", "VAT treatment", Type.CHOICE, "standard", words.VAT_TREATMENT),
        Column("payment_days", "Betaaltermijn (dagen)", "Payment term (days)", Type.WHOLE, "14"),
        Column("reference", "Vaste referentie", "Standing reference"),
        Column("discount", "Korting %", "Discount %", Type.PERCENT, "0", optional=True),
        Column("period", "Factuurperiode", "Invoice period", Type.CHOICE, "delivery", words.PERIODS, optional=True),
        Column("bill_to", "Factuur aan", "Bill to", Type.IDENTIFIER, optional=True),
        Column("route", "Route", "Route", Type.NUMBER, optional=True),
        Column("notes", "Notities", "Notes", optional=True),
    ),
)

INVOICES = Sheet(
    "invoices",
    "Facturen",
    "Invoices",
    "Facturen",
    "Invoices",
    (
        Column("number", "Factuurnr", "Invoice no.", Type.IDENTIFIER),
        Column("date", "Factuurdatum", "Invoice date", Type.DATE),
        Column("customer", "Klantnr", "Customer no.", Type.IDENTIFIER),
        Column("customer_name", "Naam", "Name", filled=Filled.CALCULATED, optional=True),
        Column("kind", "Soort", "Kind", Type.CHOICE, "invoice", words.KINDS),
        Column("corrects", "Corrigeert", "Corrects", Type.IDENTIFIER),
        Column("reference", "Uw referentie", "Your reference"),
        Column("period_from", "Periode van", "Period from", Type.DATE),
        Column("period_to", "Periode tot", "Period to", Type.DATE),
        Column("remark", "Opmerking", "Remark"),
        Column("due", "Vervaldatum", "Due date", Type.DATE, filled=Filled.CALCULATED, optional=True),
        Column("net", "Excl. btw", "Excl. VAT", Type.MONEY, filled=Filled.CALCULATED, optional=True),
        Column("vat", "Btw", "VAT", Type.MONEY, filled=Filled.CALCULATED, optional=True),
        Column("total", "Totaal", "Total", Type.MONEY, filled=Filled.CALCULATED, optional=True),
        Column("hold", "Vasthouden", "Hold", Type.YES_NO, choices=words.YES_NO),
        Column("status", "Status", "Status", filled=Filled.OURS),
        Column("updated", "Bijgewerkt", "Updated", Type.MOMENT, filled=Filled.OURS),
        Column("channel", "Kanaal", "Channel", filled=Filled.OURS),
        Column("sent_to", "Verzonden aan", "Sent to", filled=Filled.OURS),
        Column("pdf", "PDF", "PDF", Type.LINK, filled=Filled.OURS),
        Column("message", "Melding", "Message", filled=Filled.OURS),
        Column("dispatch", "Verzend-id", "Dispatch id", Type.IDENTIFIER, filled=Filled.OURS),
    ),
)

LINES = Sheet(
    "lines",
    "Factuurregels",
    "Invoice lines",
    "Factuurregels",
    "InvoiceLines",
    (
        Column("invoice", "Factuurnr", "Invoice no.", Type.IDENTIFIER),
        Column("delivered", "Leverdatum", "Delivered on", Type.DATE),
        Column("article", "Artikelnr", "Article no.", Type.IDENTIFIER),
        Column("description", "Omschrijving", "Description"),
        Column("quantity", "Aantal", "Quantity", Type.NUMBER),
        Column("unit", "Eenheid", "Unit"),
        Column("price", "Prijs excl. btw", "Price excl. VAT", Type.MONEY),
        Column("discount", "Korting %", "Discount %", Type.PERCENT, "0"),
        Column("vat_rate", "Btw %", "VAT %", Type.PERCENT),
        Column("net", "Bedrag", "Amount", Type.MONEY, filled=Filled.CALCULATED, optional=True),
        Column("vat_applied", "Btw % geldt", "VAT % used", Type.PERCENT, filled=Filled.CALCULATED, optional=True),
    ),
)

PRODUCTS = Sheet(
    "products",
    "Artikelen",
    "Products",
    "Artikelen",
    "Products",
    (
        Column("article", "Artikelnr", "Article no.", Type.IDENTIFIER),
        Column("description", "Omschrijving", "Description"),
        Column("unit", "Eenheid", "Unit"),
        Column("price", "Prijs excl. btw", "Price excl. VAT", Type.MONEY),
        Column("vat_rate", "Btw %", "VAT %", Type.PERCENT),
    ),
)

SETTINGS = Sheet(
    "settings",
    "Instellingen",
    "Settings",
    "Instellingen",
    "Settings",
    (
        Column("group", "Groep", "Group"),
        Column("setting", "Instelling", "Setting"),
        Column("value", "Waarde", "Value"),
        Column("explanation", "Uitleg", "Explanation", optional=True),
    ),
)

MAIL_SERVERS = Sheet(
    "mail_servers",
    "Mailservers",
    "Mail servers",
    "Mailservers",
    "MailServers",
    (
        Column("provider", "Aanbieder", "Provider"),
        Column("server", "Server", "Server"),
        Column("port", "Poort", "Port", Type.WHOLE),
        Column("security", "Beveiliging", "Security", Type.CHOICE, "starttls", words.SECURITIES),
        Column("sign_in", "Aanmelden", "Sign-in", Type.CHOICE, "password", words.SIGN_INS),
        Column("daily_limit", "Maximum per dag", "Daily limit", Type.WHOLE),
        Column("per_minute", "Per minuut", "A minute", Type.WHOLE),
        Column("note", "Toelichting", "Note"),
    ),
    optional=True,
)

IMPORT = Sheet(
    "import",
    "Import",
    "Import",
    "Kolomindelingen",
    "ColumnMappings",
    (
        Column("mapping", "Indeling", "Mapping"),
        Column("column", "Kolom in het bestand", "Column in the file"),
        Column("field", "Veld", "Field"),
    ),
    optional=True,
)

LOG = Sheet(
    "log",
    "Logboek",
    "Log",
    "Logboek",
    "RunLog",
    (
        Column("when", "Wanneer", "When", Type.MOMENT, filled=Filled.OURS),
        Column("run", "Verzendronde", "Run", Type.IDENTIFIER, filled=Filled.OURS),
        Column("invoice", "Factuurnr", "Invoice no.", Type.IDENTIFIER, filled=Filled.OURS),
        Column("channel", "Kanaal", "Channel", filled=Filled.OURS),
        Column("recipient", "Ontvanger", "Recipient", filled=Filled.OURS),
        Column("state", "Status", "Status", filled=Filled.OURS),
        Column("message", "Melding", "Message", filled=Filled.OURS),
    ),
)

START_TITLE = {Language.NL: "Start", Language.EN: "Start"}

SHEETS: tuple[Sheet, ...] = (INVOICES, LINES, CUSTOMERS, PRODUCTS, SETTINGS, MAIL_SERVERS, IMPORT, LOG)
"""All sheets with a table, in the order of a new workbook; the Start sheet stands before them."""

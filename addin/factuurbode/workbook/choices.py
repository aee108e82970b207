"""The words a cell may hold for a fixed choice, in Dutch and English. They are part of the file format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..domain.model import EInvoice, Kind, Language, Period, VatTreatment
from ..domain.settings import FileNamePattern, InternalTo, Security, SignIn, WindowSide
from .words import normal


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice: the value in code, and its word in each language. `also` are other words that mean it."""

    value: str
    nl: str
    en: str
    also: tuple[str, ...] = ()

    def word(self, language: Language) -> str:
        """The word in the workbook's language."""
        return self.nl if language is Language.NL else self.en


Choices = tuple[Choice, ...]


def by_word(choices: Choices) -> Mapping[str, str]:
    """Every normalised word of *choices*, in either language, with the value it means."""
    return {
        normal(word): choice.value for choice in choices for word in (*choice.also, choice.value, choice.en, choice.nl)
    }


YES_NO: Choices = (
    Choice("yes", "Ja", "Yes", ("j", "y", "x", "v", "✓", "✔", "true", "waar", "aan", "on", "1")),
    Choice("no", "Nee", "No", ("n", "false", "onwaar", "uit", "off", "0")),
)
LANGUAGES: Choices = (
    Choice(Language.NL, "nl", "nl", ("Nederlands", "Dutch")),
    Choice(Language.EN, "en", "en", ("Engels", "English")),
    Choice(Language.DE, "de", "de", ("Duits", "German", "Deutsch")),
    Choice(Language.FR, "fr", "fr", ("Frans", "French", "Français")),
)
E_INVOICE: Choices = (
    Choice(EInvoice.PAPER, "Papier", "Paper", ("Post",)),
    Choice(EInvoice.MAIL, "PDF per e-mail", "PDF by e-mail", ("E-mail", "Mail", "PDF")),
    Choice(EInvoice.PAPER_AND_MAIL, "Papier en e-mail", "Paper and e-mail", ("Beide", "Both")),
)
VAT_TREATMENT: Choices = (
    Choice(VatTreatment.STANDARD, "Normaal", "Standard"),
    Choice(VatTreatment.INTRA_EU, "Intra-EU", "Intra-EU"),
    Choice(VatTreatment.EXPORT, "Export", "Export"),
    Choice(VatTreatment.REVERSE_CHARGE, "Btw verlegd", "Reverse charge"),
    Choice(VatTreatment.EXEMPT, "Vrijgesteld", "Exempt"),
)
PERIODS: Choices = (
    Choice(Period.DELIVERY, "Levering", "Delivery"),
    Choice(Period.DAY, "Dag", "Day"),
    Choice(Period.WEEK, "Week", "Week"),
    Choice(Period.MONTH, "Maand", "Month"),
)
KINDS: Choices = (
    Choice(Kind.INVOICE, "Factuur", "Invoice"),
    Choice(Kind.CREDIT_NOTE, "Creditnota", "Credit note", ("Credit", "Creditfactuur")),
)
FILE_NAMES: Choices = (
    Choice(FileNamePattern.NUMBER, "Factuurnr", "Invoice no."),
    Choice(FileNamePattern.NUMBER_CUSTOMER_NAME, "Factuurnr + klantnaam", "Invoice no. + customer name"),
    Choice(FileNamePattern.DATE_NUMBER, "Datum + factuurnr", "Date + invoice no."),
    Choice(
        FileNamePattern.DATE_NUMBER_CUSTOMER_NAME, "Datum + factuurnr + klantnaam", "Date + invoice no. + customer name"
    ),
    Choice(FileNamePattern.CUSTOMER_NUMBER_NUMBER, "Klantnr + factuurnr", "Customer no. + invoice no."),
    Choice(
        FileNamePattern.CUSTOMER_NAME_DATE_NUMBER, "Klantnaam + datum + factuurnr", "Customer name + date + invoice no."
    ),
)
WINDOW_SIDES: Choices = (
    Choice(WindowSide.LEFT, "Links", "Left"),
    Choice(WindowSide.RIGHT, "Rechts", "Right"),
)
SECURITIES: Choices = (
    Choice(Security.NONE, "Geen", "None"),
    Choice(Security.STARTTLS, "STARTTLS", "STARTTLS"),
    Choice(Security.TLS, "TLS", "TLS", ("SSL", "SSL/TLS")),
)
SIGN_INS: Choices = (
    Choice(SignIn.NONE, "Geen", "None"),
    Choice(SignIn.PASSWORD, "Wachtwoord", "Password"),
    Choice(SignIn.OAUTH, "OAuth", "OAuth", ("OAuth 2.0", "OAuth2")),
)
INTERNAL_TO: Choices = (
    Choice(InternalTo.PRINTER, "Printer", "Printer"),
    Choice(InternalTo.SCREEN, "Scherm", "Screen"),
)
COUNTRIES: Choices = (
    Choice("NL", "Nederland", "The Netherlands", ("Netherlands", "Holland", "NLD")),
    Choice("BE", "België", "Belgium", ("Belgie", "Belgique")),
    Choice("DE", "Duitsland", "Germany", ("Deutschland",)),
    Choice("FR", "Frankrijk", "France"),
    Choice("LU", "Luxemburg", "Luxembourg"),
    Choice("GR", "Griekenland", "Greece", ("EL",)),
    Choice("XI", "Noord-Ierland", "Northern Ireland"),
)

"""The whole demo workbook: the bakery's own settings with its customers, products and invoices."""

from __future__ import annotations

from ..contents import Contents, Value
from .customers import BUYERS
from .invoices import october, products
from .logo import LOGO_NAME

_CLOSING = {
    "nl": "Nieuw in november: speculaas met amandel. Bestellen kan tot 16 uur voor de volgende dag.",
    "en": "New in November: almond speculaas. Orders until 4 pm arrive the next day.",
    "de": "Neu im November: Mandelspekulatius. Was bis 16 Uhr bestellt ist, kommt am nächsten Tag.",
    "fr": "Nouveau en novembre : le spéculoos aux amandes. Commandé avant 16 h, livré le lendemain.",
}

SETTINGS: dict[str, Value] = {
    "company.name": "Bakkerij Kruimelhaven",
    "company.street": "Bloemstraat 12",
    "company.postcode": "1234 AB",
    "company.city": "Meelstad",
    "company.vat_number": "NL001234624B01",
    "company.kvk": "01234567",
    "company.iban": "NL91 ABNA 0417 1643 00",
    "company.bic": "ABNANL2A",
    "company.account_name": "Bakkerij Kruimelhaven",
    "company.telephone": "0100 - 12 34 56",
    "company.email": "info@bakkerij.test",
    "company.website": "www.bakkerij.test",
    "company.logo": LOGO_NAME,
    "mail.server": "127.0.0.1",
    "mail.port": 2525,
    "mail.security": "none",
    "mail.sign_in": "none",
    "mail.sender": "facturen@bakkerij.test",
    "mail.sender_name": "Bakkerij Kruimelhaven",
    "mail.reply_to": "administratie@bakkerij.test",
    "closing.contact_person": "Roos Kruimel",
    "closing.telephone": "0100 - 12 34 56",
    "closing.website": "www.bakkerij.test",
    "printing.printer": "PDF",
    "numbering.first_number": 871,
    **{f"closing.text.{language}": text for language, text in _CLOSING.items()},
}


def demo_contents() -> Contents:
    """The rows and settings of the demo workbook, the same each time."""
    invoices, lines = october()
    return Contents(
        {
            "customers": [buyer.row(index) for index, buyer in enumerate(BUYERS, start=1)],
            "products": products(),
            "invoices": invoices,
            "lines": lines,
        },
        SETTINGS,
        {"customers": 20, "products": 20, "invoices": 30, "lines": 100},
    )

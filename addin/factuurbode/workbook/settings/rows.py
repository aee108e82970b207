"""Every setting, in the order of the sheet, with its words in Dutch and English."""

from __future__ import annotations

from .. import choices as words
from ..columns import Type
from .mail import MAIL
from .table import Setting, per_language, yes_no

SCHEMA = 2
"""The version of the layout of a workbook: raised when a sheet, column or setting comes in. `upgrade` adds those.

1: to 24 November 2026. 2: the sheet Import, what is charged beside the goods, consent to mail, and more.
"""

COMPANY: tuple[Setting, ...] = (
    Setting("company.name", "Naam", "Name", "Staat op elke factuur.", "Stands on every invoice."),
    Setting(
        "company.street",
        "Straat en nummer",
        "Street and number",
        "Een postbus is niet genoeg: de wet vraagt een adres.",
        "A PO box is not enough: the law asks for an address.",
    ),
    Setting("company.postcode", "Postcode", "Postal code", "", "", Type.IDENTIFIER),
    Setting("company.city", "Plaats", "City", "", ""),
    Setting("company.country", "Land", "Country", "Twee letters, zoals NL.", "Two letters, such as NL.", default="NL"),
    Setting(
        "company.vat_number",
        "Btw-nummer",
        "VAT number",
        "Uw btw-identificatienummer, zoals NL001234567B29.",
        "Your VAT identification number, such as NL001234567B29.",
        Type.IDENTIFIER,
    ),
    Setting("company.kvk", "KvK-nummer", "KvK number", "Acht cijfers.", "Eight digits.", Type.IDENTIFIER),
    Setting("company.iban", "IBAN", "IBAN", "Hierop betalen uw klanten.", "Your customers pay here.", Type.IDENTIFIER),
    Setting(
        "company.bic",
        "BIC",
        "BIC",
        "Alleen nodig voor klanten buiten de EU.",
        "Only needed for customers outside the EU.",
        Type.IDENTIFIER,
    ),
    Setting(
        "company.account_name",
        "Rekening op naam van",
        "Account name",
        "Leeg = de naam van het bedrijf.",
        "Empty = the company's name.",
    ),
    Setting("company.telephone", "Telefoon", "Telephone", "", "", Type.IDENTIFIER),
    Setting("company.email", "E-mail", "E-mail", "Voor vragen over een factuur.", "For questions about an invoice."),
    Setting("company.website", "Website", "Website", "", ""),
    Setting(
        "company.logo",
        "Logo",
        "Logo",
        "Een PNG- of JPG-bestand, gerekend vanaf de map van deze werkmap.",
        "A PNG or JPG file, seen from this workbook's folder.",
    ),
    yes_no(
        "company.small_business",
        "Kleineondernemersregeling",
        "Small-business scheme",
        "Ja = u doet mee aan de KOR: er komt geen btw op de factuur.",
        "Yes = you use the KOR scheme: no VAT on your invoices.",
    ),
)

GENERAL: tuple[Setting, ...] = (
    Setting(
        "general.file_name",
        "Bestandsnaam",
        "File name",
        "Hoe de PDF van een factuur heet.",
        "What the PDF of an invoice is called.",
        Type.CHOICE,
        "number customer_name",
        words.FILE_NAMES,
    ),
    Setting(
        "general.file_location",
        "Map voor PDF's",
        "File location",
        "Gerekend vanaf de map van deze werkmap.",
        "Seen from this workbook's folder.",
        default="facturen",
        default_en="invoices",
    ),
    yes_no(
        "general.delete_after_sending",
        "PDF wissen na verzenden",
        "Delete PDF after sending",
        "Alleen uit de map hierboven; in het archief blijft hij altijd.",
        "Only from the folder above; the archive always keeps it.",
    ),
    yes_no(
        "general.always_save_as_pdf",
        "Altijd opslaan als PDF",
        "Always save as PDF",
        "Ja = wat geprint zou worden, wordt als PDF opgeslagen.",
        "Yes = what would be printed is saved as a PDF instead.",
    ),
    Setting(
        "general.archive",
        "Archief",
        "Archive",
        "Hier blijft elke factuur zeven jaar bewaard, zoals de wet vraagt.",
        "Every invoice is kept here for seven years, as the law asks.",
        default="archief",
        default_en="archive",
    ),
    Setting(
        "general.template",
        "Sjabloon",
        "Template",
        "Een eigen Word-sjabloon; leeg = het meegeleverde.",
        "Your own Word template; empty = the one that comes with the program.",
    ),
    Setting(
        "general.window",
        "Venster van de envelop",
        "Envelope window",
        "Aan welke kant het adres op de factuur staat.",
        "On which side of the invoice the address stands.",
        Type.CHOICE,
        "left",
        words.WINDOW_SIDES,
    ),
)

CLOSING: tuple[Setting, ...] = (
    Setting("closing.contact_person", "Contactpersoon", "Contact person", "Onder elke e-mail.", "Under every e-mail."),
    Setting("closing.telephone", "Telefoon", "Telephone", "Onder elke e-mail.", "Under every e-mail.", Type.IDENTIFIER),
    Setting("closing.website", "Website", "Website", "Onder elke e-mail.", "Under every e-mail."),
    *per_language(
        "closing.subject",
        ("Onderwerp", "Subject"),
        "Onderwerp van de e-mail; leeg = de standaardzin.",
        "Subject of the e-mail; empty = the standard sentence.",
    ),
    *per_language(
        "closing.text",
        ("Slottekst", "Closing text"),
        "Eigen tekst onder de e-mail, boven de groet; Alt+Enter begint een nieuwe regel.",
        "Own text under the e-mail, above the greeting; Alt+Enter begins a new line.",
    ),
)

PRINTING: tuple[Setting, ...] = (
    Setting(
        "printing.printer",
        "Printer",
        "Printer",
        "De naam zoals uw computer die toont.",
        "The name as your computer shows it.",
    ),
    Setting("printing.tray", "Papierlade", "Tray", "Leeg = de gewone lade.", "Empty = the usual tray."),
    Setting("printing.copies", "Exemplaren", "Copies", "", "", Type.WHOLE, "1"),
    yes_no("printing.two_sided", "Dubbelzijdig", "Two-sided", "", ""),
    yes_no("printing.colour", "Kleur", "Colour", "", "", default="yes"),
    yes_no(
        "printing.cover_list",
        "Lijst bij elke ronde",
        "List with each round",
        "Ja = op de geprinte facturen komt een lijst, in de volgorde van de route.",
        "Yes = a list lies on top of the printed invoices, in the order of the route.",
    ),
    Setting(
        "printing.internal_to",
        "Interne kopie naar",
        "Internal copies to",
        "Waar een kopie voor uzelf heen gaat.",
        "Where a copy for yourself goes.",
        Type.CHOICE,
        "printer",
        words.INTERNAL_TO,
    ),
)

NUMBERING: tuple[Setting, ...] = (
    Setting(
        "numbering.pattern",
        "Patroon",
        "Pattern",
        "{year} is het jaar, {number:04} het volgnummer in vier cijfers.",
        "{year} is the year, {number:04} the number in four digits.",
        default="{year}-{number:04}",
    ),
    Setting(
        "numbering.first_number",
        "Eerste nummer",
        "First number",
        "Waarmee de reeks begint.",
        "What the series begins with.",
        Type.WHOLE,
        "1",
    ),
    yes_no(
        "numbering.own_credit_series",
        "Eigen reeks voor creditnota's",
        "Own series for credit notes",
        "Ja = hetzelfde patroon met een C ervoor; nee = zij tellen mee in de reeks van de facturen.",
        "Yes = the same pattern with a C before it; no = they count in the series of the invoices.",
    ),
)

MAKING: tuple[Setting, ...] = (
    Setting(
        "making.delivery_costs",
        "Bezorgkosten",
        "Delivery costs",
        "Per levering die wordt geïmporteerd, excl. btw; leeg = geen.",
        "For each delivery that is imported, excl. VAT; empty = none.",
        Type.MONEY,
    ),
    Setting(
        "making.delivery_description",
        "Omschrijving bezorgkosten",
        "Description of delivery costs",
        "Staat op de factuur; leeg = Bezorgkosten.",
        "Stands on the invoice; empty = Delivery costs.",
    ),
    Setting(
        "making.free_from",
        "Geen bezorgkosten vanaf",
        "No delivery costs from",
        "Waarde van de levering, excl. btw; leeg = altijd bezorgkosten.",
        "Worth of the delivery, excl. VAT; empty = always delivery costs.",
        Type.MONEY,
    ),
    Setting(
        "making.minimum_order",
        "Minimaal orderbedrag",
        "Minimum order amount",
        "Is een levering minder waard, dan komt het verschil als eigen regel op de factuur; leeg = geen.",
        "When a delivery is worth less, the difference is a line of its own on the invoice; empty = none.",
        Type.MONEY,
    ),
    Setting(
        "making.vat_rate",
        "Btw % hierover",
        "VAT % on these",
        "Het tarief van wat u bezorgt geldt ook voor het bezorgen.",
        "The rate of what you deliver holds for delivering it too.",
        Type.PERCENT,
        "9",
    ),
)

WORKBOOK: tuple[Setting, ...] = (
    Setting(
        "workbook.id",
        "Werkmap-id",
        "Workbook id",
        "Hieraan herkent het programma deze werkmap. Niet wijzigen.",
        "How the program knows this workbook. Do not change it.",
        Type.IDENTIFIER,
        also=("Werkboek-id",),
    ),
    Setting(
        "workbook.schema",
        "Versie",
        "Version",
        "Versie van de indeling. Niet wijzigen.",
        "Version of the layout. Do not change it.",
        Type.WHOLE,
        str(SCHEMA),
    ),
    Setting(
        "workbook.last_run",
        "Laatste verzendronde",
        "Last run",
        "Schrijft het programma zelf. Niet wijzigen.",
        "The program writes this itself. Do not change it.",
        Type.IDENTIFIER,
    ),
)

SETTINGS_TABLE: tuple[Setting, ...] = (*COMPANY, *GENERAL, *MAIL, *CLOSING, *PRINTING, *NUMBERING, *MAKING, *WORKBOOK)
"""All settings, in the order of a new workbook."""

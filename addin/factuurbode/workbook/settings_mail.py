"""The settings of group Mail."""

from __future__ import annotations

from . import choices as words
from .columns import Type
from .settings_table import Setting, yes_no

MAIL: tuple[Setting, ...] = (
    Setting(
        "mail.provider",
        "Aanbieder",
        "Provider",
        "Van het blad Mailservers; dan mogen de vakken hieronder leeg zijn.",
        "From the sheet Mail servers; then the fields below may be empty.",
    ),
    Setting(
        "mail.server",
        "Server",
        "Server",
        "Leeg = die van de aanbieder.",
        "Empty = the provider's.",
    ),
    Setting(
        "mail.port",
        "Poort",
        "Port",
        "Leeg = die van de aanbieder, en anders 587.",
        "Empty = the provider's, or else 587.",
        Type.WHOLE,
    ),
    Setting(
        "mail.security",
        "Beveiliging",
        "Security",
        "Leeg = die van de aanbieder, en anders STARTTLS (bij poort 587).",
        "Empty = the provider's, or else STARTTLS (with port 587).",
        Type.CHOICE,
        choices=words.SECURITIES,
    ),
    Setting(
        "mail.sign_in",
        "Aanmelden",
        "Sign-in",
        "Leeg = zoals de aanbieder vraagt, en anders met een wachtwoord.",
        "Empty = as the provider asks, or else with a password.",
        Type.CHOICE,
        choices=words.SIGN_INS,
    ),
    Setting("mail.user", "Gebruiker", "User", "Meestal uw e-mailadres.", "Usually your e-mail address."),
    Setting(
        "mail.client_id",
        "Client-id (OAuth)",
        "Client id (OAuth)",
        "Alleen voor aanmelden met toestemming; hoe u eraan komt, zegt factuurbode mailserver.",
        "Only for signing in with consent; factuurbode mailserver says how to get one.",
        Type.IDENTIFIER,
    ),
    Setting(
        "mail.tenant",
        "Tenant (OAuth)",
        "Tenant (OAuth)",
        "Uw organisatie bij Microsoft 365, zoals bakkerij.nl; leeg mag meestal.",
        "Your organisation at Microsoft 365, such as bakery.com; may mostly be empty.",
        Type.IDENTIFIER,
    ),
    Setting(
        "mail.sender",
        "Afzender",
        "Sender",
        "Een adres dat bij deze mailserver hoort.",
        "An address that belongs to this mail server.",
    ),
    Setting(
        "mail.sender_name",
        "Naam van de afzender",
        "Sender name",
        "Zo ziet de klant wie er mailt.",
        "So the customer sees who is writing.",
    ),
    Setting(
        "mail.reply_to",
        "Antwoord aan",
        "Reply to",
        "Leeg = antwoorden komen bij de afzender.",
        "Empty = answers come to the sender.",
    ),
    Setting(
        "mail.copy_address",
        "Kopie-adres",
        "Copy address",
        "Krijgt een kopie van elke gemailde factuur.",
        "Gets a copy of every mailed invoice.",
    ),
    yes_no(
        "mail.hide_message",
        "Geen melding na verzenden",
        "Hide message after sending",
        "Wat mislukte, wordt altijd gemeld.",
        "What failed is always reported.",
    ),
    Setting(
        "mail.daily_limit",
        "Maximum per dag",
        "Daily limit",
        "De rest gaat de volgende dag; leeg = dat van de aanbieder, of geen.",
        "The rest goes the next day; empty = the provider's, or none.",
        Type.WHOLE,
    ),
    Setting(
        "mail.per_minute",
        "Berichten per minuut",
        "Messages a minute",
        "Leeg = dat van de aanbieder, of zo snel als het gaat.",
        "Empty = the provider's, or as fast as it goes.",
        Type.WHOLE,
    ),
    Setting(
        "mail.ca_file",
        "Eigen CA-bestand",
        "Own CA file",
        "Alleen voor een eigen mailserver met een eigen certificaat.",
        "Only for a mail server of your own with its own certificate.",
    ),
    Setting(
        "mail.sent_copy_server",
        "Server voor Verzonden items",
        "Server for Sent copies",
        "IMAP-server waar een kopie in Verzonden items komt; leeg = niet.",
        "IMAP server where a copy goes to Sent; empty = none.",
    ),
    Setting(
        "mail.texts",
        "E-mailteksten",
        "Mail texts",
        "Map met eigen teksten (mail.nl.txt en .html), gerekend vanaf deze werkmap; leeg = de meegeleverde.",
        "Folder with your own texts (mail.en.txt and .html), seen from this workbook; empty = ours.",
    ),
)

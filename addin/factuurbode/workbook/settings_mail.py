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
        "Kies uit het blad Mailservers; leeg laten mag ook.",
        "Choose from the sheet Mail servers; may stay empty.",
    ),
    Setting(
        "mail.server",
        "Server",
        "Server",
        "Van uw provider, zoals smtp.provider.example.",
        "From your provider, such as smtp.provider.example.",
    ),
    Setting("mail.port", "Poort", "Port", "587, of 465 bij TLS.", "587, or 465 with TLS.", Type.WHOLE, "587"),
    Setting(
        "mail.security",
        "Beveiliging",
        "Security",
        "STARTTLS hoort bij poort 587, TLS bij poort 465.",
        "STARTTLS goes with port 587, TLS with port 465.",
        Type.CHOICE,
        "starttls",
        words.SECURITIES,
    ),
    Setting(
        "mail.sign_in",
        "Aanmelden",
        "Sign-in",
        "Het wachtwoord zelf staat nooit in dit werkboek.",
        "The password itself never stands in this workbook.",
        Type.CHOICE,
        "password",
        words.SIGN_INS,
    ),
    Setting("mail.user", "Gebruiker", "User", "Meestal uw e-mailadres.", "Usually your e-mail address."),
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
        "De rest gaat de volgende dag; leeg = geen maximum.",
        "The rest goes the next day; empty = no limit.",
        Type.WHOLE,
    ),
    Setting(
        "mail.per_minute",
        "Berichten per minuut",
        "Messages a minute",
        "Leeg = zo snel als het gaat.",
        "Empty = as fast as it goes.",
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
)

"""What an invoice and its mail say in German.

A credit note is a "Rechnungskorrektur": a "Gutschrift" is, in § 14 UStG, an invoice that the buyer writes.
"""

from __future__ import annotations

from collections.abc import Mapping

INVOICE: Mapping[str, str] = {
    "locale": "de-DE",
    "invoice": "Rechnung",
    "credit_note": "Rechnungskorrektur",
    "number": "Nummer",
    "date": "Datum",
    "due_date": "Fällig am",
    "corrects": "Zu Rechnung",
    "customer_number": "Kundennummer",
    "reference": "Ihr Zeichen",
    "period": "Lieferzeitraum",
    "until": "bis",
    "buyer_vat_number": "Ihre USt-IdNr.",
    "delivered": "Lieferdatum",
    "description": "Bezeichnung",
    "quantity": "Menge",
    "unit": "Einheit",
    "price": "Preis",
    "vat": "MwSt.",
    "amount": "Betrag",
    "article": "Art.-Nr.",
    "discount": "Rabatt",
    "vat_rate": "MwSt.-Satz",
    "taxable": "Nettobetrag",
    "net": "Summe ohne MwSt.",
    "tax": "MwSt.",
    "total": "Zu zahlen",
    "total_credit": "Ihr Guthaben",
    "kvk": "KvK-Nr.",
    "vat_number": "USt-IdNr.",
    "page": "Seite",
    "of": "von",
    "pay_1": "Bitte überweisen Sie ",
    "pay_2": " bis zum ",
    "pay_3": " auf das Konto ",
    "pay_4": ", Kontoinhaber ",
    "pay_5": ", unter Angabe der Rechnungsnummer ",
    "credit": (
        "Diese Rechnungskorrektur berichtigt die Rechnung {{ corrects }}. "
        "Der Betrag von {{ total }} wird Ihnen gutgeschrieben."
    ),
    "intra_eu": (
        "Steuerfreie innergemeinschaftliche Lieferung, Art. 138 Abs. 1 MwStSystRL (Richtlinie 2006/112/EG; "
        "niederländisches Umsatzsteuergesetz „Wet OB 1968“, Tabelle II, Posten a.6). "
        "USt-IdNr. des Lieferers: {{ company.vat_number }}. "
        "USt-IdNr. des Abnehmers: {{ customer.vat_number }}."
    ),
    "export": (
        "Steuerfreie Ausfuhrlieferung, Art. 146 Abs. 1 MwStSystRL (Richtlinie 2006/112/EG; "
        "niederländisches Umsatzsteuergesetz „Wet OB 1968“, Tabelle II, Posten a.2)."
    ),
    "reverse_charge": (
        "Steuerschuldnerschaft des Leistungsempfängers (Art. 12 des niederländischen Umsatzsteuergesetzes "
        "„Wet OB 1968“). USt-IdNr. des Lieferers: {{ company.vat_number }}. "
        "USt-IdNr. des Abnehmers: {{ customer.vat_number }}."
    ),
    "small_business": (
        "Steuerfrei nach der niederländischen Kleinunternehmerregelung "
        "(Art. 25 des niederländischen Umsatzsteuergesetzes „Wet OB 1968“)."
    ),
    "exempt": "Steuerfrei nach Art. 11 des niederländischen Umsatzsteuergesetzes „Wet OB 1968“.",
    "style_base": "Rechnung Basis",
    "style_name": "Rechnung Firmenname",
    "style_company": "Rechnung Firmendaten",
    "style_address": "Rechnung Anschrift",
    "style_title": "Rechnung Titel",
    "style_fact": "Rechnung Angabe",
    "style_label": "Rechnung Beschriftung",
    "style_head": "Rechnung Spaltenkopf",
    "style_head_right": "Rechnung Spaltenkopf rechts",
    "style_cell": "Rechnung Zeile",
    "style_cell_right": "Rechnung Zeile rechts",
    "style_cell_kept": "Rechnung Schlusszeile",
    "style_detail": "Rechnung Detail",
    "style_total": "Rechnung Summe",
    "style_total_right": "Rechnung Summe rechts",
    "style_text": "Rechnung Text",
    "style_payment": "Rechnung Zahlung",
    "style_strong": "Rechnung Hervorhebung",
    "style_header": "Rechnung Folgekopf",
    "style_footer": "Rechnung Fuß",
    "style_footer_right": "Rechnung Fuß rechts",
    "style_gap": "Rechnung Abstand",
    "style_end": "Rechnung Zellenende",
    "style_end_kept": "Rechnung Zellenende fest",
}

MAIL: Mapping[str, str] = {
    "subject": "{{ document }} {{ number }} von {{ company }}",
    "greeting": "Sehr geehrte Damen und Herren,",
    "invoice": "anbei erhalten Sie die Rechnung {{ number }}",
    "credit": "anbei erhalten Sie die Rechnungskorrektur {{ number }}",
    "issued": " vom ",
    "corrects": " zur Rechnung ",
    "for_amount": " über {{ total }}",
    "set_off": "Den Betrag von {{ total }} verrechnen wir mit Ihren offenen Rechnungen oder zahlen ihn an Sie zurück.",
    "set_off_short": "Den Betrag verrechnen wir mit Ihren offenen Rechnungen oder zahlen ihn an Sie zurück.",
    "pay": "Bitte überweisen Sie den Betrag bis zum {{ due }}",
    "pay_account": " auf das Konto ",
    "pay_name": " (Kontoinhaber: ",
    "pay_name_end": ")",
    "pay_end": " unter Angabe der Rechnungsnummer.",
    "date": "Datum",
    "reference": "Ihr Zeichen",
    "colon": ":",
    "amount": "Betrag",
    "due": "Fällig am",
    "account": "Konto",
    "account_name": "Kontoinhaber",
    "closing": "Mit freundlichen Grüßen",
}

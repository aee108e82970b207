"""What an invoice and its mail say in Dutch."""

from __future__ import annotations

from collections.abc import Mapping

INVOICE: Mapping[str, str] = {
    "locale": "nl-NL",
    "invoice": "Factuur",
    "credit_note": "Creditnota",
    "number": "Nummer",
    "date": "Datum",
    "due_date": "Vervaldatum",
    "corrects": "Betreft factuur",
    "customer_number": "Klantnummer",
    "reference": "Uw referentie",
    "period": "Periode",
    "until": "t/m",
    "buyer_vat_number": "Uw btw-nummer",
    "delivered": "Leverdatum",
    "description": "Omschrijving",
    "quantity": "Aantal",
    "unit": "Eenheid",
    "price": "Prijs",
    "vat": "Btw",
    "amount": "Bedrag",
    "article": "art.",
    "discount": "korting",
    "vat_rate": "Btw-tarief",
    "taxable": "Grondslag",
    "net": "Totaal exclusief btw",
    "tax": "Btw",
    "total": "Te betalen",
    "total_credit": "Te ontvangen",
    "kvk": "KvK",
    "vat_number": "Btw",
    "page": "Pagina",
    "of": "van",
    "pay_1": "Wij verzoeken u ",
    "pay_2": " uiterlijk ",
    "pay_3": " over te maken op rekening ",
    "pay_4": " ten name van ",
    "pay_5": ", onder vermelding van factuurnummer ",
    "credit": "Deze creditnota corrigeert factuur {{ corrects }}. Het bedrag van {{ total }} wordt aan u gecrediteerd.",
    "intra_eu": (
        "Intracommunautaire levering, 0% btw (artikel 138, lid 1, Richtlijn 2006/112/EG; Wet OB 1968, tabel II, "
        "post a.6). Btw-nummer leverancier: {{ company.vat_number }}. "
        "Btw-nummer afnemer: {{ customer.vat_number }}."
    ),
    "export": (
        "Uitvoer naar een land buiten de EU, 0% btw (artikel 146, lid 1, Richtlijn 2006/112/EG; Wet OB 1968, "
        "tabel II, post a.2)."
    ),
    "reverse_charge": (
        "Btw verlegd (artikel 12 Wet OB 1968). Btw-nummer leverancier: {{ company.vat_number }}. "
        "Btw-nummer afnemer: {{ customer.vat_number }}."
    ),
    "small_business": "Vrijgesteld van omzetbelasting, kleineondernemersregeling (artikel 25 Wet OB 1968).",
    "exempt": "Vrijgesteld van omzetbelasting (artikel 11 Wet OB 1968).",
    "style_base": "Factuur basis",
    "style_name": "Factuur bedrijfsnaam",
    "style_company": "Factuur bedrijfsgegevens",
    "style_address": "Factuur adres",
    "style_title": "Factuur titel",
    "style_fact": "Factuur gegeven",
    "style_label": "Factuur label",
    "style_head": "Factuur kolomkop",
    "style_head_right": "Factuur kolomkop rechts",
    "style_cell": "Factuur regel",
    "style_cell_right": "Factuur regel rechts",
    "style_cell_kept": "Factuur slotregel",
    "style_detail": "Factuur detail",
    "style_total": "Factuur totaal",
    "style_total_right": "Factuur totaal rechts",
    "style_text": "Factuur tekst",
    "style_payment": "Factuur betaling",
    "style_strong": "Factuur nadruk",
    "style_header": "Factuur vervolgkop",
    "style_footer": "Factuur voet",
    "style_footer_right": "Factuur voet rechts",
    "style_gap": "Factuur tussenruimte",
    "style_end": "Factuur celeinde",
    "style_end_kept": "Factuur celeinde vast",
}

MAIL: Mapping[str, str] = {
    "subject": "{{ document }} {{ number }} van {{ company }}",
    "greeting": "Geachte heer, mevrouw,",
    "invoice": "Bijgaand ontvangt u factuur {{ number }}",
    "credit": "Bijgaand ontvangt u creditnota {{ number }}",
    "issued": " van ",
    "corrects": " bij factuur ",
    "for_amount": " voor een bedrag van {{ total }}",
    "set_off": "Het bedrag van {{ total }} verrekenen wij met uw openstaande facturen of betalen wij aan u terug.",
    "set_off_short": "Het bedrag verrekenen wij met uw openstaande facturen of betalen wij aan u terug.",
    "pay": "Wij verzoeken u het bedrag uiterlijk {{ due }} over te maken",
    "pay_account": " op rekening ",
    "pay_name": " ten name van ",
    "pay_name_end": "",
    "pay_end": ", onder vermelding van het factuurnummer.",
    "date": "Datum",
    "reference": "Uw referentie",
    "colon": ":",
    "amount": "Bedrag",
    "due": "Vervaldatum",
    "account": "Rekening",
    "account_name": "Ten name van",
    "closing": "Met vriendelijke groet,",
}

"""What an invoice and its mail say in French, for France and Belgium alike: "hors TVA", not "HT" or "HTVA".

No "de" stands before a name, since it would have to be "d’" before a vowel.
"""

from __future__ import annotations

from collections.abc import Mapping

INVOICE: Mapping[str, str] = {
    "locale": "fr-FR",
    "invoice": "Facture",
    "credit_note": "Avoir",
    "number": "Numéro",
    "date": "Date",
    "due_date": "Échéance",
    "corrects": "Facture rectifiée",
    "customer_number": "N° client",
    "reference": "Votre référence",
    "period": "Période du",
    "until": "au",
    "buyer_vat_number": "Votre n° de TVA",
    "delivered": "Livré le",
    "description": "Désignation",
    "quantity": "Quantité",
    "unit": "Unité",
    "price": "Prix",
    "vat": "TVA",
    "amount": "Montant",
    "article": "réf.",
    "discount": "de remise",
    "vat_rate": "Taux de TVA",
    "taxable": "Base imposable",
    "net": "Total hors TVA",
    "tax": "TVA",
    "total": "À payer",
    "total_credit": "En votre faveur",
    "kvk": "N° KvK",
    "vat_number": "TVA",
    "page": "Page",
    "of": "sur",
    "pay_1": "Nous vous prions de virer ",
    "pay_2": " au plus tard le ",
    "pay_3": " sur le compte ",
    "pay_4": ", titulaire ",
    "pay_5": ", en indiquant le numéro de facture ",
    "credit": (
        "Le présent avoir rectifie la facture {{ corrects }}. Le montant de {{ total }} est porté à votre crédit."
    ),
    "intra_eu": (
        "Livraison intracommunautaire exonérée de TVA, article 138, paragraphe 1, de la directive 2006/112/CE "
        "(loi néerlandaise sur la TVA « Wet OB 1968 », tableau II, poste a.6). "
        "N° de TVA du fournisseur : {{ company.vat_number }}. "
        "N° de TVA du client : {{ customer.vat_number }}."
    ),
    "export": (
        "Livraison à l’exportation exonérée de TVA, article 146, paragraphe 1, de la directive 2006/112/CE "
        "(loi néerlandaise sur la TVA « Wet OB 1968 », tableau II, poste a.2)."
    ),
    "reverse_charge": (
        "Autoliquidation (article 12 de la loi néerlandaise sur la TVA « Wet OB 1968 »). "
        "N° de TVA du fournisseur : {{ company.vat_number }}. "
        "N° de TVA du client : {{ customer.vat_number }}."
    ),
    "small_business": (
        "Exonéré de TVA, régime néerlandais des petites entreprises "
        "(article 25 de la loi néerlandaise sur la TVA « Wet OB 1968 »)."
    ),
    "exempt": "Exonéré de TVA (article 11 de la loi néerlandaise sur la TVA « Wet OB 1968 »).",
    "style_base": "Facture base",
    "style_name": "Facture raison sociale",
    "style_company": "Facture coordonnées",
    "style_address": "Facture adresse",
    "style_title": "Facture titre",
    "style_fact": "Facture mention",
    "style_label": "Facture libellé",
    "style_head": "Facture en-tête de colonne",
    "style_head_right": "Facture en-tête de colonne droite",
    "style_cell": "Facture ligne",
    "style_cell_right": "Facture ligne droite",
    "style_cell_kept": "Facture dernières lignes",
    "style_detail": "Facture détail",
    "style_total": "Facture total",
    "style_total_right": "Facture total droite",
    "style_text": "Facture texte",
    "style_payment": "Facture paiement",
    "style_strong": "Facture accent",
    "style_header": "Facture suite",
    "style_footer": "Facture pied",
    "style_footer_right": "Facture pied droite",
    "style_gap": "Facture espace",
    "style_end": "Facture fin de cellule",
    "style_end_kept": "Facture fin de cellule liée",
}

MAIL: Mapping[str, str] = {
    "subject": "{{ document }} {{ number }} – {{ company }}",
    "greeting": "Madame, Monsieur,",
    "invoice": "Veuillez trouver ci-joint la facture {{ number }}",
    "credit": "Veuillez trouver ci-joint l’avoir {{ number }}",
    "issued": " du ",
    "corrects": " relatif à la facture ",
    "for_amount": " d’un montant de {{ total }}",
    "set_off": "Le montant de {{ total }} sera déduit de vos factures en cours ou vous sera remboursé.",
    "set_off_short": "Le montant sera déduit de vos factures en cours ou vous sera remboursé.",
    "pay": "Nous vous prions de virer ce montant au plus tard le {{ due }}",
    "pay_account": " sur le compte ",
    "pay_name": " (titulaire : ",
    "pay_name_end": ")",
    "pay_end": ", en indiquant le numéro de facture.",
    "date": "Date",
    "reference": "Votre référence",
    "colon": " :",
    "amount": "Montant",
    "due": "Échéance",
    "account": "Compte",
    "account_name": "Titulaire",
    "closing": "Cordialement,",
}

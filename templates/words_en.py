"""What an invoice and its mail say in English."""

from __future__ import annotations

from collections.abc import Mapping

INVOICE: Mapping[str, str] = {
    "locale": "en-GB",
    "invoice": "Invoice",
    "credit_note": "Credit note",
    "number": "Number",
    "date": "Date",
    "due_date": "Due date",
    "corrects": "Corrects invoice",
    "customer_number": "Customer no.",
    "reference": "Your reference",
    "period": "Period",
    "until": "to",
    "buyer_vat_number": "Your VAT no.",
    "delivered": "Delivered",
    "description": "Description",
    "quantity": "Quantity",
    "unit": "Unit",
    "price": "Price",
    "vat": "VAT",
    "amount": "Amount",
    "article": "art.",
    "discount": "discount",
    "vat_rate": "VAT rate",
    "taxable": "Taxable amount",
    "net": "Total excluding VAT",
    "tax": "VAT",
    "total": "Amount due",
    "total_credit": "Amount credited",
    "kvk": "KvK",
    "vat_number": "VAT",
    "page": "Page",
    "of": "of",
    "pay_1": "Please transfer ",
    "pay_2": " no later than ",
    "pay_3": " to account ",
    "pay_4": " in the name of ",
    "pay_5": ", quoting invoice number ",
    "credit": "This credit note corrects invoice {{ corrects }}. The amount of {{ total }} is credited to you.",
    "intra_eu": (
        "Intra-Community supply, 0% VAT (article 138(1), Directive 2006/112/EC; Dutch VAT Act 1968, table II, "
        "item a.6). Supplier's VAT number: {{ company.vat_number }}. "
        "Customer's VAT number: {{ customer.vat_number }}."
    ),
    "export": (
        "Export to a country outside the EU, 0% VAT (article 146(1), Directive 2006/112/EC; Dutch VAT Act 1968, "
        "table II, item a.2)."
    ),
    "reverse_charge": (
        "Reverse charge (article 12 of the Dutch VAT Act 1968). Supplier's VAT number: {{ company.vat_number }}. "
        "Customer's VAT number: {{ customer.vat_number }}."
    ),
    "small_business": "Exempt from VAT, Dutch small businesses scheme (article 25 of the VAT Act 1968).",
    "exempt": "Exempt from VAT (article 11 of the Dutch VAT Act 1968).",
    "style_base": "Invoice base",
    "style_name": "Invoice company name",
    "style_company": "Invoice company data",
    "style_address": "Invoice address",
    "style_title": "Invoice title",
    "style_fact": "Invoice fact",
    "style_label": "Invoice label",
    "style_head": "Invoice column head",
    "style_head_right": "Invoice column head right",
    "style_cell": "Invoice line",
    "style_cell_right": "Invoice line right",
    "style_cell_kept": "Invoice last lines",
    "style_detail": "Invoice detail",
    "style_total": "Invoice total",
    "style_total_right": "Invoice total right",
    "style_text": "Invoice text",
    "style_payment": "Invoice payment",
    "style_strong": "Invoice emphasis",
    "style_header": "Invoice continuation",
    "style_footer": "Invoice footer",
    "style_footer_right": "Invoice footer right",
    "style_gap": "Invoice gap",
    "style_end": "Invoice cell end",
    "style_end_kept": "Invoice cell end kept",
}

MAIL: Mapping[str, str] = {
    "subject": "{{ document }} {{ number }} from {{ company }}",
    "greeting": "Dear customer,",
    "invoice": "Please find attached invoice {{ number }}",
    "credit": "Please find attached credit note {{ number }}",
    "issued": " of ",
    "corrects": " for invoice ",
    "for_amount": " for the amount of {{ total }}",
    "set_off": "We will set off the amount of {{ total }} against your open invoices or pay it back to you.",
    "set_off_short": "We will set off the amount against your open invoices or pay it back to you.",
    "pay": "Please transfer the amount by {{ due }}",
    "pay_account": " to account ",
    "pay_name": " in the name of ",
    "pay_name_end": "",
    "pay_end": ", stating the invoice number.",
    "date": "Date",
    "reference": "Your reference",
    "colon": ":",
    "amount": "Amount",
    "due": "Due date",
    "account": "Account",
    "account_name": "In the name of",
    "closing": "Kind regards,",
}

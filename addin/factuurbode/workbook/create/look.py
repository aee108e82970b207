"""How each column looks and what its cells accept: width (in characters), number format, dropdown or limit."""

from __future__ import annotations

from ..columns import CUSTOMERS, IMPORT, INVOICES, LINES, LOG, MAIL_SERVERS, PRODUCTS, Column
from . import styles

WIDTHS: dict[str, dict[str, float]] = {
    "customers": {
        "number": 10, "name": 30, "attention": 26, "street": 26, "postcode": 10, "city": 17, "country": 10,
        "language": 11, "e_invoice": 18, "email": 44, "copy_to": 28, "agreed_on": 13, "vat_number": 17, "kvk": 12,
        "vat_treatment": 15, "payment_days": 13, "reference": 18, "discount": 12, "period": 15, "bill_to": 11,
        "route": 9, "notes": 32,
    },
    "invoices": {
        "number": 12, "date": 12.5, "customer": 10, "customer_name": 32, "kind": 12, "corrects": 12, "reference": 17,
        "period_from": 12, "period_to": 12, "remark": 30, "due": 12.5, "net": 12, "vat": 11, "total": 12, "hold": 12,
        "status": 20, "updated": 17, "channel": 16, "sent_to": 34, "pdf": 20, "message": 36, "dispatch": 11,
    },
    "lines": {
        "invoice": 12, "delivered": 12.5, "article": 11, "description": 34, "quantity": 10, "unit": 10, "price": 15,
        "discount": 12, "vat_rate": 10, "net": 12, "vat_applied": 11,
    },
    "products": {"article": 16, "description": 38, "unit": 11, "price": 16, "vat_rate": 10},
    "settings": {"group": 17, "setting": 30, "value": 44, "explanation": 70},
    "mail_servers": {
        "provider": 26, "server": 28, "port": 8, "security": 13, "sign_in": 13, "daily_limit": 13, "per_minute": 12,
        "note": 92,
    },
    "import": {"mapping": 22, "column": 34, "field": 34},
    "log": {"when": 17, "run": 14, "invoice": 12, "channel": 13, "recipient": 34, "state": 17, "message": 60},
}  # fmt: skip

SPARE_ROWS = {"customers": 60, "invoices": 100, "lines": 300, "products": 60, "mail_servers": 5, "import": 40, "log": 1}
"""Empty rows that stand ready in a new table; below them the table grows by typing."""

READY_TO_ROW = {
    "customers": 5_000,
    "invoices": 20_000,
    "lines": 200_000,
    "products": 5_000,
    "mail_servers": 200,
    "import": 2_000,
}
"""Dropdowns, limits and prompts reach down to this row."""

LOOKED_UP = {
    (INVOICES.key, "customer"): (CUSTOMERS, "number"),
    (CUSTOMERS.key, "bill_to"): (CUSTOMERS, "number"),
    (LINES.key, "invoice"): (INVOICES, "number"),
    (LINES.key, "article"): (PRODUCTS, "article"),
}
"""Columns whose dropdown is a column of a sheet."""

UNIQUE = {CUSTOMERS.key: "number", INVOICES.key: "number", PRODUCTS.key: "article"}
"""Columns in which a value that occurs twice is coloured."""

PAGES_WIDE = {CUSTOMERS.key: 2, INVOICES.key: 2}
"""How many pages side by side a sheet prints on, where that is more than one."""

STANDS_FIRST = {
    CUSTOMERS.key: 2,
    INVOICES.key: 1,
    LINES.key: 1,
    PRODUCTS.key: 1,
    MAIL_SERVERS.key: 1,
    IMPORT.key: 0,
    LOG.key: 0,
    "settings": 2,
}
"""How many columns stay in sight when scrolling to the right."""


def number_format(column: Column) -> str:
    """The number format of a column; prices may have four decimals."""
    if column.key == "price":
        return styles.PRICE
    return styles.FORMATS.get(column.type, styles.GENERAL)

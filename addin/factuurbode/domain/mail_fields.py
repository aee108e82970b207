"""The names that a mail text may use; what each means stands in the texts under `mail_field.<name>`."""

from __future__ import annotations

MAIL_FIELDS: tuple[str, ...] = (
    "document",
    "credit_note",
    "number",
    "corrects",
    "reference",
    "issued",
    "total",
    "due",
    "company",
    "iban",
    "account_name",
    "closing",
    "signature",
)
MAIL_LISTS = frozenset({"closing", "signature"})
"""These are lists of lines, to go through with `{% for line in closing %}`."""

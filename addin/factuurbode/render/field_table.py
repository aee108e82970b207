"""The fields that a template may use: the one list behind the check, the `template fields` command and the docs.

What each field means stands in the text catalogues under `field.<name>`; its example comes from the sample invoice.
A test holds the list to what `invoice_fields` really gives.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class FieldKind(StrEnum):
    """What a field holds."""

    TEXT = "text"
    FLAG = "flag"  # yes or no, to ask for with {% if %}
    LIST = "list"  # to go through with {% for %}
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Field:
    """A field as the docs write it. `each_of` is the list whose entries have it; *name* then is how the docs call one.

    `law` is the rule of the requirements (L1–L9) that wants it on the invoice: printed, or asked for if it is a flag.
    """

    name: str
    law: str = ""
    kind: FieldKind = FieldKind.TEXT
    each_of: str = ""

    @property
    def path(self) -> str:
        """Its place among the fields: `lines[].quantity` for what the docs call `line.quantity`."""
        _, dot, attribute = self.name.partition(".")
        return f"{self.each_of}[]{dot}{attribute}" if self.each_of else self.name

    @property
    def group(self) -> str:
        """The part of the table it belongs to."""
        if "." in self.name:
            return self.name.partition(".")[0]
        return {FieldKind.LIST: "lists", FieldKind.FLAG: "flags"}.get(self.kind, "invoice")


def _of(parent: str, *fields: tuple[str, str], each_of: str = "") -> Iterator[Field]:
    for name, law in fields:
        yield Field(f"{parent}.{name}", law, each_of=each_of)


FIELDS: tuple[Field, ...] = (
    Field("number", "L4"),
    Field("date", "L3"),
    Field("due_date"),
    Field("payment_days"),
    Field("corrects", "L9"),
    Field("reference"),
    Field("period_from", "L5"),
    Field("period_to", "L5"),
    Field("net", "L6"),
    Field("tax", "L6"),
    Field("total", "L6"),
    Field("remark"),
    Field("language"),
    Field("logo", kind=FieldKind.PICTURE),
    *_of("company", ("name", "L1"), ("street", "L1"), ("postcode", "L1"), ("city", "L1")),
    *_of("company", ("country", "")),
    *_of("company", ("vat_number", "L2"), ("kvk", "L2"), ("iban", ""), ("bic", ""), ("account_name", "")),
    *_of("company", ("telephone", ""), ("email", ""), ("website", "")),
    *_of("customer", ("number", ""), ("name", ""), ("attention", ""), ("kvk", ""), ("vat_number", "L7")),
    Field("address", "L1", FieldKind.LIST),
    Field("lines", kind=FieldKind.LIST),
    Field("vat", kind=FieldKind.LIST),
    *_of("line", ("delivered", "L5"), ("article", ""), ("description", "L5"), ("quantity", "L5"), each_of="lines"),
    *_of("line", ("unit", ""), ("price", "L5"), ("discount", "L5"), each_of="lines"),
    *_of("line", ("vat_rate", "L6"), ("amount", ""), each_of="lines"),
    *_of("tariff", ("rate", "L6"), ("taxable", "L6"), ("tax", "L6"), each_of="vat"),
    Field("credit_note", "L9", FieldKind.FLAG),
    Field("to_pay", kind=FieldKind.FLAG),
    Field("intra_eu", "L7", FieldKind.FLAG),
    Field("export", "L7", FieldKind.FLAG),
    Field("reverse_charge", "L7", FieldKind.FLAG),
    Field("small_business", "L7", FieldKind.FLAG),
    Field("exempt", "L7", FieldKind.FLAG),
    Field("window_right", kind=FieldKind.FLAG),
)

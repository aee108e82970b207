"""Letters on an invoice that nothing here can print: the customer would see an empty box in a name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from .ledger import Ledger
from .model import Invoice, Origin, Place
from .problems import Problem


def letter_problems(ledger: Ledger, invoice: Invoice, unprintable: Callable[[str], str]) -> Iterator[Problem]:
    """A problem for each cell of *invoice*, its customer and the bakery with letters that *unprintable* gives back."""
    for text, place in _texts(ledger, invoice):
        if letters := unprintable(text):
            yield Problem("letter_unprintable", place=place, value=" ".join(map(with_code, letters)))


def _texts(ledger: Ledger, invoice: Invoice) -> Iterator[tuple[str, Place | None]]:
    """What people typed and a template may print, each with its cell."""
    company, customer = ledger.settings.company, invoice.customer
    for key, text in {
        "name": company.name,
        "street": company.street,
        "postcode": company.postcode,
        "city": company.city,
        "vat_number": company.vat_number,
        "kvk": company.kvk,
        "iban": company.iban,
        "bic": company.bic,
        "account_name": company.account_name,
        "telephone": company.telephone,
        "email": company.email,
        "website": company.website,
    }.items():
        yield text, ledger.settings_places.get(f"company.{key}")
    own = {"number": invoice.number, "corrects": invoice.corrects, "reference": invoice.reference}
    yield from _placed({**own, "remark": invoice.remark}, invoice.origin)
    if customer is not None:
        yield from _placed(
            {
                "number": customer.number,
                "name": customer.name,
                "attention": customer.attention,
                "street": customer.street,
                "postcode": customer.postcode,
                "city": customer.city,
                "vat_number": customer.vat_number,
                "kvk": customer.kvk,
                "reference": customer.reference,
            },
            customer.origin,
        )
    for line in invoice.lines:
        texts = {"article": line.article, "description": line.description, "unit": line.unit}
        yield from _placed(texts, line.origin)


def _placed(texts: Mapping[str, str], origin: Origin) -> Iterator[tuple[str, Place | None]]:
    for key, text in texts.items():
        yield text, origin.at(key)


def with_code(letter: str) -> str:
    """*letter* and its number in Unicode, by which it can be looked up where it cannot be shown: `🥐 (U+1F950)`."""
    return f"{letter} (U+{ord(letter):04X})"

"""Who bought: the customers of the workbook, and those that an import adds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from ...domain.model import Customer
from ...workbook.words import normal
from ..fault import Fault

CUSTOMER_FIELDS: Mapping[str, str] = {
    "customer_name": "name",
    "attention": "attention",
    "street": "street",
    "postcode": "postcode",
    "city": "city",
    "country": "country",
    "language": "language",
    "e_invoice": "e_invoice",
    "email": "email",
    "copy_to": "copy_to",
    "agreed_on": "agreed_on",
    "vat_number": "vat_number",
    "kvk": "kvk",
    "vat_treatment": "vat_treatment",
    "payment_days": "payment_days",
    "standing_reference": "reference",
    "customer_discount": "discount",
    "period": "period",
    "bill_to": "bill_to",
    "route": "route",
}
"""The fields of an import that are fields of a customer."""

BUYER_FIELDS = ("customer", "first_name", "last_name", "house_number", "house_addition", *CUSTOMER_FIELDS)


K = TypeVar("K")


class Buyers:
    """Finds a customer by number, by e-mail address, or by name and place.

    `added` are the new ones of rows of customers, `met` those that deliveries tell of, by number.
    """

    def __init__(self, customers: Iterable[Customer]) -> None:
        self.added: list[Customer] = []
        self.met: dict[str, Customer] = {}
        self._by_number: dict[str, Customer] = {}
        self._by_bare_number: dict[str, Customer | None] = {}
        self._by_email: dict[str, Customer | None] = {}
        self._by_name: dict[tuple[str, str], Customer | None] = {}
        self.without_zeros: set[str] = set()
        for customer in customers:
            self._remember(customer)

    def numbered(self, number: str | None) -> Customer | None:
        """The customer with this number. Leading zeros that a spreadsheet has eaten are forgiven, and noted."""
        if not number:
            return None
        found = self._by_number.get(number)
        if found is None and number.isdecimal() and (found := self._by_bare_number.get(number.lstrip("0"))):
            self.without_zeros.add(number)
        return found

    def payer(self, customer: Customer) -> Customer | Fault:
        """Who gets the invoice for what *customer* got."""
        if not customer.bill_to:
            return customer
        return self.numbered(customer.bill_to) or Fault(
            "bill_to_unknown", value=customer.bill_to, detail=customer.number
        )

    def described(self, told: Mapping[str, Any]) -> Customer | Fault:
        """The customer whom a row tells of, by fields; a new one when it tells enough of somebody we do not know."""
        if fault := next((value for value in told.values() if isinstance(value, Fault)), None):
            return fault
        if customer := self.numbered(told.get("customer")):
            return customer
        person = customer_of(told)
        if customer := self._by_name.get((normal(person.number), "")) if person.number else self.known(person):
            return customer
        if not person.name or not (person.street or person.postcode or person.city or person.email):
            return Fault(
                "customer_unknown" if person.number else "customer_missing", value=person.number or person.name
            )
        stranger = replace(person, number=person.number or self.new_number())
        self.met[stranger.number] = stranger
        self._remember(stranger)
        return stranger

    def known(self, person: Customer) -> Customer | None:
        """The customer with the e-mail address of *person*, or with the name and postcode, city or street.

        A name alone will do where nothing else is told and only one customer is called so.
        """
        found = self._by_email.get(person.email.casefold()) if person.email else None
        if found is None and not (person.email or person.postcode or person.city or person.street):
            return self._by_name.get((normal(person.name), ""))
        return found or next((one for key in _names(person) if (one := self._by_name.get(key))), None)

    def add(self, customer: Customer) -> None:
        """Take in a new customer."""
        self.added.append(customer)
        self._remember(customer)

    def _remember(self, customer: Customer) -> None:
        """Whoever shares a name, an address or a bare number with another is not to be found by it."""
        self._by_number[customer.number] = customer
        _note(self._by_bare_number, customer.number.lstrip("0"), customer)
        if customer.email:
            _note(self._by_email, customer.email.casefold(), customer)
        for key in [*_names(customer), (normal(customer.name), "")]:
            _note(self._by_name, key, customer)

    def new_number(self) -> str:
        """The number after the highest, as wide as that one."""
        numbers = [number for number in self._by_number if number.isdecimal() and len(number) <= 12]
        highest = max(numbers, key=int, default="1000")
        return f"{int(highest) + 1:0{len(highest)}}"


def customer_of(told: Mapping[str, Any]) -> Customer:
    """A customer as the fields of a row tell; what they do not tell is as in a new row of the sheet."""
    known = {ours: told[field] for field, ours in CUSTOMER_FIELDS.items() if told.get(field) not in (None, "")}
    name = known.get("name") or " ".join(filter(None, (told.get("first_name"), told.get("last_name"))))
    name = name or known.pop("attention", "")
    street = " ".join(
        filter(None, (known.get("street"), f"{told.get('house_number') or ''}{told.get('house_addition') or ''}"))
    )
    postcode = str(known.get("postcode", "")).lstrip("'")
    if known.get("attention") == name:
        del known["attention"]
    if "payment_days" in known:
        known["payment_days"] = int(known["payment_days"])
    known |= {"name": name, "street": street, "postcode": postcode}
    return Customer(number=told.get("customer") or "", **known)


def _names(customer: Customer) -> list[tuple[str, str]]:
    """By what a customer is known without a number: the name with each of these that is told, the surest first."""
    places = (customer.postcode, customer.city, customer.street)
    return [(normal(customer.name), normal(place)) for place in places if place]


def _note(found: dict[K, Customer | None], key: K, customer: Customer) -> None:
    found[key] = None if key in found else customer

"""Who bought: the customers of the workbook, and those that an import adds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

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

_ADDRESS = ("email", "postcode", "city", "street")


class Buyers:
    """Finds a customer by number, by e-mail address, or by name and place; remembers the new ones.

    A new one stays, though the rows that tell of them be rejected: else other rows of the same name would find somebody
    else the next time.
    """

    def __init__(self, customers: Iterable[Customer]) -> None:
        self.added: list[Customer] = []
        self._by_number: dict[str, Customer] = {}
        self._by_bare_number: dict[str, Customer | None] = {}
        self._by_email: dict[str, Customer | None] = {}
        self._named: dict[str, list[Customer]] = {}
        self._reserved: set[str] = set()
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
        number = told.get("customer")
        if not isinstance(number, Fault) and (customer := self.numbered(number)):
            return customer
        if fault := next((value for value in told.values() if isinstance(value, Fault)), None):
            return fault
        person = customer_of(told)
        if found := self._called(person.number) if person.number else self.known(person):
            return found
        if not person.name or not (person.street or person.postcode or person.city or person.email):
            return Fault(
                "customer_unknown" if person.number else "customer_missing", value=person.number or person.name
            )
        stranger = replace(person, number=person.number or self.new_number())
        self.add(stranger)
        return stranger

    def known(self, person: Customer) -> Customer | Fault | None:
        """The customer who is *person*, whose number is not told; a fault when it could be several.

        Whoever has the e-mail address; or the name, and nothing of the address that says otherwise. A name alone will
        do where only one customer is called so.
        """
        if person.email and (found := self._by_email.get(person.email.casefold())):
            return found
        namesakes = self._named.get(normal(person.name), [])
        fitting = [one for one in namesakes if address(one) == address(person)]
        fitting = fitting or [one for one in namesakes if _may_be(one, person)]
        if len(fitting) > 1:
            return Fault("customer_ambiguous", value=person.name)
        if not fitting and person.email.casefold() in self._by_email:  # it is of several, of another name
            return Fault("customer_ambiguous", value=person.email)
        return fitting[0] if fitting else None

    def _called(self, name: str) -> Customer | Fault | None:
        """The only customer with that name, which some systems have where others have a number."""
        namesakes = self._named.get(normal(name), [])
        if len(namesakes) > 1:
            return Fault("customer_ambiguous", value=name)
        return namesakes[0] if namesakes else None

    def add(self, customer: Customer) -> None:
        """Take in a new customer."""
        self.added.append(customer)
        self._remember(customer)

    def replace(self, before: Customer, after: Customer) -> None:
        """The customer *before* is as *after* from now on; the number stays."""
        self._named[normal(before.name)].remove(before)
        for found, key in (
            (self._by_email, before.email.casefold()),
            (self._by_bare_number, before.number.lstrip("0")),
        ):
            if found.get(key) is before:
                del found[key]
        self._remember(after)

    def _remember(self, customer: Customer) -> None:
        """Whoever shares an address or a bare number with another is not to be found by it."""
        self._by_number[customer.number] = customer
        _note(self._by_bare_number, customer.number.lstrip("0"), customer)
        if customer.email:
            _note(self._by_email, customer.email.casefold(), customer)
        self._named.setdefault(normal(customer.name), []).append(customer)

    def reserve(self, numbers: Iterable[object]) -> None:
        """These *numbers* are somebody's, whoever that is: no new customer gets one."""
        self._reserved.update(number.lstrip("0") for number in numbers if isinstance(number, str))

    def new_number(self) -> str:
        """The number after the highest, as wide as that one."""
        numbers = [number for number in self._by_number if number.isdecimal() and len(number) <= 12]
        highest = max(numbers, key=int, default="1000")
        number = int(highest) + 1
        while f"{number}" in self._reserved:
            number += 1
        return f"{number:0{len(highest)}}"


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


def least_told(told: Mapping[str, Any]) -> int:
    """How little a row tells of its customer. Rows that tell most come first: others may be about the same one."""
    if any(isinstance(value, Fault) for value in told.values()):
        return len(_ADDRESS) + 1
    person = customer_of(told)
    return address(person).count("") if person.name else len(_ADDRESS) + 1


def address(customer: Customer) -> tuple[str, ...]:
    """What tells a customer from others of the same name, as it is compared."""
    return tuple(normal(getattr(customer, key)) for key in _ADDRESS)


def _may_be(one: Customer, other: Customer) -> bool:
    """Whether two with the same name may be one: what both tell is the same, and they share something or one tells
    nothing.
    """
    told = list(zip(address(one), address(other), strict=True))
    both = [first == second for first, second in told if first and second]
    return all(both) if both else not any(second for _, second in told)


def _note(found: dict[str, Customer | None], key: str, customer: Customer) -> None:
    found[key] = None if key in found else customer

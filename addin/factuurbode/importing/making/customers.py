"""Rows of customers: new ones, and what changes of those that the workbook has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from ...domain.ledger import Ledger
from ...domain.model import Customer, Language
from ...workbook.columns import CUSTOMERS
from ..fault import Fault, faulty
from ..proposal import Change, Rejected
from .batch import Batch
from .buyers import BUYER_FIELDS, CUSTOMER_FIELDS, Buyers, customer_of, least_told


class CustomerRows:
    """What came of rows of customers; the new ones are with the buyers, so that deliveries find them."""

    def __init__(self) -> None:
        self.changed: list[Change] = []
        self.rejected: list[Rejected] = []
        self.unchanged = 0

    def read(self, batch: Batch, ledger: Ledger, buyers: Buyers) -> None:
        """Take in the rows of *batch*; those with a number first, for others may be about the same customer."""
        told = {key: batch.columns[key].each() for key in BUYER_FIELDS if key in batch.columns}
        rows = [{key: values[row] for key, values in told.items()} for row in range(len(batch))]
        seen: dict[str, Customer] = {}
        for row in sorted(range(len(batch)), key=lambda one: (not rows[one].get("customer"), least_told(rows[one]))):
            if reasons := _reasons(rows[row]):
                batch.reasons[row] += [reason.reason for reason in reasons]
            else:
                self._take(batch, row, rows[row], ledger, buyers, seen)
        self.rejected += batch.rejected()

    def _take(
        self,
        batch: Batch,
        row: int,
        cells: Mapping[str, Any],
        ledger: Ledger,
        buyers: Buyers,
        seen: dict[str, Customer],
    ) -> None:
        person = customer_of(cells)
        known = buyers.numbered(person.number) if person.number else buyers.known(person)
        if isinstance(known, Fault):
            batch.reasons[row].append(known.reason)
            return
        number = known.number if known else person.number or buyers.new_number()
        person = replace(person, number=number)
        if number in seen:
            if seen[number] == person:
                self.unchanged += 1
            else:
                batch.reasons[row].append(Fault("customer_twice", value=number).reason)
            return
        seen[number] = person
        if known is None:
            buyers.add(person)
            return
        after = updated(known, person, cells)
        fields = differences(known, after, ledger.language)
        if fields:
            self.changed.append(Change(number, fields, after))
            buyers.replace(known, after)
        else:
            self.unchanged += 1


def updated(known: Customer, person: Customer, cells: Mapping[str, Any]) -> Customer:
    """*known* with what a row tells of it; what the row leaves empty stays as it is."""
    told = {ours for field, ours in CUSTOMER_FIELDS.items() if cells.get(field) not in (None, "")}
    if cells.get("first_name") or cells.get("last_name"):
        told.add("name")
    return replace(known, **{name: getattr(person, name) for name in told})


def differences(before: Customer, after: Customer, language: Language) -> dict[str, tuple[str, str]]:
    """What differs, by column key, as the cells of the sheet show it."""
    found = {}
    for column in CUSTOMERS.columns:
        if column.key == "notes":
            continue
        one, other = getattr(before, column.key), getattr(after, column.key)
        if one != other:
            found[column.key] = (_shown(one, column.key, language), _shown(other, column.key, language))
    return found


def _reasons(cells: Mapping[str, Any]) -> list[Fault]:
    reasons = [value for value in cells.values() if faulty(value)]
    if not reasons and not (cells.get("customer_name") or cells.get("last_name") or cells.get("first_name")):
        reasons.append(Fault("name_missing"))
    return reasons


def _shown(value: object, key: str, language: Language) -> str:
    if value is None:
        return ""
    for choice in CUSTOMERS.column(key).choices:
        if choice.value == value:
            return choice.word(language)
    if isinstance(value, Decimal):
        written = f"{value:f}"
        return written.replace(".", ",") if language is Language.NL else written
    return f"{value.day}-{value.month}-{value.year}" if isinstance(value, date) else str(value)

"""Invoices and their lines: a line knows its invoice by number, and takes from its product what it lacks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import compress
from itertools import product as product_of

from ..domain.model import Customer, Invoice, Kind, Line, Product
from ..domain.numbering import same_number
from ..domain.problems import Problem
from ..domain.stray_lines import StrayLine, strays_among
from .rows import Row, SheetRows
from .statuses import read_recorded

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class ReadLines:
    """The lines by the number of their invoice (as `same_number` has it), the articles they use, what is unclear."""

    by_invoice: Mapping[str, list[Line]]
    articles: AbstractSet[str]
    problems: list[Problem] = field(default_factory=list)
    numbers: Mapping[str, str] = field(default_factory=dict)

    def strays(self, known: AbstractSet[str]) -> tuple[StrayLine, ...]:
        """The lines whose invoice is not among *known*."""
        if self.by_invoice.keys() <= known:
            return ()
        all_lines = [(self.numbers[key], line) for key, lines in self.by_invoice.items() for line in lines]
        return strays_among(all_lines, known)


def read_lines(
    sheet: SheetRows, products: Mapping[str, Product], product_problems: Mapping[str, list[Problem]]
) -> ReadLines:
    """All lines of the sheet. What is unclear in a product is told of every invoice that uses it."""
    by_invoice: defaultdict[str, list[Line]] = defaultdict(list)
    numbers: dict[str, str] = {}
    problems: list[Problem] = []
    articles: set[str] = set()
    told: set[tuple[str, str]] = set()
    key, key_of = "", None
    for row in sheet:
        number = row.identifier("invoice")
        row.invoice = number
        if number != key_of:  # the lines of an invoice mostly stand together
            key, key_of = same_number(number), number
        line = _line(row, products)
        by_invoice[key].append(line)
        numbers.setdefault(key, number)
        problems += row.problems
        if line.article:
            articles.add(line.article)
            if line.article in product_problems and (key, line.article) not in told:
                told.add((key, line.article))
                problems += [replace(problem, invoice=number) for problem in product_problems[line.article]]
    return ReadLines(by_invoice, articles, problems, numbers)


_NO_PRODUCT = Product("")
_MAY_BE_EMPTY = ("description", "unit", "price", "discount", "vat_rate")
_BORROWED = {lacks: frozenset(compress(_MAY_BE_EMPTY, lacks)) for lacks in product_of((False, True), repeat=5)}


def _line(row: Row, products: Mapping[str, Product]) -> Line:
    article = row.identifier("article")
    product = products.get(article, _NO_PRODUCT)
    seen = len(row.problems)
    price, vat_rate = row.decimal("price"), row.vat_rate("vat_rate")
    clear = len(row.problems) == seen
    description, unit, discount = row.text("description"), row.text("unit"), row.discount("discount")
    lacks = (not description, not unit, price is None, discount is None, vat_rate is None)
    return Line(
        description=description or product.description,
        quantity=row.decimal("quantity"),
        price=product.price if price is None and clear else price,
        vat_rate=product.vat_rate if vat_rate is None and clear else vat_rate,
        discount=NOTHING if discount is None else discount,
        article=article,
        unit=unit or product.unit,
        delivered=row.date("delivered"),
        origin=row.origin,
        borrowed=_BORROWED[lacks],
    )


def read_invoices(
    sheet: SheetRows,
    customers: Mapping[str, Customer],
    customer_problems: Mapping[str, list[Problem]],
    lines: Mapping[str, list[Line]],
) -> tuple[tuple[Invoice, ...], list[Problem]]:
    """All invoices with their lines, in the order of the sheet, and what is unclear in them or their customers."""
    invoices = []
    problems: list[Problem] = []
    for row in sheet:
        number = row.identifier("number")
        row.invoice = number
        invoice = _invoice(row, number, customers, tuple(lines.get(same_number(number), ()) if number else ()))
        invoices.append(invoice)
        problems += row.problems
        for one in dict.fromkeys((invoice.customer_number, invoice.customer.number if invoice.customer else "")):
            problems += [replace(problem, invoice=number) for problem in customer_problems.get(one, ())]
        problems += [replace(problem, invoice=number) for problem in _payer_unknown(invoice, customers)]
    return tuple(invoices), problems


def _invoice(row: Row, number: str, customers: Mapping[str, Customer], lines: tuple[Line, ...]) -> Invoice:
    customer_number = row.identifier("customer")
    orderer = customers.get(customer_number)
    if orderer and orderer.discount:
        lines = tuple(_discounted(line, orderer.discount) for line in lines)
    return Invoice(
        number=number,
        issued=row.date("date"),
        customer=customers.get(orderer.bill_to, orderer) if orderer else None,
        customer_number=customer_number,
        lines=lines,
        kind=row.choice("kind", Kind, Kind.INVOICE),
        corrects=row.identifier("corrects"),
        reference=row.text("reference"),
        period_from=row.date("period_from"),
        period_to=row.date("period_to"),
        remark=row.text("remark"),
        hold=row.yes("hold"),
        recorded=read_recorded(row),
        origin=row.origin,
    )


def _discounted(line: Line, usual: Decimal) -> Line:
    """*line*, with the customer's *usual* discount where it has none of its own."""
    return replace(line, discount=usual) if "discount" in line.borrowed else line


def _payer_unknown(invoice: Invoice, customers: Mapping[str, Customer]) -> Iterator[Problem]:
    """A problem where the customer wants the invoice to go to somebody who is not there."""
    orderer = customers.get(invoice.customer_number)
    if orderer and orderer.bill_to and orderer.bill_to not in customers:
        yield Problem("bill_to_unknown", place=orderer.origin.at("bill_to"), value=orderer.bill_to)

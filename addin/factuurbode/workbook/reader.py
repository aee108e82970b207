"""Reading a workbook whole: settings, customers, products, invoices with their lines, and all that is unclear."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from ..domain.ledger import Ledger
from ..domain.model import Customer, EInvoice, Language, Period, Product, VatTreatment
from ..domain.numbering import same_number
from ..domain.problems import Problem, Severity
from .columns import CUSTOMERS, IMPORT, INVOICES, LINES, MAIL_SERVERS, PRODUCTS, SETTINGS
from .invoice_rows import read_invoices, read_lines
from .layout import find_sheets
from .memory import collector_at_rest
from .pages import Pages
from .rows import Row, SheetRows
from .settings.reader import read_settings
from .settings.rows import SCHEMA
from .source import Source
from .upgrade.gaps import gaps_in

NO_DISCOUNT = Decimal(0)


def read_ledger(path: Path) -> Ledger:
    """Everything the workbook at *path* says.

    What cannot be understood stands in `problems`, all of it, and is empty in the ledger. A problem of a customer
    or product is told of every invoice that it touches. Raises BookMissing, BookUnreadable, BookIncomplete.
    """
    return ledger_of(Source(path))


@collector_at_rest()
def ledger_of(source: Pages) -> Ledger:
    """The same for a workbook that has been opened, in Excel too. Raises BookUnreadable, BookIncomplete."""
    language, found = find_sheets(source)
    sheets = {
        sheet.key: SheetRows(source, sheet, found[sheet.key], language)
        for sheet in (SETTINGS, CUSTOMERS, PRODUCTS, INVOICES, LINES)
    }
    servers = SheetRows(source, MAIL_SERVERS, found["mail_servers"], language) if "mail_servers" in found else None
    mappings = _mappings(SheetRows(source, IMPORT, found["import"], language)) if "import" in found else {}
    settings = read_settings(sheets["settings"], source.path, servers)
    customers, customer_problems = _customers(sheets["customers"])
    products, product_problems = _products(sheets["products"])
    lines = read_lines(sheets["lines"], products, product_problems)
    invoices, invoice_problems = read_invoices(sheets["invoices"], customers, customer_problems, lines.by_invoice)
    known = {same_number(invoice.number) for invoice in invoices} - {""}
    used = {invoice.customer_number for invoice in invoices}
    used |= {invoice.customer.number for invoice in invoices if invoice.customer}
    problems = (
        *settings.problems,
        *_unused(customer_problems, used),
        *_unused(product_problems, lines.articles),
        *invoice_problems,
        *lines.problems,
    )
    return Ledger(
        settings.identity,
        language,
        settings.settings,
        customers,
        invoices,
        problems,
        settings.places,
        mappings,
        products=products,
        strays=lines.strays(known),
        older=settings.schema < SCHEMA and bool(gaps_in(found, settings.places)),
    )


def _customers(sheet: SheetRows) -> tuple[Mapping[str, Customer], Mapping[str, list[Problem]]]:
    """The customers by number, and what is unclear in each."""
    customers: dict[str, Customer] = {}
    problems: dict[str, list[Problem]] = {}
    for row in sheet:
        customer = _customer(row)
        if not customer.number:
            row.note("customer_number_missing", "number", value=customer.name)
        elif customer.number in customers:
            row.note(
                "customer_twice", "number", value=customer.number, detail=f"{customers[customer.number].origin.row}"
            )
        else:
            customers[customer.number] = customer
        if row.problems:
            problems.setdefault(customer.number, []).extend(row.problems)
    return customers, problems


def _customer(row: Row) -> Customer:
    return Customer(
        number=row.identifier("number"),
        name=row.text("name"),
        attention=row.text("attention"),
        street=row.text("street"),
        postcode=row.identifier("postcode"),
        city=row.text("city"),
        country=row.country("country", "NL"),
        language=row.choice("language", Language, Language.NL),
        e_invoice=row.choice("e_invoice", EInvoice, EInvoice.PAPER),
        email=row.text("email"),
        copy_to=row.text("copy_to"),
        agreed_on=row.date("agreed_on"),
        vat_number=row.identifier("vat_number"),
        kvk=row.identifier("kvk"),
        vat_treatment=row.choice("vat_treatment", VatTreatment, VatTreatment.STANDARD),
        payment_days=row.days("payment_days", 14),
        reference=row.text("reference"),
        discount=row.discount("discount") or NO_DISCOUNT,
        period=row.choice("period", Period, Period.DELIVERY),
        bill_to=row.identifier("bill_to"),
        route=row.decimal("route"),
        origin=row.origin,
    )


def _products(sheet: SheetRows) -> tuple[Mapping[str, Product], Mapping[str, list[Problem]]]:
    """The products by article number, and what is unclear in each."""
    products: dict[str, Product] = {}
    problems: dict[str, list[Problem]] = {}
    for row in sheet:
        product = _product(row)
        if not product.article:
            row.note("article_missing", "article", value=product.description)
        elif product.article in products:
            first = products[product.article].origin.row
            row.note("article_twice", "article", value=product.article, detail=f"{first}")
        else:
            products[product.article] = product
        if row.problems:
            problems.setdefault(product.article, []).extend(row.problems)
    return products, problems


def _product(row: Row) -> Product:
    return Product(
        row.identifier("article"),
        row.text("description"),
        row.text("unit"),
        row.decimal("price"),
        row.vat_rate("vat_rate"),
        row.origin,
    )


def _mappings(sheet: SheetRows) -> Mapping[str, Sequence[tuple[str, str]]]:
    """What the columns of each source mean, as it was typed. An empty name is that of the row above."""
    mappings: dict[str, list[tuple[str, str]]] = {}
    name = ""
    for row in sheet:
        name = row.text("mapping") or name
        if column := row.text("column"):
            mappings.setdefault(name, []).append((column, row.text("field")))
    return mappings


def _unused(problems: Mapping[str, list[Problem]], used: AbstractSet[str]) -> Iterator[Problem]:
    """The problems of rows that no invoice uses: told, but they keep nothing in."""
    for key, found in problems.items():
        if key not in used:
            yield from (replace(problem, severity=Severity.WARNING) for problem in found)

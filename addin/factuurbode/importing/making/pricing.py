"""What each row of deliveries becomes on an invoice: what the row lacks, its product and its customer tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ...domain.model import Customer, Product
from ...domain.totals import ZERO
from ...domain.vat import rates_on
from ...workbook.words import normal
from ..columns import Coded, combined, constant, or_else
from ..fault import Fault, faulty
from .batch import Batch
from .money import Money, Told, money_of, rate_told

_NO_PRODUCT = Product("")
_OF_PRODUCT = frozenset(f"reason.{code}" for code in ("description_missing", "price_missing", "vat_rate_missing"))


class Products:
    """Finds a product by its article number, or by what it is called where a row has no number.

    Leading zeros that a spreadsheet has eaten are forgiven.
    """

    def __init__(self, products: Mapping[str, Product]) -> None:
        self._products = products
        self._bare: dict[str, Product | None] = {}
        self._called: dict[str, Product | None] = {}
        for article, product in products.items():
            for found, key in ((self._bare, article.lstrip("0")), (self._called, normal(product.description))):
                found[key] = None if key in found else product

    def of(self, article: Any, description: Any) -> Product:
        """The product with this number, or one that tells nothing. A list may have names in the place of numbers."""
        if faulty(article) or faulty(description):
            return _NO_PRODUCT
        if not article:
            return (self._called.get(normal(description)) if description else None) or _NO_PRODUCT
        found = self._products.get(article)
        if found is None and article.isdecimal():
            found = self._bare.get(article.lstrip("0"))
        if found is None and not description:
            found = self._called.get(normal(article))
        return found or _NO_PRODUCT


def priced(batch: Batch, products: Products, *, small_business: bool) -> None:
    """Add to *batch* what its lines need: `line_article`, `line_description`, `line_unit`, `line_rate` and `money`.

    Its columns `buyer` (customers) and `delivered` are there already. Rows for which something is missing are rejected.
    A seller in the *small_business* scheme has no VAT in its prices.
    """
    columns = batch.columns
    product = combined(products.of, batch.column("article"), batch.column("description"))
    named = combined(_name_of, batch.column("article"), batch.column("description"), product)
    article = combined(
        lambda typed, name, found: found.article or ("" if name else typed or ""),
        batch.column("article"),
        named,
        product,
    )
    columns["line_article"] = article
    description = or_else(or_else(batch.column("description"), product.map(lambda one: one.description)), named)
    columns["line_description"] = description
    unit = or_else(batch.column("unit"), product.map(lambda one: one.unit))
    columns["line_unit"] = unit.map(lambda text: text or "")
    rate = or_else(_told_rate(batch), product.map(lambda one: one.vat_rate))
    columns["line_rate"] = rate
    columns["money"] = _money(batch, constant(ZERO, len(batch)) if small_business else rate, product)
    for key in ("article", "description", "unit", "vat_rate", "vat_amount", "reference", "corrects", "line"):
        batch.reject_faults(batch.column(key))
    for key in ("quantity", "price", "price_incl", "amount", "amount_incl", "discount", "money"):
        batch.reject_faults(batch.column(key))
    batch.reject_faults(batch.column("currency").map(_foreign))
    batch.reject(description.where(lambda text: not text), Fault("description_missing"))
    batch.reject_faults(combined(_rate_fault, rate, batch.column("delivered")))
    _tell_unknown_articles(batch, product)


def _name_of(article: Any, description: Any, product: Product) -> str | None:
    """What the goods are called, where a list has that in the place of an article number."""
    if product is not _NO_PRODUCT or not article or description or faulty(article) or faulty(description):
        return None
    a_name = any(map(str.isalpha, article)) and (" " in article or not any(map(str.isdigit, article)))
    return article if a_name else None


def _tell_unknown_articles(batch: Batch, product: Coded[Product]) -> None:
    """Where a row lacks what its product would have told, the reason is that the product is not there."""
    article = batch.column("article")
    for row, reasons in batch.reasons.items():
        if product.at(row) is _NO_PRODUCT and article.at(row) and not faulty(article.at(row)):
            others = [reason for reason in reasons if reason.key not in _OF_PRODUCT]
            if len(others) < len(reasons):
                reasons[:] = [*others, Fault("article_unknown", value=article.at(row)).reason]


def _told_rate(batch: Batch) -> Coded[Any]:
    """The VAT rate that the row itself tells: in a column, or by its amounts."""
    told = batch.column("vat_rate")
    if "vat_amount" not in batch.columns or "amount" not in batch.columns:
        return told
    by_amounts = combined(rate_told, batch.column("amount"), batch.column("vat_amount"), batch.column("delivered"))
    return or_else(told, by_amounts)


def _foreign(currency: Any) -> Fault | None:
    """Why an amount cannot be taken as EUR, if so."""
    if faulty(currency) or not currency or currency.upper() in ("EUR", "EURO", "€"):
        return None
    return Fault("currency_foreign", value=currency)


def _rate_fault(rate: Any, day: Any) -> Fault | None:
    """Why a line cannot have this VAT rate on this day, if so (L6)."""
    if rate is None:
        return Fault("vat_rate_missing")
    if faulty(rate) or day is None or faulty(day) or rate in rates_on(day):
        return None
    return Fault("vat_rate_unknown", value=rate, detail=day)


def _money(batch: Batch, rate: Coded[Any], product: Coded[Product]) -> Coded[Money | Fault | None]:
    """What each row costs, found once for each combination of what it tells."""
    present: dict[str, Coded[Any]] = {key: batch.columns[key] for key in Told._fields if key in batch.columns}
    discounts = batch.columns["buyer"].map(_discount_of)
    if any(discounts.values):
        present["usual_discount"] = discounts
    prices = product.map(lambda one: one.price)
    if "price" not in present or any(value is None for value, _ in present["price"].used()):
        present["usual_price"] = prices
    if "price_incl" in present or "amount_incl" in present:
        present["vat_rate"] = rate
    else:
        present.pop("vat_rate", None)
    return combined(_told_by(tuple(present)), *present.values())


def _told_by(names: tuple[str, ...]) -> Callable[..., Money | Fault | None]:
    return lambda *values: money_of(Told(**dict(zip(names, values, strict=True))))


def _discount_of(buyer: Customer | Fault | None) -> Any:
    return buyer.discount or None if isinstance(buyer, Customer) else None

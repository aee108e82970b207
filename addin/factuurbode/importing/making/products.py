"""Rows of products: new ones, and what changes of those that the workbook has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from ...domain.model import Language, Product
from ..fault import Fault, faulty
from ..proposal import Change, Rejected
from .batch import Batch
from .money import FINE, without_vat

_FIELDS = ("article", "description", "unit", "price", "price_incl", "vat_rate")


class ProductRows:
    """What came of rows of products. `products` are those of the workbook as they will be."""

    def __init__(self, products: Mapping[str, Product]) -> None:
        self.products = dict(products)
        self.added: dict[str, Product] = {}
        self.changed: list[Change] = []
        self.rejected: list[Rejected] = []
        self.unchanged = 0
        self._before = products

    def read(self, batch: Batch, language: Language) -> None:
        """Take in the rows of *batch*."""
        told = {key: batch.columns[key].each() for key in _FIELDS if key in batch.columns}
        seen: dict[str, Product] = {}
        for row in range(len(batch)):
            cells = {key: values[row] for key, values in told.items()}
            product = _product(cells)
            if isinstance(product, list):
                batch.reasons[row] += [reason.reason for reason in product]
            elif product.article not in seen:
                seen[product.article] = product
                self._take(product, language)
            elif seen[product.article] == product:
                self.unchanged += 1
            else:
                batch.reasons[row].append(Fault("article_twice", value=product.article).reason)
        self.rejected += batch.rejected()

    def _take(self, told: Product, language: Language) -> None:
        before = self._before.get(told.article)
        if before is None:
            self.added[told.article] = self.products[told.article] = told
            return
        after = replace(
            before,
            description=told.description or before.description,
            unit=told.unit or before.unit,
            price=before.price if told.price is None else told.price,
            vat_rate=before.vat_rate if told.vat_rate is None else told.vat_rate,
        )
        self.products[told.article] = after
        fields = {
            key: (_shown(getattr(before, key), language), _shown(getattr(after, key), language))
            for key in ("description", "unit", "price", "vat_rate")
            if getattr(before, key) != getattr(after, key)
        }
        if fields:
            self.changed.append(Change(told.article, fields, after))
        else:
            self.unchanged += 1


def _product(cells: Mapping[str, Any]) -> Product | list[Fault]:
    """The product that a row tells of, or why it tells of none."""
    reasons = [value for value in cells.values() if faulty(value)]
    if not reasons and not cells.get("article"):
        reasons.append(Fault("article_missing"))
    price, price_incl, rate = (cells.get(key) for key in ("price", "price_incl", "vat_rate"))
    if not reasons and price is None and price_incl is not None:
        if rate is None:
            reasons.append(Fault("vat_rate_missing"))
        else:
            price = without_vat(price_incl, rate, FINE).normalize() + 0
    if reasons:
        return reasons
    return Product(cells["article"], cells.get("description") or "", cells.get("unit") or "", price, rate)


def _shown(value: str | Decimal | None, language: Language) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}".replace(".", ",") if language is Language.NL else f"{value:f}"
    return value or ""

"""What each line must say: what, how many, at what price and rate, and when it was delivered (L5, L6)."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from functools import lru_cache

from ..ledger import Ledger
from ..model import Invoice, Line
from ..problems import Problem, Severity
from ..vat import rates_on, taxed_first


def line_problems(ledger: Ledger, invoice: Invoice, line: Line) -> Iterator[Problem]:
    """What is wrong with *line* of *invoice*."""
    at = line.origin.at
    if not line.description.strip() or line.price is None or line.vat_rate is None:
        yield from _lacking(ledger, line)
    if line.quantity is None:
        yield Problem("line_quantity_missing", place=at("quantity"))
    elif line.quantity == 0:
        yield Problem("line_quantity_zero", Severity.WARNING, at("quantity"))
    if line.delivered is None and invoice.period_from is None:
        yield Problem("line_delivered_missing", place=at("delivered"))
    if not 0 <= line.discount <= 100:
        yield Problem("line_discount_out_of_range", place=at("discount"), value=line.discount)
    yield from _rate_problems(invoice, line)


def _lacking(ledger: Ledger, line: Line) -> Iterator[Problem]:
    """What neither the line nor its article says. One mistyped number is one mistake, however much it would bring."""
    at = line.origin.at
    if line.article and line.article not in ledger.products:
        hint = _named(ledger, _nearest(tuple(ledger.products), line.article))
        yield Problem("article_unknown", place=at("article"), value=line.article, hint=hint)
        return
    if not line.description.strip():
        yield Problem("line_description_missing", place=at("description"))
    if line.price is None:
        yield Problem("line_price_missing", place=at("price"))
    if line.vat_rate is None:
        yield Problem("line_vat_rate_missing", place=at("vat_rate"))


def _rate_problems(invoice: Invoice, line: Line) -> Iterator[Problem]:
    day = line.delivered or invoice.period_to or invoice.issued
    if line.vat_rate is None or day is None:
        return
    allowed = rates_on(day)
    if line.vat_rate not in allowed:
        hint = ", ".join(f"{rate:f}" for rate in taxed_first(allowed))
        where = line.origin.at("vat_rate")
        yield Problem("line_vat_rate_unknown", place=where, value=line.vat_rate, detail=day, hint=hint)


@lru_cache(maxsize=1024)  # what is mistyped once is so on many lines, and comparing takes its time
def _nearest(articles: tuple[str, ...], article: str) -> str:
    """The one of *articles* that is most like *article*; '' when none is."""
    return next(iter(get_close_matches(article, articles, n=1)), "")


def _named(ledger: Ledger, article: str) -> str:
    """*article* with its description behind it."""
    description = ledger.products[article].description if article else ""
    return f"{article} ({description})" if description else article

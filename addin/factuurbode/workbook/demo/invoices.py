"""October 2026 at the made-up bakery: collective invoices, single deliveries, credit notes; some faults on purpose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from ..contents import Value
from .customers import BUYERS, Buyer
from .products import ARTICLES, BREAD, OTHER, PASTRY, Article

FIRST_NUMBER = 871
WEEKS = ((5, 10), (12, 17), (19, 24), (26, 31))
_UNKNOWN_CUSTOMER = "0404"

Row = dict[str, Value]


@dataclass(slots=True)
class Draft:
    """An invoice before it has its number."""

    issued: date
    customer: int
    invoice: Row
    lines: list[Row] = field(default_factory=list)


def october(seed: int = 2026) -> tuple[list[Row], list[Row]]:
    """The rows of the invoice and line sheets, the same each time."""
    chance = Random(seed)  # noqa: S311 - a repeatable month, not a secret
    drafts = [draft for index, buyer in enumerate(BUYERS, start=1) for draft in _month_of(index, buyer, chance)]
    drafts.sort(key=lambda draft: (draft.issued, draft.customer))
    drafts += _credit_notes(drafts, chance)
    for number, draft in enumerate(drafts, start=FIRST_NUMBER):
        draft.invoice["number"] = f"2026-{number:04}"
        for line in draft.lines:
            line["invoice"] = draft.invoice["number"]
    for draft in drafts:
        if (corrected := draft.invoice.get("corrects")) is not None:
            draft.invoice["corrects"] = drafts[int(str(corrected))].invoice["number"]
    _spoil(drafts)
    return [draft.invoice for draft in drafts], [line for draft in drafts for line in draft.lines]


def _month_of(index: int, buyer: Buyer, chance: Random) -> Iterator[Draft]:
    if buyer.rhythm == "week":
        for first, last in WEEKS:
            days = [date(2026, 10, day) for day in range(first, last + 1) if chance.random() < 0.64]
            yield _collective(index, buyer, days or [date(2026, 10, first)], date(2026, 10, last), 3, chance)
    elif buyer.rhythm == "month":
        days = [date(2026, 10, day) for day in sorted(chance.sample(range(1, 31), 4))]
        yield _collective(index, buyer, days, date(2026, 10, 31), 2, chance)
    else:
        for day in sorted(chance.sample(range(1, 30), 3 if index % 3 == 0 else 2)):
            delivered = date(2026, 10, day)
            draft = _draft(delivered + timedelta(days=1), index)
            draft.lines = list(_delivery(buyer, delivered, chance.randint(3, 6), chance))
            yield draft


def _draft(issued: date, index: int) -> Draft:
    return Draft(issued, index, {"date": issued, "customer": f"{index:04}", "kind": "invoice"})


def _collective(index: int, buyer: Buyer, days: list[date], issued: date, most: int, chance: Random) -> Draft:
    draft = _draft(issued, index)
    draft.invoice |= {"period_from": days[0], "period_to": days[-1]}
    for day in days:
        draft.lines += _delivery(buyer, day, chance.randint(2, most), chance)
    return draft


def _delivery(buyer: Buyer, day: date, count: int, chance: Random) -> Iterator[Row]:
    choice = {"bread": BREAD, "pastry": PASTRY, "all": (*BREAD, *PASTRY)}[buyer.taste]
    articles = chance.sample(choice, count)
    if chance.random() < 0.14:
        articles.append(chance.choice(OTHER))
    for article in articles:
        yield _line(article, day, buyer.more.get("discount"), chance)


def _line(article: Article, day: date, discount: Value, chance: Random) -> Row:
    line: Row = {"delivered": day, "article": article.number, "description": article.description}
    line["quantity"] = _quantity(article, chance)
    if discount and article.vat_rate == 9:
        line["discount"] = discount
    if article.number == "211" and chance.random() < 0.5:
        line["description"] = "Slagroomtaart 20 personen, met opschrift"
        line |= {"unit": "stuk", "price": Decimal("34.75"), "vat_rate": 9}
    return line


def _quantity(article: Article, chance: Random) -> Value:
    if article.unit == "kg":
        return Decimal(chance.randint(2, 11)) / 4
    if article.dozens:
        return chance.choice((12, 18, 24, 30, 36, 48, 60))
    return chance.randint(1, 3) if article.price > 5 else chance.randint(2, 16)


def _credit_notes(drafts: list[Draft], chance: Random) -> list[Draft]:
    """Credit notes for the first lines of some invoices; `corrects` holds the place of the invoice for now."""
    notes = []
    for place in (11, 34, 58, 79):
        note = _draft(date(2026, 10, 31), drafts[place].customer)
        lines = [dict(line) for line in drafts[place].lines[: chance.randint(1, 2)]]
        note.lines = [line | {"quantity": 1} for line in lines]
        note.invoice |= {"kind": "credit-note", "corrects": place, "remark": "Beschadigd geleverd, onze excuses."}
        notes.append(note)
    return notes


def _spoil(drafts: list[Draft]) -> None:
    """Faults that people make; the customers bring the others."""
    single = [draft for draft in drafts if draft.invoice["kind"] == "invoice" and "period_from" not in draft.invoice]
    single[2].invoice["hold"] = "yes"
    single[3].invoice["remark"] = "Graag betalen voor de opening van het seizoen."
    single[5].invoice["customer"] = _UNKNOWN_CUSTOMER
    single[8].lines[0]["vat_rate"] = 19
    single[11].lines[1]["quantity"] = "een stuk of tien"
    single[14].invoice["hold"] = "yes"
    drafts[-1].invoice["corrects"] = None


def products() -> list[Row]:
    """The rows of the product sheet."""
    return [
        {
            "article": article.number,
            "description": article.description,
            "unit": article.unit,
            "price": article.price,
            "vat_rate": article.vat_rate,
        }
        for article in ARTICLES
    ]

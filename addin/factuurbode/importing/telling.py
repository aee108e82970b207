"""What an import would do and what it found, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from ..domain.model import Kind, Language
from ..texts import Texts, written, written_money
from ..workbook.columns import CUSTOMERS, PRODUCTS, Sheet
from .applying.apply import Applied
from .preview import DraftRow, Preview
from .proposal import Change, Detected, Draft, Proposal
from .rejects import remark_sentence


def read_as(detected: Detected, texts: Texts) -> str:
    """How a file was read: everything that can be overruled."""
    facts = {
        "sheet": detected.sheet,
        "encoding": detected.encoding,
        "delimiter": _sign(detected.delimiter, texts),
        "decimal": _sign(detected.decimal, texts),
        "date_order": texts.known(f"intake.detected.{detected.date_order}") if detected.date_order else "",
        "header_row": str(detected.header_row),
        "mapping": detected.mapping,
    }
    return ", ".join(texts(f"intake.detected.{key}", value=value) for key, value in facts.items() if value)


def _sign(sign: str, texts: Texts) -> str:
    """A sign so that it stands out from the commas around it; a tab, which cannot be seen, by its name."""
    if sign == "\t":
        return texts("intake.detected.tab")
    return texts("intake.detected.sign", sign=sign) if sign else ""


def counts(proposal: Proposal, texts: Texts) -> Iterator[str]:
    """How much of everything, apart from invoices; what there is none of is left out."""
    found = {
        "added_customers": len(proposal.customers_added),
        "changed_customers": len(proposal.customers_changed),
        "added_products": len(proposal.products_added),
        "changed_products": len(proposal.products_changed),
        "known": proposal.known,
        "unchanged": proposal.unchanged,
        "left_out_count": sum(len(one.left_out) for one in proposal.detected),
        "rejected_count": len(proposal.rejected),
    }
    yield from (counted(texts, f"intake.{key}", count) for key, count in found.items() if count)


def remarks(proposal: Proposal, texts: Texts) -> Iterator[str]:
    """Everything to know before agreeing: of the files, and rows that differ from what was imported."""
    for one in proposal.detected:
        yield from (f"{one.file.name}: {remark_sentence(texts, remark)}" for remark in one.remarks)
        if one.unknown_columns:
            columns = texts("intake.unknown_columns", columns=", ".join(one.unknown_columns))
            yield f"{one.file.name}: {columns}"
    yield from (remark_sentence(texts, remark) for remark in proposal.remarks)
    for key, rows in (("correction", proposal.corrections), ("altered", proposal.altered)):
        for row in rows:
            yield texts(f"intake.{key}", file=row.origin.file.name, row=row.origin.row, invoice=row.invoice)


def changes(proposal: Proposal, texts: Texts) -> Iterator[str]:
    """What changes of customers and products that are there."""
    for sheet, some in ((CUSTOMERS, proposal.customers_changed), (PRODUCTS, proposal.products_changed)):
        for change in some:
            yield from _fields(sheet, change, texts)


def totals(preview: Preview, texts: Texts) -> str:
    """How many invoices and what they come to."""
    amounts = {"net": preview.net, "vat": preview.vat, "total": preview.net + preview.vat}
    written = {key: written_money(texts, amount) for key, amount in amounts.items()}
    return texts("intake.totals", documents=_documents(texts, preview.drafts), **written)


def done(proposal: Proposal, applied: Applied, texts: Texts) -> str:
    """What came into the workbook, and the number of the import."""
    numbers = [draft.number for draft in applied.drafts]
    what = []
    if numbers:
        invoices = _documents(texts, applied.drafts)
        first, last = (pick(numbers, key=lambda number: (len(number), number)) for pick in (min, max))
        what.append(
            invoices if first == last else texts("intake.done_numbers", invoices=invoices, first=first, last=last)
        )
    found = {
        "added_customers": proposal.customers_added,
        "changed_customers": proposal.customers_changed,
        "added_products": proposal.products_added,
        "changed_products": proposal.products_changed,
    }
    what += [counted(texts, f"intake.{key}", len(some)) for key, some in found.items() if some]
    return texts("intake.done", what=", ".join(what), number=applied.id)


def _documents(texts: Texts, drafts: Sequence[Draft | DraftRow]) -> str:
    """`3 invoices and 1 credit note`."""
    kinds = Counter(draft.kind for draft in drafts)
    keys = {Kind.INVOICE: "intake.invoices", Kind.CREDIT_NOTE: "intake.credit_notes"}
    parts = [counted(texts, key, kinds[kind]) for kind, key in keys.items() if kinds[kind]]
    return texts("intake.and", first=parts[0], second=parts[1]) if len(parts) > 1 else "".join(parts)


def counted(texts: Texts, key: str, count: int, **facts: object) -> str:
    """The sentence of *key* for so many, or its `_one` for one."""
    return texts(f"{key}_one" if count == 1 else key, count=count, **facts)


def reasons(proposal: Proposal, texts: Texts) -> Iterator[tuple[str, int, str, str]]:
    """The file, row, contents and reasons of each rejected row."""
    for row in proposal.rejected:
        why = " ".join(remark_sentence(texts, reason) for reason in row.reasons)
        yield row.origin.file.name, row.origin.row, " · ".join(filter(None, row.cells)), why


def left_out(proposal: Proposal, texts: Texts) -> Iterator[tuple[str, int, str, str]]:
    """The file, row and contents of each row that is no data, and why it is left alone."""
    for one in proposal.detected:
        for row in one.left_out:
            yield one.file.name, row.origin.row, " · ".join(filter(None, row.cells)), remark_sentence(texts, row.why)


def written_day(day: date, texts: Texts, *, short: bool = False) -> str:
    """A day as the reader writes it; *short* is without the year."""
    if not short:
        return written(texts, day)
    return f"{day.day}-{day.month}" if texts.language is Language.NL else f"{day:%m-%d}"


def written_period(row: DraftRow, texts: Texts) -> str:
    """The days that an invoice is about; '' where it does not say."""
    if row.period is None:
        return ""
    first, last = (written_day(day, texts) for day in row.period)
    return first if first == last else f"{first} – {last}"


def _fields(sheet: Sheet, change: Change, texts: Texts) -> Iterator[str]:
    for key, (was, became) in change.fields.items():
        field = sheet.column(key).title(texts.language)
        yield texts("intake.change", number=change.number, field=field, was=was, became=became)

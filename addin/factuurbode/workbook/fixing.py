"""What an invoice was agreed to say stays in its rows: later changes of a product, a customer or a setting pass it by.

A line's own empty cells get what the product or the customer gave. Once the invoice has reached somebody its calculated
cells are values, too: nothing of them is calculated again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from ..domain import calculated
from ..domain.additions import Content
from ..domain.model import Language, Line
from ..domain.numbering import same_number
from ..ports import StatusRow
from .columns import INVOICES, LINES
from .parts.cell_xml import Value
from .placing import in_cell
from .rows import Row


def fixed_cells_of_invoice(status: StatusRow, language: Language) -> dict[str, Value]:
    """By column key, what the row of the invoice of *status* shows from now on."""
    if status.said is None or not status.final:
        return {}
    shown = calculated.of_invoice(status.said.invoice, status.said.amounts)
    return {key: in_cell(content, INVOICES.column(key), language) for key, content in shown.items()}


def fixed_cells_of_lines(
    statuses: Sequence[StatusRow], rows: Iterable[Row], columns: Mapping[str, str], language: Language
) -> Mapping[str, Value]:
    """By reference, what cells of the *rows* with lines say from now on; *columns* are the letters of their columns.

    An invoice that has lost or got lines since is let be: the preflight tells of it.
    """
    fixing = {same_number(status.invoice): status for status in statuses if status.said is not None}
    rows_of: dict[str, list[Row]] = {}
    for row in rows:
        number = same_number(row.identifier("invoice"))
        if number in fixing:
            rows_of.setdefault(number, []).append(row)
    cells: dict[str, Value] = {}
    for number, its_rows in rows_of.items():
        status = fixing[number]
        said = status.said
        if said is None or len(its_rows) != len(said.invoice.lines):
            continue
        for row, line, net in zip(its_rows, said.invoice.lines, said.amounts.line_nets, strict=True):
            for key, content in _of_line(row, line, net if status.final else None):
                if letters := columns.get(key):
                    cells[f"{letters}{row.number}"] = in_cell(content, LINES.column(key), language)
    return cells


def _of_line(row: Row, line: Line, net: Decimal | None) -> Iterator[tuple[str, Content]]:
    own: Mapping[str, Content] = {
        "description": line.description,
        "unit": line.unit,
        "price": line.price,
        "discount": line.discount,
        "vat_rate": line.vat_rate,
    }
    yield from ((key, content) for key, content in own.items() if row.raw(key) == "")
    if net is not None:
        yield from calculated.of_line(line, net).items()

"""The same for programs: one JSON object on standard output."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from ..importing.applying.apply import Applied
from ..importing.applying.undo import Undone
from ..importing.due import Due
from ..importing.preview import Preview
from ..importing.telling import left_out, reasons, remarks
from ..intake import Numbers
from ..texts import Texts


def write(preview: Preview, applied: Applied | None, rejected: Sequence[Path], texts: Texts) -> None:
    """What was detected, the counts, the invoices and the rejected rows; `import` is its number once it is applied."""
    proposal = preview.proposal
    _print(
        {
            "import": applied.id if applied else None,
            "kept": str(applied.kept) if applied else None,
            "files": [
                {
                    "file": str(one.file),
                    "kind": one.kind,
                    "sheet": one.sheet,
                    "encoding": one.encoding,
                    "delimiter": one.delimiter,
                    "decimal": one.decimal,
                    "date_order": one.date_order,
                    "header_row": one.header_row,
                    "mapping": one.mapping,
                    "matched": dict(one.matched),
                    "unknown_columns": list(one.unknown_columns),
                    "rows": one.rows,
                    "left_out": len(one.left_out),
                }
                for one in proposal.detected
            ],
            "customers": {"added": len(proposal.customers_added), "changed": len(proposal.customers_changed)},
            "products": {"added": len(proposal.products_added), "changed": len(proposal.products_changed)},
            "known": proposal.known,
            "unchanged": proposal.unchanged,
            "invoices": [
                {
                    "number": row.number,
                    "customer": row.customer,
                    "kind": row.kind,
                    "issued": row.issued.isoformat(),
                    "lines": row.lines,
                    "net": str(row.net),
                    "vat": str(row.vat),
                    "total": str(row.total),
                }
                for row in preview.drafts
            ],
            "rejected": [{"file": file, "row": row, "reasons": why} for file, row, _, why in reasons(proposal, texts)],
            "left_out": [{"file": file, "row": row, "reason": why} for file, row, _, why in left_out(proposal, texts)],
            "rejected_files": [str(path) for path in rejected],
            "remarks": list(remarks(proposal, texts)),
        }
    )


def write_undone(undone: Undone) -> None:
    """The import that was undone, the invoices that are gone, and what stays because other rows use it."""
    _print({"import": undone.id, "invoices": list(undone.invoices), "kept": list(undone.kept)})


def write_due(due: Due) -> None:
    """The deliveries, the most urgent first."""
    _print(
        {
            "due": [
                {
                    "customer": one.customer,
                    "delivered": one.delivered.isoformat(),
                    "by": one.by.isoformat(),
                    "lines": one.lines,
                    "net": str(one.net),
                    "late": one.late,
                }
                for one in due.deliveries
            ],
            "rejected": due.rejected,
        }
    )


def write_numbers(numbers: Numbers) -> None:
    """Each series with its gaps, doubles and voids."""
    _print(
        {
            "series": [
                {
                    "first": one.first,
                    "last": one.last,
                    "used": one.used,
                    "gaps": [
                        {"first": gap.first, "last": gap.last, "count": gap.count, "why": gap.why} for gap in one.gaps
                    ],
                    "doubles": list(one.doubles),
                    "voids": list(one.voids),
                }
                for one in numbers.series
            ],
            "voids": [{"number": one.number, "at": one.at.isoformat(), "reason": one.reason} for one in numbers.voids],
        }
    )


def _print(told: object) -> None:
    everything = "utf" in (sys.stdout.encoding or "").lower()
    json.dump(told, sys.stdout, ensure_ascii=not everything, indent=1)
    sys.stdout.write("\n")

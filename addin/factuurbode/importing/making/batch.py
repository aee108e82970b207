"""The rows of an import under way: their columns, where each stands, and why some are not taken in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from ..columns import Coded, Mask, Places, constant, stacked
from ..fault import Fault, faulty, has_faults
from ..opening import Opened
from ..proposal import Rejected, Remark, RowOrigin


class Batch:
    """`columns` by field; a field that no file has is absent. `file` and `row` say which row of which file it is.

    `reasons` holds why a row, by its place here, is not taken in; all of them, so that it is mended once.
    """

    def __init__(self, opened: Sequence[Opened], columns: Mapping[str, Coded[Any]], file: Places, row: Places) -> None:
        self.opened = opened
        self.columns = dict(columns)
        self.file = file
        self.row = row
        self.reasons: defaultdict[int, list[Remark]] = defaultdict(list)

    def __len__(self) -> int:
        return len(self.row)

    def column(self, key: str) -> Coded[Any]:
        """The column of a field; empty where no file has it."""
        return self.columns[key] if key in self.columns else constant(None, len(self))

    def origin(self, row: int) -> RowOrigin:
        """Where a row, by its place here, stands."""
        return self.opened[int(self.file[row])].origin(int(self.row[row]))

    def reject(self, rows: Mask, reason: Fault) -> None:
        """Give all *rows* the same reason."""
        for row in np.flatnonzero(rows).tolist():
            self.reasons[row].append(reason.reason)

    def reject_faults(self, column: Coded[Any]) -> None:
        """Give the rows where *column* holds a fault that reason."""
        if has_faults(column):
            for row in np.flatnonzero(column.where(faulty)).tolist():
                reason = column.at(row).reason
                if reason not in self.reasons[row]:
                    self.reasons[row].append(reason)

    def good(self) -> Mask:
        """The rows that no reason keeps out."""
        good = np.ones(len(self), dtype=np.bool_)
        good[list(self.reasons)] = False
        return good

    def rejected(self) -> list[Rejected]:
        """The rows that are kept out, in their order, with their cells as they stood in the file."""
        return [Rejected(self.origin(row), self.cells(row), tuple(self.reasons[row])) for row in sorted(self.reasons)]

    def cells(self, row: int) -> tuple[str, ...]:
        """The cells of a row as they stood in its file."""
        return self.opened[int(self.file[row])].table.row(int(self.row[row]))

    def take(self, rows: Places | Mask) -> Batch:
        """These rows only, without reasons."""
        columns = {key: column.take(rows) for key, column in self.columns.items()}
        return Batch(self.opened, columns, self.file[rows], self.row[rows])


def below_each_other(batches: Sequence[Batch]) -> Batch:
    """The rows of all files as one; every batch knows the same files."""
    if len(batches) == 1:
        return batches[0]
    keys = dict.fromkeys(key for batch in batches for key in batch.columns)
    columns = {key: stacked(batch.column(key) for batch in batches) for key in keys}
    file = np.concatenate([batch.file for batch in batches])
    row = np.concatenate([batch.row for batch in batches])
    return Batch(batches[0].opened, columns, file, row)

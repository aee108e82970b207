"""A text file as a table. Every cell is read as text: nothing of it passes through a float."""

from __future__ import annotations

import csv
import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from ...errors import ImportUnreadable
from ...workbook.cells import Cell
from ..columns import Coded
from ..wishes import Wishes
from .delimiter import LINE_END, announced, delimiter_of, rows_of
from .encoding import Encoded, in_one_encoding
from .table import Table
from .weighing import text_bytes
from .wrapped import delimiter_within, unwrapped

_SAMPLE = 64 * 2**10
_WIDEST = 500


@dataclass(frozen=True, slots=True)
class _Dialect:
    """How a text is written; `width` is how many cells a row has at most, `spaced` says: `1; "Brood"; 2,35`."""

    encoding: str
    delimiter: str
    width: int
    skipped: int
    spaced: bool


def read_text_file(path: Path, wishes: Wishes) -> Table:
    """The cells of the text file at *path*. Raises ImportMissing, ImportUnreadable."""
    encoded = in_one_encoding(path, text_bytes(path), wishes.encoding)
    data, dialect = _written(path, encoded, wishes)
    try:
        frame = _frame(data, dialect)
    except (pd.errors.ParserError, pd.errors.ParserWarning):  # a row is longer than those of the sample
        frame = _frame_of_longer_rows(path, data, dialect)
    columns = [frame[name].cat for name in frame]
    coded: list[Coded[Cell]] = [Coded(column.categories.tolist(), column.codes.to_numpy()) for column in columns]
    while len(coded) > 1 and not any(cell != "" for cell, _ in coded[-1].used()):
        del coded[-1]
    if _lines(data) > len(frame) + dialect.skipped and _has_swallowed_rows(coded, dialect.delimiter):
        raise ImportUnreadable(path=path, detail="unreadable.swallowed")
    return Table(path, tuple(coded), len(frame), encoding=encoded.told, delimiter=dialect.delimiter)


def _written(path: Path, encoded: Encoded, wishes: Wishes) -> tuple[bytes, _Dialect]:
    """The bytes to be read, and how they are written, which a sample of them tells."""
    data, encoding = encoded.data, encoded.name
    sample = data[:_SAMPLE].decode(encoding, errors="ignore")
    told = announced(sample)
    if told:
        sample = LINE_END.split(sample, 1)[-1]
    delimiter = wishes.delimiter or told or delimiter_of(sample)
    if not delimiter and (delimiter := delimiter_within(sample)):
        data, encoding = _unwrapped(path, data, encoding), "utf-8"
        sample = data[:_SAMPLE].decode(encoding, errors="ignore")
    delimiter = delimiter or ";"
    width = max((len(row) for row in rows_of(sample, delimiter)), default=1)
    return data, _Dialect(encoding, delimiter, width, 1 if told else 0, f'{delimiter} "' in sample)


def _frame(data: bytes, dialect: _Dialect) -> pd.DataFrame:
    """Categories keep each distinct text once. Read in one piece: pieces would have to be joined again."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", pd.errors.ParserWarning)
        return pd.read_csv(
            io.BytesIO(data),
            sep=dialect.delimiter,
            header=None,
            names=range(dialect.width),
            index_col=False,
            dtype="category",
            na_filter=False,
            skip_blank_lines=False,
            skiprows=dialect.skipped,
            skipinitialspace=dialect.spaced,
            encoding=dialect.encoding,
            low_memory=False,
        )


def _frame_of_longer_rows(path: Path, data: bytes, dialect: _Dialect) -> pd.DataFrame:
    """The same when rows differ in length: the longest is looked for first."""
    with io.TextIOWrapper(io.BytesIO(data), encoding=dialect.encoding, newline="") as text:
        reader = csv.reader(text, delimiter=dialect.delimiter, skipinitialspace=dialect.spaced)
        try:
            width = max(map(len, reader), default=1)
            if width > _WIDEST:
                raise ImportUnreadable(path=path, detail="unreadable.ragged")
            return _frame(data, replace(dialect, width=width))
        except (csv.Error, pd.errors.ParserError, pd.errors.ParserWarning) as error:
            raise ImportUnreadable(path=path, detail="unreadable.quotes") from error


def _lines(data: bytes) -> int:
    """How many lines *data* has at least; none when no cell can have several."""
    if b'"' not in data:
        return 0
    return data.count(b"\n" if b"\n" in data[:_SAMPLE] else b"\r")


def _unwrapped(path: Path, data: bytes, encoding: str) -> bytes:
    try:
        return unwrapped(data.decode(encoding)).encode()
    except csv.Error as error:
        raise ImportUnreadable(path=path, detail="unreadable.quotes") from error


def _has_swallowed_rows(columns: Sequence[Coded[Cell]], delimiter: str) -> bool:
    """Whether some cell goes on into the next row, because its quotation mark is closed only there.

    Such a cell has as many delimiters as a row; the rows within it would be lost without a word.
    """
    most = len(columns) - 1
    return most > 1 and any(
        isinstance(cell, str) and cell.count(delimiter) >= most and LINE_END.search(cell)
        for column in columns
        for cell in column.values
    )

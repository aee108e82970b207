"""A text file as a table. Every cell is read as text: nothing of it passes through a float."""

from __future__ import annotations

import csv
import io
import warnings
from pathlib import Path

import pandas as pd

from ...errors import ImportUnreadable
from ...workbook.cells import Cell
from ..columns import Coded
from ..wishes import Wishes
from .delimiter import announced, delimiter_of, rows_of
from .encoding import encoding_of
from .table import Table
from .weighing import text_bytes

_SAMPLE = 64 * 2**10
_WIDEST = 500


def read_text_file(path: Path, wishes: Wishes) -> Table:
    """The cells of the text file at *path*. Raises ImportMissing, ImportUnreadable."""
    data = text_bytes(path)
    encoding = encoding_of(path, data, wishes.encoding)
    sample = data[:_SAMPLE].decode(encoding, errors="ignore")
    told = announced(sample)
    if told:
        sample = sample.split("\n", 1)[-1]
    delimiter = wishes.delimiter or told or delimiter_of(sample)
    width = max((len(row) for row in rows_of(sample, delimiter)), default=1) + 1
    skipped = 1 if told else 0
    try:
        frame = _frame(data, encoding, delimiter, width, skipped)
    except (pd.errors.ParserError, pd.errors.ParserWarning):  # a row is longer than those of the sample
        frame = _frame_of_longer_rows(path, data, encoding, delimiter, skipped)
    columns = [frame[name].cat for name in frame]
    coded: list[Coded[Cell]] = [Coded(column.categories.tolist(), column.codes.to_numpy()) for column in columns]
    while len(coded) > 1 and not any(cell != "" for cell, _ in coded[-1].used()):
        del coded[-1]
    return Table(path, tuple(coded), len(frame), encoding=_told(encoding), delimiter=delimiter)


def _frame(data: bytes, encoding: str, delimiter: str, width: int, skipped: int) -> pd.DataFrame:
    """Categories keep each distinct text once. Read in one piece: pieces would have to be joined again."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", pd.errors.ParserWarning)
        return pd.read_csv(
            io.BytesIO(data),
            sep=delimiter,
            header=None,
            names=range(width),
            index_col=False,
            dtype="category",
            na_filter=False,
            skip_blank_lines=False,
            skiprows=skipped,
            encoding=encoding,
            low_memory=False,
        )


def _frame_of_longer_rows(path: Path, data: bytes, encoding: str, delimiter: str, skipped: int) -> pd.DataFrame:
    """The same when rows differ in length: the longest is looked for first."""
    with io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline="") as text:
        try:
            width = max(map(len, csv.reader(text, delimiter=delimiter)), default=1)
            if width > _WIDEST:
                raise ImportUnreadable(path=path, detail="unreadable.ragged")
            return _frame(data, encoding, delimiter, width + 1, skipped)
        except (csv.Error, pd.errors.ParserError, pd.errors.ParserWarning) as error:
            raise ImportUnreadable(path=path, detail="unreadable.quotes") from error


def _told(encoding: str) -> str:
    """The encoding as a person knows it."""
    names = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8 (BOM)", "cp1252": "Windows-1252", "utf-16": "UTF-16"}
    return names.get(encoding, encoding.upper())

"""The rejected rows as a file beside their source: with every reason, to be mended and imported again."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import count
from pathlib import Path

from ..domain.model import Language
from ..files import replacing
from ..texts import Texts, written
from .proposal import REJECTED_HEADINGS, Detected, Proposal, Rejected, Remark
from .reading.guarded import guarded
from .unmistakable import unmistakable

_OURS = frozenset(heading for pair in REJECTED_HEADINGS.values() for heading in pair)


def remark_sentence(texts: Texts, remark: Remark) -> str:
    """*remark* as a person reads it; of one thing some speak otherwise than of several."""
    key = f"import.{remark.key}"
    alone = remark.facts.get("count") == "1" and f"{key}_one" in texts
    facts = {name: written(texts, fact) for name, fact in remark.facts.items()}
    return texts(f"{key}_one" if alone else key, **facts)


def write_rejected(proposal: Proposal, texts: Texts) -> tuple[Path, ...]:
    """Write the rejected rows of each file beside it, and return where; nothing is written for a file without any.

    Raises StorageError.
    """
    written = []
    for detected in proposal.detected:
        rows = [row for row in proposal.rejected if row.origin.file == detected.file]
        if rows:
            data = _as_csv(detected, rows, texts.language, lambda one: remark_sentence(texts, one))
            written.append(_written(data, detected.file, texts("intake.rejected_ending")))
    return tuple(written)


def _written(data: bytes, source: Path, ending: str) -> Path:
    """`leveringen.afgekeurd.csv`, or one with a number: a file that somebody may be mending is never overwritten."""
    stem = source.stem.partition(f".{ending}")[0]
    for number in count(1):
        place = source.with_name(f"{stem}.{ending}{'' if number == 1 else f'-{number}'}.csv")
        if not os.path.lexists(place):
            with replacing(place) as out:
                out.write(data)
            return place
        if place.is_file() and place.stat().st_size == len(data) and place.read_bytes() == data:
            return place
    raise AssertionError("there is always a next number")


def _as_csv(
    detected: Detected, rows: Sequence[Rejected], language: Language, sentence: Callable[[Remark], str]
) -> bytes:
    """Semicolons and a byte order mark, as a Dutch Excel opens them; the columns as they were, and two more.

    The texts are those of the source, save where fewer rows would have them read otherwise.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    ours = {place for place, column in enumerate(detected.header) if column in _OURS}
    header = _without(ours, detected.header)
    instead = unmistakable(detected)
    data = [_without(ours, _instead(row.cells, detected.header, instead)) for row in rows]
    width = max(map(len, (header, *data)))
    writer.writerow([*map(guarded, _filled(header, width)), *REJECTED_HEADINGS[language]])
    for row, cells in zip(rows, data, strict=True):
        writer.writerow([*map(guarded, _filled(cells, width)), row.origin.row, " ".join(map(sentence, row.reasons))])
    return out.getvalue().encode("utf-8-sig")


def _without(places: Collection[int], cells: Sequence[str]) -> list[str]:
    """*cells* less those of an earlier file of rejected rows, whose row numbers and reasons are of the past."""
    return [cell for place, cell in enumerate(cells) if place not in places]


def _instead(cells: Sequence[str], header: Sequence[str], instead: Mapping[str, Callable[[str], str]]) -> Sequence[str]:
    named = (*header, *[""] * (len(cells) - len(header)))
    return [instead[column](cell) if column in instead else cell for cell, column in zip(cells, named, strict=False)]


def _filled(cells: Sequence[str], width: int) -> list[str]:
    return [*cells, *[""] * (width - len(cells))]

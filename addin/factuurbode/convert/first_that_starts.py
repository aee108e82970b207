"""Several converters as one: the first that can be started does the work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from ..errors import ConverterMissing
from ..ports import Conversion, Converter, Document


class FirstThatStarts:
    """`ports.Converter` over *converters*; one that turns out to be missing is passed over for good."""

    def __init__(self, converters: Sequence[Converter]) -> None:
        self._converters = list(converters)

    def convert(self, batch: Iterable[Document]) -> Iterator[Conversion]:
        """See `ports.Converter`. Raises the ConverterMissing of the last."""
        source = iter(batch)
        while True:
            read: list[Document] = []
            conversions = self._converters[0].convert(_noted(source, read))
            try:
                first = next(conversions, None)
            except ConverterMissing:
                if len(self._converters) == 1:
                    raise
                self._converters.pop(0).close()
                source = chain(read, source)
                continue
            if first is not None:
                yield first
                yield from conversions
            return

    def close(self) -> None:
        """See `ports.Converter`."""
        for converter in self._converters:
            converter.close()


def _noted(source: Iterator[Document], read: list[Document]) -> Iterator[Document]:
    for document in source:
        read.append(document)
        yield document

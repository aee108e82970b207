"""What turns Word documents into PDFs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from ..errors import FactuurError


@dataclass(frozen=True, slots=True)
class Document:
    """A rendered invoice: its name (the invoice number) and the bytes of its .docx."""

    name: str
    docx: bytes


@dataclass(frozen=True, slots=True)
class Conversion:
    """The PDF of one document, or why there is none. Exactly one of the two is set."""

    name: str
    pdf: bytes = b""
    error: FactuurError | None = None


class Converter(Protocol):
    """Turns Word documents into PDFs. It starts its program at the first batch and ends it in `close`."""

    def convert(self, batch: Iterable[Document]) -> Iterator[Conversion]:
        """One Conversion for each document of *batch*, in its order, each as soon as it is there.

        The next documents are converted while the caller works on this one. Raises ConverterMissing when the
        program cannot be started at all; a single document's fault is in its Conversion.
        """
        ...

    def close(self) -> None:
        """End the program and remove its temporary files. May be called twice."""
        ...

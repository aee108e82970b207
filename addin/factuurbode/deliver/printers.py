"""Which printers there are, asked apart from printing: a check can say what is wrong before anything is done."""

from __future__ import annotations

from dataclasses import dataclass

from .ipp_query import PrintServer


@dataclass(frozen=True, slots=True)
class Printers:
    """The names of the printers that are set up, sorted, and the one that is used without being named."""

    names: tuple[str, ...] = ()
    default: str | None = None


def known_printers(server: str | None = None) -> Printers:
    """The printers of the CUPS server at *server* (`host:port`; None: this computer's). Raises PrinterUnreachable."""
    printers, default = PrintServer(server).ask("printers")
    return Printers(
        tuple(sorted(str(printer["printer-name"]) for printer in printers if "printer-name" in printer)),
        next((str(printer["printer-name"]) for printer in default if "printer-name" in printer), None),
    )

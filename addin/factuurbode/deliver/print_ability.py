"""Whether a printer takes jobs at all, and can do what the settings ask: told before anything is queued."""

from __future__ import annotations

import re

from ..errors import PrinterCannot, PrinterStopped
from ..ports import PrintOptions
from .ipp_query import Attributes, listed

_STOPPED = 5  # printer-state (RFC 8011 § 5.4.11)
_BY_HAND = ("paused", "moving-to-paused")
"""Reasons for which somebody has to start the queue again; paper that ran out is not one: its jobs wait."""


def ensure_able(name: str, printer: Attributes, options: PrintOptions) -> None:
    """Raises PrinterStopped or PrinterCannot.

    What a printer does not say of itself is not held against it. Colour is what a printer may use, not what it must:
    a black-and-white one prints in grey.
    """
    reasons = listed(printer.get("printer-state-reasons"))
    stopped = printer.get("printer-state") == _STOPPED and any(reason.startswith(_BY_HAND) for reason in reasons)
    if stopped or printer.get("printer-is-accepting-jobs") is False:
        raise PrinterStopped(printer=name, detail=str(printer.get("printer-state-message") or ", ".join(reasons)))
    sides = listed(printer.get("sides-supported"))
    if options.two_sided and sides and not any(side.startswith("two-sided") for side in sides):
        raise PrinterCannot(printer=name, option="print_option.two_sided", known="")
    trays = listed(printer.get("media-source-supported"))
    if options.tray and trays and _bare(options.tray) not in map(_bare, trays):
        raise PrinterCannot(printer=name, option=options.tray, known=", ".join(trays))


def _bare(tray: str) -> str:
    """`Tray 1`, `Tray1` and `tray-1` are one tray."""
    return re.sub(r"[^a-z0-9]", "", tray.casefold())

"""Which invoices a press of the button is about: the selected rows, or all that are ready."""

from __future__ import annotations

from ..dispatch import Look, planned
from ..domain.selection import Request
from ..texts import Texts
from ..workbook.live.selection import Selection
from .dialogue import Answer, Dialogue


def requested(dialogue: Dialogue, look: Look, selection: Selection) -> Request | None:
    """Several selected rows: those. Else the question *this one, or all that are ready*; None when cancelled."""
    if selection.several and selection.numbers:
        return Request(selection.numbers)
    everything = Request()
    ready = len(planned(look, everything).errands)
    if not selection.numbers:
        return everything
    (number,) = selection.numbers
    if not ready:
        return Request((number,))
    match dialogue.answers(_question(dialogue.texts, number, ready)):
        case Answer.YES:
            return Request((number,))
        case Answer.NO:
            return everything
    return None


def _question(texts: Texts, number: str, ready: int) -> str:
    return texts("ribbon.which_one" if ready == 1 else "ribbon.which", number=number, ready=ready)

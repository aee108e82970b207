"""Workbook and journal disagree: the person chooses, told what differs, before anything is sent."""

from __future__ import annotations

from .. import dispatch
from ..errors import BookDisagrees
from ..steps.reconcile import Side
from ..texts import error_sentence
from .dialogue import Answer
from .press import Press

_SIDES = {Answer.YES: Side.JOURNAL, Answer.NO: Side.WORKBOOK}


def choose_side(press: Press, differs: BookDisagrees) -> None:
    """Ask who is right, and let workbook and journal belong together again. Nothing is sent."""
    question = f"{error_sentence(press.texts, differs)}\n\n{press.texts('ribbon.reconcile')}"
    side = _SIDES.get(press.dialogue.answers(question))
    if side is None:
        return
    with press.office() as office:
        dispatch.reconcile(office, side)
    if error := press.keep():
        press.dialogue.fails(error)
    else:
        press.dialogue.say("ribbon.reconciled")

"""Colours on the status of an invoice, which begins with the word of its worst state."""

from __future__ import annotations

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.worksheet import Worksheet

from ...domain.model import Language
from ...domain.states import State
from ..statuses import state_word
from . import styles

COLOURS: tuple[tuple[frozenset[State], str, str], ...] = (
    (frozenset({State.FAILED, State.BOUNCED, State.BLOCKED}), styles.RED, styles.RED_INK),
    (frozenset({State.PARTLY, State.IN_DOUBT, State.ATTENTION, State.LATER}), styles.AMBER, styles.AMBER_INK),
    (frozenset({State.SENT, State.PRINTED, State.SAVED}), styles.GREEN, styles.GREEN_INK),
    (frozenset({State.SENDING, State.HANDOVER, State.PRINTING}), styles.BLUE, styles.BLUE_INK),
    (frozenset({State.READY, State.HELD, State.VOID}), styles.GREY, styles.GREY_INK),
)


def colour_statuses(worksheet: Worksheet, letter: str, first: int, last: int, language: Language) -> None:
    """Colour the cells of column *letter* from row *first* to *last* by the word with which they begin."""
    for states, background, ink in COLOURS:
        words = [state_word(state, language) for state in State if state in states]
        tests = [f'LEFT(${letter}{first},{len(word)})="{word}"' for word in words]
        form = DifferentialStyle(font=Font(bold=True, color=ink), fill=styles.fill_changed(background))
        rule = Rule(type="expression", formula=[f"OR({','.join(tests)})"], dxf=form)
        worksheet.conditional_formatting.add(f"{letter}{first}:{letter}{last}", rule)

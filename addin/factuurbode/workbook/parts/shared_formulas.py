"""Formulas that cells share (ECMA-376 part 1, 18.3.1.40): the first of a group says it, the others only which group."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

_SHARED = "shared"
Place = Callable[[Any], str]
"""The reference of a cell, by its element."""


def says_it_for_others(formula: Any) -> bool:
    """Whether that element is the first of a group."""
    return formula is not None and formula.get("t") == _SHARED and bool(formula.text)


def first_of(data: Any, group: str) -> Any:
    """The formula under *data*, the rows of a sheet, in which that of the *group* stands in full; None."""
    return next((one for one in _of_group(data, group) if one.text), None)


def hand_on(data: Any, formula: Any, place: Place) -> None:
    """Let the others of its group keep their formulas when *formula*, the first of them, goes.

    Those in one column have the next as their first; where they spread over more, each has its own.
    """
    from openpyxl.formula.translate import Translator

    others = [one for one in _of_group(data, formula.get("si")) if one is not formula and not one.text]
    if not others:
        return
    translator = Translator(f"={formula.text}", origin=place(formula.getparent()))
    places = [place(one.getparent()) for one in others]
    alone = len({one.rstrip("0123456789") for one in places}) > 1
    for one, at in list(zip(others, places, strict=True))[: None if alone else 1]:
        one.text = str(translator.translate_formula(at))[1:]
        if alone:
            for name in ("t", "si", "ref"):
                one.attrib.pop(name, None)
        else:
            one.set("ref", _around(places))


def _of_group(data: Any, group: str) -> Iterator[Any]:
    return (one for one in data.iter("{*}f") if one.get("t") == _SHARED and one.get("si") == group)


def _around(places: Sequence[str]) -> str:
    return places[0] if len(places) == 1 else f"{places[0]}:{places[-1]}"

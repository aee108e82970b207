"""Copies of what is plain in a PDF: names, numbers, texts, and lists of them. They bring nothing else along."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

import pikepdf

from .doubt import Doubt


def plain(value: Any) -> Any:
    """A copy of *value*. Raises Doubt when it is a dictionary, a stream, or a reference to another object."""
    if isinstance(value, pikepdf.Array):
        return pikepdf.Array([plain(one) for one in value])
    if isinstance(value, pikepdf.Object) and not isinstance(value, pikepdf.Name | pikepdf.String):
        raise Doubt("more in a PDF than is known")
    return value


def plain_dictionary(found: pikepdf.Object, known: Set[str]) -> pikepdf.Dictionary:
    """A copy of the dictionary *found*, which has only *known* keys. Raises Doubt."""
    if not known >= set(found.keys()):
        raise Doubt("more in a PDF than is known")
    return pikepdf.Dictionary({key: plain(value) for key, value in found.items()})

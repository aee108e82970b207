"""Asking Excel to calculate: what depends on new rows, such as totals, still holds its old value in the file."""

from __future__ import annotations

from typing import Any

from .element_order import child_of_workbook
from .opc import parsed, serialised
from .package import Package


def asking_to_calculate(package: Package, part: str) -> bytes:
    """The workbook *part*, in which Excel is asked to calculate everything when it opens the file."""
    root = parsed(package, part)
    ask_to_calculate(root)
    return serialised(root)


def ask_to_calculate(workbook: Any) -> None:
    """The same for the root of that part (ECMA-376 part 1, 18.2.2)."""
    child_of_workbook(workbook, "calcPr").set("fullCalcOnLoad", "1")

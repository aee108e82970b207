"""What stands in a column in the place of a value that was not understood."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.problems import Fact
from .columns import Coded
from .proposal import Remark


@dataclass(frozen=True, slots=True)
class Fault:
    """Why: a sentence `import.reason.<code>`, the column as the file names it, and what was read there."""

    code: str
    column: str = ""
    value: Fact = ""
    detail: Fact = ""

    @property
    def reason(self) -> Remark:
        """The reason for a person."""
        return Remark(f"reason.{self.code}", {"column": self.column, "value": self.value, "detail": self.detail})


def faulty(value: object) -> bool:
    """Whether *value* is a fault."""
    return value.__class__ is Fault


def has_faults(column: Coded[object]) -> bool:
    """Whether some value of *column*, in a row or not, is a fault."""
    return any(value.__class__ is Fault for value in column.values)

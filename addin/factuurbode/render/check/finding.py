"""What the check of a template finds, as a code and its facts.

The words stand in the text catalogues: `template_finding.<code>` and `template_remedy.<code>`. A fact may itself be a
key of the catalogues.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ...domain.problems import Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, or a warning about what works and could be better."""

    code: str
    facts: Mapping[str, str] = field(default_factory=dict)
    severity: Severity = Severity.ERROR

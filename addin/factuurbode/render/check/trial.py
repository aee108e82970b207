"""Filling the template with sample invoices, since some faults only show then."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from ...domain.model import Language
from ...errors import TemplateFault, TemplateRefused
from ..sample import samples
from ..template import InvoiceTemplate
from .finding import Finding


@dataclass(frozen=True, slots=True)
class Trial:
    """The faults that showed, each once, and the template that was filled; None when it is not understood."""

    faults: tuple[Finding, ...]
    template: InvoiceTemplate | None


def tried(path: Path) -> Trial:
    """The trial of the template at *path* with every sort of invoice, without a logo and with one.

    Raises TemplateRefused when it cannot be a template at all.
    """
    try:
        plain = InvoiceTemplate(path)
    except TemplateRefused:
        raise
    except TemplateFault as error:
        return Trial((Finding("not_understood", _why(error)),), None)
    with tempfile.TemporaryDirectory(prefix="factuurbode-") as folder:
        logo = Path(folder) / "logo.png"
        Image.new("RGB", (60, 20)).save(logo)
        found: dict[tuple[str, str], Finding] = {}
        for template in (plain, InvoiceTemplate(path, logo)):
            for finding in _faults(template):
                found.setdefault((finding.facts["reason"], finding.facts["detail"]), finding)
    return Trial(tuple(found.values()), plain)


def _faults(template: InvoiceTemplate) -> Iterator[Finding]:
    for sort, fields in samples(Language.NL).items():
        try:
            template.render(fields)
        except TemplateFault as error:
            yield Finding("fails", {**_why(error), "sort": f"template_sort.{sort}"})


def _why(error: TemplateFault) -> dict[str, str]:
    return {"reason": error.facts["reason"], "detail": error.facts["detail"]}

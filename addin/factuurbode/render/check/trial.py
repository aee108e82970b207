"""Filling the template with sample invoices, since some faults only show then."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

from ...domain.model import Language
from ...errors import TemplateFault, TemplateRefused
from ..sample import samples
from ..template import InvoiceTemplate
from .finding import Finding


def trial_faults(path: Path) -> Iterator[Finding]:
    """The faults that show when the template at *path* is filled with every sort of invoice, each fault once.

    Raises TemplateRefused when it cannot be a template at all.
    """
    told: set[tuple[str, str]] = set()
    with tempfile.TemporaryDirectory(prefix="factuurbode-") as folder:
        logo = Path(folder) / "logo.png"
        Image.new("RGB", (60, 20)).save(logo)
        for picture in (None, logo):
            for finding in _faults(path, picture):
                fault = (finding.facts["reason"], finding.facts["detail"])
                if fault not in told:
                    told.add(fault)
                    yield finding


def _faults(path: Path, logo: Path | None) -> Iterator[Finding]:
    try:
        template = InvoiceTemplate(path, logo)
    except TemplateRefused:
        raise
    except TemplateFault as error:
        yield Finding("not_understood", _why(error))
        return
    for sort, fields in samples(Language.NL).items():
        try:
            template.render(fields)
        except TemplateFault as error:
            yield Finding("fails", {**_why(error), "sort": f"template_sort.{sort}"})


def _why(error: TemplateFault) -> dict[str, str]:
    return {"reason": error.facts["reason"], "detail": error.facts["detail"]}

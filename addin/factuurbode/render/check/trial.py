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
    told: set[str] = set()
    with tempfile.TemporaryDirectory(prefix="factuurbode-") as folder:
        logo = Path(folder) / "logo.png"
        Image.new("RGB", (60, 20)).save(logo)
        for picture in (None, logo):
            for finding in _faults(path, picture):
                if finding.facts["detail"] not in told:
                    told.add(finding.facts["detail"])
                    yield finding


def _faults(path: Path, logo: Path | None) -> Iterator[Finding]:
    try:
        template = InvoiceTemplate(path, logo)
    except TemplateRefused:
        raise
    except TemplateFault as error:
        yield Finding("not_understood", {"detail": error.facts["detail"]})
        return
    for sort, fields in samples(Language.NL).items():
        try:
            template.render(fields)
        except TemplateFault as error:
            yield Finding("fails", {"detail": error.facts["detail"], "sort": f"template_sort.{sort}"})

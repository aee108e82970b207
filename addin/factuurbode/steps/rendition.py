"""Every invoice is rendered once: mail, print, saved file and archive are the same bytes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..convert.fonts import replaced_fonts
from ..convert.verify import verify
from ..deliver.archive import Archive
from ..domain.ledger import Ledger
from ..domain.model import Language
from ..domain.preflight import Checked
from ..domain.problems import Problem, Severity
from ..domain.states import NEVER_BY_ITSELF
from ..errors import FactuurError
from ..journal import Intent
from ..ports import Conversion, Document
from ..render.fields import invoice_fields, template_for
from ..render.template import InvoiceTemplate
from .office import Office


@dataclass(frozen=True, slots=True)
class Rendition:
    """The PDF of an invoice, proven to be that invoice."""

    pdf: bytes
    pages: int


class Renditions:
    """Makes the PDFs of invoices, one after the other, the next ones already under way.

    What is to be told of a template, once for all its invoices, stands in `warnings`.
    """

    def __init__(self, office: Office, ledger: Ledger) -> None:
        self._office = office
        self._settings = ledger.settings
        self._templates: dict[Path, InvoiceTemplate | FactuurError] = {}
        self._first_of_template: dict[str, bytes] = {}
        self.warnings: list[Problem] = []

    def of(self, invoices: Sequence[Checked]) -> Iterator[Rendition | FactuurError]:
        """The rendition of each of *invoices*, in order, or the error that keeps it in.

        An invoice that has reached somebody, or waits to go, is not made again: its archived PDF is taken, whatever
        template or address may have changed since. Raises ConverterMissing when nothing can be converted at all.
        """
        made = {checked.invoice.number: self._made_before(checked) for checked in invoices}
        refused: dict[str, FactuurError] = {}
        to_make = (checked for checked in invoices if made[checked.invoice.number] is None)
        conversions = self._office.converter.convert(self._documents(to_make, refused))
        next_one: Conversion | None = None
        for checked in invoices:
            number = checked.invoice.number
            if before := made[number]:
                yield self._archived(before)
                continue
            if next_one is None and number not in refused:
                next_one = next(conversions, None)
            if next_one is None or next_one.name != number:
                yield refused[number]
                continue
            yield self._proven(next_one)
            next_one = None

    def _made_before(self, checked: Checked) -> Intent | None:
        """What has reached somebody is that invoice for good; what only waits is, as long as it says the same."""
        dispatches = self._office.journal.of_invoice(checked.invoice.number)
        for dispatch in reversed(dispatches):
            if dispatch.state in NEVER_BY_ITSELF:
                return dispatch.intent
        return next((one.intent for one in dispatches if one.goes_on_with(checked)), None)

    def _archived(self, intent: Intent) -> Rendition | FactuurError:
        try:
            pdf = Archive(self._settings.general.archive).load(intent.pdf, intent.pdf_sha256)
        except FactuurError as error:
            return error
        return Rendition(pdf, intent.pages)

    def _documents(self, invoices: Iterator[Checked], refused: dict[str, FactuurError]) -> Iterator[Document]:
        """The Word documents of *invoices*; one that cannot be rendered is noted in *refused* and passed over."""
        for checked in invoices:
            try:
                yield Document(checked.invoice.number, self._rendered(checked))
            except FactuurError as error:
                refused[checked.invoice.number] = error

    def _rendered(self, checked: Checked) -> bytes:
        if checked.amounts is None:
            raise ValueError(f"{checked.invoice.number} has incomplete lines; the preflight lets no such invoice pass")
        customer = checked.invoice.customer
        known = len(self._templates)
        template = self._template(customer.language if customer else Language.NL)
        settings = replace(self._settings, company=checked.seller)
        docx = template.render(invoice_fields(checked.invoice, checked.amounts, settings))
        if len(self._templates) > known:
            self._first_of_template[checked.invoice.number] = docx
        return docx

    def _template(self, language: Language) -> InvoiceTemplate:
        path = template_for(language, self._settings)
        if path not in self._templates:
            try:
                self._templates[path] = InvoiceTemplate(path, self._settings.company.logo)
            except FactuurError as error:
                self._templates[path] = error
        template = self._templates[path]
        if isinstance(template, FactuurError):
            raise template
        return template

    def _proven(self, conversion: Conversion) -> Rendition | FactuurError:
        if conversion.error:
            return conversion.error
        try:
            rendition = Rendition(conversion.pdf, verify(conversion.pdf, conversion.name))
        except FactuurError as error:
            return error
        if docx := self._first_of_template.pop(conversion.name, None):
            told = {problem.value for problem in self.warnings}
            fonts = [font for font in replaced_fonts(docx, conversion.pdf) if font not in told]
            self.warnings += [Problem("font_replaced", Severity.WARNING, value=font) for font in fonts]
        return rendition

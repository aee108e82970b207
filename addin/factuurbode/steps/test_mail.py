"""A test mail to the baker's own address (B5): a made-up invoice, over the real template, PDF and mail server."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date

from ..deliver.addresses import read_addresses
from ..deliver.message import compose
from ..domain.addressees import Addressee
from ..domain.ledger import Ledger
from ..domain.model import Channel, Language
from ..domain.preflight import Checked, Past
from ..domain.totals import totals
from ..errors import FactuurError, MailNotSetUp
from ..journal.journal import new_dispatch_id
from ..ports import Outcome, Reached
from ..render.sample import sample_invoice
from ..texts import texts_in
from .mailing import letter_about
from .office import Office
from .rendition import Renditions
from .report import Result


def send_test_mail(office: Office, ledger: Ledger, reached: Reached) -> Result:
    """What became of a test mail from the sender of the settings to itself; it is no invoice, so nothing is recorded.

    *reached* is told of each step on the way to the server. Raises MailNotSetUp, TemplateError, ConversionError or
    StorageError.
    """
    settings, texts = ledger.settings, texts_in(ledger.language)
    for setting, value in (("server", settings.mail.server), ("sender", settings.mail.sender)):
        if not value.strip():
            raise MailNotSetUp(missing=f"mail_setting.{setting}")
    now = office.now()
    checked = _sample(ledger, texts("test_mail.number"), now.date())
    (rendition,) = Renditions(office, ledger).of([checked])
    if isinstance(rendition, FactuurError):
        raise rendition
    letter = letter_about(checked, rendition, settings, new_dispatch_id(), now)
    envelope = compose(replace(letter, subject=texts("test_mail.subject", subject=letter.subject)))
    with closing(office.open_mailer(settings.mail, reached)) as mailer:
        receipt = mailer.send(envelope, _nothing_to_record)
    key = f"outcome.{receipt.code}" if receipt.code else ""
    outcome = Outcome(Channel.MAIL, receipt.state, key, {"detail": receipt.detail}, recipients=checked.recipients)
    return Result(checked.invoice.number, outcome)


def _sample(ledger: Ledger, number: str, today: date) -> Checked:
    invoice = sample_invoice(Language(ledger.language), number, today)
    amounts = totals(invoice, small_business=ledger.settings.company.small_business)
    to = read_addresses(ledger.settings.mail.sender).valid
    return Checked(invoice, amounts, (Channel.MAIL,), to, (), (), Past(), ledger.settings.company)


def _nothing_to_record(refused: tuple[Addressee, ...]) -> None:
    """A test mail may be lost: it is simply sent again."""

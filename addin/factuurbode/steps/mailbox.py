"""What the bakery's own mailbox adds: a copy of what was sent, the end of a doubt, and what came back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import timedelta

from ..deliver.archive import Archive
from ..deliver.message import message_id
from ..domain.addressees import Addressee, same_address
from ..domain.model import Channel
from ..domain.problems import Problem, Severity
from ..domain.settings import Settings
from ..domain.states import State
from ..errors import MailboxUnreachable, MailNotSetUp, StorageError
from ..journal import Dispatch, Journal
from .arrival import arrived
from .office import Office

_COMES_BACK_WITHIN = timedelta(days=14)
"""A mail server gives up after five days at most, mostly (RFC 5321 § 4.5.4.1); not all do."""

_CAN_COME_BACK = frozenset({State.SENT, State.PARTLY, State.BOUNCED})  # BOUNCED: from another of its addresses


def keep_in_sent(office: Office, settings: Settings, run: str) -> Iterator[Problem]:
    """Put what *run* sent into the folder Sent, where it is not yet: some providers do so themselves.

    Gives a warning when that fails; the invoices have gone out all the same.
    """
    sent = [one for one in office.journal.in_states(State.SENT, State.PARTLY) if one.last.run == run]
    mails = [one for one in sent if one.intent.channel is Channel.MAIL and one.intent.message]
    if not (mails and settings.mail.sent_copy_server.strip()):
        return
    archive = Archive(settings.general.archive)
    with closing(office.open_mailbox(settings.mail)) as mailbox:
        try:
            for one in mails:
                intent = one.intent
                if intent.message and not mailbox.holds(message_id(intent.id, intent.sender)):
                    mailbox.keep_sent(archive.load(intent.message, intent.message_sha256), one.last.at)
        except (MailboxUnreachable, StorageError) as error:
            yield Problem("sent_copy_failed", Severity.WARNING, detail=str(error.facts.get("detail", "")))


def end_doubts(office: Office, settings: Settings, run: str) -> bool:
    """Look in the mailbox for each mail in doubt; whether any doubt ended.

    A mail that is there has been taken by the server. One that is not there may be on its way all the same, and stays
    in doubt; so does everything when the mailbox cannot be asked.
    """
    doubtful = office.journal.in_states(State.IN_DOUBT)
    if not (doubtful and settings.mail.sent_copy_server.strip()):
        return False
    ended = False
    with closing(office.open_mailbox(settings.mail)) as mailbox:
        for one in doubtful:
            try:
                held = mailbox.holds(message_id(one.intent.id, one.intent.sender))
            except MailboxUnreachable:
                break
            if held:
                arrived(office.journal, run, one, "found_sent")
                ended = True
    return ended


def take_back(office: Office, settings: Settings, run: str) -> list[Dispatch]:
    """Mark the mails that came back as BOUNCED, each address once. Raises MailNotSetUp or MailboxUnreachable.

    A mail in doubt that comes back has been taken by the server.
    """
    if not settings.mail.sent_copy_server.strip():
        raise MailNotSetUp(missing="mail_setting.sent_copy_server")
    with closing(office.open_mailbox(settings.mail)) as mailbox:
        reported = mailbox.bounces(office.now() - _COMES_BACK_WITHIN)
    came_back: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for bounce in reported:
        came_back[bounce.message_id][same_address(bounce.recipient)] = bounce.detail
    marked = []
    journal = office.journal
    for mail in journal.in_states(State.IN_DOUBT, *_CAN_COME_BACK):
        if not (details := came_back.get(message_id(mail.intent.id, mail.intent.sender))):
            continue
        one = arrived(journal, run, mail, "found_sent") if mail.state is State.IN_DOUBT else mail
        lost = _lost(journal, one, details) if one.state in _CAN_COME_BACK else []
        if lost:
            told = "; ".join(addressee.told for addressee in lost)
            marked.append(
                journal.advance(run, one.intent.id, State.BOUNCED, code="bounced", detail=told, addressees=lost)
            )
    return marked


def _lost(journal: Journal, dispatch: Dispatch, details: Mapping[str, str]) -> list[Addressee]:
    """Whom *dispatch* turned out not to have reached, with why; a mail sent since may have reached them after all."""
    sent = journal.of_invoice(dispatch.intent.invoice)
    since = sent[[one.intent.id for one in sent].index(dispatch.intent.id) + 1 :]
    served = {
        same_address(known.address)
        for one in since
        for known in journal.addressees(one.intent.id)
        if known.state is State.SENT
    }
    return [
        Addressee(known.address, State.BOUNCED, "bounced", details[same_address(known.address)])
        for known in journal.addressees(dispatch.intent.id)
        if known.state is State.SENT and same_address(known.address) in details.keys() - served
    ]

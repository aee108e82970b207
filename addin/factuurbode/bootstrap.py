"""Choosing the adapters: the one place that knows which program, server and keyring a command works with."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from .convert.first_that_starts import FirstThatStarts
from .convert.libreoffice import LibreOffice
from .convert.merging.merging import Merging
from .convert.word import Word
from .convert.word_folder import WordFolder
from .convert.word_probe import word_is_installed
from .deliver.credentials import Credentials, consent, nothing_to_show, password
from .deliver.cups import CupsPrinter
from .deliver.discovery import Search, discover
from .deliver.discovery.names import Names
from .deliver.environment_secrets import EnvironmentSecrets
from .deliver.folder_printer import FolderPrinter
from .deliver.imap import ImapMailbox
from .deliver.keyring_secrets import KeyringSecrets
from .deliver.oauth.choose import client_secret_place, identity_provider
from .deliver.oauth.consent import access_token, ask_consent
from .deliver.oauth.identity import Invite
from .deliver.oauth.vault import Vault
from .deliver.printers import Printers, known_printers
from .deliver.smtp import SmtpMailer
from .domain.settings import Mail, Security, SignIn
from .errors import BookBusy, BookMissing, BookNotWritable, BookUnreadable, StorageError, disk_reason
from .journal import Journal
from .journal.journal import IN_MEMORY, beside
from .ports import Book, Converter, Mailbox, Mailer, Printer, Reached
from .steps.office import Office
from .steps.stray_passwords import Moved, move_passwords
from .workbook.closed import ClosedBook
from .workbook.source import ensure_package

PAUSES = (5.0, 20.0, 60.0)
"""Seconds: a server that is busy or greylists (RFC 6647) mostly takes a message when it comes again."""


@dataclass(frozen=True, slots=True)
class Outside:
    """The ways out of the house; the demo has its own."""

    open_mailer: Callable[[Mail, Reached], Mailer]
    open_printer: Callable[[str], Printer]
    open_mailbox: Callable[[Mail], Mailbox]


def real_world() -> Outside:
    """The mail server of the settings with the credentials of this computer's keyring, and its printers."""
    return Outside(
        lambda mail, reached: SmtpMailer(mail, credentials_for(mail), reached=reached),
        system_printer,
        lambda mail: ImapMailbox(mail, credentials_for(mail)),
    )


def system_printer(name: str) -> Printer:
    """The printer *name* of this computer: through the spooler on Windows, CUPS elsewhere."""
    if sys.platform == "win32":
        from .deliver.windows_printer import WindowsPrinter
        from .deliver.windows_spooler import WindowsSpooler

        return WindowsPrinter(name, WindowsSpooler())
    return CupsPrinter(name)


def system_printers() -> Printers:
    """The printers that this computer has. Raises PrinterUnreachable."""
    if sys.platform == "win32":
        from .deliver.windows_spooler import WindowsSpooler

        return Printers(WindowsSpooler().printers())
    return known_printers()


def demo_world(mail_port: int, printer: Path) -> Outside:
    """A mail server of our own on this computer, and a folder for a printer, whatever the settings say."""

    def caught(mail: Mail, reached: Reached) -> Mailer:
        ours = replace(mail, server="127.0.0.1", port=mail_port, security=Security.NONE, sign_in=SignIn.NONE)
        return SmtpMailer(ours, reached=reached)

    return Outside(caught, lambda _: FolderPrinter(printer), lambda mail: ImapMailbox(mail, nothing_to_show))


def chosen_converter() -> Converter:
    """Word where it is (Windows, macOS), else LibreOffice. Neither is started here."""
    if sys.platform == "win32" and word_is_installed():
        from .convert.word_windows import WindowsWord

        return FirstThatStarts([Word(WindowsWord()), WordFolder(), Merging(LibreOffice())])
    if word_is_installed():
        return FirstThatStarts([WordFolder(), Merging(LibreOffice())])
    return Merging(LibreOffice())


def credentials_for(mail: Mail) -> Credentials:
    """What to sign in to the mail account with: an environment variable for servers and tests, else the keyring."""
    keyring = KeyringSecrets()
    if mail.sign_in is SignIn.OAUTH:
        return consent(lambda: access_token(mail, identity_provider(mail, keyring), Vault(keyring)))
    places = (EnvironmentSecrets(), keyring)
    return password(lambda: next(filter(None, (place.password(mail.server, mail.user) for place in places)), None))


def remember_password(mail: Mail, typed: str) -> None:
    """Keep the password of *mail* in the keyring of this computer. Raises StorageError where there is none."""
    KeyringSecrets().remember(mail.server, mail.user, typed)


def needs_client_secret(mail: Mail) -> bool:
    """Whether the provider knows our application by a secret that nobody has typed yet. Raises StorageError."""
    place = client_secret_place(mail)
    return place is not None and KeyringSecrets().password(place, mail.client_id) is None


def remember_client_secret(mail: Mail, typed: str) -> None:
    """Keep it in the keyring of this computer. Raises StorageError where there is none."""
    if place := client_secret_place(mail):
        KeyringSecrets().remember(place, mail.client_id, typed)


def find_mail_server(address: str) -> Search:
    """What is known of the server that sends mail for *address*, on this computer and on the internet."""
    return discover(address, Names())


def move_stray_passwords(book: Book) -> Moved | None:
    """Move passwords that stand in cells of *book* to the keyring of this computer. Raises what `Book.read` does."""
    return move_passwords(book, KeyringSecrets().remember)


def sign_in(mail: Mail, invite: Invite, *, device: bool) -> None:
    """Ask for consent to mail as the user of *mail*, and keep it in the keyring.

    *device* asks on any other device than this computer. Raises SignInError or StorageError.
    """
    keyring = KeyringSecrets()
    ask_consent(mail, identity_provider(mail, keyring), Vault(keyring), invite, device=device)


@contextmanager
def open_office(path: Path, outside: Outside | None = None, *, looking: bool = False) -> Iterator[Office]:
    """Everything for a command on the workbook at *path*; one command at a time.

    One that is only *looking* leaves nothing beside the workbook, and waits for nobody.

    Raises BookMissing, BookUnreadable, BookBusy, BookNotWritable or StorageError (a folder in which no lock can be
    made), or JournalError.
    """
    book = closed_book(path)
    ensure_package(book.path)
    with office_for(book, outside, looking=looking) as office:
        yield office


@contextmanager
def office_for(book: Book, outside: Outside | None = None, *, looking: bool = False) -> Iterator[Office]:
    """The same for *book*, which may be open in Excel. Raises what `open_office` does."""
    ways = outside or real_world()
    with ExitStack() as stack:
        if not looking:
            stack.enter_context(_alone(book.path))
        place = beside(book.path)
        journal = Journal(IN_MEMORY if looking and not place.exists() else place)
        stack.callback(journal.close)
        converter = chosen_converter()
        stack.callback(converter.close)
        yield Office(book, journal, converter, ways.open_mailer, ways.open_printer, ways.open_mailbox, _now, PAUSES)


def closed_book(path: Path) -> ClosedBook:
    """The workbook at *path*, only to look at. Raises BookMissing or BookUnreadable."""
    return ClosedBook(_found(path))


def _found(path: Path) -> Path:
    """The whole path of the workbook, behind any links. Raises BookMissing or BookUnreadable."""
    try:
        whole = path.resolve()
        if whole.exists():
            return whole
    except OSError as error:
        raise BookUnreadable(path=path, detail=disk_reason(error)) from error
    except RuntimeError as error:  # links that lead in a circle, before Python 3.13
        raise BookUnreadable(path=path, detail="disk.loop") from error
    raise BookMissing(path=path)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """The right to work on *path*, which the system takes back when this process dies: a file left behind is free."""
    place = path.with_name(f".{beside(path).stem}.lock")  # workbooks that share a journal take turns
    lock = FileLock(place, blocking=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise BookBusy(path=path) from error
    except PermissionError as error:
        raise BookNotWritable(path=path) from error
    except OSError as error:
        raise StorageError(path=place, detail=disk_reason(error)) from error
    except NotImplementedError as error:  # a network folder without locks: two runs could send the same invoice
        raise StorageError(path=place, detail="disk.no_locks") from error
    try:
        yield
    finally:
        lock.release()


def _now() -> datetime:
    return datetime.now().astimezone()

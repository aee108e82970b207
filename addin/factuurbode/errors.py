"""Every error that a person can meet, as one tree.

    FactuurError
    ├── BookError                 the workbook
    │   ├── BookMissing           there is no such file
    │   ├── BookUnreadable        it is not an .xlsx that can be read
    │   ├── BookIncomplete        a sheet or column is missing
    │   ├── BookNewer             a later version of the program has made it
    │   ├── BookUpgraded          `upgrade` has made a newer one of it, which stands beside it
    │   ├── UpgradeHindered       `upgrade` cannot put in what is missing
    │   │   ├── SheetProtected
    │   │   ├── StructureProtected    no sheet may be added
    │   │   ├── TableMissing          a sheet of ours has lost its table
    │   │   ├── NoRoomBeside          something stands to the right of a table
    │   │   └── SheetNameTaken        a sheet of the baker's own has the name of ours
    │   ├── BookNotWritable       open elsewhere, or read-only
    │   ├── BookBusy              another run is at work on it
    │   ├── BookExists            `new` would overwrite it
    │   ├── NoRoomBelow           something stands in the way of a table that has to grow
    │   ├── NumberTaken           two invoices would have one number
    │   ├── BookChanged           it changed between the question and the answer
    │   └── BookDisagrees         workbook and journal tell different stories
    │       ├── BookWithoutJournal    the workbook has a past, the journal is gone
    │       ├── JournalOfOtherBook    the journal belongs to another workbook
    │       └── BookFromOtherTime     a copy, or an older version put back
    ├── JournalError              the journal beside the workbook
    │   ├── JournalDamaged
    │   ├── JournalNotWritable    the disk is full, or the file may not be written
    │   ├── JournalBusy           another program holds it
    │   └── JournalTooNew
    ├── TemplateError             the Word template
    │   ├── TemplateMissing
    │   │   └── MailTextsMissing      the folder with mail texts, or every text in it
    │   ├── TemplateExists        `template restore` would overwrite it
    │   └── TemplateFault         a tag in it is wrong
    │       ├── MailTextFault         a tag in a mail text is wrong
    │       ├── TemplateRefused       it is no Word document, or holds what a template may not hold
    │       └── LogoFault             the logo is not a picture
    ├── ConversionError           Word or LibreOffice
    │   ├── ConverterMissing
    │   ├── ConverterCrashed
    │   ├── ConversionRefused     the PDF is not this invoice
    │   └── LetterUnprintable     a letter in it came out as an empty box
    ├── DeliveryError
    │   ├── MailNotSetUp
    │   ├── MailServerUnknown     nobody says which server sends mail for an address
    │   ├── NotAnAddress          what was typed is no e-mail address
    │   ├── MailboxUnreachable
    │   ├── SignInError           signing in with the provider's consent (OAuth 2.0)
    │   │   ├── ConsentNotOffered     we know no such way for this mail server
    │   │   ├── ClientMissing         no application of ours is registered with the provider
    │   │   ├── ConsentMissing        nobody has consented yet
    │   │   ├── ConsentExpired        it has expired or was withdrawn
    │   │   ├── ConsentRefused        the person, an administrator or the provider says no
    │   │   ├── ConsentTimedOut       nobody answered
    │   │   ├── DeviceCodeUnknown     the provider wants a browser on this computer
    │   │   └── IdentityUnreachable   the provider's sign-in cannot be reached
    │   ├── PrinterUnknown
    │   ├── PrinterStopped        its queue takes no jobs
    │   ├── PrinterCannot         it has no such tray, colour or second side
    │   └── PrinterUnreachable
    ├── ImportFault               a file that is to be imported
    │   ├── ImportMissing         there is no such file
    │   ├── ImportUnreadable      it cannot be read as a table
    │   ├── ImportSheetUnclear    which of its sheets is meant?
    │   ├── ImportColumnsUnknown  its columns say nothing that we know
    │   ├── ImportColumnsMissing  some that its kind cannot do without are not there
    │   ├── ImportMappingUnknown  asked for a mapping that is not there
    │   ├── ImportMappingFaulty   a saved mapping names a field that is not there
    │   └── ImportMappingTwice    a saved mapping says of one column that it is two things
    ├── UndoError                 an import that cannot be undone
    │   ├── NothingToUndo
    │   ├── UndoTooLate           an invoice of it has gone out
    │   └── UndoChanged           something of it was changed since
    ├── VoidError                 a number that cannot be void, or no longer void
    │   ├── VoidUnknown           it is of no series, or before its start
    │   ├── VoidTooFar            it is beyond the one that comes next
    │   ├── VoidAmbiguous         more than one invoice has it
    │   ├── VoidRefused           the invoice has gone out
    │   ├── NotVoid               taking back what was not
    │   ├── VoidSettled           taking back, and the invoice has gone out
    │   ├── VoidReplaced          taking back, and its deliveries are on another invoice
    │   └── VoidNeedsReason
    ├── StorageError              a file or folder cannot be written or read
    │   └── KeyringUnusable       this computer keeps no passwords
    │       ├── KeyringLocked         it keeps them, and nobody unlocked it
    │       └── KeyringSilent         it did not answer in time
    ├── InstallError              the add-in and Excel
    │   ├── ExcelNotHere          there is no Excel on this kind of computer
    │   ├── AddInInUse            Excel has the add-in open
    │   └── PythonPathUnusable    Excel could not start this Python
    ├── NoPassword                nobody typed one
    ├── Unexpected                a mistake in the program itself
    │   └── UnexpectedUnkept      of which the details could not be kept
    ├── UnknownInvoice            asked for a number that is not in the workbook
    └── ResendNeedsReason         asked to send again without numbers or a reason

An error carries a `code` and `facts`; the sentence and its remedy stand in the text catalogues under
`error.<code>` and `remedy.<code>`, in Dutch and English. Only the faces (`cli`, later `ribbon`) catch and speak.
"""

from __future__ import annotations

import errno
from typing import ClassVar


class FactuurError(Exception):
    """Base of all errors for people. `facts` fill the sentence of `code`."""

    code: ClassVar[str]

    def __init__(self, **facts: object) -> None:
        self.facts = {name: str(fact) for name, fact in facts.items()}
        super().__init__(f"{type(self).__name__}: {self.facts}")


class BookError(FactuurError):
    """Something about the workbook."""


class BookMissing(BookError):
    """Facts: path."""

    code = "book_missing"


class BookUnreadable(BookError):
    """Facts: path, detail."""

    code = "book_unreadable"


class BookIncomplete(BookError):
    """Facts: path, missing."""

    code = "book_incomplete"


class BookNewer(BookError):
    """Facts: path, schema, known: the version of its layout, and the latest that this program knows."""

    code = "book_newer"


class BookUpgraded(BookError):
    """Facts: path, upgraded: the workbook that took its place."""

    code = "book_upgraded"


class UpgradeHindered(BookError):
    """The workbook cannot take what is missing. Nothing was written."""


class SheetProtected(UpgradeHindered):
    """Facts: path, sheet."""

    code = "sheet_protected"


class StructureProtected(UpgradeHindered):
    """Facts: path, sheet: the one that cannot be added."""

    code = "structure_protected"


class TableMissing(UpgradeHindered):
    """Facts: path, sheet."""

    code = "table_missing"


class NoRoomBeside(UpgradeHindered):
    """Facts: path, sheet, cell, count: what stands beside the table, and how many columns have to fit there."""

    code = "no_room_beside"


class SheetNameTaken(UpgradeHindered):
    """Facts: path, sheet."""

    code = "sheet_name_taken"


class BookNotWritable(BookError):
    """Facts: path."""

    code = "book_not_writable"


class ExcelBusy(BookNotWritable):
    """Facts: path."""

    code = "excel_busy"


class ExcelReadOnly(BookNotWritable):
    """Facts: path."""

    code = "excel_read_only"


class BookNotSaved(BookError):
    """Facts: path."""

    code = "book_not_saved"


class BookInCloud(BookError):
    """Facts: path."""

    code = "book_in_cloud"


class NumberingUnclear(BookError):
    """Facts: pattern."""

    code = "numbering_unclear"


class BookBusy(BookError):
    """Facts: path."""

    code = "book_busy"


class BookExists(BookError):
    """Facts: path."""

    code = "book_exists"


class NoRoomBelow(BookError):
    """Facts: path, sheet, row. Nothing was written."""

    code = "no_room_below"


class NumberTaken(BookError):
    """Facts: number."""

    code = "number_taken"


class BookChanged(BookError):
    """Facts: path. Between what was shown and what was agreed with, somebody changed the workbook."""

    code = "book_changed"


class BookDisagrees(BookError):
    """Facts: path. Nothing is sent until a person says who is right."""


class BookWithoutJournal(BookDisagrees):
    """Facts: path."""

    code = "book_without_journal"


class JournalOfOtherBook(BookDisagrees):
    """Facts: path."""

    code = "journal_of_other_book"


class BookFromOtherTime(BookDisagrees):
    """Facts: path."""

    code = "book_from_other_time"


class JournalError(FactuurError):
    """Something about the journal."""


class JournalDamaged(JournalError):
    """Facts: path, detail."""

    code = "journal_damaged"


class JournalNotWritable(JournalError):
    """Facts: path, detail."""

    code = "journal_not_writable"


class JournalBusy(JournalError):
    """Facts: path."""

    code = "journal_busy"


class JournalTooNew(JournalError):
    """Facts: path."""

    code = "journal_too_new"


class TemplateError(FactuurError):
    """Something about the Word template."""


class TemplateMissing(TemplateError):
    """Facts: path."""

    code = "template_missing"


class MailTextsMissing(TemplateMissing):
    """Facts: path."""

    code = "mail_texts_missing"


class TemplateFault(TemplateError):
    """Facts: path, reason (a key of the texts), detail (the tag, or where it is)."""

    code = "template_fault"


class MailTextFault(TemplateFault):
    """Facts: path, reason (a key of the texts), detail (the tag, or the file)."""

    code = "mail_text_fault"


class TemplateRefused(TemplateFault):
    """Facts: path, reason (a key of the texts), detail."""

    code = "template_refused"


class LogoFault(TemplateFault):
    """Facts: path, reason (a key of the texts), detail."""

    code = "logo_fault"


class TemplateExists(TemplateError):
    """Facts: path."""

    code = "template_exists"


class ConversionError(FactuurError):
    """Something about making the PDF."""


class ConverterMissing(ConversionError):
    """Facts: detail."""

    code = "converter_missing"


class ConverterCrashed(ConversionError):
    """Facts: document."""

    code = "converter_crashed"


class ConversionRefused(ConversionError):
    """Facts: document, detail."""

    code = "conversion_refused"


class LetterUnprintable(ConversionError):
    """Facts: document, letters."""

    code = "letters_unprinted"


class DeliveryError(FactuurError):
    """Something about the way out."""


class MailNotSetUp(DeliveryError):
    """Facts: missing."""

    code = "mail_not_set_up"


class MailServerUnknown(DeliveryError):
    """Facts: address, reason (a key of the texts)."""

    code = "mail_server_not_found"


class NotAnAddress(DeliveryError):
    """Facts: address."""

    code = "not_an_address"


class SignInError(DeliveryError):
    """Something about signing in with the provider's consent. Each says what to do before it can work again."""


class ConsentNotOffered(SignInError):
    """Facts: server."""

    code = "consent_not_offered"


class ClientMissing(SignInError):
    """Facts: provider, how (a key of the texts)."""

    code = "client_missing"


class ConsentMissing(SignInError):
    """Facts: provider, user."""

    code = "consent_missing"


class ConsentExpired(SignInError):
    """Facts: provider, user, detail (what the provider said; may be empty)."""

    code = "consent_expired"


class ConsentRefused(SignInError):
    """Facts: provider, detail."""

    code = "consent_refused"


class ConsentTimedOut(SignInError):
    """Facts: provider."""

    code = "consent_timed_out"


class DeviceCodeUnknown(SignInError):
    """Facts: provider."""

    code = "device_code_unknown"


class IdentityUnreachable(SignInError):
    """Facts: server, detail."""

    code = "identity_unreachable"


class MailboxUnreachable(DeliveryError):
    """Facts: server, detail."""

    code = "mailbox_unreachable"


class PrinterUnknown(DeliveryError):
    """Facts: printer, known."""

    code = "printer_unknown"


class PrinterStopped(DeliveryError):
    """Facts: printer, detail."""

    code = "printer_stopped"


class PrinterCannot(DeliveryError):
    """Facts: printer, option (a key of the texts, or what was typed), known (what there is instead, or '')."""

    code = "printer_cannot"


class PrinterUnreachable(DeliveryError):
    """Facts: detail."""

    code = "printer_unreachable"


class ImportFault(FactuurError):
    """Something about a file that is to be imported."""


class ImportMissing(ImportFault):
    """Facts: path."""

    code = "import_missing"


class ImportUnreadable(ImportFault):
    """Facts: path, detail (a key of the texts)."""

    code = "import_unreadable"


class ImportSheetUnclear(ImportFault):
    """Facts: path, sheets."""

    code = "import_sheet_unclear"


class ImportColumnsUnknown(ImportFault):
    """Facts: path, columns."""

    code = "import_columns_unknown"


class ImportColumnsMissing(ImportFault):
    """Facts: path, kind (a key of the texts), missing, columns."""

    code = "import_columns_missing"


class ImportMappingUnknown(ImportFault):
    """Facts: mapping, known."""

    code = "import_mapping_unknown"


class ImportMappingFaulty(ImportFault):
    """Facts: mapping, column, field, known."""

    code = "import_mapping_faulty"


class ImportMappingTwice(ImportFault):
    """Facts: mapping, column."""

    code = "import_mapping_twice"


class UndoError(FactuurError):
    """An import that cannot be undone."""


class NothingToUndo(UndoError):
    """Facts: number (of the import asked for, or '')."""

    code = "nothing_to_undo"


class UndoTooLate(UndoError):
    """Facts: numbers (of the invoices that have gone out)."""

    code = "undo_too_late"


class UndoChanged(UndoError):
    """Facts: numbers (of what a person has changed since). Nothing was undone."""

    code = "undo_changed"


class VoidError(FactuurError):
    """A number that cannot be void, or that cannot be taken back from being so."""


class VoidRefused(VoidError):
    """Facts: number. The invoice has gone out, or is on its way."""

    code = "void_refused"


class VoidUnknown(VoidError):
    """Facts: number, series (from where to where numbers can be void). It is of no series, or before its start."""

    code = "void_unknown"


class VoidTooFar(VoidError):
    """Facts: number, next (the number that comes next in its series)."""

    code = "void_too_far"


class VoidAmbiguous(VoidError):
    """Facts: number, cells (of the invoices that have it)."""

    code = "void_ambiguous"


class NotVoid(VoidError):
    """Facts: number."""

    code = "not_void"


class VoidSettled(VoidError):
    """Facts: number. Its invoice has gone out, or is on its way, so that the void cannot be taken back."""

    code = "void_settled"


class VoidReplaced(VoidError):
    """Facts: number, invoices (on which its deliveries stand now)."""

    code = "void_replaced"


class VoidNeedsReason(VoidError):
    """No facts."""

    code = "void_no_reason"


class StorageError(FactuurError):
    """Facts: path, detail."""

    code = "storage"


class KeyringUnusable(StorageError):
    """Facts: detail."""

    code = "keyring_unusable"


class KeyringLocked(KeyringUnusable):
    """Facts: detail."""

    code = "keyring_locked"


class KeyringSilent(KeyringUnusable):
    """Facts: detail."""

    code = "keyring_silent"


class InstallError(FactuurError):
    """Something about the add-in and Excel."""


class ExcelNotHere(InstallError):
    """No facts."""

    code = "excel_not_here"


class AddInInUse(InstallError):
    """Facts: path."""

    code = "add_in_in_use"


class PythonPathUnusable(InstallError):
    """Facts: path."""

    code = "python_path_unusable"


class NoPassword(FactuurError):
    """No facts."""

    code = "no_password"


class Unexpected(FactuurError):
    """Facts: kind (of the exception), log (where the details are). Made by the faces only, as their last resort."""

    code = "unexpected"


class UnexpectedUnkept(Unexpected):
    """Facts: kind, detail."""

    code = "unexpected_unkept"


class UnknownInvoice(FactuurError):
    """Facts: numbers."""

    code = "unknown_invoice"


class ResendNeedsReason(FactuurError):
    """No facts."""

    code = "no_reason"


_DISK = {
    errno.ENOSPC: "disk.full",
    errno.EDQUOT: "disk.full",
    errno.EFBIG: "disk.full",
    errno.EACCES: "disk.denied",
    errno.EPERM: "disk.denied",
    errno.EROFS: "disk.read_only",
    errno.ENOENT: "disk.gone",
    errno.ENOTDIR: "disk.gone",
    errno.EISDIR: "disk.is_folder",
    errno.ENAMETOOLONG: "disk.name_too_long",
    errno.ELOOP: "disk.loop",
    errno.EIO: "disk.no_answer",
    errno.ESTALE: "disk.no_answer",
    errno.ETIMEDOUT: "disk.no_answer",
    errno.EHOSTDOWN: "disk.no_answer",
    errno.EHOSTUNREACH: "disk.no_answer",
    errno.ENETUNREACH: "disk.no_answer",
    errno.ENOTCONN: "disk.no_answer",
}


def disk_reason(error: OSError) -> str:
    """Why a file could not be read or written: a key of the texts (`disk.…`), or what the system says of it."""
    return _DISK.get(error.errno or 0) or error.strerror or type(error).__name__

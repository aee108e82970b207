"""The button that lets a person sign in to the mail account: find its server, ask for a password or for consent."""

from __future__ import annotations

from ..bootstrap import (
    find_mail_server,
    needs_client_secret,
    remember_client_secret,
    remember_password,
    sign_in,
)
from ..deliver.addresses import read_addresses
from ..deliver.oauth.identity import Invitation
from ..deliver.screen import open_in_browser
from ..domain.ledger import Ledger
from ..domain.settings import Mail, SignIn
from ..errors import MailNotSetUp
from ..steps.mail_server import fill, told
from ..texts import sign_in_help
from .press import Press
from .window import ask_for, can_show_windows


def password(press: Press) -> None:
    """Let the person sign in, as the settings say. Without a mail server one is looked for first."""
    press.move_passwords()
    ledger = press.live.read()
    if not ledger.settings.mail.server:
        ledger = _with_server(press, ledger)
    mail = ledger.settings.mail
    if not (mail.server and mail.user):
        raise MailNotSetUp(missing="mail_setting.user" if mail.server else "mail_setting.server")
    if mail.sign_in is SignIn.NONE:
        press.dialogue.say("cli.signin_none", server=mail.server)
    elif mail.sign_in is SignIn.OAUTH:
        _consent(press, mail)
    else:
        _password(press, mail)


def _with_server(press: Press, ledger: Ledger) -> Ledger:
    """The workbook after the server of its sender was found and, when the person agrees, filled in."""
    mail = ledger.settings.mail
    addresses = read_addresses(mail.sender or mail.user or ledger.settings.company.email).valid
    if not addresses:
        return ledger
    press.dialogue.shows(press.texts("ribbon.sign_in.looking"))
    search = find_mail_server(addresses[0])
    question = [*told(search, press.texts), "", press.texts("ribbon.sign_in.fill")]
    if search.found is None or not press.dialogue.agrees("\n".join(question)):
        return ledger
    fill(press.live, ledger, search)
    return press.live.read()


def _password(press: Press, mail: Mail) -> None:
    if not can_show_windows():
        press.dialogue.say("ribbon.password_elsewhere")
        return
    question = press.texts("cli.password_for", user=mail.user, server=mail.server)
    if typed := ask_for(press.texts, f"{question}\n\n{sign_in_help(press.texts, mail)}", hidden=True):
        remember_password(mail, typed)
        press.dialogue.say("cli.password_kept")


def _consent(press: Press, mail: Mail) -> None:
    def invite(invitation: Invitation) -> None:
        if not open_in_browser(invitation.address):
            press.dialogue.say("cli.signin_browser", address=invitation.address)

    if needs_client_secret(mail):
        if not can_show_windows():
            press.dialogue.say("ribbon.password_elsewhere")
            return
        typed = ask_for(press.texts, press.texts("cli.client_secret_prompt"), hidden=True)
        if not typed:
            return
        remember_client_secret(mail, typed)
    if press.dialogue.agrees(press.texts("ribbon.sign_in.question", user=mail.user)):
        press.dialogue.shows(press.texts("ribbon.sign_in.busy"))
        sign_in(mail, invite, device=False)
        press.dialogue.say("cli.signin_kept", user=mail.user)

"""`factuurbode signin` and `password`: let a person show the mail server who they are, once."""

from __future__ import annotations

import getpass
from argparse import Namespace
from pathlib import Path

from ..bootstrap import needs_client_secret, remember_client_secret, remember_password, sign_in
from ..deliver.oauth.identity import Invitation
from ..deliver.screen import open_in_browser
from ..domain.settings import Mail, SignIn
from ..errors import MailNotSetUp, NoPassword
from ..texts import sign_in_help
from .opened import opened
from .voice import Voice


def signin(options: Namespace, voice: Voice) -> int:
    """Ask for consent, or for the password, as the settings say; with the help that the provider's account needs."""
    mail = _account(options.book, voice)
    voice.tell(sign_in_help(voice.texts, mail))
    if mail.sign_in is SignIn.OAUTH:
        _consent(mail, voice, device=options.device)
    elif mail.sign_in is SignIn.PASSWORD:
        _password(mail, voice)
    else:
        voice.say("cli.signin_none", server=mail.server)
    return 0


def password(options: Namespace, voice: Voice) -> int:
    """Keep the mail account's password in the keyring of this computer."""
    _password(_account(options.book, voice), voice)
    return 0


def _account(book: Path, voice: Voice) -> Mail:
    with opened(book, voice) as office:
        ledger = office.book.read()
    voice.speak(ledger.language)
    mail = ledger.settings.mail
    if not (mail.server and mail.user):
        raise MailNotSetUp(missing="mail_setting.user" if mail.server else "mail_setting.server")
    return mail


def _password(mail: Mail, voice: Voice) -> None:
    voice.say("cli.password_for", user=mail.user, server=mail.server)
    remember_password(mail, _typed(voice, "cli.password_prompt"))
    voice.say("cli.password_kept")


def _consent(mail: Mail, voice: Voice, *, device: bool) -> None:
    def invite(invitation: Invitation) -> None:
        key = "cli.signin_code" if invitation.code else "cli.signin_browser"
        voice.tell(voice.texts(key, address=invitation.address, code=invitation.code))
        if not invitation.code:
            open_in_browser(invitation.address)

    if needs_client_secret(mail):
        remember_client_secret(mail, _typed(voice, "cli.client_secret_prompt"))
    voice.say("cli.signin_begins", user=mail.user)
    sign_in(mail, invite, device=device)
    voice.say("cli.signin_kept", user=mail.user)


def _typed(voice: Voice, prompt: str) -> str:
    """What the person types, unseen. Raises NoPassword when there is nobody, or nothing."""
    try:
        typed = getpass.getpass(voice.texts(prompt))
    except EOFError as error:
        raise NoPassword from error
    if not typed:
        raise NoPassword
    return typed

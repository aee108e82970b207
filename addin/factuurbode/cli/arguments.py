"""The commands and their options, described in the reader's language."""

from __future__ import annotations

import argparse
from pathlib import Path

from .. import __version__
from ..texts import Texts
from .intake_arguments import add_due, add_import, add_numbers, add_void


def parser(texts: Texts) -> argparse.ArgumentParser:
    """The parser for the whole command line; `command` names what was asked for."""
    whole = argparse.ArgumentParser(
        prog="factuurbode", description=texts("cli.description"), epilog=texts("cli.exit_codes"), allow_abbrev=False
    )
    whole.add_argument("--version", action="version", version=f"factuurbode {__version__}", help=texts("cli.version"))
    whole.add_argument("--lang", choices=("nl", "en"), help=texts("cli.lang"))
    commands = whole.add_subparsers(dest="command", required=True, metavar=texts("cli.command"))

    def command(name: str) -> argparse.ArgumentParser:
        summary = texts(f"cli.commands.{name}")
        return commands.add_parser(name, help=summary, description=summary, allow_abbrev=False)

    new = command("new")
    new.add_argument("path", type=Path, metavar=texts("cli.path"), help=texts("cli.new_path"))
    new.add_argument("--language", choices=("nl", "en"), help=texts("cli.new_language"))
    new.add_argument("--demo", action="store_true", help=texts("cli.new_demo"))

    check = command("check")
    copies = command("customer-copies")
    internal = command("internal-copies")
    status = command("status")
    reconcile = command("reconcile")
    arrived = command("arrived")
    bounces = command("bounces")
    test_mail = command("testmail")
    password = command("password")
    signin = command("signin")
    mailserver = command("mailserver")
    upgrade = command("upgrade")
    for one in (check, copies, internal, status, reconcile, arrived, bounces, test_mail, password, signin, mailserver):
        one.add_argument("book", type=Path, metavar=texts("cli.book"), help=texts("cli.book_help"))
    upgrade.add_argument("book", type=Path, metavar=texts("cli.book"), help=texts("cli.book_help"))
    for one in (check, copies, internal, status, arrived, bounces, test_mail, mailserver, upgrade):
        one.add_argument("--json", action="store_true", help=texts("cli.json"))

    which = copies.add_mutually_exclusive_group()
    which.add_argument("--invoices", type=_numbers, metavar="N,N", help=texts("cli.invoices"))
    which.add_argument("--unsent", action="store_true", help=texts("cli.unsent"))
    copies.add_argument("--dry-run", action="store_true", help=texts("cli.dry_run"))
    copies.add_argument("--resend", action="store_true", help=texts("cli.resend"))
    copies.add_argument("--reason", default="", metavar=texts("cli.text"), help=texts("cli.reason"))

    copies.add_argument("--report", type=Path, metavar=texts("cli.path"), help=texts("cli.report"))

    internal.add_argument("--invoices", type=_numbers, metavar="N,N", required=True, help=texts("cli.invoices"))
    where = internal.add_mutually_exclusive_group()
    where.add_argument("--screen", action="store_true", default=None, help=texts("cli.screen"))
    where.add_argument("--printer", dest="screen", action="store_false", help=texts("cli.to_printer"))

    arrived.add_argument("--invoices", type=_numbers, metavar="N,N", required=True, help=texts("cli.invoices"))

    signin.add_argument("--device", action="store_true", help=texts("cli.device"))
    mailserver.add_argument("address", nargs="?", metavar=texts("cli.address"), help=texts("cli.address_help"))
    mailserver.add_argument("--write", action="store_true", help=texts("cli.mailserver_write"))

    reconcile.add_argument("--trust", choices=("journal", "workbook"), required=True, help=texts("cli.trust"))

    demo = command("demo")
    demo.add_argument("folder", type=Path, nargs="?", metavar=texts("cli.folder"), help=texts("cli.demo_folder"))
    demo.add_argument("--language", choices=("nl", "en"), help=texts("cli.new_language"))
    demo.add_argument("--json", action="store_true", help=texts("cli.json"))

    add_import(command("import"), texts)
    add_due(command("due"), texts)
    add_numbers(command("numbers"), texts)
    add_void(command("void"), texts)
    _template(command("template"), texts)

    install = command("install")
    install.add_argument("--folder", type=Path, metavar=texts("cli.folder"), help=texts("cli.install_folder"))
    command("uninstall")

    doctor = command("doctor")
    doctor.add_argument("book", type=Path, nargs="?", metavar=texts("cli.book"), help=texts("cli.doctor_book"))
    doctor.add_argument("--json", action="store_true", help=texts("cli.json"))
    return whole


def _template(template: argparse.ArgumentParser, texts: Texts) -> None:
    actions = template.add_subparsers(dest="action", required=True, metavar=texts("cli.template.action"))

    def action(name: str) -> argparse.ArgumentParser:
        summary = texts(f"cli.template.{name}")
        return actions.add_parser(name, help=summary, description=summary, allow_abbrev=False)

    check, fields, restore = action("check"), action("fields"), action("restore")
    check.add_argument("file", type=Path, metavar=texts("cli.template.file"), help=texts("cli.template.check_file"))
    for one in (check, fields):
        one.add_argument("--json", action="store_true", help=texts("cli.json"))
    restore.add_argument("path", type=Path, metavar=texts("cli.path"), help=texts("cli.template.restore_path"))
    restore.add_argument("--language", choices=("nl", "en", "de", "fr"), help=texts("cli.template.restore_language"))
    restore.add_argument("--mail", action="store_true", help=texts("cli.template.restore_mail"))
    restore.add_argument("--force", action="store_true", help=texts("cli.template.restore_force"))


def _numbers(text: str) -> tuple[str, ...]:
    return tuple(number.strip() for number in text.split(",") if number.strip())

"""Makes the reference of commands, settings and messages, in Dutch and English, from the product itself.

    python docs/make_reference.py [FOLDER]

What the program knows stands in it by construction; a test proves that the files in this folder are current.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from factuurbode.cli.arguments import parser
from factuurbode.domain.model import Language
from factuurbode.texts import Texts, texts_in
from factuurbode.workbook.settings.rows import SETTINGS_TABLE
from factuurbode.workbook.settings.table import Group, Setting, group_title

HERE = Path(__file__).parent
LANGUAGES = (Language.NL, Language.EN)
NAMES = {
    "commands": {Language.NL: "opdrachten.md", Language.EN: "commands.md"},
    "settings": {Language.NL: "instellingen.md", Language.EN: "settings.md"},
    "messages": {Language.NL: "berichten.md", Language.EN: "messages.md"},
}
WORDS: Mapping[Language, Mapping[str, str]] = {
    Language.NL: {
        "commands": "Opdrachten",
        "settings": "Instellingen",
        "messages": "Berichten en wat u doet",
        "made": "Gemaakt door `docs/make_reference.py`; wijzig het programma, niet deze bladzijde.",
        "option": "Optie",
        "meaning": "Betekenis",
        "setting": "Instelling",
        "value": "Wat er mag staan",
        "default": "Begint met",
        "explanation": "Uitleg",
        "message": "Bericht",
        "remedy": "Wat u doet",
        "code": "Code",
        "problem": "Wat de controle vooraf vindt",
        "outcome": "Wat er van een verzending werd",
        "error": "Wat een opdracht tegenhoudt",
        "template_finding": "Wat er aan een sjabloon mankeert",
        "exit": "Afloop",
        "yes-no": "ja of nee",
        "text": "tekst",
        "identifier": "tekst",
        "whole": "een geheel getal",
        "number": "een getal",
        "money": "een bedrag",
        "percent": "een percentage",
    },
    Language.EN: {
        "commands": "Commands",
        "settings": "Settings",
        "messages": "Messages and what to do",
        "made": "Made by `docs/make_reference.py`; change the program, not this page.",
        "option": "Option",
        "meaning": "Meaning",
        "setting": "Setting",
        "value": "What may stand there",
        "default": "Starts with",
        "explanation": "Explanation",
        "message": "Message",
        "remedy": "What to do",
        "code": "Code",
        "problem": "What the check finds",
        "outcome": "What became of a delivery",
        "error": "What stops a command",
        "template_finding": "What is wrong with a template",
        "exit": "Exit codes",
        "yes-no": "yes or no",
        "text": "text",
        "identifier": "text",
        "whole": "a whole number",
        "number": "a number",
        "money": "an amount",
        "percent": "a percentage",
    },
}


def commands(texts: Texts, words: Mapping[str, str]) -> Iterator[str]:
    """Each command with its options, as `--help` tells them."""
    whole = parser(texts)
    yield f"{words['exit']}: {texts('cli.exit_codes').partition(': ')[2]}\n"
    subparsers = next(action for action in whole._actions if isinstance(action, argparse._SubParsersAction))
    for name, command in subparsers.choices.items():
        yield from _command(f"factuurbode {name}", command, words)


def _command(title: str, command: argparse.ArgumentParser, words: Mapping[str, str]) -> Iterator[str]:
    yield f"## {title}\n"
    yield f"{command.description}\n"
    nested = [action for action in command._actions if isinstance(action, argparse._SubParsersAction)]
    rows = []
    for action in command._actions:
        if isinstance(action, argparse._HelpAction | argparse._SubParsersAction):
            continue
        metavar = action.metavar if isinstance(action.metavar, str) else "|".join(map(str, action.choices or ()))
        shown = " ".join(filter(None, [", ".join(action.option_strings), metavar if action.nargs != 0 else ""]))
        rows.append((f"`{shown}`", str(action.help or "")))
    if rows:
        yield from _table((words["option"], words["meaning"]), rows)
    for group in nested:
        for name, below in group.choices.items():
            yield from _command(f"{title} {name}", below, words)


def settings(texts: Texts, words: Mapping[str, str]) -> Iterator[str]:
    """Each setting of the sheet, by group."""
    language = texts.language
    for group in Group:
        yield f"## {group_title(group, language)}\n"
        rows = [
            (
                f"**{setting.title(language)}**",
                _allowed(setting, words, language),
                _start(setting, language),
                setting.explanation(language),
            )
            for setting in SETTINGS_TABLE
            if setting.group is group
        ]
        yield from _table((words["setting"], words["value"], words["default"], words["explanation"]), rows)


def _allowed(setting: Setting, words: Mapping[str, str], language: Language) -> str:
    if setting.choices and setting.type.value != "yes-no":
        return " · ".join(choice.word(language) for choice in setting.choices)
    return words.get(setting.type.value, setting.type.value)


def _start(setting: Setting, language: Language) -> str:
    start = setting.start(language)
    for choice in setting.choices:
        if choice.value == start:
            return choice.word(language)
    return start


def messages(texts: Texts, words: Mapping[str, str]) -> Iterator[str]:
    """Each sentence about something that is not as it should be, with its remedy."""
    for group in ("problem", "outcome", "error", "template_finding"):
        yield f"## {words[group]}\n"
        rows = []
        for key in sorted(key for key in texts.keys() if key.startswith(f"{group}.")):  # noqa: SIM118 - not a mapping
            code = key.partition(".")[2]
            remedy_key = f"{REMEDIES.get(group, 'remedy')}.{code}"
            remedy = texts.raw(remedy_key) if remedy_key in texts else ""
            rows.append((_plain(texts.raw(key)), _plain(remedy), f"`{code}`"))
        yield from _table((words["message"], words["remedy"], words["code"]), rows)


def _plain(sentence: str) -> str:
    """*sentence* with its facts in single braces and real braces as they are shown."""
    return sentence.replace("{{", "{").replace("}}", "}")


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|').replace(chr(10), ' ') for cell in row)} |"
    yield ""


REMEDIES = {"template_finding": "template_remedy"}
MAKERS = {"commands": commands, "settings": settings, "messages": messages}


def pages() -> Iterator[tuple[str, str]]:
    """The name and text of every page."""
    for subject, make in MAKERS.items():
        for language in LANGUAGES:
            words = WORDS[language]
            body = "\n".join(make(texts_in(language), words))
            yield NAMES[subject][language], f"# {words[subject]}\n\n{words['made']}\n\n{body.rstrip()}\n"


def main(folder: Path) -> None:
    """Write every page."""
    for name, text in pages():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)

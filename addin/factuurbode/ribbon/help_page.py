"""The guide for the baker, with all that it refers to, as one page for the browser that needs nothing else."""

from __future__ import annotations

import base64
import re
from pathlib import Path

from markdown_it import MarkdownIt

from ..assets import asset
from ..domain.model import Language
from ..files import make_folder, replacing
from ..mishap import state_folder

_GUIDES = {
    Language.NL: ("handleiding.md", "instellingen.md", "berichten.md", "sjabloonvelden.md", "opdrachten.md"),
    Language.EN: ("manual.md", "settings.md", "messages.md", "template-fields.md", "commands.md"),
}
"""The guide itself, and what it refers to; all stand on one page."""

_LINK = re.compile(r'<a href="(?P<name>[\w-]+\.md)">')
_PICTURE = re.compile(r'src="(?P<name>[^":]+\.png)"')
_STYLE = """
body { font: 17px/1.6 system-ui, sans-serif; max-width: 46em; margin: 2em auto; padding: 0 1em; color: #222 }
img { max-width: 100%; border: 1px solid #ddd; border-radius: 4px }
table { border-collapse: collapse } td, th { border: 1px solid #ccc; padding: .3em .6em; text-align: left }
code { background: #f3f0ea; padding: .1em .3em; border-radius: 3px } h1, h2 { line-height: 1.2; color: #7a4a1d }
"""


def help_page(language: Language) -> Path:
    """Where the page is, made anew from the guide that came with this version. Raises StorageError."""
    shown = "<hr>".join(f'<section id="{name}">{_section(asset("docs", name))}</section>' for name in _GUIDES[language])
    page = state_folder() / f"help.{language}.html"
    make_folder(page.parent)
    with replacing(page) as out:
        out.write(
            f'<!doctype html><html lang="{language}"><meta charset="utf-8"><title>factuurbode</title>'
            f"<style>{_STYLE}</style><body>{shown}</body></html>".encode()
        )
    return page


def _section(guide: Path) -> str:
    """*guide* as HTML, its pictures inside it and its links to other guides within the page."""
    body = MarkdownIt("commonmark", {"html": False}).enable("table").render(guide.read_text(encoding="utf-8"))
    whole = _PICTURE.sub(lambda found: f'src="{_inline(guide.parent / found["name"])}"', body)
    return _LINK.sub(r'<a href="#\g<name>">', whole)


def _inline(picture: Path) -> str:
    if not picture.is_file():
        return picture.name
    return f"data:image/png;base64,{base64.b64encode(picture.read_bytes()).decode()}"

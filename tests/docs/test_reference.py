"""The documentation is what the program says of itself, and names every command."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from factuurbode.cli.commands import COMMANDS

DOCS = Path(__file__).parents[2] / "docs"
README = DOCS.parent / "README.md"


def reference() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_reference", DOCS / "make_reference.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PAGES: dict[str, str] = dict(reference().pages())


@pytest.mark.parametrize("name", PAGES)
def test_a_reference_page_is_current(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name], "run `make shipped`"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str) -> None:
    assert f"`{command}" in README.read_text(encoding="utf-8")
    for name in ("opdrachten.md", "commands.md"):
        assert f"## factuurbode {command}" in PAGES[name]


@pytest.mark.parametrize("page", sorted(path.name for path in [*DOCS.glob("*.md"), README]))
def test_every_link_and_picture_is_there(page: str) -> None:
    path = README if page == README.name else DOCS / page
    for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


@pytest.mark.parametrize("page", ["handleiding.md", "manual.md"])
def test_every_command_in_the_manual_exists(page: str) -> None:
    named = set(re.findall(r"`factuurbode ([a-z-]+)", (DOCS / page).read_text(encoding="utf-8")))
    assert named <= set(COMMANDS)

"""What is installed elsewhere: the package with its templates and workbooks, and nothing of the workshop."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from factuurbode.install.addin_file import addin_bytes
from factuurbode.ribbon.help_page import _GUIDES

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


def test_everything_that_ships_is_in_the_wheel(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as package:
        names = set(package.namelist())
    shipped = [
        *(ROOT / "templates").glob("*.docx"),
        *(ROOT / "templates").glob("mail.*"),
        *(ROOT / "workbooks").iterdir(),
    ]
    assert {f"factuurbode/{path.relative_to(ROOT).as_posix()}" for path in shipped} <= names
    addin = [*(ROOT / "addin" / "ribbon").iterdir(), *(ROOT / "addin" / "vba").iterdir()]
    assert {f"factuurbode/{path.relative_to(ROOT).as_posix()}" for path in addin} <= names
    named = [name for guides in _GUIDES.values() for name in guides]
    guides = [*(ROOT / "docs" / name for name in named), *(ROOT / "docs" / "pictures").iterdir()]
    assert {f"factuurbode/{path.relative_to(ROOT).as_posix()}" for path in guides} <= names
    assert {"factuurbode/texts/nl/cli.toml", "factuurbode/report/page.html"} <= names
    assert "factuurbode/deliver/discovery/ispdb.tsv" in names
    assert not [
        name for name in names if name.startswith(("factuurbode/templates/", "tests/")) and name.endswith(".py")
    ]


def test_a_workbook_and_the_add_in_can_be_made_from_the_wheel_alone(wheel: Path, tmp_path: Path) -> None:
    installed = tmp_path / "site"
    with zipfile.ZipFile(wheel) as package:
        package.extractall(installed)
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from factuurbode.cli import main\n"
        "import factuurbode; assert factuurbode.__file__.startswith(sys.argv[1])\n"
        "from factuurbode.assets import asset; assert asset('templates', 'invoice.nl.docx').is_file()\n"
        "assert main(['install', '--folder', sys.argv[3]]) == 0\n"
        "sys.exit(main(['new', sys.argv[2], '--demo']))\n"
    )
    book = tmp_path / "boek.xlsx"
    command = [sys.executable, "-c", program, str(installed), str(book), str(tmp_path / "excel")]
    subprocess.run(command, check=True, capture_output=True)
    assert book.is_file()
    assert (tmp_path / "excel" / "factuurbode.xlam").read_bytes() == addin_bytes()

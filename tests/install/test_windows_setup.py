"""The set-up program for Windows: made by the real NSIS from made-up contents (the real ones are fetched)."""

from __future__ import annotations

import importlib.util
import re
import shutil
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

from factuurbode import __version__
from factuurbode.domain.model import Language
from factuurbode.texts import texts_in

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "addin" / "installer" / "factuurbode.nsi"
OUR_WHEEL = f"factuurbode-{__version__}-py3-none-any.whl"


@pytest.fixture(scope="module")
def build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("installer_build", SCRIPT.with_name("build.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def stage(tmp_path: Path, build: ModuleType) -> Path:
    """What goes in, made up, but for the lock file."""
    folder = tmp_path / "what goes in"
    (folder / "wheels").mkdir(parents=True)
    for name in (OUR_WHEEL, "lxml-6.0-cp312-cp312-win_amd64.whl"):
        (folder / "wheels" / name).write_bytes(b"made up")
    uv = folder / "uv-1.0-py3-none-win_amd64.whl"
    with zipfile.ZipFile(uv, "w") as package:
        package.writestr("uv-1.0.data/scripts/uv.exe", b"MZ made up")
        package.writestr("uv-1.0.data/scripts/uvx.exe", b"MZ other")
    build.take_uv(uv, folder)
    build.write_lock(ROOT / "requirements.lock", folder / "requirements.lock")
    return folder


@pytest.mark.nsis
def test_it_is_a_windows_program_with_everything_in_it(stage: Path, build: ModuleType, tmp_path: Path) -> None:
    if not shutil.which("makensis"):
        pytest.skip("NSIS is not installed")
    target = tmp_path / "dist" / "factuurbode-setup.exe"

    told = build.compile_installer(stage, target)

    program = target.read_bytes()
    assert program.startswith(b"MZ")
    assert b'level="asInvoker"' in program  # no administrator
    inside = set(re.findall(r'^File: "([^"]+)"', told, re.MULTILINE))
    assert {"uv.exe", "requirements.lock", "LICENSE.txt", OUR_WHEEL, "lxml-6.0-cp312-cp312-win_amd64.whl"} <= inside
    assert (stage / "uv.exe").read_bytes() == b"MZ made up"
    assert "warning" not in told.lower().replace("0 warnings", "")


def test_it_speaks_dutch_and_english_by_the_catalogues(stage: Path, build: ModuleType) -> None:
    lines = list(build._lang_strings())
    used = set(re.findall(r"\$\(([A-Z_]+)\)", SCRIPT.read_text("utf-8")))

    for language, name in ((Language.NL, "DUTCH"), (Language.EN, "ENGLISH")):
        ready = texts_in(language)("installer.ready")
        assert f'LangString READY ${{LANG_{name}}} "{ready}"' in lines
        assert {line.split()[1] for line in lines if f"LANG_{name}" in line} == used


def test_the_lock_for_windows_is_the_lock_without_what_is_for_others(stage: Path) -> None:
    whole = (ROOT / "requirements.lock").read_text("utf-8")
    kept = (stage / "requirements.lock").read_text("utf-8")

    names = set(re.findall(r"^([a-z0-9-]+)==", kept, re.MULTILINE))
    assert {"pywin32", "docx2pdf", "xlwings", "lxml"} <= names
    assert not names & {"appscript", "secretstorage", "jeepney"}
    assert ";" not in kept
    assert set(re.findall(r"sha256:[0-9a-f]{64}", kept)) <= set(re.findall(r"sha256:[0-9a-f]{64}", whole))
    assert all("--hash=sha256:" in entry for entry in re.split(r"\n(?=[a-z])", kept.strip()))


def test_it_needs_no_administrator_and_the_uninstaller_removes_only_what_it_names() -> None:
    script = SCRIPT.read_text("utf-8")
    uninstall = script[script.index("Section Uninstall") :]

    assert "RequestExecutionLevel user" in script
    assert "HKLM" not in script
    assert "$PROGRAMFILES" not in script
    removed = re.findall(r'^\s*RMDir /r "([^"]+)"', uninstall, re.MULTILINE)
    assert removed
    assert all(re.fullmatch(r"\$INSTDIR\\[a-z]+", folder) for folder in removed)
    assert 'DeleteRegKey HKCU "${UNINSTALL_KEY}"' in uninstall
    assert uninstall.index('factuurbode.exe" uninstall') < uninstall.index("RMDir")


def test_the_add_in_starts_python_from_where_the_set_up_program_puts_it() -> None:
    from factuurbode.install.configuration import WINDOWS_PYTHON

    script = SCRIPT.read_text("utf-8")
    [folder] = re.findall(r'^InstallDir "\$LOCALAPPDATA\\([^"]+)"', script, re.MULTILINE)

    assert rf"%LOCALAPPDATA%\{folder}\python\Scripts\python.exe" == WINDOWS_PYTHON

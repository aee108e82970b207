"""Makes the set-up program for Windows, on any computer with NSIS: `make installer`.

    python addin/installer/build.py TARGET.exe

Everything but Python itself goes in, so that what a person installs is what was tested: the wheels of the lock file for
Windows, ours, and uv, which fetches Python and makes the environment. Their hashes are checked here and on Windows.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from packaging.requirements import Requirement

from factuurbode import __version__
from factuurbode.domain.model import Language
from factuurbode.texts import texts_in

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PYTHON = "3.12"
WINDOWS: Mapping[str, str] = {
    "sys_platform": "win32",
    "platform_system": "Windows",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "implementation_name": "cpython",
    "python_version": PYTHON,
    "python_full_version": f"{PYTHON}.0",
}
_LANGUAGES = {Language.NL: "DUTCH", Language.EN: "ENGLISH"}


def main(target: Path) -> None:
    """Fetch what goes in, and compile it to *target*."""
    with tempfile.TemporaryDirectory() as name:
        stage = Path(name)
        (stage / "wheels").mkdir()
        write_lock(ROOT / "requirements.lock", stage / "requirements.lock")
        _fetch(stage / "requirements.lock", stage / "wheels")
        _fetch(HERE / "uv.lock", stage)
        take_uv(next(stage.glob("uv-*.whl")), stage)
        build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(stage / "wheels")]
        subprocess.run(build, cwd=ROOT, check=True)
        compile_installer(stage, target)


def write_lock(source: Path, target: Path) -> None:
    """The lines of lock file *source* that count on Windows, without their conditions."""
    kept = []
    for entry in _entries(source.read_text(encoding="utf-8")):
        requirement = Requirement(entry[0].rstrip(" \\"))
        if requirement.marker is None or requirement.marker.evaluate(dict(WINDOWS)):
            kept.append("\n".join([f"{requirement.name}{requirement.specifier} \\", *entry[1:]]))
    target.write_text("\n".join(kept) + "\n", encoding="utf-8")


def take_uv(wheel: Path, folder: Path) -> None:
    """Put `uv.exe` of *wheel* into *folder*."""
    with zipfile.ZipFile(wheel) as package:
        inside = next(name for name in package.namelist() if name.endswith("/scripts/uv.exe"))
        (folder / "uv.exe").write_bytes(package.read(inside))


def compile_installer(stage: Path, target: Path) -> str:
    """Compile what is in *stage* to *target*; returns what NSIS told. Raises CalledProcessError."""
    shutil.copy(ROOT / "LICENSE", stage / "LICENSE.txt")
    (stage / "texts.nsh").write_text("\n".join(_lang_strings()) + "\n", encoding="utf-8-sig")
    [wheel] = (stage / "wheels").glob("factuurbode-*.whl")
    target.parent.mkdir(parents=True, exist_ok=True)
    values = {"VERSION": __version__, "STAGE": stage, "TARGET": target.resolve(), "WHEEL": wheel.name, "PYTHON": PYTHON}
    command = ["makensis", "-V4", "-WX", *(f"-D{name}={value}" for name, value in values.items())]
    done = subprocess.run([*command, str(HERE / "factuurbode.nsi")], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.stderr.write(done.stdout[-3000:] + done.stderr)
        done.check_returncode()
    return done.stdout


def _lang_strings() -> Iterator[str]:
    """The texts of the set-up program as NSIS wants them."""
    for language, name in _LANGUAGES.items():
        texts = texts_in(language)
        for key in sorted(key for key in texts.keys() if key.startswith("installer.")):  # noqa: SIM118 - no mapping
            sentence = texts(key).replace("$", "$$").replace('"', '$\\"')
            yield f'LangString {key.removeprefix("installer.").upper()} ${{LANG_{name}}} "{sentence}"'


def _fetch(lock: Path, folder: Path) -> None:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += ["--require-hashes", "--only-binary=:all:", "--platform", "win_amd64", "--python-version", PYTHON]
    subprocess.run([*command, "--dest", str(folder), "--requirement", str(lock)], check=True)


def _entries(lock: str) -> Iterator[list[str]]:
    """Each requirement of a lock file, with its hashes as further lines."""
    entry: list[str] = []
    for line in lock.splitlines():
        if line and not line.startswith((" ", "#")):
            if entry:
                yield entry
            entry = [line]
        elif line.strip().startswith("--hash"):
            entry.append(line)
    if entry:
        yield entry


if __name__ == "__main__":
    main(Path(sys.argv[1]))

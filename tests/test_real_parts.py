"""A run that must skip nothing fails when a real part was left out, and only then."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from support.real_parts import OF_THE_SYSTEM, REAL_PARTS

ROOT = Path(__file__).parents[1]
EACH_MET = "".join(f"@pytest.mark.{part}\ndef test_{part}(): pass\n" for part in REAL_PARTS)
ABSENT = "@pytest.mark.skipif(True, reason='gone')\n"
PROCESSES: tuple[list[str], ...] = ([], ["-n", "2"])


def ends(folder: Path, tests: str, *options: str, strict: bool = True) -> tuple[int, str]:
    """The exit code of a run of its own with *tests*, and what it said; *strict* as in CI."""
    (folder / "test_few.py").write_text(f"import pytest\n{tests}", encoding="utf-8")
    markers = "\n".join(f"    {part}: real" for part in REAL_PARTS)
    (folder / "pytest.ini").write_text(f"[pytest]\naddopts = --strict-markers\nmarkers =\n{markers}\n", "utf-8")
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "FACTUURBODE_"))}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "support.real_parts", "-p", "no:cacheprovider", *options, str(folder)],
        cwd=folder,
        env={**ours, "PYTHONPATH": str(ROOT / "tests")} | ({"FACTUURBODE_NO_SKIPS": "1"} if strict else {}),
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def test_every_marker_of_the_project_is_a_real_part() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    markers = project["tool"]["pytest"]["ini_options"]["markers"]
    assert {marker.partition(":")[0] for marker in markers} == set(REAL_PARTS)


@pytest.mark.parametrize("options", PROCESSES, ids=str)
def test_a_run_that_met_every_part_is_good(tmp_path: Path, options: list[str]) -> None:
    code, said = ends(tmp_path, EACH_MET, *options)
    assert code == 0, said


@pytest.mark.parametrize("options", PROCESSES, ids=str)
def test_each_part_that_was_skipped_fails_the_run(tmp_path: Path, options: list[str]) -> None:
    inside = [f"@pytest.mark.{part}\ndef test_in_{part}(): pytest.skip('gone')\n" for part in REAL_PARTS]
    before = [f"@pytest.mark.{part}\n{ABSENT}def test_before_{part}(): pass\n" for part in REAL_PARTS]
    code, said = ends(tmp_path, EACH_MET + "".join(inside + before), *options)
    assert code == 1
    assert "real parts not tested: []" in said
    told = next(line for line in said.splitlines() if "real parts not tested" in line)
    for part in REAL_PARTS:
        assert f"::test_in_{part}'" in told
        assert f"::test_before_{part}'" in told


def test_one_skip_is_enough(tmp_path: Path) -> None:
    code, said = ends(tmp_path, f"{EACH_MET}@pytest.mark.nsis\n{ABSENT}def test_x(): pass\n")
    assert code == 1
    assert "real parts not tested: [], skipped: ['test_few.py::test_x']" in said


def test_one_part_that_was_never_met_is_enough(tmp_path: Path) -> None:
    code, said = ends(tmp_path, EACH_MET.replace("mark.mail_host", "mark.nsis"))
    assert code == 1
    assert "real parts not tested: ['mail_host'], skipped: []" in said


def test_a_skip_for_a_part_that_no_marker_names_fails_the_run(tmp_path: Path) -> None:
    code, said = ends(tmp_path, f"{EACH_MET}def test_x(): pytest.skip('Chromium is not installed')\n")
    assert (code, "skipped: ['test_few.py::test_x']" in said) == (1, True)


def test_a_skip_that_no_installation_takes_away_is_no_fault(tmp_path: Path) -> None:
    inside = [f"def test_in_{place}(): pytest.skip({reason!r})\n" for place, reason in enumerate(OF_THE_SYSTEM)]
    before = f"@pytest.mark.skipif(True, reason={OF_THE_SYSTEM[0]!r})\ndef test_before(): pass\n"
    code, said = ends(tmp_path, EACH_MET + "".join(inside) + before)
    assert code == 0, said


def test_what_fails_by_design_is_no_skip(tmp_path: Path) -> None:
    code, said = ends(tmp_path, f"{EACH_MET}@pytest.mark.xfail\n@pytest.mark.cups\ndef test_x(): assert 0\n")
    assert code == 0, said


def test_on_a_computer_without_the_parts_a_person_may_skip_them(tmp_path: Path) -> None:
    code, said = ends(tmp_path, "@pytest.mark.nsis\ndef test_x(): pytest.skip('gone')\n", strict=False)
    assert code == 0, said

"""What is made only to look at takes the place of what was made before, and never that of its neighbour."""

from __future__ import annotations

from pathlib import Path

from factuurbode.steps.try_out import TryOut


def test_a_file_takes_the_place_of_that_of_an_earlier_command(tmp_path: Path) -> None:
    folder = tmp_path / "proef"
    TryOut(folder).save(b"eerst", "Factuur 1.pdf")
    assert TryOut(folder).save(b"daarna", "Factuur 1.pdf") == folder / "Factuur 1.pdf"
    assert [(path.name, path.read_bytes()) for path in folder.iterdir()] == [("Factuur 1.pdf", b"daarna")]


def test_two_files_of_one_command_that_want_one_name_get_one_each(tmp_path: Path) -> None:
    try_out = TryOut(tmp_path)
    names = [try_out.save(data, name).name for data, name in ((b"a", "F.pdf"), (b"b", "f.pdf"), (b"c", "F.pdf"))]
    assert names == ["F.pdf", "f (2).pdf", "F (3).pdf"]

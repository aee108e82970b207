"""The folder for what is made only to look at: each time anew, in the place of what was there before."""

from __future__ import annotations

from pathlib import Path

from ..files import make_folder, replacing


class TryOut:
    """Writes the files of one command into *folder*; two of them that want the same name get one each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: set[str] = set()

    def save(self, data: bytes, name: str) -> Path:
        """Write *data* as *name*, or as `name (2)`, and return where it stands. Raises StorageError."""
        make_folder(self._folder)
        place = self._place(Path(name))
        with replacing(place) as out:
            out.write(data)
        return place

    def _place(self, name: Path) -> Path:
        chosen, number = name.name, 1
        while chosen.casefold() in self._made:
            number += 1
            chosen = f"{name.stem} ({number}){name.suffix}"
        self._made.add(chosen.casefold())
        return self._folder / chosen

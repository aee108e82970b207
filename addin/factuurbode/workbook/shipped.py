"""The workbooks that ship with the product: `python -m factuurbode.workbook.shipped` makes them anew."""

from __future__ import annotations

from pathlib import Path

from ..assets import asset
from ..domain.model import Language
from .contents import Contents
from .create import write_workbook
from .demo import LOGO_NAME, demo_contents, save_logo

EMPTY, DEMO = "factuurbode.xlsx", "demo.xlsx"


def make_shipped(folder: Path) -> tuple[Path, ...]:
    """Make the empty workbook, the demo workbook and the demo's logo in *folder*. Raises StorageError."""
    folder.mkdir(parents=True, exist_ok=True)
    empty, demo, logo = folder / EMPTY, folder / DEMO, folder / LOGO_NAME
    write_workbook(empty, Language.NL, Contents(), workbook_id="factuurbode-empty")
    write_workbook(demo, Language.NL, demo_contents(), workbook_id="factuurbode-demo")
    save_logo(logo)
    return empty, demo, logo


if __name__ == "__main__":
    make_shipped(asset("workbooks"))

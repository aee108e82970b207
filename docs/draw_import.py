"""Draws the page of an import, in Dutch and English: made-up deliveries of a month, into the demo workbook.

    python docs/draw_import.py

Needs Chromium.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import tempfile
from datetime import date, timedelta
from pathlib import Path

from factuurbode import intake
from factuurbode.bootstrap import open_office
from factuurbode.domain.model import Language, Period
from factuurbode.importing.wishes import Wishes
from factuurbode.report.intake_page import write_intake_page
from factuurbode.texts import texts_in
from factuurbode.workbook.create import create_workbook

HERE = Path(__file__).parent
SIZE = "1240,1100"
GOODS = (("Volkoren", "2,50"), ("Croissant", "0,95"), ("Appeltaart", "18,00"), ("Roggebrood", "3,10"))


def deliveries(path: Path) -> None:
    """A month of deliveries, and three rows with something wrong; the same each time."""
    chance = random.Random(3)  # noqa: S311 - nothing secret
    rows = ["Klantnr;Leverdatum;Omschrijving;Aantal;Prijs;Btw"]
    for day in range(28):
        moment = date(2026, 10, 2) + timedelta(days=day)
        for customer in chance.sample(range(1, 24), 9):
            goods, price = chance.choice(GOODS)
            rows.append(f"{customer:04};{moment:%d-%m-%Y};{goods};{chance.randint(1, 40)};{price};9%")
    rows += [
        "0004;31-02-2026;Croissant;20;0,95;9%",
        "9999;14-10-2026;Volkoren;12;2,50;9%",
        "0007;15-10-2026;Appeltaart;een;18,00;9%",
    ]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")


def draw(language: Language) -> None:
    """The page in *language*."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        raise SystemExit("Chromium is not installed")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        book, page = folder / "bakkerij.xlsx", folder / "page.html"
        create_workbook(book, language, workbook_id="demo", demo=True)
        deliveries(folder / "oktober.csv")
        with open_office(book) as office:
            found = intake.propose_import(office, [folder / "oktober.csv"], Wishes(period=Period.MONTH))
            write_intake_page(page, found.preview, texts_in(language), book=book, made=office.now())
        picture = HERE / "pictures" / f"import.{language}.png"
        command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        command += [f"--window-size={SIZE}", f"--user-data-dir={folder / 'profile'}"]
        subprocess.run([*command, f"--screenshot={picture}", page.as_uri()], check=True, capture_output=True)


if __name__ == "__main__":
    for one in (Language.NL, Language.EN):
        draw(one)

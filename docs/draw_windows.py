"""Draws what a person sees beside the sheets, on a virtual screen: our progress window, and Calc with the workbook.

    python docs/draw_windows.py [WORKBOOK]

Needs Xvfb and a Python with tkinter; the picture of Calc (of WORKBOOK) also a LibreOffice with windows
(`libreoffice-calc`, not `-nogui`), and is left as it is without one.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageGrab

from factuurbode.convert.probe import installed
from factuurbode.domain.model import Language
from factuurbode.ribbon.window import ProgressWindow
from factuurbode.texts import texts_in

PICTURES = Path(__file__).parent / "pictures"
_WINDOWS = ("libvclplug_genlo.so", "libvclplug_gtk3lo.so")
_PATIENCE = 60.0


@contextmanager
def screen(size: str) -> Iterator[str]:
    """A virtual screen of *size* (such as 1400x900), by the name that programs know it by."""
    told, tell = os.pipe()
    command = ["Xvfb", "-displayfd", str(tell), "-screen", "0", f"{size}x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=(tell,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(tell)
    with os.fdopen(told) as number:
        display = f":{number.readline().strip()}"
    try:
        yield display
    finally:
        server.terminate()
        server.wait()


def settled(display: str) -> Image.Image:
    """The screen once it shows something and has been still for three seconds."""
    before, still, until = None, 0, time.monotonic() + _PATIENCE
    while still < 6 and time.monotonic() < until:
        time.sleep(0.5)
        now = ImageGrab.grab(xdisplay=display)
        still = still + 1 if now.getbbox() and before is not None and now.tobytes() == before else 0
        before = now.tobytes()
    return now


def progress(language: Language, target: Path) -> None:
    """Our own window in the middle of a run."""
    texts = texts_in(language)
    with screen("800x500") as display:
        os.environ["DISPLAY"] = display
        window = ProgressWindow(texts, 48)
        window.show(12, 48, texts("ribbon.progress.seconds", done=12, total=48, left=9))
        picture = settled(display)
        window.close()
    picture.crop(picture.getbbox()).save(target)


def calc(book: Path, target: Path) -> bool:
    """*book* in a real window of Calc; whether there is a LibreOffice with windows."""
    soffice = installed().soffice
    program = Path("/usr/lib/libreoffice/program")
    if not any((program / plugin).exists() for plugin in _WINDOWS):
        return False
    with screen("1500x900") as display, tempfile.TemporaryDirectory() as profile:
        command = [str(soffice.with_name("soffice")), f"-env:UserInstallation={Path(profile).as_uri()}"]
        command += ["--norestore", "--nologo", "--nolockcheck", "--view", str(book)]
        environment = {**os.environ, "DISPLAY": display, "SAL_USE_VCLPLUGIN": "gen"}
        office = subprocess.Popen(command, env=environment, start_new_session=True)
        picture = settled(display)
        office.terminate()
        office.wait()
    picture.save(target)
    return True


def main(book: Path | None) -> None:
    """Draw both languages of our window, and Calc."""
    PICTURES.mkdir(exist_ok=True)
    for language, name in ((Language.NL, "ronde.nl.png"), (Language.EN, "ronde.en.png")):
        progress(language, PICTURES / name)
    if book is not None and not calc(book, PICTURES.parent / "calc.png"):
        print("no LibreOffice with windows here: docs/calc.png stays as it is", file=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else None)

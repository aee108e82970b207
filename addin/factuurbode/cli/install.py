"""`factuurbode install` and `uninstall`: the add-in into Excel, and out of it."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from ..install.installing import Done, build
from ..install.installing import install as put_in
from ..install.installing import uninstall as take_out
from ..install.places import Places, places
from .voice import Voice


def install(options: Namespace, voice: Voice) -> int:
    """Put the add-in where Excel finds it; with --folder only make it there."""
    if options.folder:
        _tell(build(options.folder), voice)
        return 0
    _tell(put_in(_places(), Path(sys.executable)), voice)
    voice.say("cli.install.ready")
    return 0


def uninstall(_options: Namespace, voice: Voice) -> int:
    """Remove what install placed."""
    done = take_out(_places())
    _tell(done, voice)
    if not done:
        voice.say("cli.install.nothing")
    return 0


def _places() -> Places:
    return places(sys.platform, os.environ, Path.home())


def _tell(done: Sequence[Done], voice: Voice) -> None:
    for one in done:
        voice.say(f"cli.install.{one.deed}", path=one.path)

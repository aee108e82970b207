"""`python -m factuurbode.install FILE` makes the add-in: what `make addin` and the Windows set-up program use."""

from __future__ import annotations

import sys
from pathlib import Path

from ..files import replacing
from .addin_file import addin_bytes

with replacing(Path(sys.argv[1])) as out:
    out.write(addin_bytes())

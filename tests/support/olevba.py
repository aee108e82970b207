"""oletools' reader of VBA, which warns of its own parser when it is imported."""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from oletools.olevba import VBA_Parser, decompress_stream

__all__ = ["VBA_Parser", "decompress_stream"]

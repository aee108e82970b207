"""The add-in: its file made from text sources, and its place in Excel.

`addin_file.addin_bytes` makes it; `installing` puts it where Excel looks, and takes it away again.
"""

from __future__ import annotations

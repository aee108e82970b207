"""The one reason not to merge: doubt. What is doubtful is converted singly, which is slower and nothing else."""

from __future__ import annotations


class Doubt(Exception):
    """Why documents are not merged, or what came of them is not used. For the log; it names no customer."""

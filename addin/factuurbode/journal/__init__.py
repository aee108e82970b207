"""The journal beside a workbook: what was meant, what is in flight, what happened. It owns the truth."""

from .dispatch import Dispatch, Event, Intent
from .journal import Journal

__all__ = ["Dispatch", "Event", "Intent", "Journal"]

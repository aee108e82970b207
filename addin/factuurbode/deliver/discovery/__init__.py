"""Finding the server that sends mail for an address: what we know, what its domain publishes, and no guesses."""

from .discover import discover
from .found import Found, Search, Source

__all__ = ["Found", "Search", "Source", "discover"]

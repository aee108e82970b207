"""What is in a Word file and not meant for a customer, taken out before the file becomes a template."""

from .cleaned import cleaned

__all__ = ["cleaned"]

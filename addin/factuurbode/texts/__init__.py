"""Every sentence that a person reads, one catalogue per language; code asks for a key and gives the facts."""

from .catalogue import Texts, texts_in

__all__ = ["Texts", "texts_in"]

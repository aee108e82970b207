"""Every sentence that a person reads, one catalogue per language; code asks for a key and gives the facts."""

from .catalogue import Texts, texts_in
from .own import own_language
from .sentences import error_sentence, outcome_sentence, problem_sentence, written, written_money
from .sign_in_help import sign_in_help

__all__ = [
    "Texts",
    "error_sentence",
    "outcome_sentence",
    "own_language",
    "problem_sentence",
    "sign_in_help",
    "texts_in",
    "written",
    "written_money",
]

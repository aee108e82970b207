"""Whole sentences from problems, outcomes and errors: what is the matter, where, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from ..domain.model import Language
from ..domain.problems import Fact, Problem, Sentence
from ..domain.states import DELIVERED
from ..errors import FactuurError
from ..ports import Outcome
from .catalogue import Texts

_TOLD_ALL_THE_SAME = frozenset(
    {"outcome.mail_copy_refused", "outcome.rest_dropped", "outcome.already_sent", "outcome.already_printed"}
    | {"outcome.already_saved", "outcome.already_delivered"}
)


def problem_sentence(texts: Texts, problem: Problem) -> str:
    """`Klanten!J12: … missing. Fill it in …`"""
    facts = {"value": written(texts, problem.value), "detail": texts.known(written(texts, problem.detail))}
    facts["hint"] = written(texts, problem.hint)
    where = f"{problem.place}: " if problem.place else ""
    near = f"{problem.code}_near"
    remedy = near if problem.hint and f"remedy.{near}" in texts else problem.code
    return where + _with_remedy(texts, "problem", problem.code, facts, remedy)


def error_sentence(texts: Texts, error: FactuurError) -> str:
    """What happened and what to do about it."""
    return _with_remedy(texts, "error", error.code, _in_words(texts, error.facts))


def outcome_sentence(texts: Texts, outcome: Outcome) -> str:
    """What became of an invoice over one channel; '' where it was delivered and the state says it all.

    What a server or printer literally said stands behind it.
    """
    if outcome.problems:
        return " ".join(problem_sentence(texts, problem) for problem in outcome.problems)
    if not outcome.key or (outcome.state in DELIVERED and outcome.key not in _TOLD_ALL_THE_SAME):
        return ""
    group, code = outcome.key.split(".", 1)
    facts = _in_words(texts, outcome.facts)
    sentence = _with_remedy(texts, group, code, facts)
    literally = facts.get("detail", "")
    return sentence if not literally or literally in sentence else f"{sentence} ({literally})"


def written_money(texts: Texts, amount: Decimal) -> str:
    """An amount in EUR as the reader writes it: `€ 1.234,50` or `€1,234.50`."""
    digits = f"{amount:,.2f}"
    if texts.language is Language.NL:
        return "€\N{NO-BREAK SPACE}" + digits.translate(str.maketrans(",.", ".,"))
    return f"-€{digits[1:]}" if digits.startswith("-") else f"€{digits}"


def written(texts: Texts, fact: Fact) -> str:
    """A number, day or moment as the reader writes it: `75,6`, `24-11-2026`, `24-11-2026 16:05`; text as it is.

    A sentence is filled with its own facts.
    """
    dutch = texts.language is Language.NL
    if isinstance(fact, datetime):
        return f"{fact:%d-%m-%Y %H:%M}" if dutch else f"{fact:%Y-%m-%d %H:%M}"
    if isinstance(fact, date):
        return f"{fact.day}-{fact.month}-{fact.year}" if dutch else fact.isoformat()
    if isinstance(fact, Decimal):
        return f"{fact:f}".replace(".", ",") if dutch else f"{fact:f}"
    if isinstance(fact, Sentence):
        return texts(fact.key, **{name: texts.known(written(texts, own)) for name, own in fact.facts})
    return fact


def _with_remedy(texts: Texts, group: str, code: str, facts: Mapping[str, str], remedy: str = "") -> str:
    sentence, remedy = texts(f"{group}.{code}", **facts), f"remedy.{remedy or code}"
    return f"{sentence} {texts(remedy, **facts)}" if remedy in texts else sentence


def _in_words(texts: Texts, facts: Mapping[str, Fact]) -> Mapping[str, str]:
    """*facts* as the reader writes them; those that name a sentence (such as `disk.full`) are that sentence."""
    return {name: texts.known(written(texts, fact)) for name, fact in facts.items()}

"""Every sentence for a person exists in Dutch and in English, and every sentence that the code asks for exists."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from factuurbode.domain.ledger import Identity, Ledger
from factuurbode.domain.model import Channel, Company, EInvoice, Kind, Language, Line, VatTreatment
from factuurbode.domain.rules import Around, invoice_problems, seller_problems
from factuurbode.domain.settings import Settings
from factuurbode.domain.states import State
from factuurbode.errors import FactuurError, TemplateFault, TemplateRefused
from factuurbode.identifiers import NUMBER_CHECKS
from factuurbode.ports import Outcome
from factuurbode.texts import error_sentence, outcome_sentence, problem_sentence, texts_in
from factuurbode.texts.catalogue import Texts
from support.documents import a_customer, an_invoice
from support.source_codes import PACKAGE, SOURCES, codes_in_the_source, keys_in, name_of, pattern_of

CATALOGUES = PACKAGE / "texts"
SUBJECTS = sorted(path.name for path in (CATALOGUES / "nl").glob("*.toml"))
SPOKEN = (Language.NL, Language.EN)


def keys_of(table: dict[str, object], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, entry in table.items():
        if isinstance(entry, dict):
            yield from keys_of(entry, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", str(entry)


def subject(language: Language, name: str) -> dict[str, str]:
    return dict(keys_of(tomllib.loads((CATALOGUES / language / name).read_text(encoding="utf-8"))))


def placeholders(sentence: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(sentence) if field is not None}


# --- the catalogues among themselves ---
def test_both_languages_have_the_same_subjects() -> None:
    assert sorted(path.name for path in (CATALOGUES / "en").iterdir()) == SUBJECTS


@pytest.mark.parametrize("name", SUBJECTS)
def test_both_languages_have_the_same_sentences_about_the_same_facts(name: str) -> None:
    dutch, english = subject(Language.NL, name), subject(Language.EN, name)

    assert list(dutch) == list(english)
    for key, sentence in dutch.items():
        assert sentence.strip(), key
        assert english[key].strip(), key
        assert placeholders(sentence) == placeholders(english[key]), key


@pytest.mark.parametrize("language", [Language.DE, Language.FR])
def test_what_a_customer_reads_on_an_invoice_exists_in_every_language(language: Language) -> None:
    [only] = (CATALOGUES / language).iterdir()
    own, dutch = subject(language, only.name), subject(Language.NL, only.name)

    assert only.name == "invoice.toml"
    assert list(own) == list(dutch)
    assert all(placeholders(own[key]) == placeholders(dutch[key]) for key in own)
    assert texts_in(language)("invoice.attention", name="x") == own["invoice.attention"].format(name="x")
    assert texts_in(language)("cli.error") == texts_in(Language.EN)("cli.error")


def test_no_sentence_stands_in_two_files() -> None:
    keys = [key for name in SUBJECTS for key in subject(Language.NL, name)]

    assert len(keys) == len(set(keys))


# --- what the code asks for ---
def asked_for() -> Iterator[tuple[str, str]]:
    """Each key in the source, with where it stands; `.*` for what is only known when the program runs."""
    groups = {key.partition(".")[0] for name in SUBJECTS for key in subject(Language.NL, name)}
    literal = re.compile(rf"({'|'.join(sorted(groups))})(\.[a-z0-9_]+)+")
    for path in SOURCES:
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        pieces = {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values}
        for node in nodes:
            if id(node) in pieces:
                continue
            where = f"{path.relative_to(PACKAGE)}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.Call) and node.args and name_of(node.func) in ("texts", "_texts", "say"):
                yield from ((key, where) for key in keys_in(node.args[0]))
            elif isinstance(node, ast.JoinedStr) and literal.match(f"{pattern_of(node)}x".replace(".*", "x")):
                start = node.values[0]
                if isinstance(start, ast.Constant) and str(start.value).partition(".")[0] in groups:
                    yield pattern_of(node), where
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and literal.fullmatch(node.value):
                yield re.escape(node.value), where
    for page in (PACKAGE / "report").glob("*.html"):
        for key, more in re.findall(r"texts\(['\"]([a-z_.]+)['\"]( ~)?", page.read_text(encoding="utf-8")):
            yield re.escape(key) + (".*" if more else ""), f"report/{page.name}"


FILE_NAME = re.compile(r".*\\\.(docx|pdf|html|css|js|xlsx|png)")


def test_every_sentence_that_the_code_asks_for_exists() -> None:
    keys = texts_in(Language.NL).keys()
    asked = {(pattern, where) for pattern, where in asked_for() if not FILE_NAME.fullmatch(pattern)}
    missing = {(pattern, where) for pattern, where in asked if not any(map(re.compile(pattern).fullmatch, keys))}

    assert missing == set()
    assert len(asked) > 100


@pytest.mark.parametrize(
    ("functions", "groups", "least"),
    [
        (("Problem", "Unclear", "note"), ("problem", "remedy"), 40),
        (("Finding",), ("template_finding", "template_remedy"), 10),
        (("_Refused",), ("template_refused",), 7),
    ],
    ids=["problems", "findings", "refusals"],
)
def test_every_code_has_its_sentence_and_its_remedy(
    functions: tuple[str, ...], groups: tuple[str, ...], least: int
) -> None:
    keys = texts_in(Language.NL).keys()
    codes = codes_in_the_source(*functions)

    assert len(codes) >= least
    for group in groups:
        assert {code for code in codes if not any(re.fullmatch(rf"{group}\.{code}", key) for key in keys)} == set()


def test_a_problem_is_told_with_the_facts_that_a_problem_has() -> None:
    for language in SPOKEN:
        for name in SUBJECTS:
            for key, sentence in subject(language, name).items():
                if key.startswith("problem."):
                    assert placeholders(sentence) <= {"value", "detail"}, key


def test_a_remedy_needs_no_fact_that_its_finding_lacks() -> None:
    sentences = subject(Language.NL, "template.toml")
    facts_beside = {"unknown_field_near": {"near"}}

    for key, sentence in sentences.items():
        if key.startswith("template_finding."):
            code = key.removeprefix("template_finding.")
            known = placeholders(sentence) | facts_beside.get(code, set())
            assert placeholders(sentences[f"template_remedy.{code}"]) <= known, code


def errors(base: type[FactuurError] = FactuurError) -> list[type[FactuurError]]:
    below = [one for child in base.__subclasses__() for one in errors(child)]
    return [base, *below] if "code" in vars(base) else below


@pytest.mark.parametrize("language", SPOKEN)
@pytest.mark.parametrize("error", errors(), ids=lambda error: error.__name__)
def test_every_error_has_a_sentence_and_a_remedy_from_the_facts_that_it_has(
    error: type[FactuurError], language: Language
) -> None:
    told = re.match(r"Facts: ([a-z_, ()]+)", re.sub(r" \([^)]*\)", "", error.__doc__ or ""))
    facts = {name.strip(): name.strip() for name in told[1].split(",")} if told else {}

    sentence = error_sentence(texts_in(language), error(**facts))

    assert sentence
    assert f"remedy.{error.code}" in texts_in(language)


@pytest.mark.parametrize("language", SPOKEN)
def test_every_state_and_channel_has_its_word(language: Language) -> None:
    keys = texts_in(language).keys()

    assert {f"state.{state}" for state in State} | {f"channel.{channel}" for channel in Channel} <= keys


@pytest.mark.parametrize("language", SPOKEN)
def test_all_that_is_missing_on_an_empty_invoice_can_be_told(language: Language) -> None:
    nobody = a_customer(
        name="", street="", postcode="", city="", email="", e_invoice=EInvoice.PAPER_AND_MAIL, agreed_on=None
    )
    abroad = replace(nobody, vat_treatment=VatTreatment.INTRA_EU, country="BE")
    nothing = Line("", None, None, None)
    invoices = (
        an_invoice("1", lines=[], customer=nobody, issued=None),
        an_invoice("2", lines=[nothing], customer=abroad, period_from=None, period_to=None),
        an_invoice("", customer=None, kind=Kind.CREDIT_NOTE, period_from=date(2026, 1, 1)),
    )
    ledger = Ledger(Identity("b"), language, Settings(company=Company()), {"0012": nobody}, invoices)

    around = Around(ledger, NUMBER_CHECKS, date(2026, 4, 1))
    problems = [*seller_problems(around)]
    for invoice in invoices:
        problems += invoice_problems(around, invoice, None)

    sentences = [problem_sentence(texts_in(language), problem) for problem in problems]
    assert len({problem.code for problem in problems}) >= 25
    assert all(sentence.endswith((".", "?")) for sentence in sentences)


def test_a_fact_that_is_itself_a_sentence_is_told_in_words_on_the_way_out_too() -> None:
    refused = TemplateRefused(path="x.docx", reason="template_refused.macros", detail="word/vbaProject.bin")
    nested = TemplateFault(path="x.docx", reason="template_fault.nesting", detail="template_place.body")

    def blocked(texts: Texts, error: FactuurError) -> str:
        return outcome_sentence(texts, Outcome(None, State.BLOCKED, f"error.{error.code}", error.facts))

    for language in SPOKEN:
        texts = texts_in(language)
        for error in (refused, nested):
            assert blocked(texts, error) == error_sentence(texts, error)
            assert not re.search(r"template_(refused|fault|place)", blocked(texts, error))

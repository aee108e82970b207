"""Everything that reading and making a workbook says is said in Dutch and in English."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import factuurbode.workbook
from factuurbode.domain.model import Channel, Language
from factuurbode.domain.states import State
from factuurbode.texts import texts_in
from factuurbode.workbook.columns import SHEETS
from factuurbode.workbook.settings.rows import SETTINGS_TABLE
from factuurbode.workbook.words import normal

SOURCES = sorted(Path(factuurbode.workbook.__file__).parent.rglob("*.py"))
_CODES = re.compile(r"(?:Unclear|note|Problem)\(\s*\"([a-z_]+)\"")
_KEYS = re.compile(r"\"(unreadable\.[a-z_]+)\"")


def found(pattern: re.Pattern[str]) -> set[str]:
    return {match for source in SOURCES for match in pattern.findall(source.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("language", [Language.NL, Language.EN])
def test_every_problem_of_reading_has_its_words_and_a_remedy(language: Language) -> None:
    texts = texts_in(language)
    codes = found(_CODES)
    assert {"number_unreadable", "customer_twice", "setting_unknown"} <= codes
    for code in codes:
        assert texts(f"problem.{code}", value="v", detail="d")
        assert texts(f"remedy.{code}", value="v", detail="d")
    assert len(found(_KEYS)) >= 6
    assert found(_KEYS) <= texts.keys()


@pytest.mark.parametrize("language", [Language.NL, Language.EN])
def test_every_state_and_channel_has_a_word_of_its_own(language: Language) -> None:
    texts = texts_in(language)
    words = [normal(texts(f"state.{state}")) for state in State]
    words += [normal(texts(f"channel.{channel}")) for channel in Channel]
    assert len(set(words)) == len(words)


def test_no_two_columns_of_a_sheet_have_the_same_name() -> None:
    for sheet in SHEETS:
        for titles in ([column.nl for column in sheet.columns], [column.en for column in sheet.columns]):
            assert len({normal(title) for title in titles}) == len(titles), sheet.key


def test_no_two_settings_of_a_group_have_the_same_name() -> None:
    for names in (
        [(setting.group, normal(setting.nl)) for setting in SETTINGS_TABLE],
        [(setting.group, normal(setting.en)) for setting in SETTINGS_TABLE],
    ):
        assert len(set(names)) == len(names)

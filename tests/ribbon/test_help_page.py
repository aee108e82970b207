"""The guide in the browser: whole, in both languages, without the network."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from factuurbode.domain.model import Language
from factuurbode.ribbon.help_page import help_page


@pytest.mark.parametrize("language", [Language.NL, Language.EN])
def test_every_link_and_picture_is_within_the_page(
    language: Language, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    html = help_page(language).read_text(encoding="utf-8")
    sections = set(re.findall(r'<section id="([^"]+)"', html))
    links = set(re.findall(r'href="([^"]+)"', html))
    assert len(sections) == 5
    assert links <= {f"#{name}" for name in sections}
    pictures = re.findall(r'src="([^"]{0,30})', html)
    assert len(pictures) >= 2
    assert all(source.startswith("data:image/png;base64,") for source in pictures)

"""The demo: the whole product on a made-up bakery, and a page that shows it."""

from __future__ import annotations

import email
import email.policy
import re
import shutil
from pathlib import Path

import pytest

from factuurbode.cli import main
from factuurbode.demo.run import Demonstration, run_demo
from factuurbode.domain.model import Language
from factuurbode.domain.states import State
from factuurbode.errors import BookExists
from factuurbode.workbook.reader import read_ledger
from support.mortal import Nobody

pytestmark = pytest.mark.libreoffice


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    return run_demo(tmp_path_factory.mktemp("demo"), Language.NL, Nobody())


def test_every_good_invoice_arrives_and_every_fault_is_told(shown: Demonstration) -> None:
    counts = shown.report.counts
    assert counts.keys() == {State.BLOCKED, State.HELD, State.SENT, State.PRINTED}
    assert sum(counts.values()) >= 120
    folder = shown.page.parent
    assert len(list((folder / "mail").glob("*.eml"))) == counts[State.SENT]
    assert len(list((folder / "printer").glob("*.pdf"))) == counts[State.PRINTED]


def test_the_workbook_says_what_happened(shown: Demonstration) -> None:
    ledger = read_ledger(shown.page.parent / "demo.xlsx")
    told = [state for invoice in ledger.invoices for state in invoice.recorded.states.values()]
    assert told.count(State.SENT) == shown.report.counts[State.SENT]
    assert told.count(State.PRINTED) == shown.report.counts[State.PRINTED]


def test_every_mail_goes_to_an_address_that_cannot_exist(shown: Demonstration) -> None:
    for path in (shown.page.parent / "mail").glob("*.eml"):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        assert re.search(r"\.(example|test)$", str(message["To"]).rstrip(">")), message["To"]


def test_the_page_stands_on_its_own_with_failures_first(shown: Demonstration) -> None:
    html = shown.page.read_text(encoding="utf-8")
    assert html.count("<article") == len(shown.report.results)
    assert not re.search(r"""(?:src|href)=["']?https?:""", html)
    first, last = html.index("badge blocked"), html.rindex("badge printed")
    assert first < last
    assert html.count("data:image/png;base64,") == sum(result.pdf is not None for result in shown.report.results)
    assert "Geachte" in html


def test_a_second_demo_replaces_the_first_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "dagboek.txt").write_text("niet weggooien")
    with pytest.raises(BookExists):
        run_demo(tmp_path, Language.NL, Nobody())
    assert (tmp_path / "dagboek.txt").read_text() == "niet weggooien"


def test_the_command_replaces_an_earlier_demo_and_tells_where_to_look(
    tmp_path: Path, shown: Demonstration, capsys: pytest.CaptureFixture[str]
) -> None:
    earlier = Path(shutil.copytree(shown.page.parent, tmp_path / "demo"))
    assert main(["--lang", "en", "demo", str(earlier), "--language", "en"]) == 0
    assert str(earlier / "index.html") in capsys.readouterr().out
    assert read_ledger(earlier / "demo.xlsx").language is Language.EN

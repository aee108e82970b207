"""The page of a run, as a person uses it in a browser, with the keyboard, and on paper."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest

from factuurbode.domain.model import Channel, Language, Place
from factuurbode.domain.problems import Problem, Severity
from factuurbode.domain.states import State
from factuurbode.journal import Journal
from factuurbode.ports import Outcome
from factuurbode.report.chart import channel_rows
from factuurbode.report.page import page
from factuurbode.steps.report import Report, Result
from factuurbode.texts import texts_in
from support.browser import printed, probed

HOSTILE = "<script>alert(1)</script> & Zn"


def result(number: str, state: State, channel: Channel | None = Channel.MAIL, key: str = "", **more: object) -> Result:
    outcome = Outcome(channel, state, key, {"detail": "550 5.1.1 <unknown>"}, recipients=(f"{number}@x.example",))
    return Result(number, outcome, None, str(more.get("customer", "Café")), Decimal("1234.50"))


REPORT = Report(
    (
        result("2026-0001", State.SENT),
        result("2026-0002", State.FAILED, key="outcome.mail_recipient_refused"),
        result("2026-0003", State.PRINTED, Channel.PRINT, customer=HOSTILE),
        result("2026-0004", State.IN_DOUBT, key="outcome.mail_in_doubt"),
        result("2026-0005", State.ATTENTION, Channel.PRINT, key="outcome.print_paper"),
        result("2026-0006", State.LATER, key="outcome.mail_temporary"),
        result("2026-0007", State.HELD, None),
        Result(
            "2026-0008",
            Outcome(None, State.BLOCKED, problems=(Problem("email_missing", place=Place("Klanten", "J9")),)),
        ),
        result("2026-0009", State.SAVED, Channel.FILE),
    ),
    (Problem("numbers_gap", Severity.WARNING, value="2026-0010 – 2026-0011", detail="A12, A13"),),
)


@pytest.fixture(params=[Language.NL, Language.EN])
def shown(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    journal = Journal(tmp_path / "boek.factuurbode.db")
    made = datetime(2026, 10, 3, 9, 30, tzinfo=UTC)
    path = tmp_path / "verslag.html"
    path.write_text(page(REPORT, journal, texts_in(request.param), book=Path("boek.xlsx"), made=made), encoding="utf-8")
    journal.close()
    return path


@pytest.mark.browser
def test_it_opens_without_errors_and_loads_nothing(shown: Path, tmp_path: Path) -> None:
    loaded, console = probed(shown, "return [seen, performance.getEntriesByType('resource').map(e=>e.name)]", tmp_path)
    assert loaded == [[], []]
    assert console == []
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", shown.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("states", "title"),
    [
        ((State.SENT, State.PRINTED), "Bezorgde facturen"),
        ((State.SENT, State.FAILED), "Facturen van deze ronde"),
        ((State.HELD, State.IN_DOUBT), "Facturen van deze ronde"),
        ((State.PARTLY,), "Facturen van deze ronde"),
        ((State.FAILED, State.BLOCKED, State.LATER), "Geen facturen bezorgd"),
        ((), "Geen facturen bezorgd"),
    ],
)
def test_its_title_is_true_of_all_that_stands_on_it(states: tuple[State, ...], title: str, tmp_path: Path) -> None:
    journal = Journal(tmp_path / "boek.factuurbode.db")
    report = Report(tuple(result(f"2026-000{place}", state) for place, state in enumerate(states)))
    made = datetime(2026, 10, 3, 9, 30, tzinfo=UTC)
    html = page(report, journal, texts_in(Language.NL), book=Path("boek.xlsx"), made=made)
    journal.close()
    assert f"<title>{title} – boek.xlsx</title>" in html
    assert f"<h1>{title}</h1>" in html


@pytest.mark.browser
def test_failures_come_first(shown: Path, tmp_path: Path) -> None:
    states, _ = probed(shown, "return [...document.querySelectorAll('article')].map(a=>a.dataset.state)", tmp_path)
    assert states[:4] == ["failed", "in-doubt", "attention", "blocked"]
    assert states[-1] == "saved"


@pytest.mark.browser
def test_what_a_customer_is_called_stays_text(shown: Path, tmp_path: Path) -> None:
    titles, _ = probed(shown, "return [...document.querySelectorAll('.who')].map(p=>p.textContent)", tmp_path)
    assert any(HOSTILE in title for title in titles)


VISIBLE = "const visible=()=>[...document.querySelectorAll('article:not([hidden]) h2')].map(h=>h.textContent);"


@pytest.mark.browser
def test_search_and_filter_find_an_invoice(shown: Path, tmp_path: Path) -> None:
    script = f"""{VISIBLE}
    const search=document.getElementById('search');
    const type=t=>{{search.value=t;search.dispatchEvent(new Event('input'));return visible();}};
    const found=[type('0003@X'),type('café 0001'),type('niets'),type('')];
    document.querySelector('button[data-state=failed]').click();
    found.push(visible());
    found.push(document.querySelector('button[data-state=failed]').getAttribute('aria-pressed'));
    document.querySelector('button[data-state=failed]').click();
    found.push(visible().length);
    return found;"""
    found, _ = probed(shown, script, tmp_path)
    everything = len(REPORT.results)
    assert found[:3] == [["2026-0003"], ["2026-0001"], []]
    assert len(found[3]) == everything
    assert found[4:] == [["2026-0002"], "true", everything]


@pytest.mark.browser
def test_everything_can_be_reached_and_used_with_the_keyboard(shown: Path, tmp_path: Path) -> None:
    script = """
    const search=document.getElementById('search');
    dispatchEvent(new KeyboardEvent('keydown',{key:'/',bubbles:true,cancelable:true}));
    const focused=document.activeElement===search;
    search.value='weg';search.dispatchEvent(new Event('input'));
    search.dispatchEvent(new KeyboardEvent('keydown',{key:'Escape',bubbles:true}));
    const natives=[...document.querySelectorAll('[onclick],[role=button]')].length;
    const named=[...document.querySelectorAll('button,input,a,summary')].every(
      e=>e.tabIndex>=0&&(e.textContent.trim()||e.getAttribute('aria-label')||e.querySelector('img[alt]')));
    return [focused,search.value,natives,named];"""
    used, _ = probed(shown, script, tmp_path)
    assert used == [True, "", 0, True]


@pytest.mark.browser
def test_every_text_has_enough_contrast(shown: Path, tmp_path: Path) -> None:
    # WCAG 2.2, 1.4.3: 4.5 to 1 between a text and what is behind it
    script = """
    const rgb=c=>c.match(/[\\d.]+/g).map(Number);
    const lum=c=>{const [r,g,b]=c.map(v=>{v/=255;return v<=.04045?v/12.92:((v+.055)/1.055)**2.4});
      return .2126*r+.7152*g+.0722*b};
    const behind=e=>{for(;e;e=e.parentElement){const c=rgb(getComputedStyle(e).backgroundColor);
      if(c.length<4||c[3]>0)return c.slice(0,3)}return [255,255,255]};
    const poor=[];
    const walker=document.createTreeWalker(document.body,NodeFilter.SHOW_TEXT);
    while(walker.nextNode()){const e=walker.currentNode.parentElement;
      if(!walker.currentNode.textContent.trim()||['SCRIPT','STYLE'].includes(e.tagName))continue;
      const a=lum(rgb(getComputedStyle(e).color).slice(0,3)),b=lum(behind(e));
      const ratio=(Math.max(a,b)+.05)/(Math.min(a,b)+.05);
      if(ratio<4.5)poor.push([walker.currentNode.textContent.trim().slice(0,30),ratio]);}
    return poor;"""
    poor, _ = probed(shown, script, tmp_path)
    assert poor == []


@pytest.mark.browser
def test_on_paper_all_invoices_stand_and_the_controls_do_not(shown: Path, tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument(printed(shown, tmp_path))
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    assert all(result.invoice in text for result in REPORT.results)
    assert "/ 9" not in text


def test_the_totals_per_channel_add_up() -> None:
    rows = {row.channel: row for row in channel_rows(REPORT)}
    assert list(rows) == ["mail", "print", "file", ""]
    assert (rows["mail"].count, rows["mail"].total) == (4, Decimal("4938.00"))
    assert (rows[""].count, rows[""].total) == (2, Decimal("1234.50"))
    widest = rows["mail"].segments[-1]
    assert widest.start + widest.width == pytest.approx(100, abs=0.05)
    assert [segment.state for segment in rows["print"].segments] == ["printed", "attention"]

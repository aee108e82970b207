"""Draws the tab of the add-in, from its own XML and its own texts, in Dutch and in English.

    python docs/draw_tab.py [FOLDER]

It is a drawing, not a photograph: the icons are our own for what Excel's are called. Needs Chromium.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path

from lxml import etree

from factuurbode.domain.model import Language
from factuurbode.install.addin_file import tab_xml
from factuurbode.texts import Texts, texts_in

HERE = Path(__file__).parent
NAMESPACE = "{http://schemas.microsoft.com/office/2009/07/customui}"
ROWS = 3
"""So many small buttons stand under each other."""
SIZE = (920, 190)
SHARPNESS = 2

OTHER_TABS = {
    Language.NL: (
        ["Bestand", "Start"],
        ["Invoegen", "Pagina-indeling", "Formules", "Gegevens", "Controleren", "Beeld"],
    ),
    Language.EN: (["File", "Home"], ["Insert", "Page Layout", "Formulas", "Data", "Review", "View"]),
}

_PAPER = '<path class="paper" d="M6 2.5h8.5L19 7v14.5H6z"/><path class="ink" d="M14.5 2.5V7H19"/>'
_PRINTER = (
    '<path class="paper" d="M7 3h10v6H7z"/><path class="grey" d="M3 9h18v8H3z"/><path class="paper" d="M7 14h10v7H7z"/>'
    '<path class="ink" d="M9 17h6M9 19h4"/><circle class="dot" cx="18" cy="11.5" r="1"/>'
)
ICONS = {
    "ErrorChecking": _PAPER + '<path class="good" d="M8.5 14.5l3 3 5.5-6.5"/>',
    "FilePrintPreview": _PAPER + '<circle class="glass" cx="13.5" cy="14" r="4"/><path class="blue" d="M16.5 17l4 4"/>',
    "MacroPlay": '<circle class="paper" cx="12" cy="12" r="9"/><path class="go" d="M9.5 7.5l7.5 4.5-7.5 4.5z"/>',
    "SendCopySendNow": (
        '<path class="paper" d="M2.5 6h15v11h-15z"/><path class="ink" d="M2.5 6l7.5 6 7.5-6"/>'
        '<path class="go" d="M14 14.5h4V11l5 5.2-5 5.2v-3.6h-4z"/>'
    ),
    "FilePrint": _PRINTER,
    "ReviewReplyWithChanges": (
        '<path class="paper" d="M6.5 4.5h15v11h-15z"/><path class="ink" d="M6.5 4.5l7.5 6 7.5-6"/>'
        '<path class="blue" d="M14 19.5H3m4-4l-4.2 4 4.2 4"/>'
    ),
    "GetExternalDataFromText": _PAPER
    + '<path class="ink" d="M9 10h7M9 13h7"/><path class="blue" d="M1.5 17h8m-3-3l3.2 3-3.2 3"/>',
    "TableRowsInsertBelowExcel": (
        '<path class="paper" d="M3 4h18v15H3z"/><path class="ink" d="M3 9h18M9 4v15M15 4v15"/>'
        '<path class="go" d="M3 14h18v5H3z"/>'
    ),
    "FileNewDefault": _PAPER + '<path class="good" d="M12.5 11v7M9 14.5h7"/>',
    "ControlProperties": (
        '<path class="blue" d="M3 6h18M3 12h18M3 18h18"/><circle class="paper" cx="8" cy="6" r="2.2"/>'
        '<circle class="paper" cx="16" cy="12" r="2.2"/><circle class="paper" cx="10" cy="18" r="2.2"/>'
    ),
    "Lock": '<path class="ink thick" d="M8 11V8a4 4 0 0 1 8 0v3"/><path class="gold" d="M5.5 11h13v9.5h-13z"/>',
    "FileSendAsAttachment": (
        '<path class="paper" d="M2.5 5.5h19v13h-19z"/><path class="blue" d="M2.5 5.5L12 13l9.5-7.5"/>'
    ),
    "FileVersionHistory": ('<circle class="paper" cx="12" cy="12" r="9"/><path class="blue" d="M12 6.5V12l4 2.5"/>'),
    "Help": '<circle class="round" cx="12" cy="12" r="9.5"/><text x="12" y="16.5">?</text>',
    "About": '<circle class="round" cx="12" cy="12" r="9.5"/><text x="12" y="16.5">i</text>',
}

STYLE = """
* { box-sizing: border-box; margin: 0 }
body { font: 13px Carlito, Calibri, 'Segoe UI', sans-serif; color: #262626; background: #fff }
.window { width: 896px; margin: 12px; border: 1px solid #d0d0d0; border-radius: 8px; overflow: hidden;
  box-shadow: 0 2px 8px #0002 }
nav { display: flex; gap: 4px; padding: 6px 12px 0; background: #f3f1f0 }
nav span { padding: 5px 10px 7px; color: #444 }
nav .ours { color: #1b6b3a; font-weight: bold; border-bottom: 3px solid #1b6b3a }
.ribbon { display: flex; height: 116px; background: #fff; padding: 6px 4px 4px }
section { display: flex; flex-direction: column; padding: 0 8px; border-right: 1px solid #e1dfdd }
section:last-child { border: 0 }
.buttons { display: flex; flex: 1; gap: 4px }
h2 { font-size: 11.5px; font-weight: normal; color: #757575; text-align: center }
.column { display: flex; flex-direction: column }
.small { display: flex; align-items: center; gap: 6px; height: 27px; padding: 0 6px; white-space: nowrap }
.small svg { width: 18px; height: 18px }
.large { display: flex; flex-direction: column; align-items: center; width: 96px; padding-top: 3px; text-align: center;
  line-height: 1.1 }
.large svg { width: 38px; height: 38px; margin-bottom: 4px }
.arrow { font-size: 8px; color: #555; margin-top: 2px }
svg * { stroke-width: 1.3; stroke-linejoin: round; stroke-linecap: round }
.paper { fill: #fff; stroke: #5b5b5b } .ink { fill: none; stroke: #5b5b5b } .thick { stroke-width: 2 }
.grey { fill: #d9d9d9; stroke: #5b5b5b } .dot { fill: #1b6b3a }
.good { fill: none; stroke: #1b7f43; stroke-width: 2.4 } .go { fill: #1b7f43; stroke: #1b7f43 }
.blue { fill: none; stroke: #2768b4; stroke-width: 2 } .glass { fill: #dcebfa; stroke: #2768b4; stroke-width: 1.8 }
.gold { fill: #f3c64f; stroke: #8a6a12 } .round { fill: #2768b4 }
text { font: bold 13px sans-serif; fill: #fff; text-anchor: middle }
"""


def page(language: Language) -> str:
    """The drawing as a page."""
    texts = texts_in(language)
    tab = next(etree.fromstring(tab_xml().encode()).iter(f"{NAMESPACE}tab"))
    before, after = OTHER_TABS[language]
    tabs = "".join(f"<span>{name}</span>" for name in before)
    tabs += f'<span class="ours">{_label(tab, texts)}</span>' + "".join(f"<span>{name}</span>" for name in after)
    groups = "".join(_group(group, texts) for group in tab)
    return (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8"><style>{STYLE}</style>'
        f'<div class="window"><nav>{tabs}</nav><div class="ribbon">{groups}</div></div></html>'
    )


def _group(group: etree._Element, texts: Texts) -> str:
    out: list[str] = []
    column: list[str] = []

    def end_column() -> None:
        if column:
            out.append(f'<div class="column">{"".join(column)}</div>')
            column.clear()

    for control in group:
        if control.get("size") == "large":
            end_column()
            out.append(_large(control, texts))
            continue
        column.append(f'<div class="small">{_icon(control)}<span>{_label(control, texts)}</span></div>')
        if len(column) == ROWS:
            end_column()
    end_column()
    return f'<section><div class="buttons">{"".join(out)}</div><h2>{_label(group, texts)}</h2></section>'


def _large(control: etree._Element, texts: Texts) -> str:
    has_menu = str(control.tag).endswith("splitButton")
    button = control[0] if has_menu else control
    arrow = '<span class="arrow">&#9660;</span>' if has_menu else ""
    return f'<div class="large">{_icon(button)}<span>{_label(button, texts)}</span>{arrow}</div>'


def _icon(button: etree._Element) -> str:
    return f'<svg viewBox="0 0 24 24">{ICONS[str(button.get("imageMso"))]}</svg>'


def _label(element: etree._Element, texts: Texts) -> str:
    return escape(texts(f"ribbon_tab.label.{element.get('id')}"))


def draw(language: Language, target: Path) -> None:
    """Write the drawing as a PNG to *target*."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or "chromium"
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "tab.html"
        source.write_text(page(language), encoding="utf-8")
        command = [chromium, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--hide-scrollbars"]
        command += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
        command += [f"--user-data-dir={name}/profile", f"--force-device-scale-factor={SHARPNESS}"]
        command += [f"--window-size={SIZE[0]},{SIZE[1]}", f"--screenshot={target}", source.as_uri()]
        subprocess.run(command, check=True, capture_output=True)


def main(folder: Path) -> None:
    """Draw it in both languages."""
    folder.mkdir(parents=True, exist_ok=True)
    for language in OTHER_TABS:
        draw(language, folder / f"tab.{language}.png")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "pictures")

"""Opening a page in headless Chromium, with a probe in it that does what a person does and says what it saw."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

_OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--enable-logging=stderr",
    "--virtual-time-budget=5000",
)
_RESULT = re.compile(r'<pre id="probe">(.*?)</pre>', re.DOTALL)


def probed(page: Path, probe: str, folder: Path) -> tuple[Any, list[str]]:
    """What *probe*, the body of a JavaScript function, returns in *page*; and what the console said meanwhile."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("Chromium is not installed")
    harness = (
        "<script>window.seen=[];addEventListener('error',e=>seen.push(String(e.message)));</script>",
        "<script>addEventListener('load',()=>{const out=document.createElement('pre');out.id='probe';"
        f"out.textContent=JSON.stringify((()=>{{{probe}}})());document.body.append(out);}});</script>",
    )
    source = page.read_text(encoding="utf-8")
    copy = folder / "probed.html"
    copy.write_text(
        source.replace("<head>", f"<head>{harness[0]}", 1).replace("</body>", f"{harness[1]}</body>", 1),
        encoding="utf-8",
    )
    command = [chromium, *_OPTIONS, f"--user-data-dir={folder / 'chromium'}", "--dump-dom", copy.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    match = _RESULT.search(done.stdout)
    assert match, done.stderr
    console = [line for line in done.stderr.splitlines() if ":CONSOLE" in line]
    return json.loads(html.unescape(match[1])), console


def printed(page: Path, folder: Path) -> bytes:
    """*page* as the browser prints it: a PDF."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("Chromium is not installed")
    target = folder / "page.pdf"
    command = [chromium, *_OPTIONS, f"--user-data-dir={folder / 'chromium'}", f"--print-to-pdf={target}", page.as_uri()]
    subprocess.run(command, capture_output=True, check=True)
    return target.read_bytes()

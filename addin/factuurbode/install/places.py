"""Where Excel looks for what it opens by itself, on Windows and on a Mac.

Microsoft's names: XLSTART on Windows; on a Mac the folder "Startup" of Office's group container, and the one folder
from which the sandboxed Excel may start scripts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..errors import ExcelNotHere

_GROUP_CONTAINER = "UBF8T346G9.Office"


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one person on one computer."""

    startup: Path
    """What Excel opens when it starts."""
    scripts: Path | None
    """Where Excel for Mac keeps its scripts; None on Windows."""
    receipt: Path
    """The file that remembers what was installed."""
    is_mac: bool = False


def places(platform: str, environment: Mapping[str, str], home: Path) -> Places:
    """Excel's folders. *platform* is as `sys.platform` says it. Raises ExcelNotHere where there is no Excel."""
    if platform == "win32":
        roaming = Path(environment.get("APPDATA") or home / "AppData" / "Roaming")
        local = Path(environment.get("LOCALAPPDATA") or home / "AppData" / "Local")
        return Places(roaming / "Microsoft" / "Excel" / "XLSTART", None, local / "factuurbode" / "installed.json")
    if platform == "darwin":
        library = home / "Library"
        office = library / "Group Containers" / _GROUP_CONTAINER / "User Content.localized"
        return Places(
            office / "Startup.localized" / "Excel",
            library / "Application Scripts" / "com.microsoft.Excel",
            library / "Application Support" / "factuurbode" / "installed.json",
            is_mac=True,
        )
    raise ExcelNotHere

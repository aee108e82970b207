"""Saves a workbook in LibreOffice Calc as an old .xls and as an .xlsx with a password. Run by the Python with `uno`.

    python calc_save_as.py ORDER

ORDER is JSON: `book`, `profile`, `xls` and `encrypted` (addresses of files), `soffice`, and `password`.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import uno
from calc_edit import desktop, value_of  # type: ignore[import-not-found]  # beside this script, not of a package
from com.sun.star.beans import NamedValue


def encryption(password: str) -> Any:
    """What LibreOffice encrypts an OOXML file with (MS-OFFCRYPTO)."""
    values = (("CryptoType", "Standard"), ("OOXPassword", password))
    return uno.Any("[]com.sun.star.beans.NamedValue", tuple(NamedValue(*value) for value in values))


def main(order: dict[str, Any]) -> None:
    office = desktop(order["soffice"], order["profile"])
    document = office.loadComponentFromURL(order["book"], "_blank", 0, (value_of("Hidden", True),))
    document.storeToURL(order["xls"], (value_of("FilterName", "MS Excel 97"),))
    with_password = (
        value_of("FilterName", "Calc MS Excel 2007 XML"),
        value_of("EncryptionData", encryption(order["password"])),
    )
    document.storeToURL(order["encrypted"], with_password)
    document.close(True)
    office.terminate()


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))

"""Which cell styles show a number as a date (ECMA-376 part 1, 18.8.30)."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

_BUILT_IN = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_NOT_A_LETTER = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_DATE_LETTER = re.compile("[dmyhs]", re.IGNORECASE)


def date_styles(styles: Any) -> frozenset[str]:
    """The numbers (`s` of a cell) of the styles in the root of the styles part that show a date or a time."""
    namespace = f"{{{etree.QName(styles).namespace}}}"
    custom = {
        int(made.get("numFmtId", "-1")): bool(_DATE_LETTER.search(_NOT_A_LETTER.sub("", made.get("formatCode", ""))))
        for made in styles.iter(f"{namespace}numFmt")
    }
    formats = [int(one.get("numFmtId", "0")) for one in styles.iterfind(f"{namespace}cellXfs/{namespace}xf")]
    return frozenset(str(number) for number, one in enumerate(formats) if custom.get(one, one in _BUILT_IN))

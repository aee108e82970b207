"""The parts of a workbook in which something refers to cells that move, changed as `Following` says.

Formulas, names, charts, pivot tables, formats, validations, sparklines, links and controls keep pointing to what they
pointed to. Text is changed in place: the rest of each part stays as it is, byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, groupby
from xml.sax.saxutils import escape, unescape

from ..parts.opc import WorkbookParts, parsed_part, related, serialised
from ..parts.package import Package
from ..parts.sheet_xml import column_letters, column_number
from .following import Cell, Following
from .row_moves import RowMoves

_PART = re.compile(
    r"[^/]+/(worksheets|chartsheets|tables|charts|drawings|pivotCache|ctrlProps)/(?!pivotCacheRecords)[^/]+\.(xml|vml)"
)
_SOURCES = re.compile("/pivotCache/")
"""Parts that name a sheet otherwise than in a formula."""
_NAMES = "f|formula|formula1|formula2|definedName|calculatedColumnFormula|totalsRowFormula|FmlaLink|FmlaRange"
_FORMULA = re.compile(rf"(<(?:\w+:)?({_NAMES})(?:\s[^<>]*+)?(?<!/)>)([^<]++)(?=</)")
_LINK = re.compile(r"""(\s(?:location|textlink|fmlaLink|fmlaRange)=)("[^"<]*+"|'[^'<]*+')""")
_PIVOT = re.compile(r"<(?:\w+:)?worksheetSource\s[^<>]*+>")
_REF = re.compile(r"""(\sref=["'])([^"']++)""")
_SHEET = re.compile(r"""\ssheet=("[^"<]*+"|'[^'<]*+')""")
_OUTSIDE = re.compile(r"\s\w+:id=")
_UTF8 = re.compile(rb"""(\xef\xbb\xbf)?<(?!\?xml[^>]*encoding=["'](?!utf-8|us-ascii))""", re.IGNORECASE)
_ROWS_END = re.compile(rb"</(?:\w+:)?sheetData\s*>")
_PREFIX = re.compile(rb"<(\w+:)?sheetData\b")
_CELL = re.compile(rb"""[^<>]*?\br=["']([A-Z]+)([0-9]+)["']""")
_SHARED = re.compile(rb"""\st=["']shared["']""")
_GROUP = re.compile(rb"""\ssi=["'](\d+)["']""")
_ENTITIES = {"&quot;": '"', "&apos;": "'"}

Change = tuple[int, int, bytes]
"""From where to where what stands there."""


def followed_parts(
    package: Package, workbook: WorkbookParts, moves: Sequence[RowMoves], changed: Mapping[str, bytes]
) -> dict[str, bytes]:
    """The parts that read otherwise after *moves*; those of *changed* are taken as they are there."""
    if not moves:
        return {}
    following = Following(moves)
    sheet_of = {part: sheet.title for sheet in workbook.sheets for part in related(package, sheet.part, "")}
    sheet_of |= {sheet.part: sheet.title for sheet in workbook.sheets}
    found = {}
    for part in package.names():
        if part != workbook.part and not _PART.fullmatch(part):
            continue
        own = sheet_of.get(part, "")
        pieces = iter([changed[part]] if part in changed else package.pieces(part))
        start = next(pieces, b"")
        if _UTF8.match(start) and not _SOURCES.search(part) and not following.may_concern(chain([start], pieces), own):
            continue
        plain = _plain(package, part, changed[part] if part in changed else package.read(part))
        if (after := followed(plain, following, own)) != plain:
            found[part] = after
    return found


def _plain(package: Package, part: str, xml: bytes) -> bytes:
    """*xml* in UTF-8 and without literal sections, in which nothing would be found."""
    if _UTF8.match(xml) and b"<![CDATA[" not in xml:
        return xml
    return serialised(parsed_part(package, part, xml))


def followed(xml: bytes, following: Following, own: str = "") -> bytes:
    """The part *xml*, which belongs to the sheet *own* ('' for none), with its references where they are now."""
    end = _ROWS_END.search(xml)
    body, rest = (xml[: end.start()], xml[end.start() :]) if end else (b"", xml)
    after = _rest(rest.decode(), following, own).encode()
    changes = sorted(_in_rows(body, following, own))
    if not changes:
        return xml if after == rest else body + after
    pieces, done = list[bytes](), 0
    for start, stop, new in changes:
        pieces += [body[done:start], new]
        done = stop
    return b"".join([*pieces, body[done:], after])


def _in_rows(body: bytes, following: Following, own: str) -> Iterator[Change]:
    """What changes in the formulas of cells."""
    prefix = (found[1] or b"") if (found := _PREFIX.search(body)) else b""
    formula = re.compile(rb"<%bf(\s[^<>/]*+)?(?:/>|>([^<]*+)</%bf\s*>)" % (prefix, prefix))
    mine = following.on(own)
    shared: list[tuple[re.Match[bytes], Cell]] = []
    for found in formula.finditer(body):
        together = found[1] and _SHARED.search(found[1])
        at = _cell(body, found.start(), prefix) if mine or together else None
        if together and at:
            shared.append((found, at))
        elif text := (found[2] or b"").decode():
            new = following.formula(text, own, at)
            if new != text:
                yield *found.span(2), new.encode()
    shared.sort(key=lambda one: _group(one[0]))
    for _, group in groupby(shared, key=lambda one: _group(one[0])):
        yield from _in_group(list(group), following, own, prefix)


def _in_group(
    group: Sequence[tuple[re.Match[bytes], Cell]], following: Following, own: str, prefix: bytes
) -> Iterator[Change]:
    """What changes in formulas that cells share; where they do not all change alike, each gets its own."""
    first, at = next((one for one in group if one[0][2]), group[0])
    text = (first[2] or b"").decode()
    new = following.formula(text, own, at)
    each = [following.formula(_moved(text, at, place), own, place) for _, place in group]
    if each == [_moved(new, at, place) for _, place in group]:
        if new != text:
            yield *first.span(2), new.encode()
        return
    for (found, _), one in zip(group, each, strict=True):
        yield *found.span(), b"<%bf>%b</%bf>" % (prefix, one.encode(), prefix)


def _group(found: re.Match[bytes]) -> int:
    number = _GROUP.search(found[1])
    return int(number[1]) if number else -1


def _moved(text: str, origin: Cell, place: Cell) -> str:
    """*text* of the cell *origin* as it reads in *place*."""
    if origin == place:
        return text
    from openpyxl.formula.translate import Translator

    translator = Translator(f"={unescape(text, _ENTITIES)}", origin=_name(origin))
    return escape(str(translator.translate_formula(_name(place)))[1:])


def _name(cell: Cell) -> str:
    return f"{column_letters(cell[0])}{cell[1]}"


def _cell(body: bytes, formula: int, prefix: bytes) -> Cell | None:
    """The cell whose formula begins there, if it says where it is."""
    start = b"<%bc " % prefix
    found = _CELL.match(body, body.rfind(start, 0, formula) + len(start))
    return (column_number(found[1].decode()), int(found[2])) if found else None


def _rest(xml: str, following: Following, own: str) -> str:
    """What is not in rows."""

    def formula(found: re.Match[str]) -> str:
        element = found[2]
        ranges = element in ("definedName", "calculatedColumnFormula") or element.startswith("formula")
        if element == "f" and found[1].startswith("<xm:"):
            ranges = not xml.endswith("sparkline>", 0, found.start())
        return found[1] + following.formula(found[3], own, anywhere=ranges)

    def link(found: re.Match[str]) -> str:
        return f"{found[1]}{found[2][0]}{following.formula(found[2][1:-1], own)}{found[2][-1]}"

    def source(found: re.Match[str]) -> str:
        sheet = None if _OUTSIDE.search(found[0]) else _SHEET.search(found[0])
        title = unescape(sheet[1][1:-1], _ENTITIES) if sheet else ""
        return _REF.sub(lambda ref: ref[1] + following.formula(ref[2], title), found[0])

    return _PIVOT.sub(source, _LINK.sub(link, _FORMULA.sub(formula, xml)))

"""The font of a batch, and what of it goes into the PDF of one document: the letters that this document draws."""

from __future__ import annotations

import codecs
import re
from collections.abc import Set

import pikepdf

from .content import Letters
from .doubt import Doubt
from .glyphs import with_only
from .plain import plain

_KEYS = frozenset(
    ("/Type", "/Subtype", "/BaseFont", "/FirstChar", "/LastChar", "/Widths", "/FontDescriptor", "/ToUnicode")
)
_DESCRIPTOR = frozenset(
    ("/Type", "/FontName", "/Flags", "/FontBBox", "/ItalicAngle", "/Ascent", "/Descent", "/CapHeight", "/StemV")
)
_MEANING = re.compile(rb"<([0-9A-F]{2})> <((?:[0-9A-F]{4})+)>\n")
_TO_UNICODE = """/CIDInit/ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def
/CMapName/Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<00> <FF>
endcodespacerange
{meanings}endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""
_MOST_IN_A_BLOCK = 100  # of a character map (Adobe technical note 5014)


class Font:
    """A TrueType font of at most 256 letters, as LibreOffice embeds it. Raises Doubt for any other."""

    def __init__(self, found: pikepdf.Object) -> None:
        descriptor = found.FontDescriptor
        if found.Subtype != "/TrueType" or not _KEYS.issuperset(found.keys()):
            raise Doubt("a font of another kind")
        if not _DESCRIPTOR.issuperset(set(descriptor.keys()) - {"/FontFile2"}):
            raise Doubt("a font that is described in another way")
        self.identity = found.objgen
        self._found = found
        self._file = descriptor.FontFile2.read_bytes()
        self._widths = [int(width) for width in found.Widths]
        self._first = int(found.FirstChar)
        self._meanings = {
            int(code, 16): bytes.fromhex(meaning.decode()).decode("utf-16-be")
            for code, meaning in _MEANING.findall(found.ToUnicode.read_bytes())
        }

    def text(self, letters: Letters) -> str:
        """What *letters* mean. Raises Doubt when one has no meaning."""
        if letters.actual is not None:
            return letters.actual
        try:
            return codecs.charmap_decode(letters.codes, "strict", self._meanings)[0]
        except UnicodeDecodeError as error:
            raise Doubt("a letter without a meaning") from error

    def copied(self, pdf: pikepdf.Pdf, codes: Set[int]) -> pikepdf.Object:
        """The font in *pdf*, with the letters of *codes* only."""
        file = with_only(self._file, codes)
        descriptor = pikepdf.Dictionary(
            {key: plain(value) for key, value in self._found.FontDescriptor.items() if key in _DESCRIPTOR}
        )
        descriptor.FontFile2 = pdf.make_stream(file, Length1=len(file))
        widths = [width if self._first + place in codes else 0 for place, width in enumerate(self._widths)]
        meanings = sorted((code, self._meanings[code]) for code in codes if code in self._meanings)
        return pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font,
                Subtype=pikepdf.Name.TrueType,
                BaseFont=plain(self._found.BaseFont),
                FirstChar=self._first,
                LastChar=self._first + len(widths) - 1,
                Widths=pikepdf.Array(widths),
                FontDescriptor=pdf.make_indirect(descriptor),
                ToUnicode=pdf.make_stream(_to_unicode(meanings)),
            )
        )


def _to_unicode(meanings: list[tuple[int, str]]) -> bytes:
    blocks = ""
    for start in range(0, len(meanings), _MOST_IN_A_BLOCK):
        block = meanings[start : start + _MOST_IN_A_BLOCK]
        lines = "".join(f"<{code:02X}> <{text.encode('utf-16-be').hex().upper()}>\n" for code, text in block)
        blocks += f"{len(block)} beginbfchar\n{lines}endbfchar\n"
    return _TO_UNICODE.format(meanings=blocks).encode("ascii")

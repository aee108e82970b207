"""The words of Word that mean the same in a merged document as in one of its own; any other is a reason not to merge.

Left out on purpose: lists and footnotes (their numbers would go on into the next invoice), shapes and text frames
(placed on a page, not in a text), comments, tracked changes, content controls, hyperlinks, and columns.
"""

from __future__ import annotations

from collections.abc import Iterator

_NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "a14": "http://schemas.microsoft.com/office/drawing/2010/main",
}
W = f"{{{_NAMESPACES['w']}}}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

_WORDS = {
    "w": """
        document body hdr ftr p r t tab br cr fldChar instrText fldSimple drawing
        proofErr lastRenderedPageBreak bookmarkStart bookmarkEnd
        pPr pStyle keepNext keepLines pageBreakBefore widowControl pBdr top left bottom right start end between bar
        shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi
        adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textAlignment
        textDirection outlineLvl suppressLineNumbers cnfStyle
        rPr rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof vanish color
        w kern position sz szCs highlight u bdr fitText vertAlign rtl cs em lang
        tbl tblPr tblStyle bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW tblCellSpacing tblInd tblBorders
        insideH insideV tblLayout tblCellMar tblLook tblCaption tblDescription tblGrid gridCol tblPrEx
        tr trPr cantSplit trHeight tblHeader gridBefore gridAfter wBefore wAfter
        tc tcPr tcW gridSpan vMerge hMerge tcBorders tl2br tr2bl noWrap tcMar tcFitText vAlign hideMark
        sectPr headerReference footerReference type pgSz pgMar pgNumType pgBorders paperSrc cols titlePg docGrid
    """,
    "wp": "inline extent effectExtent docPr cNvGraphicFramePr",
    "a": """
        graphic graphicFrameLocks graphicData blip stretch fillRect srcRect xfrm off ext prstGeom avLst ln noFill extLst
    """,
    "pic": "pic nvPicPr cNvPr cNvPicPr picLocks blipFill spPr",
    "a14": "useLocalDpi",
}


def _all_words() -> Iterator[str]:
    for prefix, words in _WORDS.items():
        for word in words.split():
            yield f"{{{_NAMESPACES[prefix]}}}{word}"


KNOWN = frozenset(_all_words())
"""The names of all elements that a document, a header or a footer may have."""

STYLES_NOT_KNOWN = (b"numPr", b"framePr")
SETTINGS_NOT_KNOWN = (b"evenAndOddHeaders", b"mirrorMargins", b"bookFoldPrinting", b"mailMerge", b"gutterAtTop")
"""What may not be in the styles or settings that the documents share: lists, frames, and left pages unlike right."""

"""The PDF of a merged document taken apart again, so that nothing of one document can be in another's PDF.

Nothing is left out of a copy; each PDF is made new, of what is known to be its own. Every page of the whole must belong
to one document, between the bookmarks where it begins and ends. Of a page are taken its size and what it draws, the
pictures that it draws, and of its fonts the letters that it draws. Every piece of text on it must stand in the Word
document that it was made of. In doubt about one document nothing of the whole is used.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Sequence

import pikepdf

from .content import Drawn, drawn
from .doubt import Doubt
from .fonts import Font
from .merge import BEGINS, ENDS, bookmark
from .pieces import Own
from .plain import plain, plain_dictionary

_PAGE_KEYS = frozenset(("/Type", "/Parent", "/MediaBox", "/Resources", "/Contents", "/Annots", "/Tabs", "/Group"))
_RESOURCES = frozenset(("/Font", "/XObject", "/ExtGState", "/ProcSet"))
_STATE_KEYS = frozenset(("/Type", "/CA", "/ca"))
_GROUP_KEYS = frozenset(("/Type", "/S", "/CS", "/I", "/K"))
_CATALOG_KEYS = frozenset(("/Type", "/Pages", "/Dests", "/Lang", "/OpenAction", "/ViewerPreferences"))
_INFO_KEYS = frozenset(("/Title", "/Author", "/Subject", "/Keywords", "/Creator", "/Producer", "/CreationDate"))
_UNSEEN = re.compile("[\\s\u00ad\u200b-\u200f\u2060\ufeff]+")
_HYPHENS = str.maketrans("\u2010\u2011", "--")


def split(pdf: bytes, documents: Sequence[Own]) -> list[bytes]:
    """The PDF of each of *documents*, in their order. Raises Doubt."""
    try:
        with pikepdf.open(io.BytesIO(pdf)) as whole:
            pages = [page.obj for page in whole.pages]
            fonts: dict[tuple[int, int], Font] = {}
            return [
                _Copy(whole, fonts, document).of(pages[first : last + 1])
                for document, (first, last) in zip(documents, _ranges(whole, len(documents)), strict=True)
            ]
    except (pikepdf.PdfError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise Doubt(f"a PDF that is built in another way: {type(error).__name__}") from error


def _ranges(whole: pikepdf.Pdf, count: int) -> list[tuple[int, int]]:
    """The first and the last page of each document. Raises Doubt when a page would be nobody's, or that of two."""
    numbers = {page.obj.objgen: number for number, page in enumerate(whole.pages)}
    begins, ends = (
        [numbers[whole.Root.Dests[f"/{bookmark(edge, number)}"][0].objgen] for number in range(count)]
        for edge in (BEGINS, ENDS)
    )
    if begins != [0, *(last + 1 for last in ends[:-1])] or ends[-1] != len(numbers) - 1:
        raise Doubt("pages that are not accounted for")
    if any(first > last for first, last in zip(begins, ends, strict=True)):
        raise Doubt("a document that ends before it begins")
    return list(zip(begins, ends, strict=True))


class _Copy:
    """Makes the PDF of one document."""

    def __init__(self, whole: pikepdf.Pdf, fonts: dict[tuple[int, int], Font], document: Own) -> None:
        self._whole, self._fonts, self._document = whole, fonts, document
        self._words = _compared(document.words)
        self._pdf = pikepdf.new()

    def of(self, pages: Sequence[pikepdf.Object]) -> bytes:
        """The PDF of *pages*."""
        contents = [drawn(page.Contents.read_bytes()) for page in pages]
        used: dict[tuple[int, int], set[int]] = {}
        for page, content in zip(pages, contents, strict=True):
            named: dict[str, Font] = {}
            for name, codes in content.codes().items():
                named[name] = self._font(page, name)
                used.setdefault(named[name].identity, set()).update(codes)
            for text in content.texts:
                self._check([named[letters.font].text(letters) for letters in text], len(pages))
        fonts = {identity: self._fonts[identity].copied(self._pdf, codes) for identity, codes in used.items()}
        for page, content in zip(pages, contents, strict=True):
            self._add(page, content, fonts)
        self._describe()
        made = io.BytesIO()
        self._pdf.save(made, min_version=self._whole.pdf_version, compress_streams=True)
        return made.getvalue()

    def _font(self, page: pikepdf.Object, name: str) -> Font:
        found = page.Resources.Font[f"/{name}"]
        if found.objgen not in self._fonts:
            self._fonts[found.objgen] = Font(found)
        return self._fonts[found.objgen]

    def _check(self, shares: Sequence[str], pages: int) -> None:
        """That a piece of text is the document's own, or the number of a page. It is in *shares*, each in one font.

        Letters that a font lacks are drawn in another, after those that it has: then each share is looked for.
        """
        text = "".join(shares)
        if self._is_own(text):
            return
        if len(shares) > 1 and all(map(self._is_own, shares)):
            return
        if not (text.isdecimal() and 1 <= int(text) <= pages):
            raise Doubt("text that is not in the document")

    def _is_own(self, text: str) -> bool:
        if text in self._document.words:
            return True
        shown = _compared(text)
        return shown in self._words or shown.removesuffix("-") in self._words

    def _add(self, page: pikepdf.Object, content: Drawn, fonts: dict[tuple[int, int], pikepdf.Object]) -> None:
        if not (_PAGE_KEYS.issuperset(page.keys()) and _RESOURCES.issuperset(page.Resources.keys())):
            raise Doubt("a page with more on it than is known")
        resources = pikepdf.Dictionary(ProcSet=pikepdf.Array([pikepdf.Name("/PDF"), pikepdf.Name("/Text")]))
        names = sorted(content.codes())
        if names:
            resources.Font = pikepdf.Dictionary(
                {f"/{name}": fonts[page.Resources.Font[f"/{name}"].objgen] for name in names}
            )
        if content.pictures:
            resources.XObject = pikepdf.Dictionary(
                {f"/{name}": self._picture(page.Resources.XObject[f"/{name}"]) for name in sorted(content.pictures)}
            )
        if content.states:
            resources.ExtGState = pikepdf.Dictionary(
                {
                    f"/{name}": plain_dictionary(page.Resources.ExtGState[f"/{name}"], _STATE_KEYS)
                    for name in sorted(content.states)
                }
            )
        if set(page.Contents.keys()) - {"/Filter", "/Length"}:
            raise Doubt("a page that is stored in another way")
        own = pikepdf.Dictionary(
            Type=pikepdf.Name.Page,
            MediaBox=plain(page.MediaBox),
            Resources=resources,
            Contents=self._pdf.copy_foreign(page.Contents),
        )
        if "/Group" in page:
            own.Group = plain_dictionary(page.Group, _GROUP_KEYS)
        self._pdf.pages.append(pikepdf.Page(self._pdf.make_indirect(own)))

    def _picture(self, picture: pikepdf.Object) -> pikepdf.Object:
        """The same picture: it is the template's, for a document with one of its own has company only of itself."""
        if picture.Subtype != "/Image":
            raise Doubt("a drawing within the page")
        return self._pdf.copy_foreign(picture)

    def _describe(self) -> None:
        """The title is the document's own; author, language and program are the same for all documents of a form."""
        root, info = self._whole.Root, self._whole.docinfo
        if not (_CATALOG_KEYS.issuperset(root.keys()) and _INFO_KEYS.issuperset(info.keys())):
            raise Doubt("a file with more in it than is known")
        own = self._pdf.Root
        if "/Lang" in root:
            own.Lang = plain(root.Lang)
        if "/ViewerPreferences" in root:
            own.ViewerPreferences = plain_dictionary(root.ViewerPreferences, {"/DisplayDocTitle"})
        if "/OpenAction" in root:
            own.OpenAction = pikepdf.Array([self._pdf.pages[0].obj, pikepdf.Name.XYZ, None, None, 0])
        for key in info.keys() - {"/Title"}:
            self._pdf.docinfo[key] = plain(info[key])
        if self._document.title:
            self._pdf.docinfo["/Title"] = self._document.title


def _compared(text: str) -> str:
    """*text* without what a line break, a capital letter or another form of the same letter changes."""
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text).translate(_HYPHENS)).casefold()

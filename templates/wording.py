"""The words of the invoice and its mail: for each language a module with a table, and from each table a template.

One Word file per language, and not one file that looks its words up: a baker opens the German invoice in Word, reads
German, and changes a word where it stands, with Word's own spelling check, without touching the other languages. A
language can be left out or added as a file. That they all look alike and have the same tags is this builder's work.

Sources of the legal phrases: Wet op de omzetbelasting 1968, art. 35a (what an invoice states), art. 25 (small
businesses), art. 11 (exemptions), art. 12 (reverse charge), tabel II posts a.2 and a.6; directive 2006/112/EC art. 138
(intra-Community supply), art. 146 (export) and art. 226 (what an invoice states) in its Dutch, English, German and
French texts.
"""

from __future__ import annotations

from collections.abc import Mapping

import words_de
import words_en
import words_fr
import words_nl

WORDING: Mapping[str, Mapping[str, str]] = {
    "nl": words_nl.INVOICE,
    "en": words_en.INVOICE,
    "de": words_de.INVOICE,
    "fr": words_fr.INVOICE,
}
MAIL_WORDING: Mapping[str, Mapping[str, str]] = {
    "nl": words_nl.MAIL,
    "en": words_en.MAIL,
    "de": words_de.MAIL,
    "fr": words_fr.MAIL,
}

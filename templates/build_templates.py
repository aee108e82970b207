"""Makes the invoice and mail templates that ship with the product: `python templates/build_templates.py [FOLDER]`.

The same words and look always make the same bytes, so that a test can hold the committed files to this source.

Where the address stands. A sheet of A4 folded in three slides in its envelope of 110 × 220 mm: 10 mm sideways, and
5 mm (folded at 105 mm, DIN 5008) to 11 mm (in equal thirds, 99 mm) up and down. Windows, in millimetres of the
envelope: left 90 × 45, 20 from the left and 15 from below (DIN 680); right 90 × 40, 17 from the right and 30 from
below (SN 010130). What a window shows however the sheet lies is then, in millimetres of the sheet: left x 20 to 100,
y 50 to 84; right x 113 to 193, y 50 to 69, or 75 when folded at 105 mm. The address begins at y 50, x 22 or 118.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.shared import Mm
from mails import mail_html, mail_text
from styling import ACCENT, HAIRLINE, TOP_MARGIN_MM, a_page
from tables import a_table, borders, drop_empty_start, margins, page_field, whole_row
from wording import MAIL_WORDING, WORDING
from writing import Writer, with_fixed_dates

WIDTH_MM = 170
ADDRESS_TOP_MM = 50
LEFT_COLUMN_MM = 96
WINDOW_ADDRESS_MM = 74
LINES_BESIDE_THE_AMOUNTS = 2
VAT_IS_SHOWN = "not small_business and not exempt and not reverse_charge"
LINE_COLUMNS = (
    ("delivered", 21, False, "{{ line.delivered }}"),
    ("description", 66, False, "{{ line.description }}"),
    ("quantity", 16, True, "{{ line.quantity }}"),
    ("unit", 17, False, "{{ line.unit }}"),
    ("price", 18, True, "{{ line.price }}"),
    ("vat", 12, True, "{{ line.vat_rate }}"),
    ("amount", 20, True, "{{ line.amount }}"),
)


class Builder(Writer):
    """Writes one template in the language of *words*."""

    def __init__(self, words: Mapping[str, str]) -> None:
        super().__init__(words)
        self.document: WordDocument = a_page(words)
        self.title = f"{{% if credit_note %}}{words['credit_note']}{{% else %}}{words['invoice']}{{% endif %}}"

    def build(self) -> bytes:
        """The bytes of the .docx."""
        self._letterhead()
        self._lines()
        self._remark()
        self._header_and_footers()
        self._properties()
        return with_fixed_dates(self.document)

    # --- the first page's top ---
    def _letterhead(self) -> None:
        table = a_table(self.document, (LEFT_COLUMN_MM, WINDOW_ADDRESS_MM), 6)
        drop_empty_start(self.document)
        top = table.rows[0]
        top.height, top.height_rule = Mm(ADDRESS_TOP_MM - TOP_MARGIN_MM), WD_ROW_HEIGHT_RULE.EXACTLY
        self._write(top.cells[0], "name", "{%p if logo %}", first=True)
        self._write(top.cells[0], "text", "{{ logo }}")
        self._condition(top.cells[0], "else", "name")
        self._write(top.cells[0], "name", "{{ company.name }}")
        self._condition(top.cells[0], "endif", "name")
        self._company(top.cells[1])
        for row, (tag, address, facts) in zip((1, 3), (("if window_right", 1, 0), ("else", 0, 1)), strict=True):
            self._write(table.rows[row].cells[0], "cell", f"{{%tr {tag} %}}", first=True)
            shown = table.rows[row + 1]
            shown.height, shown.height_rule = Mm(42), WD_ROW_HEIGHT_RULE.AT_LEAST
            self._address(shown.cells[address])
            self._facts(shown.cells[facts])
            margins(shown.cells[0], right=18 if address == 0 else 8)
        self._write(table.rows[5].cells[0], "cell", "{%tr endif %}", first=True)

    def _company(self, cell: Any) -> None:
        self._write(cell, "company", "{%p if logo %}", first=True)
        self._write(cell, "company", "strong:{{ company.name }}")
        self._condition(cell, "endif", "company")
        self._write(cell, "company", "{{ company.street }}")
        self._write(cell, "company", "{{ company.postcode }}  {{ company.city }}")
        for key in ("country", "telephone", "email", "website"):
            self._only(cell, f"company.{key}", "company", f"{{{{ company.{key} }}}}")

    def _address(self, cell: Any) -> None:
        self._write(cell, "address", "{%p for line in address %}", first=True)
        self._write(cell, "address", "{{ line }}")
        self._condition(cell, "endfor", "address")
        self._write(cell, "address")

    def _facts(self, cell: Any) -> None:
        words = self.words
        self._write(cell, "title", self.title, first=True)
        self._fact(cell, "number", "strong:{{ number }}")
        self._fact(cell, "date", "{{ date }}")
        self._fact(cell, "due_date", "{{ due_date }}", condition="to_pay")
        self._fact(cell, "corrects", "{{ corrects }}", condition="credit_note")
        self._fact(cell, "customer_number", "{{ customer.number }}", condition="customer.number")
        self._fact(cell, "reference", "{{ reference }}", condition="reference")
        until = f"{{{{ period_from }}}}{{% if period_to %}} {words['until']} {{{{ period_to }}}}{{% endif %}}"
        self._fact(cell, "period", until, condition="period_from")
        self._fact(cell, "buyer_vat_number", "{{ customer.vat_number }}", condition="intra_eu or reverse_charge")

    def _fact(self, cell: Any, key: str, text: str, condition: str = "") -> None:
        texts = (f"label:{self.words[key]}", "\t", text)
        if condition:
            self._only(cell, condition, "fact", *texts)
        else:
            self._write(cell, "fact", *texts)

    # --- the lines ---
    def _lines(self) -> None:
        """The lines, the amounts and what the buyer has to do are rows of one table, so that they keep together."""
        self._write(self.document, "gap")
        table = a_table(self.document, [width for _, width, _, _ in LINE_COLUMNS], 6, between=1.1, line=HAIRLINE)
        header, opening, line, closing, amounts, words = table.rows
        whole_row(header, header=True)
        whole_row(line)
        self._write(opening.cells[0], "cell", "{%tr for line in lines %}", first=True)
        self._write(closing.cells[0], "cell", "{%tr endfor %}", first=True)
        for index, (key, _, right, text) in enumerate(LINE_COLUMNS):
            head, cell = header.cells[index], line.cells[index]
            word = self.words[key] if key != "vat" else f"{{% if {VAT_IS_SHOWN} %}}{self.words[key]}{{% endif %}}"
            self._write(head, "head_right" if right else "head", word, first=True)
            if key == "delivered":
                self._kept_at_the_end(cell, text)
            else:
                paragraph = self._write(cell, "cell_right" if right else "cell", text, first=True)
                if key == "description":
                    self._details(paragraph)
            if key == "unit":
                margins(head, left=3)
                margins(cell, left=3)
            borders(head, bottom=(8, ACCENT))
        self._amounts(amounts)
        self._closing(words)

    def _details(self, paragraph: Any) -> None:
        for condition, shown in (
            ("article", f"  {self.words['article']} {{{{ line.article }}}}"),
            ("discount", f"  {{{{ line.discount }}}} {self.words['discount']}"),
        ):
            run = paragraph.add_run(f"{{% if line.{condition} %}}{shown}{{% endif %}}")
            run.style = self.words["style_detail"]

    def _kept_at_the_end(self, cell: Any, text: str) -> None:
        """The last lines stay with the amounts, so that these never stand alone on a page.

        Word and LibreOffice keep a row with the next one when its first paragraph asks for it.
        """
        self._write(cell, "cell", f"{{%p if loop.revindex <= {LINES_BESIDE_THE_AMOUNTS} %}}", first=True)
        self._write(cell, "cell_kept", text)
        self._condition(cell, "else")
        self._write(cell, "cell", text)
        self._condition(cell, "endif")

    # --- the amounts ---
    def _amounts(self, row: Any) -> None:
        whole_row(row)
        cells = row.cells
        left, right = cells[0].merge(cells[1]), cells[2].merge(cells[-1])
        for cell in (left, right):
            borders(cell, bottom=(0, HAIRLINE))
            margins(cell, top=3.6)
            self._write(cell, "end_kept", first=True)
        self._condition(left, f"if {VAT_IS_SHOWN}", "end")
        self._vat(left)
        self._condition(left, "endif", "end")
        self._write(left, "end")
        self._totals(right)

    def _vat(self, parent: Any) -> None:
        table = a_table(parent, (24, 30, 24), 4, between=1.1, line=HAIRLINE)
        header, opening, rate, closing = table.rows
        self._write(opening.cells[0], "cell", "{%tr for tariff in vat %}", first=True)
        self._write(closing.cells[0], "cell", "{%tr endfor %}", first=True)
        for index, (word, text) in enumerate((("vat_rate", "rate"), ("taxable", "taxable"), ("tax", "tax"))):
            right = "_right" if index else ""
            self._write(header.cells[index], f"head{right}", self.words[word], first=True)
            self._write(rate.cells[index], f"cell{right}", f"{{{{ tariff.{text} }}}}", first=True)
            borders(header.cells[index], bottom=(8, ACCENT))

    def _totals(self, parent: Any) -> None:
        words = self.words
        table = a_table(parent, (48, 35), 5, between=1.1, line=HAIRLINE)
        self._write(parent, "end")
        self._write(table.rows[0].cells[0], "cell", f"{{%tr if {VAT_IS_SHOWN} %}}", first=True)
        self._write(table.rows[3].cells[0], "cell", "{%tr endif %}", first=True)
        total = f"{{% if credit_note %}}{words['total_credit']}{{% else %}}{words['total']}{{% endif %}}"
        for row, label, field, style in (
            (1, words["net"], "net", "cell"),
            (2, words["tax"], "tax", "cell"),
            (4, total, "total", "total"),
        ):
            cells = table.rows[row].cells
            self._write(cells[0], style, label, first=True)
            self._write(cells[1], f"{style}_right", f"{{{{ {field} }}}}", first=True)
            if style == "total":
                for cell in cells:
                    margins(cell, top=1.8)
                    borders(cell, top=(8, ACCENT), bottom=(0, ACCENT))

    # --- what stands below ---
    def _closing(self, row: Any) -> None:
        words = self.words
        whole_row(row)
        cell = row.cells[0].merge(row.cells[-1])
        borders(cell, top=(0, HAIRLINE), bottom=(0, HAIRLINE))
        margins(cell, top=5)
        self._write(cell, "end", first=True)
        for condition in ("intra_eu", "export", "reverse_charge", "small_business", "exempt"):
            self._only(cell, condition, "text", words[condition])
        self._only(cell, "credit_note", "text", words["credit"])
        self._only(
            cell,
            "to_pay and company.iban",
            "payment",
            words["pay_1"],
            "strong:{{ total }}",
            words["pay_2"],
            "strong:{{ due_date }}",
            words["pay_3"],
            "strong:{{ company.iban }}",
            "{% if company.bic %} (BIC {{ company.bic }}){% endif %}",
            words["pay_4"],
            "{{ company.account_name }}",
            words["pay_5"],
            "strong:{{ number }}",
            ".",
        )

    def _remark(self) -> None:
        self._write(self.document, "end")
        self._only(self.document, "remark", "text", "{{ remark }}")

    def _header_and_footers(self) -> None:
        section = self.document.sections[0]
        section.first_page_header.is_linked_to_previous = False
        self._write(section.first_page_header, "header", first=True)
        self._write(section.header, "header", self.title + " {{ number }}  ·  {{ company.name }}", first=True)
        for footer in (section.first_page_footer, section.footer):
            footer.is_linked_to_previous = False
            table = a_table(footer, (WIDTH_MM - 26, 26), 1)
            left, right = table.rows[0].cells
            for cell in (left, right):
                borders(cell, top=(2, HAIRLINE))
                margins(cell, top=1.5)
            legal = "".join(
                f"{{% if company.{key} %}}  ·  {self.words.get(key, key.upper())} {{{{ company.{key} }}}}{{% endif %}}"
                for key in ("kvk", "vat_number", "iban")
            )
            self._write(left, "footer", "{{ company.name }}" + legal, first=True)
            page = self._write(right, "footer_right", f"{self.words['page']} ", first=True)
            page_field(page, "PAGE")
            page.add_run(f" {self.words['of']} ")
            page_field(page, "NUMPAGES")
            drop_empty_start(footer)
            self._write(footer, "gap")

    def _properties(self) -> None:
        properties = self.document.core_properties
        words = self.words
        properties.title = f"{self.title} {{{{ number }}}}"
        properties.author = properties.last_modified_by = "{{ company.name }}"
        properties.comments = properties.keywords = properties.subject = ""
        properties.language = words["locale"]
        properties.created = properties.modified = datetime(2026, 1, 1)  # noqa: DTZ001 - the format wants it so
        properties.revision = 1


def built() -> dict[str, bytes]:
    """Each template by its file name."""
    files = {f"invoice.{language}.docx": Builder(words).build() for language, words in WORDING.items()}
    for language, words in MAIL_WORDING.items():
        files[f"mail.{language}.txt"] = mail_text(words).encode()
        files[f"mail.{language}.html"] = mail_html(language, words).encode()
    return files


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent
    for name, content in built().items():
        (folder / name).write_bytes(content)

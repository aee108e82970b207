"""The formulas of a workbook. Excel and LibreOffice calculate them to the same cents as `domain.totals`.

Each is one line for one row, with structured references, so that a table that grows takes them along. Rounding
is half up on the cent: the inner ROUND puts a product of binary fractions back on the decimal that was meant
(3 × 0.335 is 1.005, not 1.00499…), the outer one then rounds that.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ...domain.model import Language
from ...domain.vat import RATES, VatRate
from ..choices import VAT_TREATMENT
from ..columns import CUSTOMERS, INVOICES, LINES, PRODUCTS, Sheet
from .whereabouts import InNewBook, Whereabouts

SHEET_RATES = tuple(rate for rate in RATES if rate.percentage)
"""The VAT rates that the sheet calculates: all that the table knows, for which of them holds stands in the line."""

CREDIT = "Credit"
"""How the word for a credit note begins, in Dutch and English."""


class Formulas:
    """The formulas in one language; `small_business` is the cell of that setting, such as `Settings!$C$17`.

    They stand in the workbook that *where* describes: mostly one that is being made.
    """

    def __init__(self, language: Language, small_business: str, unknown: str, where: Whereabouts | None = None) -> None:
        self._where = where or InNewBook(language)
        self._small_business = small_business
        self._unknown = unknown

    def of(self, sheet: Sheet) -> Mapping[str, str]:
        """The formulas of the calculated columns of *sheet*, by key, without the equals sign."""
        if sheet is INVOICES:
            return {
                "customer_name": self._customer_name(),
                "due": self._due(),
                "net": self._net(),
                "vat": self._vat(),
                "total": self._total(),
            }
        if sheet is LINES:
            return {"net": self._line_net(), "vat_applied": self._vat_applied()}
        return {}

    def column(self, sheet: Sheet, key: str) -> str:
        """A whole column of a table."""
        return f"{self._where.table(sheet)}[{self._where.heading(sheet, key)}]"

    def _this(self, sheet: Sheet, key: str) -> str:
        return f"{self._where.table(sheet)}[[#This Row],[{self._where.heading(sheet, key)}]]"

    def _customer_at(self, key: str, customer: str) -> str:
        return f"INDEX({self.column(CUSTOMERS, key)},MATCH({customer},{self.column(CUSTOMERS, 'number')},0))"

    def _of_customer(self, key: str) -> str:
        """Of the customer who pays: another one where the customer of the row says so."""
        customer = self._this(INVOICES, "customer")
        payer = self._customer_at("bill_to", customer)
        return self._customer_at(key, f'IFERROR(IF({payer}="",{customer},{payer}),{customer})')

    def _usual_discount(self) -> str:
        """That of the customer of the line's invoice, who may be another one than who pays."""
        invoice = f"MATCH({self._this(LINES, 'invoice')},{self.column(INVOICES, 'number')},0)"
        usual = self._customer_at("discount", f"INDEX({self.column(INVOICES, 'customer')},{invoice})")
        return f"IFERROR({_in_percent(usual)},0)"

    def _of_product(self, key: str) -> str:
        where = f"MATCH({self._this(LINES, 'article')},{self.column(PRODUCTS, 'article')},0)"
        return f"INDEX({self.column(PRODUCTS, key)},{where})"

    def _customer_name(self) -> str:
        customer = self._this(INVOICES, "customer")
        return f'IF({customer}="","",IFERROR({self._of_customer("name")}&"","{self._unknown}"))'

    def _due(self) -> str:
        day, term = self._this(INVOICES, "date"), self._of_customer("payment_days")
        return f'IF(ISNUMBER({day}),{day}+IFERROR(IF({term}="",14,{term}),14),"")'

    def _sum(self, rate: str = "") -> str:
        parts = [self.column(LINES, "net"), self.column(LINES, "invoice"), self._this(INVOICES, "number")]
        parts += [self.column(LINES, "vat_applied"), rate] if rate else []
        return f"ROUND(SUMIFS({','.join(parts)}),2)"

    def _sign(self) -> str:
        return f'IF(LEFT({self._this(INVOICES, "kind")},{len(CREDIT)})="{CREDIT}",-1,1)'

    def _net(self) -> str:
        return f'IF({self._this(INVOICES, "number")}="","",{self._sign()}*{self._sum()})'

    def _vat(self) -> str:
        number = self._this(INVOICES, "number")
        untaxed = ",".join(
            f'"{word}"' for word in sorted({w for c in VAT_TREATMENT[1:] for w in (c.nl, c.en, c.value)})
        )
        none = [f"ISNUMBER(MATCH({self._of_customer('vat_treatment')},{{{untaxed}}},0))"]
        none += [f'{self._small_business}="{word}"' for word in ("Ja", "Yes")]
        rates = "+".join(self._vat_of(rate) for rate in SHEET_RATES)
        return f'IF({number}="","",IF(OR({",".join(none)}),0,{self._sign()}*({rates})))'

    def _vat_of(self, rate: VatRate) -> str:
        """The VAT at *rate*. One that no longer holds is summed only where some line of the sheet still has it.

        Counting it in one column costs a fraction of a sum by invoice and rate (measured in LibreOffice).
        """
        vat = f"ROUND({self._sum(str(rate.percentage))}*{rate.percentage}/100,2)"
        if rate.until == date.max:
            return vat
        return f"IF(COUNTIF({self.column(LINES, 'vat_applied')},{rate.percentage}),{vat},0)"

    def _total(self) -> str:
        net, vat = self._this(INVOICES, "net"), self._this(INVOICES, "vat")
        return f'IF({self._this(INVOICES, "number")}="","",ROUND({net}+{vat},2))'

    def _line_net(self) -> str:
        quantity, price = self._this(LINES, "quantity"), self._this(LINES, "price")
        discount = self._this(LINES, "discount")
        charged = f'IF({price}="",{self._of_product("price")},{price})'
        part = f'(100-IF({discount}="",{self._usual_discount()},{_in_percent(discount)}))/100'
        return f'IF({quantity}="","",IFERROR(ROUND(ROUND({quantity}*{charged}*{part},10),2),""))'

    def _vat_applied(self) -> str:
        rate, products = self._this(LINES, "vat_rate"), self._of_product("vat_rate")
        taken = f'IFERROR(IF({products}="","",{products}),"")'
        return f'IF({rate}="",{taken},IF({rate}<1,ROUND({rate}*100,2),{rate}))'


def _in_percent(number: str) -> str:
    """*number*, which may be shown as a percentage, as per cent."""
    return f"({number})*IF({number}<1,100,1)"

"""Numbers that carry check digits, judged by python-stdnum. No register is asked whether anybody has the number."""

from __future__ import annotations

import re

from stdnum import iban
from stdnum.eu import vat
from stdnum.exceptions import ValidationError

from .domain.rules import NumberChecks

_SEPARATORS = re.compile(r"[\s.\-]")


def iban_is_valid(text: str) -> bool:
    """Whether *text* has the form that an IBAN has in its country, and right check digits (ISO 13616).

    What banks of a country add to that is left to them: not every account that exists keeps to it.
    """
    return bool(iban.is_valid(text, check_country=False))


def vat_number_is_valid(text: str) -> bool:
    """Whether *text*, with its country's letters in front, is a whole VAT number of a country of the EU.

    A Dutch one has the check digit of a legal entity or, given
    to sole traders since 2020, the two of ISO 7064 MOD 97-10.
    """
    number = _SEPARATORS.sub("", text).upper()
    try:
        return bool(vat.validate(number) == number)  # stdnum adds zeros that were left out, and an invoice would not
    except ValidationError:
        return False


NUMBER_CHECKS = NumberChecks(iban=iban_is_valid, vat_number=vat_number_is_valid)

"""An xlwings engine over a live LibreOffice Calc document: the stand-in for Excel in tests.

It answers as Excel does where the product depends on it: it refuses to keep text that Excel would take for a number,
a date or a formula, eats the apostrophe that says "this is text", and lets tables grow only when told to. Only the
BSD-licensed parts of xlwings are used.
"""

from support.calc_engine.engine import CalcEngine, engine_on
from support.calc_engine.office import CalcOffice, a_calc

__all__ = ["CalcEngine", "CalcOffice", "a_calc", "engine_on"]

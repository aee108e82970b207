"""Template care: everything that is wrong with a baker's own Word template, before an invoice suffers from it."""

from .checking import check_template
from .finding import Finding

__all__ = ["Finding", "check_template"]

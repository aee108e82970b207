"""What the law asks of each invoice (L1–L10 of the requirements), as problems that name the cell to mend.

Sources: Wet op de omzetbelasting 1968 art. 35 and 35a (invoice contents), 34g (the day by which to invoice), 12 (who
accounts for the VAT), Uitvoeringsbesluit art. 31 (simplified invoice), EU directive 2006/112 art. 138 (intra-Community
supply) and 146 (export).
"""

from .around import Around, NumberChecks
from .credit_note import Corrections
from .dates import invoice_by
from .invoice import invoice_problems
from .seller import seller_problems

__all__ = ["Around", "Corrections", "NumberChecks", "invoice_by", "invoice_problems", "seller_problems"]

"""factuurbode, the invoice courier: makes a bakery's invoices arrive."""

__version__ = "0.1.0"

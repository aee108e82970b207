"""From understood rows to customers, products, invoices and credit notes."""

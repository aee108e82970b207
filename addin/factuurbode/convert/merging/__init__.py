"""Many invoices of one template converted at once, and taken apart again so that nothing of one is in another's PDF."""

"""From Word document to PDF that is proven to be this invoice."""

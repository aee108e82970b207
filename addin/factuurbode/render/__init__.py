"""From invoice to Word document."""

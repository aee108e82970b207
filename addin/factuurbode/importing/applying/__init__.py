"""From what was agreed with to rows in the workbook, and back again."""

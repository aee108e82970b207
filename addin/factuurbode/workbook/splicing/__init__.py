"""Changing a closed workbook: only the XML of what changes is written again, and what refers to it follows."""

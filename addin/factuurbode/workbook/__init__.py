"""The Excel workbook: its columns, reading it, making it, writing outcomes back."""

"""Batch import: files of deliveries, customers and products become rows of the workbook. pandas lives here only."""

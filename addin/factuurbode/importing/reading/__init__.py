"""From a file to a table of cells: CSV in the dialects that Dutch systems write, and spreadsheets."""

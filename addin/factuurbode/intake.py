"""The other story: from files of deliveries to rows in the workbook.

    files ─► read ─► map ─► propose ─► (a person agrees) ─► apply ─► book

Each import command is one function here; `importing` holds the verbs.
"""

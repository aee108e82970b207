"""The journal's tables of imports and of numbers that are void. Rows are only ever added."""

from __future__ import annotations

_KEPT = ("import", "import_step", "import_row", "import_added", "import_content", "import_change", "void")

IMPORT_TABLES = """
CREATE TABLE import(
    id TEXT PRIMARY KEY REFERENCES run(id), files TEXT NOT NULL, kept TEXT NOT NULL, kept_sha256 TEXT NOT NULL,
    last_run TEXT NOT NULL) STRICT;
CREATE TABLE import_step(
    n INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, run TEXT NOT NULL REFERENCES run(id),
    import TEXT NOT NULL REFERENCES import(id), state TEXT NOT NULL, detail TEXT NOT NULL) STRICT;
CREATE INDEX import_step_import ON import_step(import, n);
CREATE TABLE import_row(
    import TEXT NOT NULL REFERENCES import(id), key TEXT NOT NULL, content TEXT NOT NULL,
    invoice TEXT NOT NULL) STRICT;
CREATE INDEX import_row_key ON import_row(key);
CREATE TABLE import_added(
    import TEXT NOT NULL REFERENCES import(id), kind TEXT NOT NULL, number TEXT NOT NULL) STRICT;
CREATE TABLE import_content(
    import TEXT NOT NULL REFERENCES import(id), kind TEXT NOT NULL, number TEXT NOT NULL,
    content TEXT NOT NULL) STRICT;
CREATE TABLE import_change(
    import TEXT NOT NULL REFERENCES import(id), kind TEXT NOT NULL, number TEXT NOT NULL, field TEXT NOT NULL,
    was TEXT NOT NULL, became TEXT NOT NULL) STRICT;
CREATE TABLE void(
    number TEXT PRIMARY KEY, written TEXT NOT NULL, at TEXT NOT NULL, run TEXT NOT NULL REFERENCES run(id),
    reason TEXT NOT NULL) STRICT;
""" + "".join(
    f"CREATE TRIGGER {table}_kept_{verb[0].lower()} BEFORE {verb} ON {table} "
    "BEGIN SELECT RAISE(ABORT, 'append only'); END;\n"
    for table in _KEPT
    for verb in ("UPDATE", "DELETE")
)

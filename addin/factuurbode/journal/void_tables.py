"""The journal's table of numbers that are void, and that no longer are. Rows are only ever added."""

from __future__ import annotations

VOID_TABLES = """
CREATE TABLE void_step(
    n INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, run TEXT NOT NULL REFERENCES run(id),
    number TEXT NOT NULL, written TEXT NOT NULL, void INTEGER NOT NULL, reason TEXT NOT NULL) STRICT;
CREATE INDEX void_step_number ON void_step(number, n);
CREATE TRIGGER void_step_kept_u BEFORE UPDATE ON void_step BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER void_step_kept_d BEFORE DELETE ON void_step BEGIN SELECT RAISE(ABORT, 'append only'); END;
INSERT INTO void_step(at, run, number, written, void, reason)
    SELECT at, run, number, written, 1, reason FROM void ORDER BY at, number;
DROP TABLE void;
CREATE VIEW void_now AS
    SELECT * FROM void_step WHERE n IN (SELECT max(n) FROM void_step GROUP BY number) AND void;
"""

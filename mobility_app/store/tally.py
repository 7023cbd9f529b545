"""What a whole file adds up to: rows by table and cents by column, the same before and after a copy or a migration."""

from __future__ import annotations

from typing import Any


def tally(connection: Any) -> dict[str, int]:
    """{table: rows, table.column: cents} of an open file; `connection` is the driver's or SQLAlchemy's."""
    run = getattr(connection, "exec_driver_sql", None) or connection.execute
    found: dict[str, int] = {}
    tables = run("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name")
    for (table,) in tables.fetchall():
        names = [row[1] for row in run(f'PRAGMA table_info("{table}")').fetchall()]
        money = [name for name in names if name.endswith("cents")]
        sums = "".join(f', coalesce(sum("{name}"), 0)' for name in money)
        rows, *cents = run(f'SELECT count(*){sums} FROM "{table}"').fetchone()
        found[table] = rows
        found |= {f"{table}.{name}": total for name, total in zip(money, cents, strict=True)}
    return found

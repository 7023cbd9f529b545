"""What a dossier adds up to: rows by table, cents by column; the same before and after a copy or a migration."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, inspect


def tally(connection: Any) -> dict[str, int]:
    """{table: rows, table.column: cents} of a file open by the driver."""
    query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
    tables = [name for (name,) in connection.execute(query)]
    columns = {name: [row[1] for row in connection.execute(f'PRAGMA table_info("{name}")')] for name in tables}
    return _tally(connection.execute, columns)


def open_tally(connection: Connection) -> dict[str, int]:
    """The same of a database, on either engine, open by SQLAlchemy."""
    tables = inspect(connection)
    columns = {name: [str(c["name"]) for c in tables.get_columns(name)] for name in tables.get_table_names()}
    return _tally(connection.exec_driver_sql, columns)


def _tally(run: Callable[[str], Any], columns: Mapping[str, Iterable[str]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for table, names in columns.items():
        money = [name for name in names if name.endswith("cents")]
        sums = "".join(f', coalesce(sum("{name}"), 0)' for name in money)
        rows, *cents = run(f'SELECT count(*){sums} FROM "{table}"').fetchone()
        found[table] = rows
        found |= {f"{table}.{name}": int(total) for name, total in zip(money, cents, strict=True)}
    return found

"""Every business table as plain values: for the open export, and for whoever must leave with all of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mobility_app.core.bank import masked
from mobility_app.store.columns import Base
from mobility_app.store.journal import table_of
from mobility_app.store.schema import JOURNALED, FileContent

# Kept out: the key of verification codes would let anyone forge one.
_PRIVATE_SETTINGS = frozenset({"secret"})


@dataclass(frozen=True)
class TableDump:
    """A table: its columns as (name, type in plain words, the table it refers to or ""), and its living rows."""

    name: str
    columns: tuple[tuple[str, str, str], ...]
    rows: tuple[dict[str, Any], ...]


def tables(s: Session) -> list[TableDump]:
    """All tables in an order in which every reference points backwards; derived columns too, the bin not."""
    order = [table.name for table in Base.metadata.sorted_tables if table.name in JOURNALED]
    return [_dump(s, name) for name in order]


def _dump(s: Session, name: str) -> TableDump:
    table = table_of(name)
    shown = [c for c in table.columns if c.name not in ("search", "sort", "deleted")]
    columns = tuple((c.name, _kind(c), next((key.column.table.name for key in c.foreign_keys), "")) for c in shown)
    query = select(*shown).where(table.c.deleted.is_(None)).order_by(table.c.id)
    rows = (_private(dict(row)) for row in s.execute(query).mappings())
    return TableDump(name, columns, tuple(row for row in rows if row.get("key") not in _PRIVATE_SETTINGS))


def _private(row: dict[str, Any]) -> dict[str, Any]:
    """Bank details are written in full on payment lists alone."""
    return row | {"iban": masked(row["iban"]) or None} if "iban" in row else row


def _kind(column: Any) -> str:
    kinds = {"date": "date", "datetime": "datetime", "bool": "boolean", "int": "integer", "float": "number"}
    if column.name == "cents" or column.name.endswith("_cents"):
        return "cents"
    return kinds.get(column.type.python_type.__name__, "text" if column.type.python_type is str else "json")


def contents(s: Session) -> Iterator[tuple[str, bytes]]:
    """The attached files by their SHA-256, one at a time."""
    for digest in list(s.scalars(select(FileContent.sha256).order_by(FileContent.sha256))):
        content = s.scalar(select(FileContent.content).where(FileContent.sha256 == digest))
        if content is not None:
            yield digest, content

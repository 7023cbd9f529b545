"""How every table of the store is made: ids, versions, journaled columns, indexed references."""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Callable
from typing import Any, Literal, TypeVar

from sqlalchemy import BigInteger, DateTime, Dialect, ForeignKey, Integer, MetaData, String, Uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, mapped_column

T = TypeVar("T")

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)


class Id(Uuid[str]):
    """A UUID as text: the server's own kind, 32 letters in a file, read there without a detour by `uuid.UUID`."""

    def __init__(self, as_uuid: Literal[False] = False, native_uuid: bool = True) -> None:
        super().__init__(as_uuid=as_uuid, native_uuid=native_uuid)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        return None if dialect.supports_native_uuid else _with_hyphens


def _with_hyphens(letters: str | None) -> str | None:
    return letters and f"{letters[:8]}-{letters[8:12]}-{letters[12:16]}-{letters[16:20]}-{letters[20:]}"


def new_id() -> str:
    """A UUIDv7 (time-ordered, never handed out twice, the same in a file and on a server); Python 3.11 has none."""
    value = (time.time_ns() // 1_000_000) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(_with_hyphens(f"{value:032x}"))


def now() -> dt.datetime:
    """Naive UTC seconds, as every time in the store."""
    return dt.datetime.now(dt.UTC).replace(tzinfo=None, microsecond=0)


def column(kind: Any, *, nullable: bool = True, **options: Any) -> MappedColumn[Any]:
    """A journaled column: its value before a change is always known."""
    return mapped_column(kind, nullable=nullable, active_history=True, **options)


def derived(kind: Any, **options: Any) -> MappedColumn[Any]:
    """A column computed from others in the same transaction; never journaled, recomputed on undo."""
    return mapped_column(kind, info={"derived": True}, **options)


def link(target: str, *, nullable: bool = False) -> MappedColumn[Any]:
    """A foreign key: indexed, without cascade, deferrable so that a whole dossier can be copied."""
    key = ForeignKey(f"{target}.id", deferrable=True, initially="IMMEDIATE")
    return mapped_column(Id(), key, nullable=nullable, index=True, active_history=True)


def string(length: int, *, nullable: bool = True) -> MappedColumn[Any]:
    return column(String(length), nullable=nullable)


def money(*, nullable: bool = True) -> MappedColumn[Any]:
    return column(BigInteger, nullable=nullable)


class Row:
    """What every journaled table has. `version` is the change set that wrote the row last; `deleted` is the bin."""

    __tablename__: str

    id: Mapped[str] = mapped_column(Id(), primary_key=True, default=new_id)
    version: Mapped[int] = mapped_column(Integer, nullable=False, info={"derived": True})
    created: Mapped[dt.datetime] = column(DateTime, nullable=False)
    updated: Mapped[dt.datetime] = derived(DateTime, nullable=False)
    deleted: Mapped[dt.datetime | None] = column(DateTime)


class Numbered(Row):
    """A row that people name by a number."""

    number: Mapped[int] = column(Integer, nullable=False)


class Searchable(Numbered):
    """A row that lists find and order: `search` and `sort` are folded texts."""

    search: Mapped[str] = derived(String(4000), nullable=False, default="")
    sort: Mapped[str] = derived(String(600), nullable=False, default="", index=True)

"""The bytes of files, each once under its SHA-256: append-only and outside the journal, so that undo stays small."""

from __future__ import annotations

import hashlib

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from mobility_app.store.engines import JOURNALED_SQL
from mobility_app.store.schema import FileContent


def keep(s: Session, content: bytes) -> str:
    """Keeps the bytes if they are new; returns their SHA-256."""
    name = hashlib.sha256(content).hexdigest()
    if s.scalar(select(FileContent.sha256).where(FileContent.sha256 == name)) is None:
        statement = insert(FileContent).values(sha256=name, content=content)
        s.connection().execute(statement, execution_options=JOURNALED_SQL)
    return name


def read(s: Session, sha256: str) -> bytes | None:
    return s.scalar(select(FileContent.content).where(FileContent.sha256 == sha256))

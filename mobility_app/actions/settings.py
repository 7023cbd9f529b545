"""Settings of the consortium, kept in the dossier so that it is portable."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mobility_app.store.schema import Setting


def get(s: Session, key: str) -> dict[str, Any]:
    value = s.scalar(select(Setting.value).where(Setting.key == key, Setting.deleted.is_(None)))
    return dict(value) if value else {}


def put(s: Session, key: str, value: dict[str, Any]) -> None:
    """Keeps a setting; the same value again is no change."""
    row = s.scalar(select(Setting).where(Setting.key == key, Setting.deleted.is_(None)))
    if row is None:
        s.add(Setting(key=key, value=value))
    elif row.value != value:
        row.value = value

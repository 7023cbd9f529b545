"""What she has typed in the Beneficiary Module by hand: ticked with its day and values, so that a change shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from sqlalchemy.orm import Session

from mobility_app.actions import closed, settings
from mobility_app.core.beneficiary.retyping import Record, Tick, plain
from mobility_app.i18n import render

RETYPED = (
    "bm retyped {id}"  # setting: {key of the record: {"on", "screen", "name", "values": {key of the field: value}}}
)


def ticks(s: Session, project_id: str) -> dict[str, Tick]:
    """By the key of their record."""
    kept = settings.get(s, RETYPED.format(id=project_id))
    return {key: Tick(dt.date.fromisoformat(one["on"]), one["screen"], one["name"], one["values"])
            for key, one in kept.items()}  # fmt: skip


def tick(s: Session, project_id: str, records: Iterable[Record], on: dt.date) -> None:
    """These stand in the module since that day, as they are here now."""
    found: dict[str, dict[str, Any]] = {
        record.key: {
            "on": on.isoformat(),
            "screen": record.screen,
            "name": render(record.name),
            "values": {entry.key: plain(entry.value) for entry in record.entries},
        }
        for record in records
    }
    _keep(s, project_id, {**settings.get(s, RETYPED.format(id=project_id)), **found})


def untick(s: Session, project_id: str, keys: Iterable[str]) -> None:
    """They do not stand there, or not any more."""
    taken = set(keys)
    kept = settings.get(s, RETYPED.format(id=project_id))
    _keep(s, project_id, {key: one for key, one in kept.items() if key not in taken})


def _keep(s: Session, project_id: str, kept: dict[str, Any]) -> None:
    closed.refuse(s, project_id)
    settings.put(s, RETYPED.format(id=project_id), kept)

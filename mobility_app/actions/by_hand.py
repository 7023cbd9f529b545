"""Which values of the dossier were changed by hand since a sheet last wrote them: the history tells."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mobility_app.core.incoming import PlannedRow
from mobility_app.fields import BY_KEY
from mobility_app.store.parts import parts
from mobility_app.store.schema import Change, ChangeSet

Place = tuple[str, str]  # the id of a record and its column; "own:TITLE" for one of her own
_LINKS = {"sending_organisation": "sending_id", "host": "host_id", "flow": "flow_id"}


def is_import(label: Mapping[str, Any]) -> bool:
    """Steps that bring a sheet in are called “import …”."""
    return str(label.get("template", "")).startswith("import")


def place_of(row: PlannedRow, key: str) -> Place | None:
    """Where the value of a field is kept; None for what the history of a stay and its person does not hold."""
    if key.startswith("own:"):
        return row.mobility_id, key
    if key in _LINKS:
        return (row.mobility_id, _LINKS[key]) if row.mobility_id else (row.participant_id, "organisation_id")
    field = BY_KEY.get(key)
    if field is not None and field.owner == "organisation":
        return row.organisation_id, field.stored_as
    if field is None or field.owner not in ("mobility", "participant", "account"):
        return None
    return (row.mobility_id if field.owner == "mobility" else row.participant_id), field.stored_as


def edits(s: Session, rows: Iterable[PlannedRow]) -> dict[Place, dt.datetime]:
    """When each value that the rows would change was typed by hand, of those that no import wrote later."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for place in filter(None, (place_of(row, key) for key in row.changes)):
            wanted[place[0]].add(place[1])
    steps = {step.id: step for step in s.execute(_STEPS)}
    imports = [id_ for id_, step in steps.items() if is_import(step.label)]
    if len(imports) == len(steps):
        return {}
    found: dict[Place, dt.datetime] = {}
    settled: set[Place] = set()
    for record, set_id, change in _changes(s, _touched_by_hand(s, wanted, imports)):
        if set_id not in steps:  # taken back
            continue
        for column in wanted[record]:
            place = (record, column)
            if place not in settled and _set(change, column):
                settled.add(place)
                if set_id not in imports:
                    found[place] = steps[set_id].at
    return found


_STEPS = select(ChangeSet.id, ChangeSet.at, ChangeSet.label).where(
    ChangeSet.kind == "do", ChangeSet.state.in_(("done", "sealed"))
)


def _touched_by_hand(s: Session, wanted: Mapping[str, Any], imports: list[int]) -> list[str]:
    query = select(Change.row_id).where(Change.set_id.not_in(imports)).distinct()
    return [id_ for part in parts(list(wanted)) for id_ in s.scalars(query.where(Change.row_id.in_(part)))]


def _changes(s: Session, ids: list[str]) -> Iterator[tuple[str, int, Any]]:
    """The newest first."""
    query = select(Change.row_id, Change.set_id, Change.op, Change.before, Change.after)
    for part in parts(ids):
        for row in s.execute(query.where(Change.row_id.in_(part)).order_by(Change.set_id.desc(), Change.n.desc())):
            yield row.row_id, row.set_id, row


def _set(change: Any, column: str) -> bool:
    """Whether this change gave the column its value; what a new record leaves empty was not typed."""
    before, after = (_value(values, column) for values in (change.before, change.after))
    if change.op == "I":
        return bool(after)
    return bool(change.op == "U" and before != after)


def _value(values: Mapping[str, Any] | None, column: str) -> Any:
    if column.startswith("own:"):
        return ((values or {}).get("own") or {}).get(column.removeprefix("own:"))
    return (values or {}).get(column)

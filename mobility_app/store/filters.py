"""Search words and filters as SQL, by allow-list: a filter is (field key, operator, value), never text of a query."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, and_, false, func, or_

from mobility_app.core.text import fold
from mobility_app.fields import BY_KEY
from mobility_app.store import schema
from mobility_app.store.names import HOST, SENDING
from mobility_app.store.stage import first_day, last_day, stage

Filter: TypeAlias = tuple[str, str, Any]

OPERATORS: dict[str, Callable[[Any, Any], ColumnElement[bool]]] = {
    "=": lambda column, value: column == value if value is not None else column.is_(None),
    "!=": lambda column, value: column != value if value is not None else column.is_not(None),
    ">=": lambda column, value: column >= value,
    "<=": lambda column, value: column <= value,
    ">": lambda column, value: column > value,
    "<": lambda column, value: column < value,
    "in": lambda column, value: column.in_(list(value)),
    "contains": lambda column, value: _lower(column, value).like(f"%{escape(str(value).lower())}%", escape="\\"),
}


def _lower(column: Any, value: Any) -> Any:
    """In lower case for comparing with this value: the engines' own lower() may know the letters of ASCII alone."""
    lowered = func.lower(column)
    for letter in sorted({letter for letter in str(value).lower() if not letter.isascii()}):
        lowered = func.replace(lowered, letter.upper(), letter)
    return lowered


def escape(words: str) -> str:
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def column_of(key: str, today: dt.date) -> Any:
    """The SQL of a field of a mobility."""
    special = {
        "stage": stage(today),
        "first_day": first_day,
        "last_day": last_day,
        "total": schema.Mobility.grant_cents,
        "individual_support": schema.Mobility.individual_cents,
        "travel_support": schema.Mobility.travel_cents,
        "flow_id": schema.Mobility.flow_id,
        "participant_id": schema.Mobility.participant_id,
        "sending_id": schema.Mobility.sending_id,
        "host_id": schema.Mobility.host_id,
        "contract_signed": schema.Mobility.contract_signed,
        "evidence_complete": schema.Mobility.evidence_complete,
    }
    if key in special:
        return special[key]
    field = BY_KEY[key]
    tables: dict[str, Any] = {
        "mobility": schema.Mobility,
        "derived": schema.Mobility,
        "participant": schema.Participant,
        "sending": SENDING,
        "host": HOST,
        "flow": schema.Flow,
    }
    return getattr(tables[field.owner], field.stored_as)


def order_of(key: str, today: dt.date) -> Any:
    """What a column is ordered by: folded names rather than the letters as typed."""
    sorted_by: dict[str, Any] = {
        "last_name": schema.Participant.sort,
        "first_name": schema.Participant.first_name,
        "sending_organisation": SENDING.sort,
        "host": HOST.sort,
        "town": schema.Mobility.sort,
        "flow": schema.Flow.sort,
    }
    return sorted_by[key] if key in sorted_by else column_of(key, today)


def conditions(filters: Sequence[Filter], today: dt.date) -> list[ColumnElement[bool]]:
    return [OPERATORS[operator](column_of(key, today), value) for key, operator, value in filters]


def searching(words: str, columns: Sequence[Any]) -> list[ColumnElement[bool]]:
    """Every word must stand in one of the folded columns; an outer row that is missing matches nothing."""
    found = []
    for word in fold(words).split():
        pattern = f"%{escape(word)}%"
        found.append(or_(false(), *(column.like(pattern, escape="\\") for column in columns)))
    return [and_(*found)] if found else []

"""Rows of the reports chase: the schools with their counts, and the people of those that are chosen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from mobility_app.core.chasing import Owing, School
from mobility_app.core.text import sort_key
from mobility_app.i18n import N_, _, date, number
from mobility_app.jobs.chasing import THROUGH, school_name
from mobility_app.ui.rows_model import Column, Order

STATES: Mapping[str, tuple[str, str]] = {
    "undelivered": (N_("Invitation undelivered"), "danger"),
    "asked": (N_("Asked by BM"), "warning"),
    "unasked": (N_("No word from BM"), "neutral"),
}


@dataclass(frozen=True)
class SchoolRow:
    school: School

    @property
    def id(self) -> str:
        return self.school.id or "none"

    @property
    def name(self) -> str:
        return school_name(self.school)


def _direct(one: Owing) -> str:
    return (
        _("directly") if not one.through else _("through the school: {reason}").format(reason=_(THROUGH[one.through]))
    )


def _chased(day: dt.date | None) -> str:
    return date(day) if day else ""


SCHOOLS: tuple[Column, ...] = (
    Column("name", N_("School"), lambda row: row.name, 180, sort="name", grow=True, tip=lambda row: row.name),
    Column("missing", N_("Missing"), lambda row: number(len(row.school.owing)), 104, numeric=True, sort="missing"),
    Column(
        "undelivered", N_("Undelivered"), lambda row: number(row.school.undelivered) if row.school.undelivered else "",
        112, numeric=True, sort="undelivered", ink=lambda _row: "danger",
    ),
    Column("chased", N_("Reminded on"), lambda row: _chased(row.school.chased), 104, sort="chased"),
)  # fmt: skip
PEOPLE: tuple[Column, ...] = (
    Column("name", N_("Participant"), lambda one: one.row.full_name, 150, sort="name", grow=True),
    Column("back", N_("Back on"), lambda one: _chased(one.row.last_day), 92, sort="back"),
    Column(
        "state", N_("Report"), lambda one: _(STATES[one.state][0]), 150, sort="state",
        tone=lambda one: STATES[one.state][1], tip=lambda one: one.status,
    ),
    Column("way", N_("Way"), _direct, 120, ink=lambda _one: "muted", tip=_direct, grow=True),
    Column("chased", N_("Reminded on"), lambda one: _chased(one.chased), 104, sort="chased"),
)  # fmt: skip
_BY_SCHOOL: dict[str, Callable[[SchoolRow], object]] = {
    "name": lambda row: (not row.school.id, sort_key(row.name)),
    "missing": lambda row: len(row.school.owing),
    "undelivered": lambda row: row.school.undelivered,
    "chased": lambda row: row.school.chased or dt.date.min,
}
_BY_PERSON: dict[str, Callable[[Owing], object]] = {
    "name": lambda one: sort_key(one.row.last_name, one.row.first_name),
    "back": lambda one: one.row.last_day or dt.date.max,
    "state": lambda one: list(STATES).index(one.state),
    "chased": lambda one: one.chased or dt.date.min,
}


def find_schools(rows: Iterable[SchoolRow], state: str, order: Order) -> list[str]:
    """Those with anybody in the state (in any for "")."""
    chosen = [row for row in rows if not state or any(one.state == state for one in row.school.owing)]
    for key, down in reversed(order):
        chosen.sort(key=_BY_SCHOOL[key], reverse=down)  # type: ignore[arg-type]  # each key gives one kind of value
    return [row.id for row in chosen]


def find_people(owing: Iterable[Owing], state: str, order: Order) -> list[str]:
    chosen = [one for one in owing if not state or one.state == state]
    for key, down in reversed(order):
        chosen.sort(key=_BY_PERSON[key], reverse=down)  # type: ignore[arg-type]  # each key gives one kind of value
    return [one.id for one in chosen]

"""Preparatory visits: who goes where and when, and what the unit of the call pays for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mobility_app.actions import visits
from mobility_app.core.activities import SHORT, short_title
from mobility_app.core.facts import GrantLine, ProjectRow
from mobility_app.core.rates import RateTable
from mobility_app.core.visits import Visit, outside, paid
from mobility_app.fields import Choice, Field
from mobility_app.i18n import N_, _, date, money, number, render
from mobility_app.store.database import Session
from mobility_app.ui.desk import Desk
from mobility_app.ui.figures import Figure
from mobility_app.ui.labels import label
from mobility_app.ui.list_card import ListCard

ACTIVITIES = tuple(Choice(code, title) for code, title in SHORT.items())


def activity_options() -> list[tuple[str, str]]:
    return [(code, _(title)) for code, title in SHORT.items()]


def _optional() -> list[tuple[str, str]]:
    return [("", ""), *activity_options()]


@dataclass(frozen=True)
class VisitRow:
    """A visit with its line of the grant; `outside`: not within the project's period."""

    visit: Visit
    line: GrantLine
    outside: bool

    @property
    def id(self) -> str:
        return self.visit.id


def visit_rows(found: Sequence[Visit], rates: RateTable, project: ProjectRow) -> tuple[VisitRow, ...]:
    return tuple(VisitRow(visit, paid(visit, rates), outside(visit, project)) for visit in found)


FIGURES = (
    Figure(
        "persons",
        N_("Persons"),
        lambda row: number(row.visit.persons),
        86,
        edit=lambda row: str(row.visit.persons),
    ),
    Figure(
        "activity",
        N_("Activity"),
        lambda row: _(short_title(row.visit.activity or "")) if row.visit.activity else "",
        126,
        numeric=False,
        edit=lambda row: row.visit.activity or "",
        options=_optional,
    ),
    Figure(
        "host",
        N_("Host"),
        lambda row: row.visit.host,
        90,
        numeric=False,
        grow=True,
        edit=lambda row: row.visit.host,
        length=200,
    ),
    Figure(
        "start",
        N_("From"),
        lambda row: date(row.visit.start),
        92,
        edit=lambda row: date(row.visit.start),
        ink=lambda row: "danger" if row.outside else "text",
        tip=lambda row: _("Outside the project's period.") if row.outside else "",
    ),
    Figure("end", N_("To"), lambda row: date(row.visit.end), 92, edit=lambda row: date(row.visit.end)),
    Figure(
        "amount",
        N_("Paid"),
        lambda row: _("unknown") if row.line.amount is None else money(row.line.amount),
        92,
        tip=lambda row: render(row.line.sentence),
    ),
)


class VisitsCard(ListCard):
    """`sums` says what all of them earn together."""

    FIELDS = (
        Field("persons", N_("Persons"), "integer", "project", length=3, width=9),
        Field("activity", N_("Activity"), "choice", "project", choices=ACTIVITIES, width=22),
        Field("host", N_("Host"), "text", "project", length=200, width=22),
        Field("start", N_("From"), "date", "project", width=18),
        Field("end", N_("To"), "date", "project", width=18),
    )
    REQUIRED = ("persons",)
    STEP = N_("preparatory visit")

    def __init__(self, desk: Desk) -> None:
        nothing = _("None yet. A preparatory visit is no mobility: it has its own screen in the Beneficiary Module.")
        super().__init__(desk, _("Preparatory visits"), FIGURES, _("Add a visit"), nothing)
        self.sums = label("", "small", wrap=True)
        self.body.insertWidget(0, self.sums)

    def show_visits(self, rows: Sequence[VisitRow], hosts: Sequence[str]) -> None:
        self.show_lines(rows)
        self.entry.suggest("host", hosts)
        self.sums.setText(_sums(rows))
        self.sums.setVisible(bool(rows))

    def adding(self, s: Session, project: str, values: dict[str, Any]) -> None:
        visits.add(s, project, **values)

    def changing(self, s: Session, record: str, key: str, value: Any) -> None:
        visits.change(s, record, **{key: value})

    def removing(self, s: Session, record: str) -> None:
        visits.remove(s, record)


def _sums(rows: Sequence[VisitRow]) -> str:
    amounts = [row.line.amount for row in rows]
    if None not in amounts:
        said = _("Together: {amount}").format(amount=money(sum(amount or 0 for amount in amounts)))
    else:
        reason = next(row.line.sentence for row in rows if row.line.amount is None)
        said = _("Amount unknown: {reason}").format(reason=render(reason))
    outside_ = sum(row.outside for row in rows)
    return f"{said} · {_('dates outside the project, to correct')}" if outside_ else said

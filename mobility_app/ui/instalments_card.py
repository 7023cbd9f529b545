"""What the agency pays the consortium: each instalment, expected or in hand, against what was awarded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from mobility_app.actions import instalments
from mobility_app.core.instalments import Instalment, Received
from mobility_app.fields import Field
from mobility_app.i18n import N_, _, date, money
from mobility_app.store.database import Session
from mobility_app.ui.desk import Desk
from mobility_app.ui.figures import Figure
from mobility_app.ui.labels import label
from mobility_app.ui.list_card import ListCard

STATES = {
    "received": (N_("received"), "success"),
    "expected": (N_("expected"), "neutral"),
    "late": (N_("late"), "warning"),
}


def state(row: Instalment, today: dt.date) -> str:
    if row.received is not None and row.received <= today:
        return "received"
    return "late" if row.due is not None and row.due < today else "expected"


def figures(today: dt.date) -> tuple[Figure, ...]:
    def shown(row: Instalment) -> str:
        return _(STATES[state(row, today)][0])

    def tone(row: Instalment) -> str:
        return STATES[state(row, today)][1]

    return (
        Figure("cents", N_("Amount"), lambda row: money(row.cents), 112, edit=lambda row: money(row.cents)),
        Figure("due", N_("Expected on"), lambda row: date(row.due), 100, edit=lambda row: date(row.due)),
        Figure("received", N_("Received on"), lambda row: date(row.received), 100, edit=lambda row: date(row.received)),
        Figure("state", N_("State"), shown, 88, numeric=False, tone=tone),
        Figure(
            "note",
            N_("Note"),
            lambda row: row.note or "",
            90,
            numeric=False,
            grow=True,
            edit=lambda row: row.note or "",
            length=300,
        ),
    )


class InstalmentsCard(ListCard):
    """`sums` says what is in hand, expected and left of the award."""

    FIELDS = (
        Field("cents", N_("Amount"), "money", "project", length=20, width=14),
        Field("due", N_("Expected on"), "date", "project", width=18),
        Field("received", N_("Received on"), "date", "project", width=18),
        Field("note", N_("Note"), "text", "project", length=300, width=14),
    )
    REQUIRED = ("cents",)
    STEP = N_("instalment of the agency")

    def __init__(self, desk: Desk) -> None:
        nothing = _("None yet: type each payment announced in the agreement, then the day on which it came.")
        super().__init__(desk, _("Instalments of the agency"), figures(desk.today), _("Add an instalment"), nothing)
        self.sums = label("", "small", wrap=True)
        self.body.insertWidget(0, self.sums)

    def show_instalments(self, rows: Sequence[Instalment], found: Received) -> None:
        self.show_lines(rows)
        self.sums.setText(sums_text(found))

    def adding(self, s: Session, project: str, values: dict[str, Any]) -> None:
        instalments.add(s, project, values["cents"], values["received"], values["note"] or "", due=values["due"])

    def changing(self, s: Session, record: str, key: str, value: Any) -> None:
        instalments.change(s, record, **{key: value})

    def removing(self, s: Session, record: str) -> None:
        instalments.remove(s, record)


def sums_text(found: Received) -> str:
    """In hand, expected, awarded, and what no instalment announces yet."""
    parts = [
        _("Received: {amount}").format(amount=money(found.in_hand)),
        _("expected: {amount}").format(amount=money(found.expected)),
    ]
    if found.awarded is None or found.to_enter is None:
        parts.append(_("awarded: not entered"))
        return " · ".join(parts)
    parts.append(_("awarded: {amount}").format(amount=money(found.awarded)))
    if found.to_enter > 0:
        parts.append(_("not announced yet: {amount}").format(amount=money(found.to_enter)))
    elif found.to_enter < 0:
        parts.append(_("more than awarded: {amount}").format(amount=money(-found.to_enter)))
    return " · ".join(parts)

"""The files that went to the Beneficiary Module and came from it, the newest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from mobility_app.i18n import _, date, ngettext, number
from mobility_app.jobs import beneficiary_module as job
from mobility_app.ui import tasks
from mobility_app.ui.cards import Card, column, empty
from mobility_app.ui.desk import Desk
from mobility_app.ui.labels import ElidedLabel, label

SHOWN = 8


class ExchangedCard(Card):
    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Files exchanged"))
        self._desk = desk
        self._rows = column(spacing=10)
        self.add(self._rows)
        self.body.addStretch(1)
        self._asked: tasks.Task | None = None

    def refresh(self) -> None:
        project, db = self._desk.project, self._desk.db
        if self._asked is not None:
            self._asked.cancel()
        if project is not None:
            self._asked = tasks.run(self, lambda _progress: job.exchanged(db, project.reference), self._show)

    def _show(self, kept: Sequence[Mapping[str, Any]]) -> None:
        empty(self._rows)
        if not kept:
            self._rows.addWidget(
                label(_("None yet. Each file that you prepare or compare is noted here."), "muted", wrap=True)
            )
        for record in kept[:SHOWN]:
            name, facts = ElidedLabel(record["name"], "strong"), label(said_of(record), "muted", wrap=True)
            self._rows.addLayout(column(name, facts, spacing=2))


def said_of(record: Mapping[str, Any]) -> str:
    """ "03/03/2027 · préparé · 24 mobilités · 3 points à vérifier"."""
    rows = record["rows"]
    parts = [date(dt.date.fromisoformat(record["date"]))]
    parts.append(_("prepared") if record["direction"] == "out" else _("compared"))
    parts.append(ngettext("{n} mobility", "{n} mobilities", rows).format(n=number(rows)))
    if (n := record.get("problems")) is not None:
        parts.append(ngettext("{n} point to look at", "{n} points to look at", n).format(n=number(n)))
    if (n := record.get("different")) is not None:
        parts.append(ngettext("{n} difference", "{n} differences", n).format(n=number(n)))
    if n := record.get("adopted"):
        parts.append(ngettext("{n} field adopted", "{n} fields adopted", n).format(n=number(n)))
    return " · ".join(parts)

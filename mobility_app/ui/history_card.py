"""The history of one record: who changed what and when, with a press to put an old value back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from mobility_app.actions import mobilities
from mobility_app.core.facts import MobilityRow
from mobility_app.fields import BY_KEY, Field
from mobility_app.i18n import _, render
from mobility_app.store.story import Entry
from mobility_app.ui import words
from mobility_app.ui.buttons import link
from mobility_app.ui.cards import Card, column, empty, line, rule
from mobility_app.ui.desk import Desk
from mobility_app.ui.labels import label
from mobility_app.ui.values import shown


class HistoryCard(Card):
    def __init__(self, desk: Desk) -> None:
        super().__init__(_("History"))
        self._desk = desk
        self._rows = column(spacing=0)
        self.add(self._rows)

    def show_entries(self, entries: Sequence[Entry], row: MobilityRow) -> None:
        empty(self._rows)
        steps: dict[int, list[Entry]] = {}
        for entry in entries:
            steps.setdefault(entry.set_id, []).append(entry)
        for parts in steps.values():
            self._rows.addLayout(self._step(parts, row))
            self._rows.addWidget(rule())

    def _step(self, entries: Sequence[Entry], row: MobilityRow) -> QVBoxLayout:
        """One step: what it was, when and who, and the fields that it changed in the stay and in the person."""
        entry = entries[0]
        when = entry.at.replace(tzinfo=dt.UTC).astimezone()
        title = render(entry.label)
        if entry.undone:
            title = _("{what} (undone)").format(what=title)
        parts: list[Any] = [
            label(title[:1].upper() + title[1:], wrap=True),
            label(f"{when:%d/%m/%Y %H:%M} · {entry.who}", "small"),
        ]
        changes = [change for part in entries for change in part.changes if change[0] in BY_KEY]
        parts += [self._change(*change, row) for change in changes]
        return column(*parts, margins=(0, 5, 0, 6), spacing=1)

    def _change(self, name: str, before: Any, after: Any, row: MobilityRow) -> QHBoxLayout:
        field = BY_KEY[name]
        old, new = (_value(field, value) for value in (before, after))
        text = _("{field}: {before} → {after}").format(
            field=_(field.title), before=shown(field, old) or "…", after=shown(field, new) or "…"
        )
        parts: list[Any] = [label(text, "small", wrap=True)]
        if getattr(row, name, None) != old and field.owner in ("mobility", "participant"):
            parts.append(
                link(
                    _("Put back"),
                    lambda: self._desk.write(
                        self, words.change_label(name, row.id), lambda s: mobilities.change(s, row.id, **{name: old})
                    ),
                    name=_("Put back: {what}").format(what=text),
                )
            )
        made = line(*parts)
        made.setStretch(0, 1)
        return made


def _value(field: Field, stored: Any) -> Any:
    """A journal keeps JSON: a day comes back from its text."""
    return dt.date.fromisoformat(stored) if field.kind == "date" and isinstance(stored, str) else stored

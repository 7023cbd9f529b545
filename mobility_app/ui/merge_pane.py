"""Several records of the same person or organisation side by side: which one is kept, and what merging does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from mobility_app.i18n import _, ngettext, number
from mobility_app.ui.buttons import button, primary
from mobility_app.ui.cards import Card, column, empty, rule, scrolled
from mobility_app.ui.labels import label


@dataclass(frozen=True)
class Likeness:
    """One of the records: its name, what tells it from the others, and how many mobilities it has."""

    id: str
    name: str
    facts: str
    mobilities: int


class MergePane(QWidget):
    """`merge` is called with the id that is kept and the others; `distinct`, when given, declares them different."""

    closed = Signal()

    def __init__(
        self,
        title: str,
        merge: Callable[[str, Sequence[str]], object],
        distinct: Callable[[Sequence[str]], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._merge, self._distinct = merge, distinct
        self._group = QButtonGroup(self)
        self._records: tuple[Likeness, ...] = ()
        self.choices: dict[str, QRadioButton] = {}
        self.card = Card(title)
        self._list = column(spacing=4)
        self.card.add(
            label(_("Choose the one that stays: it takes what it lacks from the others."), "muted", wrap=True)
        )
        self.card.add(self._list)
        self.merge_button = primary(_("Merge"), self._press, icon="merge")
        self.distinct_button = button(_("Not the same person"), self._declare)
        buttons: list[QWidget] = [self.merge_button]
        if distinct is not None:
            buttons.append(self.distinct_button)
        buttons.append(button(_("Close"), self.closed.emit))
        for each in buttons:
            self.card.add(each)
        self.card.add(label(_("Nothing is lost: the merge is undone in one click."), "small", wrap=True))
        inside = QWidget()
        inside.setLayout(column(self.card, None))
        self.setLayout(column(scrolled(inside)))

    def show_records(self, records: Sequence[Likeness]) -> None:
        """Shows the records; the one with most mobilities is proposed to stay."""
        self._records = tuple(records)
        for made in self.choices.values():
            self._group.removeButton(made)
        empty(self._list)
        self.choices = {}
        best = max(records, key=lambda record: record.mobilities, default=None)
        for record in records:
            made = QRadioButton(record.name.replace("&", "&&"))
            made.setAccessibleName(_("Keep {name}").format(name=record.name))
            made.setAccessibleDescription(record.facts)
            made.setChecked(record is best)
            self._group.addButton(made)
            stays = ngettext("{n} mobility", "{n} mobilities", record.mobilities).format(n=number(record.mobilities))
            self._list.addWidget(made)
            self._list.addLayout(
                column(
                    label(record.facts, "small", wrap=True, selectable=True),
                    label(stays, "small"),
                    margins=(24, 0, 0, 0),
                    spacing=1,
                )
            )
            self._list.addWidget(rule())
            self.choices[record.id] = made
        text = ngettext("Merge the {n}", "Merge the {n}", len(records)).format(n=number(len(records)))
        self.merge_button.setText(text)
        self.merge_button.setAccessibleName(text)
        self.distinct_button.setVisible(self._distinct is not None and len(records) == 2)

    def _press(self) -> None:
        kept = next((id_ for id_, made in self.choices.items() if made.isChecked()), "")
        others = [record.id for record in self._records if record.id != kept]
        if kept and others:
            self._merge(kept, others)

    def _declare(self) -> None:
        if self._distinct is not None:
            self._distinct([record.id for record in self._records])

"""Several rows chosen: what they come to together, and what can be done with them in one step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QFrame, QWidget

from mobility_app.actions import distances, mobilities
from mobility_app.core.facts import MobilityRow
from mobility_app.errors import UserError
from mobility_app.fields import BY_KEY
from mobility_app.i18n import _, money, ngettext, number
from mobility_app.store import queries
from mobility_app.store.journal import counted
from mobility_app.ui import printing, tasks, words
from mobility_app.ui.buttons import button, primary
from mobility_app.ui.cards import Card, column, scrolled
from mobility_app.ui.desk import Desk
from mobility_app.ui.dialogs import ask_text
from mobility_app.ui.distance_card import filled_text
from mobility_app.ui.editors import Editor
from mobility_app.ui.labels import label
from mobility_app.ui.move_dialog import ask_move
from mobility_app.ui.notices import InlineMessage, ask

FIELDS = (
    "activity", "sending_organisation", "host", "country", "town", "start", "end", "actual_start", "actual_end", "flow",
    "travel_days", "distance_km", "means", "green", "fewer_opportunities", "lodging", "insurance", "status",
    "class_name", "bm_state", "notes",
)  # fmt: skip


class ManyPane(QWidget):
    """`show_ids` fills it; ticked fields are changed for all of them in one undoable step."""

    def __init__(self, desk: Desk, columns: Callable[[], list[str]]) -> None:
        super().__init__()
        self._desk = desk
        self._ids: list[str] = []
        self._query: tasks.Task | None = None
        self._columns = columns
        self.ticks: dict[str, QCheckBox] = {}
        self.editors: dict[str, Editor] = {}

    def _build(self) -> None:
        """Makes the form when several rows are first chosen: the window opens sooner without it."""
        desk, columns = self._desk, self._columns
        self.summary = Card(" ")
        self.facts = label("", "muted", wrap=True)
        self.summary.add(self.facts)
        for each in (
            button(
                _("Print the certificates…"),
                lambda: printing.certificates(self, desk, self._ids, one_file=True),
                icon="printer",
            ),
            button(
                _("Export to Excel…"),
                lambda: printing.export(self, desk, self._ids, columns()),
                icon="file-spreadsheet",
            ),
            button(_("Reckon the missing distances"), self.fill_distances),
            button(_("Withdrawal…"), self._withdraw, icon="user-x"),
            button(_("Move to another project…"), lambda: ask_move(self, desk, self._ids)),
            button(_("To the bin"), self._remove, icon="trash-2"),
        ):
            self.summary.add(each)
        self.told = InlineMessage("small")
        self.summary.add(self.told)
        whole = QWidget()
        whole.setLayout(column(self.summary, self._form(), None, spacing=10))
        self.setLayout(column(scrolled(whole)))

    def _form(self) -> Card:
        card = Card(_("Change together"), _("tick what changes"))
        for key in FIELDS:
            field = BY_KEY[key]
            tick, editor = QCheckBox(_(field.title)), Editor(field)
            tick.setAccessibleName(_("Change: {field}").format(field=_(field.title)))
            tick.toggled.connect(editor.setVisible)
            tick.toggled.connect(self._enable)
            editor.setVisible(False)
            row = QFrame()
            row.setProperty("role", "row")
            row.setLayout(column(tick, editor, margins=(0, 5, 0, 5), spacing=4))
            card.add(row)
            self.ticks[key], self.editors[key] = tick, editor
        self.trouble = InlineMessage()
        self.apply = primary("", self.change)
        card.add(self.trouble)
        card.add(self.apply)
        card.body.setSpacing(0)
        self._enable()
        return card

    def show_ids(self, ids: list[str]) -> None:
        if not self.editors:
            self._build()
        if set(ids) != set(self._ids):
            self.told.say("")
            for tick in self.ticks.values():
                tick.setChecked(False)
        self._ids = ids
        text = ngettext("{n} mobility chosen", "{n} mobilities chosen", len(ids)).format(n=number(len(ids)))
        self.summary.heading.setText(text)
        self.apply.setText(
            ngettext("Apply to {n} mobility", "Apply to {n} mobilities", len(ids)).format(n=number(len(ids)))
        )
        self.apply.setAccessibleName(self.apply.text())
        if self._query is not None:
            self._query.cancel()
        today = self._desk.today
        self._query = self._desk.read(self, lambda s: queries.mobilities(s, ids, today=today), self._show)

    def _show(self, rows: list[MobilityRow]) -> None:
        days = sum(row.days or 0 for row in rows)
        unknown = sum(row.total is None for row in rows)
        parts = [words.days(days), money(sum(row.known_total for row in rows))]
        if unknown:
            parts.append(ngettext("{n} grant incomplete", "{n} grants incomplete", unknown).format(n=number(unknown)))
        self.facts.setText(" · ".join(parts))

    def _enable(self) -> None:
        self.apply.setEnabled(any(tick.isChecked() for tick in self.ticks.values()))

    def change(self) -> None:
        """Gives the ticked fields their new value in every chosen row."""
        values = {}
        for key, tick in self.ticks.items():
            if tick.isChecked():
                try:
                    values[key] = self.editors[key].value()
                except UserError as error:
                    self.editors[key].say(str(error))
                    return
        ids = list(self._ids)
        self.trouble.say("")
        label_ = counted("change of one mobility", "change of {count} mobilities", len(ids))
        self._desk.write(
            self, label_, lambda s: mobilities.change_many(s, ids, values), self._changed, self.trouble.refuse
        )

    def _changed(self, _count: object) -> None:
        for tick in self.ticks.values():
            tick.setChecked(False)

    def fill_distances(self) -> None:
        """The distance of each chosen row that has none, in one step; what could not be reckoned is told."""
        ids, today = list(self._ids), self._desk.today

        def done(found: distances.Filled) -> None:
            self.told.say(filled_text(found))

        label_ = counted("distance of one mobility", "distances of {count} mobilities", len(ids))
        self._desk.write(self, label_, lambda s: distances.fill_missing(s, ids, today=today), done, self.told.refuse)

    def _withdraw(self) -> None:
        ids = list(self._ids)
        reason = ask_text(self, _("Withdrawal"), _("Reason"), accept=_("Withdraw"))
        if reason:
            label_ = counted("one withdrawal", "{count} withdrawals", len(ids))
            self._desk.write(self, label_, lambda s: mobilities.decide(s, ids, "withdrawn", reason))

    def _remove(self) -> None:
        ids = list(self._ids)
        count = words.mobilities(len(ids))
        if ask(
            self,
            _("To the bin"),
            _("Put {count} into the bin? They can be taken back.").format(count=count),
            _("To the bin"),
        ):
            label_ = counted("one mobility to the bin", "{count} mobilities to the bin", len(ids))
            self._desk.write(self, label_, lambda s: mobilities.remove(s, ids))

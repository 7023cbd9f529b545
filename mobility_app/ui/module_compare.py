"""Comparer avec BM: the module's export against the dossier, field by field, and what she takes over of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from mobility_app.core.beneficiary.columns import BY_MODULE_KEY
from mobility_app.core.beneficiary.comparison import Difference
from mobility_app.core.text import sort_key
from mobility_app.i18n import N_, _, number, render
from mobility_app.jobs import beneficiary_module as job
from mobility_app.ui import tasks
from mobility_app.ui.buttons import button, menu, menu_button, primary, set_menu
from mobility_app.ui.cards import column, line
from mobility_app.ui.desk import Desk
from mobility_app.ui.labels import label
from mobility_app.ui.module_columns import ModuleColumns
from mobility_app.ui.module_list import ModuleList
from mobility_app.ui.module_room import ModuleRoom
from mobility_app.ui.module_rows import OUTCOME_COLUMNS, OUTCOMES, Listed, ModuleRow, compared_rows
from mobility_app.ui.module_ticks import TickModel
from mobility_app.ui.notices import EmptyState
from mobility_app.ui.words import mobilities

MENU_TITLE = N_("Compare with BM")
_ALWAYS = ("same", "different", "only_here", "only_there", "fell_back", "undelivered")


@dataclass(frozen=True)
class Outcome:
    """`takeable` are the differences that the dossier can take, by the id of their row."""

    compared: job.Compared
    rows: Listed
    takeable: Mapping[str, Difference]


class CompareRoom(ModuleRoom):
    """`adopt_asked` carries the differences that she wants taken over."""

    key, icon = "compare", "merge"
    adopt_asked = Signal(object)  # Sequence[Difference]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.outcome: Outcome | None = None
        self._explaining: tasks.Task | None = None
        self.columns = ModuleColumns()
        self.columns.chosen.connect(self.mean)
        self.columns.hide()
        nothing = EmptyState("circle-check", _("Nothing here"), _("Press the counter again to see all rows."))
        self.list = ModuleList(
            OUTCOME_COLUMNS, OUTCOMES, _("Differences with the module"), "module-outcomes", nothing,
            ticks=True, always=_ALWAYS,
        )  # fmt: skip
        self.list.opened.connect(self.go_to)
        self.list.chosen.connect(self._explain)
        model = self.list.model
        assert isinstance(model, TickModel)
        self.model = model
        model.ticks_changed.connect(self.show_whether_ready)
        space = QShortcut(QKeySequence(Qt.Key.Key_Space), self.list.table)
        space.setContext(Qt.ShortcutContext.WidgetShortcut)
        space.activated.connect(self._toggle)
        face = QWidget()
        lay = column(self.head(), self.columns, self.list, self._foot(), spacing=10)
        lay.setStretch(2, 1)
        face.setLayout(lay)
        self.set_face(face)

    def _foot(self) -> QWidget:
        promise = label(
            _("Nothing is taken over before you say so. Adopting is one step, taken back in one click."),
            "muted",
            wrap=True,
        )
        self.show_columns = button(_("Columns of your file"), self._show_columns)
        self.show_columns.setCheckable(True)
        self.tick_field = menu_button(_("Tick a field"), [])
        self.adopt_all = button(_("Adopt all"), lambda: self._adopt(self._adoptable()))
        self.adopt_ticked = primary(_("Adopt the selection"), lambda: self._adopt(self._ticked()))
        foot = QWidget()
        lay = line(promise, self.show_columns, self.tick_field, self.adopt_all, self.adopt_ticked)
        lay.setStretch(0, 1)
        foot.setLayout(lay)
        return foot

    def title(self) -> str:
        return _(MENU_TITLE)

    def invitation(self) -> tuple[str, str]:
        return (
            _("Drop a fresh export of the module"),
            _("Field by field, mobility by mobility: what differs, what is on one side only, what fell back to draft."),
        )

    def work(self, path: Path, project: str, *, fresh: bool) -> Callable[[tasks.Progress], Outcome]:
        db, today, choices = self.desk.db, self.desk.today, dict(self.choices)

        def doing(progress: tasks.Progress) -> Outcome:
            compared = job.compare(db, path, project, today=today, choices=choices, cancel=lambda: progress.cancelled)
            if fresh and not db.read_only and not progress.cancelled:
                job.note_import(db, compared, today=today)
            rows = compared_rows(compared.comparison)
            takeable = {row.id: row.difference for row in rows if row.difference is not None and row.adoptable}
            return Outcome(compared, Listed(rows), takeable)

        return doing

    def wait(self) -> None:
        for each in (self.adopt_all, self.adopt_ticked, self.tick_field):
            each.setEnabled(False)

    def show_outcome(self, outcome: Any, *, fresh: bool) -> None:
        held = [self.outcome.compared] if self.outcome else []
        self.outcome = outcome
        compared = outcome.compared
        rows = len(compared.file.rows)
        self.facts.say(_("{n} in the module's file").format(n=mobilities(rows)))
        self.columns.show_columns(compared.file.layout.columns)
        self.model.ticked = set() if fresh else self.model.ticked & outcome.takeable.keys()
        self.list.show_rows(outcome.rows, "different" if fresh else "")
        self._fill_fields()
        self.show_whether_ready()
        if held:
            self._let_go(held)

    # Choosing

    def _adoptable(self) -> list[Difference]:
        return list(self._takeable().values())

    def _ticked(self) -> list[Difference]:
        takeable = self._takeable()
        return [takeable[row_id] for row_id in self.model.ticked if row_id in takeable]

    def _takeable(self) -> Mapping[str, Difference]:
        return self.outcome.takeable if self.outcome else {}

    def show_whether_ready(self) -> None:
        writes = not self.desk.db.read_only
        for made, text, count in (
            (self.adopt_ticked, _("Adopt the selection ({n})"), len(self._ticked())),
            (self.adopt_all, _("Adopt all ({n})"), len(self._takeable())),
        ):
            said = text.format(n=number(count))
            made.setText(said)
            made.setAccessibleName(said)
            made.setEnabled(writes and count > 0)
        self.tick_field.setEnabled(writes and bool(self._takeable()))

    def _toggle(self) -> None:
        """Space: ticks the selected rows, or takes the ticks off when all of them have one."""
        ids = self._takeable().keys() & set(self.list.table.selected_ids())
        self.model.tick(ids, on=not ids <= self.model.ticked)

    def _fill_fields(self) -> None:
        """The fields that differ: one press ticks all differences of a field."""
        keys = {found.key for found in self._takeable().values()}
        titles = sorted(((_(BY_MODULE_KEY[key].title), key) for key in keys), key=lambda each: sort_key(each[0]))
        entries = [(title, partial(self._tick_field, key)) for title, key in titles]
        set_menu(self.tick_field, menu(entries, self.tick_field))

    def _tick_field(self, key: str) -> None:
        self.model.tick([row_id for row_id, found in self._takeable().items() if found.key == key], on=True)

    def _adopt(self, differences: Sequence[Difference]) -> None:
        if differences:
            self.wait()
            self.adopt_asked.emit(differences)

    def _show_columns(self) -> None:
        self.columns.setVisible(self.show_columns.isChecked())

    # Why an amount differs

    def _explain(self, row: ModuleRow | None) -> None:
        if self._explaining is not None:
            self._explaining.cancel()
            self._explaining = None
        if row is None or row.difference is None or BY_MODULE_KEY[row.difference.key].kind != "money":
            return
        db, today, difference = self.desk.db, self.desk.today, row.difference

        def work(_progress: tasks.Progress) -> str:
            return " ".join(map(render, job.explanation(db, difference, today=today)))

        self._explaining = tasks.run(self, work, lambda more: self.list.bar.show_row(row, more))

"""The bin: what was thrown away, and the way back for one record or several."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from mobility_app.actions import bin as throwing
from mobility_app.i18n import N_, _, date, ngettext, number
from mobility_app.store.bin import Binned, bin_rows
from mobility_app.store.database import Session
from mobility_app.store.journal import Label, counted
from mobility_app.ui.buttons import button, primary
from mobility_app.ui.cards import column, line
from mobility_app.ui.desk import Desk
from mobility_app.ui.labels import label
from mobility_app.ui.notices import EmptyState
from mobility_app.ui.rows_model import Column, Order, RowsModel
from mobility_app.ui.table import RowsTable

_KINDS = {"mobility": N_("Mobility"), "participant": N_("Person"), "organisation": N_("Organisation")}


def _detail(row: Binned) -> str:
    return _("from {date}").format(date=date(row.start)) if row.start else row.town or ""


def _when(row: Binned) -> str:
    at = row.deleted.replace(tzinfo=dt.UTC).astimezone()
    return _("{date} at {time}").format(date=date(at.date()), time=f"{at:%H:%M}")


COLUMNS = (
    Column("name", N_("Name"), lambda row: row.name, 230, grow=True),
    Column("kind", N_("Kind"), lambda row: _(_KINDS[row.kind]), 110),
    Column("detail", N_("Detail"), _detail, 130),
    Column("deleted", N_("Thrown away on"), _when, 150),
)


class BinDialog(QDialog):
    """Stands beside the window: what comes back is seen in its list at once, and undo takes it away again."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Bin"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(700, 460)
        self._desk = desk
        self.model = RowsModel(COLUMNS, self._fetch, (), self)
        nothing = EmptyState("trash-2", _("The bin is empty"), _("What you put in the bin waits here."))
        self.table = RowsTable(self.model, _("Bin"), "bin", nothing)
        self.table.setProperty("role", "framed")
        self.count = label("", "muted")
        self.restore_button = primary(_("Restore"), self.restore, icon="undo-2")
        self.restore_button.setEnabled(False)
        self.close_button = button(_("Close"), self.close)
        note = label(_("Nothing in the bin is counted or printed. A person comes back with their stays."), "muted")
        note.setWordWrap(True)
        foot = line(self.count, None, self.close_button, self.restore_button)
        whole = column(note, self.table, foot, margins=(16, 16, 16, 16), spacing=12)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.table.picked.connect(self._picked)
        self.table.opened.connect(lambda _id: self.restore())
        self.model.loaded.connect(lambda count: self.count.setText(_("{n} in all").format(n=number(count))))
        desk.changed.connect(lambda _changes: self.refresh())
        self.refresh()

    def refresh(self) -> None:
        db = self._desk.db

        def find(_order: Order) -> Sequence[str]:
            with db.read() as s:
                return [row.id for row in bin_rows(s)]

        self.model.show(find)

    def _fetch(self, ids: Sequence[str]) -> Sequence[Binned]:
        with self._desk.db.read() as s:
            known = {row.id: row for row in bin_rows(s)}
        return [known[id_] for id_ in ids if id_ in known]

    def _picked(self, ids: list[str]) -> None:
        self.restore_button.setEnabled(bool(ids) and not self._desk.db.read_only)
        text = ngettext("Restore", "Restore the {count}", max(len(ids), 1)).format(count=number(len(ids)))
        self.restore_button.setText(f" {text}")
        self.restore_button.setAccessibleName(text)

    def restore(self) -> None:
        """Takes the selected records back, as one step."""
        rows = [row for id_ in self.table.selected_ids() if (row := self._row(id_)) is not None]
        if not rows or self._desk.db.read_only:
            return

        def act(s: Session) -> None:
            for row in rows:
                throwing.restore(s, row.kind, row.id)

        one = Label(N_("{name} taken out of the bin"), table=rows[0].kind, id=rows[0].id)
        several = counted("one record taken out of the bin", "{count} records taken out of the bin", len(rows))
        self._desk.write(self, one if len(rows) == 1 else several, act)

    def _row(self, id_: str) -> Binned | None:
        row = self.model.row(self.model.place_of(id_))
        return row if isinstance(row, Binned) else None

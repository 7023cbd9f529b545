"""À recopier dans le module: what its file does not carry, form by form, to copy and to tick as entered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from mobility_app.actions import retyped
from mobility_app.errors import UserError
from mobility_app.i18n import N_, _, number
from mobility_app.jobs import retyping as job
from mobility_app.store.journal import counted
from mobility_app.ui.buttons import button, primary
from mobility_app.ui.cards import column, line
from mobility_app.ui.counters import Counters
from mobility_app.ui.date_edit import day_edit
from mobility_app.ui.desk import Desk
from mobility_app.ui.labels import label
from mobility_app.ui.module_gesture import Gesture
from mobility_app.ui.notices import EmptyState, InlineMessage
from mobility_app.ui.retype_card import RetypeCard
from mobility_app.ui.retype_lines import COLUMNS, STATES, RetypeRow, find, rows
from mobility_app.ui.rows_model import Order, RowsModel
from mobility_app.ui.table import RowsTable
from mobility_app.ui.values import read_date

MENU_TITLE = N_("To retype in the module")


class RetypeRoom(Gesture):
    """Ticking keeps the day and the values of the forms that are chosen: one step."""

    key, icon = "retype", "list-checks"
    tables = frozenset(
        {"project", "organisation", "membership", "mobility", "target", "preparatory_visit", "setting", "rate"}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._rows: dict[str, RetypeRow] = {}
        self.counters = Counters([(code, _(title), tone) for code, (title, tone) in STATES.items()])
        self.counters.chosen.connect(lambda _code: self._filter())
        self.model = RowsModel(COLUMNS, self._fetch, (("place", False),), self)
        nothing = EmptyState("circle-check", _("Nothing here"), _("Press the counter again to see all rows."))
        self.table = RowsTable(self.model, _("Forms to retype in the module"), "module-retype", nothing)
        self.table.setProperty("role", "framed")
        self.table.current.connect(lambda _id: self._show_current())
        self.table.picked.connect(lambda _ids: self._show_chosen())
        self.model.loaded.connect(lambda _count: self._begin())
        self.card = RetypeCard()
        middle = line(self.table, self.card, spacing=12)
        middle.setStretch(0, 6)
        middle.setStretch(1, 4)
        lay = column(self.counters, middle, self._foot(), spacing=10)
        lay.setStretch(1, 1)
        self.setLayout(lay)

    def _foot(self) -> QWidget:
        self.day = day_edit(_("Entered on"), self.desk.today)
        self.trouble = InlineMessage()
        self.untick = button(_("Not entered"), self._untick)
        self.tick = primary(_("Mark as entered"), self._tick)
        promise = label(
            _("The module's file does not carry these. Ticked, a later change here is shown."), "muted", wrap=True
        )
        foot = QWidget()
        lay = line(column(promise, self.trouble, spacing=2), label(_("Entered on")), self.day, self.untick, self.tick)
        lay.setStretch(0, 1)
        foot.setLayout(lay)
        return foot

    def title(self) -> str:
        return _(MENU_TITLE)

    # Asking and showing

    def ask(self) -> None:
        project, today = self.desk.project, self.desk.today
        if project is None:
            return
        self._stale = False
        self._drop_task()
        self._asked = self.desk.read(self, lambda s: rows(job.read(s, project, today=today)), self._show)

    def _show(self, found: Sequence[RetypeRow]) -> None:
        self._asked = None
        self._rows = {row.id: row for row in found}
        self.counters.show_numbers(Counter(row.state for row in found), hide_zero=("gone",))
        self.counters.let_go()
        self._filter()

    def _fetch(self, ids: Sequence[str]) -> list[RetypeRow]:
        found = self._rows
        return [found[row_id] for row_id in ids if row_id in found]

    def _filter(self) -> None:
        found, state = tuple(self._rows.values()), self.counters.on()

        def wanted(order: Order) -> list[str]:
            return find(found, state, order)

        self.model.show(wanted)

    def _begin(self) -> None:
        """The first form is shown before she chooses one."""
        if not self.table.selected_ids() and self.model.ids():
            self.table.select_ids(self.model.ids()[:1])
        self._show_current()
        self._show_chosen()

    def _show_current(self) -> None:
        self.card.show_row(self._rows.get(self.table.current_id()))

    def _chosen(self) -> list[RetypeRow]:
        return [self._rows[row_id] for row_id in self.table.selected_ids() if row_id in self._rows]

    def _show_chosen(self) -> None:
        chosen, writes = self._chosen(), not self.desk.db.read_only
        fresh = [row for row in chosen if row.record is not None and row.state != "entered"]
        said = _("Mark as entered ({n})").format(n=number(len(fresh))) if len(chosen) > 1 else _("Mark as entered")
        self.tick.setText(said)
        self.tick.setAccessibleName(said)
        self.tick.setEnabled(writes and bool(fresh))
        self.untick.setEnabled(writes and any(row.tick for row in chosen))

    # Ticking

    def _tick(self) -> None:
        project = self.desk.project
        assert project is not None
        try:
            day = read_date(self.day.text().strip())
        except UserError as error:
            self.trouble.say(str(error))
            return
        self.trouble.say("")
        records = [row.record for row in self._chosen() if row.record is not None and row.state != "entered"]
        step = counted("one form entered in the module", "{count} forms entered in the module", len(records))
        self.desk.write(self, step, lambda s: retyped.tick(s, project.id, records, day), failed=self.trouble.refuse)

    def _untick(self) -> None:
        project = self.desk.project
        assert project is not None
        keys = [row.id for row in self._chosen() if row.tick]
        step = counted("one form not entered in the module", "{count} forms not entered in the module", len(keys))
        self.desk.write(self, step, lambda s: retyped.untick(s, project.id, keys), failed=self.trouble.refuse)

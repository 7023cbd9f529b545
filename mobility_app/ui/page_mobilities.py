"""Mobilités: the table that she works in all year, narrowed by words and chips, with the chosen row at its right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QStackedWidget, QWidget

from mobility_app.actions import views
from mobility_app.core import asking
from mobility_app.core.facts import MobilityRow, Sums
from mobility_app.core.views import View
from mobility_app.core.wanted import Wanted
from mobility_app.i18n import N_, _, money, ngettext, number, render
from mobility_app.store import lists, queries
from mobility_app.store.database import Session
from mobility_app.store.journal import Changes, Label
from mobility_app.ui import printing, tasks
from mobility_app.ui.add_pane import AddPane
from mobility_app.ui.buttons import button, menu_button, primary
from mobility_app.ui.cards import column, line
from mobility_app.ui.columns import mobility_columns, own_column
from mobility_app.ui.desk import Desk
from mobility_app.ui.dialogs import ask_text
from mobility_app.ui.filters import FilterBar
from mobility_app.ui.many_pane import ManyPane
from mobility_app.ui.mobility_pane import MobilityPane
from mobility_app.ui.notices import EmptyState, InlineMessage
from mobility_app.ui.page import Page
from mobility_app.ui.pasting import takes_paste
from mobility_app.ui.rows_model import Order, RowsModel
from mobility_app.ui.table import RowsTable

TABLES = ("mobility", "participant", "organisation", "flow", "project", "rate", "payment", "paper", "finding_answer")
PANE = 322


class MobilitiesPage(Page):
    """Search as she types, chips, a table, and a pane that follows the selection: one row, several, or a new one."""

    key, icon, searches = "mobilities", "plane", True

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.wanted = Wanted()
        self._all = 0
        self._sums: Sums | None = None  # of the rows in the list, once they are added up
        self._add_up: Callable[[Session], Sums | None] = lambda _session: None
        self._adding_up: tasks.Task | None = None
        self._select_next: tuple[str, ...] = ()
        with desk.db.read() as s:
            own = lists.own_titles(s)
        columns = (*mobility_columns(), *(own_column(title) for title in own))
        self.model = RowsModel(columns, self._fetch, (("last_name", False),), self)
        self.empty = EmptyState("plane", "", "", [button(_("Show all"), lambda: self.show_wanted(Wanted()))])
        self.table = RowsTable(self.model, _("Mobilities"), "mobilities", self.empty)
        self.table.setProperty("role", "framed")
        self.filters = FilterBar(desk, self._save_view)
        self.trouble = InlineMessage("warning")
        self.one = MobilityPane(desk)
        self.many = ManyPane(desk, lambda: [column.key for column in self.table.shown_columns()])
        self.adding = AddPane(desk)
        self._panes = QStackedWidget()
        self._panes.setFixedWidth(PANE)
        for pane in (self.one, self.many, self.adding):
            self._panes.addWidget(pane)
        left = column(self.filters, self.trouble, self.table)
        left.setStretch(2, 1)
        whole = line(left, self._panes, margins=(16, 0, 16, 12), spacing=12)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self._listen()

    def _listen(self) -> None:
        self.filters.wanted_changed.connect(self._narrow)
        self.table.picked.connect(self._follow)
        self.table.current.connect(lambda _id: self._follow(self.table.selected_ids()))
        self.model.loaded.connect(self._loaded)
        self.adding.added.connect(self._added)
        self.adding.closed.connect(lambda: self._follow(self.table.selected_ids()))
        takes_paste(self, self._desk.paste_asked.emit)
        self._desk.changed.connect(self._changed)
        self._desk.project_changed.connect(self._other_project)

    # What the window asks

    def title(self) -> str:
        return _("Mobilities")

    def page_buttons(self) -> list[QWidget]:
        self._print = menu_button(
            _("Print"),
            [
                (
                    _("Certificates in one PDF…"),
                    lambda: printing.certificates(self, self._desk, self._chosen(), one_file=True),
                ),
                (
                    _("Certificates, one PDF a person…"),
                    lambda: printing.certificates(self, self._desk, self._chosen(), one_file=False),
                ),
                None,
                (_("Export to Excel…"), self.export),
            ],
            icon="printer",
        )
        return [self._print, primary(_("Add a mobility"), self.add, icon="plus")]

    def _other_project(self) -> None:
        self.recount()
        self.show_wanted(Wanted())

    def recount(self) -> None:
        project, today = self._desk.project_id, self._desk.today

        def tell(ids: list[str]) -> None:
            self._all = len(ids)
            self.count_changed.emit(self._all)

        self._desk.read(self, lambda s: queries.mobility_ids(s, project_id=project, order=(), today=today), tell)

    def opened(self) -> None:
        self.filters.refresh()
        self.refresh()

    def search(self, text: str) -> None:
        self.wanted = replace(self.wanted, search=text)
        self.refresh()

    def show_wanted(self, wanted: Wanted) -> None:
        """Shows exactly these rows, in her own columns: from a figure, or everything."""
        self.show_view(View(wanted))

    def show_view(self, view: View) -> None:
        """Shows the rows of a view in its columns and its order."""
        wanted = self.wanted = view.wanted
        self.table.lay_out(view.columns, view.order)
        self.filters.show_wanted(wanted)
        self._desk.search_set.emit(wanted.search)
        self.refresh()

    def select_next(self, ids: Sequence[str]) -> None:
        """Chooses these rows when the list that was asked for is there."""
        self._select_next = tuple(ids)

    def add(self) -> None:
        self.adding.begin()
        self._panes.setCurrentWidget(self.adding)

    def export(self) -> None:
        printing.export(self, self._desk, self._chosen(), [column.key for column in self.table.shown_columns()])

    def _chosen(self) -> list[str]:
        """The selected rows when there are several, else all rows of the list."""
        selected = self.table.selected_ids()
        return selected if len(selected) > 1 else self.model.ids()

    # The list

    def refresh(self) -> None:
        """Asks for the rows of the present wishes."""
        asked = asking.ask(self.wanted.search)
        self.trouble.say(render(asked.problems[0]) if asked.problems else "")
        db, project, today, wanted = self._desk.db, self._desk.project_id, self._desk.today, self.wanted
        filters = [*wanted.filters(today), *asked.filters]
        chosen = set(wanted.ids)

        def find(order: Order) -> Sequence[str]:
            with db.read() as s:
                found = queries.mobility_ids(
                    s, project_id=project, search=asked.search, filters=filters, order=order, today=today
                )
            return [record for record in found if record in chosen] if chosen else found

        def add_up(s: Session) -> Sums | None:
            """Rows behind a figure are few, and their sum is that figure."""
            if chosen:
                return None
            return queries.mobility_sums(s, project_id=project, search=asked.search, filters=filters, today=today)

        self._add_up = add_up
        self.model.show(find)

    def _fetch(self, ids: Sequence[str]) -> list[MobilityRow]:
        with self._desk.db.read() as s:
            return queries.mobilities(s, ids, today=self._desk.today)

    def _narrow(self, wanted: Wanted) -> None:
        self.wanted = replace(wanted, search=self.wanted.search)
        self.refresh()

    def _changed(self, changes: Changes) -> None:
        if changes.touched(*TABLES):
            self.model.refresh()
            self.filters.refresh()
            self.recount()

    def _loaded(self, count: int) -> None:
        if self._select_next:
            self.table.select_ids(self._select_next)
            self._select_next = ()
        if self.wanted.everything:
            self.empty.say(_("No mobility yet"), _("Bring in your Excel table, or add a first mobility."))
        else:
            self.empty.say(_("Nothing matches"), _("No mobility matches these words and filters."))
        self._ask_sums()

    def _ask_sums(self) -> None:
        """Adds up the rows that came; until it is done, the status tells their number alone."""
        if self._adding_up is not None:
            self._adding_up.cancel()
        self._show_sums(None)
        self._adding_up = self._desk.read(self, self._add_up, self._show_sums)

    def _show_sums(self, sums: Sums | None) -> None:
        self._sums = sums
        self._say_status()

    def _say_status(self) -> None:
        shown, selected = self.model.rowCount(), len(self.table.selected_ids())
        if self.wanted.everything:
            text = _("{n} mobilities").format(n=number(shown))
        else:
            text = _("{n} shown of {total}").format(n=number(shown), total=number(max(self._all, shown)))
        if self._sums is not None:
            text += " · " + sums_text(self._sums)
        if selected > 1:
            text += "   " + _("{n} selected").format(n=number(selected))
        self.status_changed.emit(text)

    # The pane

    def _follow(self, ids: list[str]) -> None:
        if len(ids) > 1:
            self._panes.setCurrentWidget(self.many)
            self.many.show_ids(ids)
        else:
            self._panes.setCurrentWidget(self.one)
            self.one.show_id(ids[0] if ids else "")
        self._say_status()

    def _added(self, record: str) -> None:
        self._select_next = (record,)
        self.show_wanted(Wanted())

    # Views

    def _save_view(self) -> None:
        title = ask_text(self, _("Save this view"), _("Name of the view"), accept=_("Save"))
        if title:
            columns = tuple(column.key for column in self.table.shown_columns())
            definition = View(self.wanted, title, columns, tuple(self.model.order)).as_json()
            self._desk.write(self, Label(N_("saved view")), lambda s: views.save(s, self.key, title, definition))


def sums_text(sums: Sums) -> str:
    """What the shown mobilities come to: those that are planned, as everywhere."""
    days = ngettext("{n} day", "{n} days", sums.days).format(n=number(sums.days))
    text = _("{days} and {euros} planned").format(days=days, euros=money(sums.cents))
    if not sums.incomplete:
        return text
    more = ngettext("{n} grant incomplete", "{n} grants incomplete", sums.incomplete).format(n=number(sums.incomplete))
    return f"{text} ({more})" if sums.cents else f"{days} · {more}"

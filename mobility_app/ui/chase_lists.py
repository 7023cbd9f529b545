"""The reports chase at the left: schools with their counts, and the people of the chosen ones who owe the report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mobility_app.core.chasing import Owing, School
from mobility_app.i18n import _
from mobility_app.jobs.chasing import Chase
from mobility_app.ui.cards import column
from mobility_app.ui.chase_lines import PEOPLE, SCHOOLS, SchoolRow, find_people, find_schools
from mobility_app.ui.notices import EmptyState
from mobility_app.ui.rows_model import Order, RowsModel
from mobility_app.ui.table import RowsTable


class ChaseLists(QWidget):
    """`chosen` tells that others are chosen; `opened` carries the one whose record she wants to see."""

    chosen = Signal()
    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._schools: dict[str, SchoolRow] = {}
        self._people: dict[str, Owing] = {}
        self._state = ""
        self.school_rows = RowsModel(SCHOOLS, self._fetch_schools, (("undelivered", True), ("missing", True)), self)
        everything_in = EmptyState(
            "circle-check",
            _("Every report is in"),
            _("Whoever is back owes the participant report until the module, or its paper here, says that it is in."),
        )
        self.schools = RowsTable(self.school_rows, _("Schools with missing reports"), "chase-schools", everything_in)
        self.people_rows = RowsModel(PEOPLE, self._fetch_people, (("state", False), ("back", False)), self)
        self.people = RowsTable(self.people_rows, _("People who owe the report"), "chase-people")
        for table in (self.schools, self.people):
            table.setProperty("role", "framed")
        self.school_rows.loaded.connect(lambda _count: self._begin())
        self.schools.picked.connect(lambda _ids: self._show_people())
        self.people.picked.connect(lambda _ids: self.chosen.emit())
        self.people_rows.loaded.connect(lambda _count: self.chosen.emit())
        self.people.opened.connect(lambda id_: self.opened.emit(self._people.get(id_)))
        lay = column(self.schools, self.people, spacing=10)
        lay.setStretch(0, 2)
        lay.setStretch(1, 3)
        self.setLayout(lay)

    def show_chase(self, chase: Chase, state: str) -> None:
        """Those in a state, of all for ""."""
        self._schools = {row.id: row for row in map(SchoolRow, chase.schools)}
        self._people = {one.id: one for one in chase.owing}
        self._state = state
        found = tuple(self._schools.values())

        def wanted(order: Order) -> list[str]:
            return find_schools(found, state, order)

        self.school_rows.show(wanted)

    # What is chosen

    def about(self) -> list[str]:
        """The people that she chose, else all who are shown."""
        return self.people.selected_ids() or self.people_rows.ids()

    def current(self) -> School | None:
        """The school under the cursor with those of its people whom the message is about."""
        chosen = self._chosen()
        here = self._schools.get(self.schools.current_id())
        school = here.school if here and here.school in chosen else next(iter(chosen), None)
        about = set(self.about())
        return school and replace(school, owing=tuple(one for one in school.owing if one.id in about))

    def shown(self) -> list[School]:
        """Every school of the list with its people in the state that she filters by."""
        return [
            replace(row.school, owing=tuple(one for one in row.school.owing if self._state in ("", one.state)))
            for row in self._fetch_schools(self.school_rows.ids())
        ]

    def _chosen(self) -> list[School]:
        return [row.school for row in self._fetch_schools(self.schools.selected_ids())]

    # Filling

    def _fetch_schools(self, ids: Sequence[str]) -> list[SchoolRow]:
        found = self._schools
        return [found[id_] for id_ in ids if id_ in found]

    def _fetch_people(self, ids: Sequence[str]) -> list[Owing]:
        found = self._people
        return [found[id_] for id_ in ids if id_ in found]

    def _begin(self) -> None:
        """The first school is chosen before she chooses one."""
        if not self.schools.selected_ids() and self.school_rows.ids():
            self.schools.select_ids(self.school_rows.ids()[:1])
        self._show_people()

    def _show_people(self) -> None:
        found, state = [one for school in self._chosen() for one in school.owing], self._state

        def wanted(order: Order) -> list[str]:
            return find_people(found, state, order)

        self.people_rows.show(wanted)

"""The chosen organisation at the right of the table: identifiers checked as she types, places, and its mobilities."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QStackedLayout, QWidget

from mobility_app.actions import organisations
from mobility_app.core.facts import MobilityRow, OrganisationRow
from mobility_app.i18n import N_, _, country_name, ngettext, number
from mobility_app.store import queries
from mobility_app.store.database import Session
from mobility_app.store.journal import Label
from mobility_app.store.lists import stays_of
from mobility_app.ui import tasks
from mobility_app.ui.buttons import button, icon_button
from mobility_app.ui.cards import Card, Facts, column, line, scrolled
from mobility_app.ui.desk import Desk
from mobility_app.ui.editors import Editor
from mobility_app.ui.labels import ElidedLabel, label
from mobility_app.ui.notices import Banner, EmptyState
from mobility_app.ui.record_fields import ORGANISATION, PLACES
from mobility_app.ui.record_form import RecordForm
from mobility_app.ui.records_page import RecordPane
from mobility_app.ui.stays_card import StaysCard

FRENCH = frozenset({"uai", "siret"})  # identifiers that hosts abroad do not have


@dataclass(frozen=True)
class Place:
    """All that the pane shows of one organisation in the chosen project, read at once."""

    row: OrganisationRow
    stays: tuple[MobilityRow, ...]


class OrganisationPane(RecordPane):
    """`member` shows the places allotted in the chosen project; hosts have none."""

    def __init__(self, desk: Desk, compare: Callable[[], object], *, member: bool, empty: EmptyState) -> None:
        super().__init__()
        self._desk, self._compare, self._member = desk, compare, member
        self._query: tasks.Task | None = None
        self._row: OrganisationRow | None = None
        self._twins = 0
        self._faces = QStackedLayout(self)
        self._faces.addWidget(empty)

    def _build(self) -> None:
        """The form is made when a first organisation is chosen: the window is there sooner."""
        self.name = ElidedLabel("", "heading")
        self.what = label("", "muted", wrap=True)
        self.twins = Banner("", "warning", [button(_("Compare"), self._compare, icon="merge")])
        self.places = Editor(PLACES, in_place=True)
        self.places.committed.connect(self._save_places)
        self._places = Facts(104)
        self._places.add(_(PLACES.title), self.places)
        fields = [field for field in ORGANISATION if self._member or field.key not in FRENCH]
        self.form = RecordForm(self._desk, fields, organisations.change, _label)
        self.stays = StaysCard(self._desk, named=True)
        head = Card()
        top = line(self.name, icon_button("trash-2", _("To the bin"), self.remove), spacing=6)
        top.setStretch(0, 1)
        for each in (top, self.what, self.twins, self._places):
            head.add(each)
        facts = Card(_("Organisation"))
        facts.add(self.form)
        inside = QWidget()
        inside.setLayout(column(head, facts, self.stays, None, spacing=10))
        self._faces.addWidget(scrolled(inside))
        self.show_twins(self._twins)

    def show_id(self, record_id: str) -> None:
        self.record_id = record_id
        if record_id:
            self.refresh()
        else:
            self._faces.setCurrentIndex(0)

    def refresh(self) -> None:
        if not self.record_id:
            return
        if self._query is not None:
            self._query.cancel()
        record, project, today = self.record_id, self._desk.project_id, self._desk.today

        def ask(s: Session) -> Place | None:
            found = queries.organisations(s, [record], project_id=project)
            ids = stays_of(s, organisation_id=record, project_id=project)
            return Place(found[0], tuple(queries.mobilities(s, ids, today=today))) if found else None

        self._query = self._desk.read(self, ask, self._show)

    def show_twins(self, count: int) -> None:
        self._twins = count
        if self._faces.count() == 1:
            return
        text = ngettext("{n} other organisation has this name.", "{n} other organisations have this name.", count)
        self.twins.say(text.format(n=number(count)) if count else "")

    def _show(self, place: Place | None) -> None:
        if place is None:
            self.show_id("")
            return
        if self._faces.count() == 1:
            self._build()
        row, other = place.row, self._row is None or self._row.id != place.row.id
        self._row = row
        self.name.say(row.name)
        self.what.setText(_describe(row))
        self.form.show_row(row)
        if other:
            self.places.forget()
        self.places.set_value(row.places)
        self._places.setVisible(self._member and self._desk.project_id is not None)
        self.stays.show_stays(place.stays, row.mobilities, row.name)
        self._faces.setCurrentIndex(1)

    def _save_places(self) -> None:
        record, project, places = self.record_id, self._desk.project_id, self.places.value()
        if record and project:
            label_ = Label(N_("places of {name}"), table="organisation", id=record)
            self._desk.write(self, label_, lambda s: organisations.set_places(s, project, record, places))

    def remove(self) -> None:
        """To the bin, undoable; refused in words while a mobility needs it."""
        record = self.record_id
        if record:
            label_ = Label(N_("{name} to the bin"), table="organisation", id=record)
            self._desk.write(self, label_, lambda s: organisations.remove(s, record), lambda _done: self.show_id(""))


def _describe(row: OrganisationRow) -> str:
    """Where it is, and what was done with it."""
    where = ", ".join(part for part in (row.town or "", country_name(row.country)) if part)
    days = ngettext("{n} day", "{n} days", row.days).format(n=number(row.days))
    stays = ngettext("{n} mobility", "{n} mobilities", row.mobilities).format(n=number(row.mobilities))
    return " · ".join(part for part in (where, stays, days) if part)


def _label(key: str, record: str) -> Label:
    return Label(N_("name of {name}") if key == "name" else N_("file of {name}"), table="organisation", id=record)

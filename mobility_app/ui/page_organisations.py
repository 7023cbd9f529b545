"""Établissements (who sends, with their places) and Hôtes (who receives): one table, used twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from mobility_app.actions import organisations
from mobility_app.core.facts import OrganisationRow
from mobility_app.i18n import N_, _, country_name, number
from mobility_app.store import duplicates, queries
from mobility_app.store.database import Session
from mobility_app.store.journal import Label
from mobility_app.ui.buttons import button, primary
from mobility_app.ui.columns import cells_of, column_of
from mobility_app.ui.desk import Desk
from mobility_app.ui.dialogs import ask_text
from mobility_app.ui.merge_pane import Likeness
from mobility_app.ui.notices import EmptyState
from mobility_app.ui.organisation_pane import OrganisationPane
from mobility_app.ui.record_fields import ORGANISATION
from mobility_app.ui.records_page import RecordsPage
from mobility_app.ui.rows_model import Column, Order

_FIELD = {field.key: field for field in ORGANISATION}
_NAME = Column("name", N_("Name"), lambda row: row.name, 250, sort="sort", grow=True, least=240)
_MOBILITIES = Column(
    "mobilities", N_("Mobilities"), lambda row: number(row.mobilities), 88, numeric=True, sort="mobilities"
)
_DAYS = Column("days", N_("Days in all"), lambda row: number(row.days), 110, numeric=True, sort="days")
_PLACES = Column(
    "places",
    N_("Places"),
    lambda row: "" if row.places is None else number(row.places),
    70,
    numeric=True,
    sort="places",
)
_WHERE = Column(
    "town",
    N_("Place"),
    lambda row: row.town or "",
    132,
    note=lambda row: country_name(row.country),
    sort="town",
    grow=True,
    least=72,
    copied=cells_of("town", "country"),
)


def _others(*shown: str) -> tuple[Column, ...]:
    """The remaining fields, hidden until she chooses them."""
    return tuple(column_of(field) for field in ORGANISATION if field.key not in ("name", "notes", *shown))


class OrganisationsPage(RecordsPage):
    """`role` is sender or host."""

    tables = frozenset({"organisation", "mobility", "membership"})
    computed = frozenset({"mobilities", "days", "places"})
    role: ClassVar[organisations.Role]
    columns: ClassVar[tuple[Column, ...]]

    def __init__(self, desk: Desk) -> None:
        nothing = EmptyState(
            self.icon, _("No organisation chosen"), _("Choose a row to see and change it; several to merge them.")
        )
        self._one = OrganisationPane(desk, self._compare_twins, member=self.role == "sender", empty=nothing)
        empty = EmptyState(
            self.icon,
            _("None yet"),
            _("They come with your Excel table, or one by one."),
            [
                button(_("Open my Excel table"), lambda: desk.show("import"), icon="upload"),
                button(self.add_title(), self.add),
            ],
        )
        super().__init__(desk, self.columns, self._one, empty)

    def add_title(self) -> str:
        raise NotImplementedError

    def page_buttons(self) -> list[QWidget]:
        return [primary(self.add_title(), self.add, icon="plus")]

    def merge_title(self) -> str:
        return _("The same organisation?")

    def count(self, session: Session, project_id: str | None) -> int:
        return len(queries.organisation_ids(session, self.role, project_id=project_id))

    def find_ids(self, s: Session, project_id: str | None, search: str, order: Order) -> Sequence[str]:
        return queries.organisation_ids(s, self.role, project_id=project_id, search=search, order=order)

    def find_rows(self, s: Session, ids: Sequence[str], project_id: str | None) -> Sequence[OrganisationRow]:
        return queries.organisations(s, ids, project_id=project_id)

    def namesakes(self, s: Session) -> dict[str, tuple[str, ...]]:
        mine = frozenset(queries.organisation_ids(s, self.role))
        return {id_: others for id_, others in duplicates.organisations(s).items() if id_ in mine}

    def likeness(self, row: OrganisationRow) -> Likeness:
        place = ", ".join(part for part in (row.town or "", country_name(row.country)) if part)
        facts = " · ".join(part for part in (place, row.uai, row.oid, row.siret, row.email) if part)
        return Likeness(row.id, row.name, facts or _("nothing else is known"), row.mobilities)

    def show_namesakes(self, record_id: str) -> None:
        self._one.show_twins(len(self.twins_of(record_id)))

    def _compare_twins(self) -> None:
        current = self._one.record_id
        self.compare((current, *self.twins_of(current)))

    def merge(self, kept: str, others: Sequence[str]) -> None:
        def act(s: Session) -> None:
            for other in others:
                organisations.merge(s, kept, other)

        label = Label(N_("merge of {name}"), table="organisation", id=kept)
        self.desk.write(self, label, act, lambda _done: self.merged(kept))

    def add(self) -> None:
        """Asks the name; the rest is typed in the pane."""
        name = ask_text(self, self.add_title(), _("Name"), accept=_("Add"))
        if name:
            self.add_named(name)

    def add_named(self, name: str) -> None:
        """Adds it (to the chosen project's members when it sends) and shows it."""
        role, project = self.role, self.desk.project_id

        def act(s: Session) -> str:
            made = organisations.add(s, role, name=name)
            if role == "sender" and project:
                organisations.set_places(s, project, made, None)
            return made

        label = Label(N_("new organisation"))
        self.desk.write(self, label, act, self.show_record)

    def show_record(self, record_id: str) -> None:
        self._one.show_id(record_id)


class SendersPage(OrganisationsPage):
    key, icon, role = "senders", "school", "sender"
    columns = (
        _NAME,
        replace(column_of(_FIELD["uai"], visible=True), width=82, grow=False),
        replace(column_of(_FIELD["oid"], visible=True), width=92, grow=False),
        _WHERE,
        _PLACES,
        _MOBILITIES,
        _DAYS,
        *_others("uai", "oid", "town"),
    )

    def title(self) -> str:
        return _("Schools")

    def add_title(self) -> str:
        return _("Add a school")


class HostsPage(OrganisationsPage):
    key, icon, role = "hosts", "building-2", "host"
    columns = (
        _NAME,
        replace(_WHERE, width=160),
        _MOBILITIES,
        _DAYS,
        replace(column_of(_FIELD["email"], visible=True), width=140, grow=True),
        *_others("town", "email"),
    )

    def title(self) -> str:
        return _("Hosts")

    def add_title(self) -> str:
        return _("Add a host")

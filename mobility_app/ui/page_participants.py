"""Participants: each person once, however many stays; namesakes merged or told apart."""

from __future__ import annotations

from collections.abc import Sequence

from mobility_app.actions import participants
from mobility_app.core.facts import ParticipantRow
from mobility_app.fields import BY_KEY
from mobility_app.i18n import N_, _, date, number
from mobility_app.store import duplicates, queries
from mobility_app.store.database import Session
from mobility_app.store.journal import Label
from mobility_app.ui.buttons import button
from mobility_app.ui.columns import NAMES, column_of
from mobility_app.ui.desk import Desk
from mobility_app.ui.merge_pane import Likeness
from mobility_app.ui.notices import EmptyState
from mobility_app.ui.participant_pane import ParticipantPane
from mobility_app.ui.records_page import RecordsPage
from mobility_app.ui.rows_model import Column, Order
from mobility_app.ui.values import shown

COLUMNS: tuple[Column, ...] = (
    Column("last_name", N_("Participant"), lambda row: row.full_name, 170, sort="sort", grow=True, copied=NAMES),
    Column("birth_date", N_("Date of birth"), lambda row: date(row.birth_date), 138, sort="birth_date"),
    Column("status", N_("Status"), lambda row: shown(BY_KEY["status"], row.status), 92, sort="status"),
    Column("class_name", N_("Class or function"), lambda row: row.class_name or "", 150, sort="class_name", grow=True),
    Column(
        "organisation",
        N_("Sending organisation"),
        lambda row: row.organisation or "",
        170,
        sort="organisation",
        grow=True,
    ),
    Column("mobilities", N_("Stays"), lambda row: number(row.mobilities), 76, numeric=True, sort="mobilities"),
    *(column_of(BY_KEY[key]) for key in ("email", "phone", "gender", "nationality")),
)


class ParticipantsPage(RecordsPage):
    key, icon = "participants", "users"
    tables = frozenset({"participant", "mobility", "organisation", "distinct_person"})
    computed = frozenset({"mobilities", "organisation"})
    can_tell_apart = True

    def __init__(self, desk: Desk) -> None:
        self._one = ParticipantPane(desk, self._compare_twins)
        empty = EmptyState(
            "users",
            _("No participant"),
            _("They come with your Excel table, or with a first mobility."),
            [button(_("Open my Excel table"), lambda: desk.show("import"), icon="upload")],
        )
        super().__init__(desk, COLUMNS, self._one, empty)

    def title(self) -> str:
        return _("Participants")

    def merge_title(self) -> str:
        return _("The same person?")

    def count(self, session: Session, project_id: str | None) -> int:
        return len(queries.participant_ids(session, project_id=project_id))

    def find_ids(self, s: Session, project_id: str | None, search: str, order: Order) -> Sequence[str]:
        return queries.participant_ids(s, project_id=project_id, search=search, order=order)

    def find_rows(self, s: Session, ids: Sequence[str], project_id: str | None) -> Sequence[ParticipantRow]:
        return queries.participants(s, ids)

    def namesakes(self, s: Session) -> dict[str, tuple[str, ...]]:
        return duplicates.participants(s)

    def likeness(self, row: ParticipantRow) -> Likeness:
        born = _("born {date}").format(date=date(row.birth_date)) if row.birth_date else _("date of birth unknown")
        facts = " · ".join(part for part in (born, row.organisation, row.class_name, row.email) if part)
        return Likeness(row.id, row.full_name, facts, row.mobilities)

    def show_namesakes(self, record_id: str) -> None:
        self._one.show_twins(len(self.twins_of(record_id)))

    def _compare_twins(self) -> None:
        current = self._one.record_id
        self.compare((current, *self.twins_of(current)))

    def merge(self, kept: str, others: Sequence[str]) -> None:
        def act(s: Session) -> None:
            for other in others:
                participants.merge(s, kept, other)

        label = Label(N_("merge of {name}"), table="participant", id=kept)
        self.desk.write(self, label, act, lambda _done: self.merged(kept))

    def distinct(self, ids: Sequence[str]) -> None:
        first, second = ids
        label = Label(N_("namesake of {name}"), table="participant", id=first)
        self.desk.write(
            self, label, lambda s: participants.not_the_same(s, first, second), lambda _done: self.merged(first)
        )

"""The chosen mobility at the right of the table: what is wrong, every field edited in place, its grant, its papers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QStackedLayout, QWidget

from mobility_app.actions import distances, mobilities
from mobility_app.core.facts import Finding, MobilityRow
from mobility_app.errors import UserError
from mobility_app.fields import BY_KEY
from mobility_app.i18n import N_, _
from mobility_app.jobs import costs, stay_money
from mobility_app.jobs.stay_money import StayMoney
from mobility_app.store import lists, queries, reports, story
from mobility_app.store.database import Session
from mobility_app.store.journal import Changes, Label
from mobility_app.ui import tasks, words
from mobility_app.ui.buttons import button, icon_button
from mobility_app.ui.cards import Card, Facts, column, line, scrolled
from mobility_app.ui.co_funding_card import CoFundingCard
from mobility_app.ui.desk import Desk
from mobility_app.ui.distance_card import DistanceCard
from mobility_app.ui.editors import Editor
from mobility_app.ui.findings_list import FindingsList
from mobility_app.ui.grant_card import GrantCard
from mobility_app.ui.history_card import HistoryCard
from mobility_app.ui.labels import ElidedLabel, label
from mobility_app.ui.move_dialog import ask_move
from mobility_app.ui.notices import EmptyState
from mobility_app.ui.papers_card import PapersCard
from mobility_app.ui.pills import STAGE_TONES, pill, set_pill, stage_title
from mobility_app.ui.values import shown

SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        N_("Stay"),
        (
            "activity", "role", "sending_organisation", "host", "country", "town", "start", "end", "actual_start",
            "actual_end", "flow", "mentor",
        ),
    ),
    (
        N_("Travel"),
        (
            "travel_days", "distance_km", "distance_source", "means", "green", "fewer_opportunities", "lodging",
            "insurance",
        ),
    ),
    (
        N_("Person"),
        ("last_name", "first_name", "birth_date", "gender", "nationality", "status", "class_name", "email", "phone"),
    ),
    (
        N_("Special cases"),
        (
            "interruption_days", "force_majeure", "zero_grant", "travel_elsewhere", "expensive_travel",
            "travel_cost_cents", "visa_cents", "inclusion_cents", "linguistic", "linguistic_reason", "virtual_hours",
            "course_title", "course_days", "purpose",
        ),
    ),
    (N_("Beneficiary Module and notes"), ("bm_id", "bm_state", "decision", "decision_reason", "notes")),
)  # fmt: skip


@dataclass(frozen=True)
class Detail:
    """Everything that the pane shows of one mobility, read at once."""

    row: MobilityRow
    findings: tuple[Finding, ...]
    money: StayMoney
    ends: tuple[str, str]  # the towns of the journey
    costs: costs.StayCosts
    papers: Sequence[lists.PaperRow]
    history: Sequence[story.Entry]


class MobilityPane(QWidget):
    """`show_id` fills it; a field is saved as she leaves it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._id = ""
        self._row: MobilityRow | None = None
        self._saving = 0
        self._query: tasks.Task | None = None
        self.editors: dict[str, Editor] = {}
        self._empty = EmptyState(
            "plane",
            _("No mobility chosen"),
            _("Choose a row to see and change it here; several to act on them together."),
        )
        self._faces = QStackedLayout(self)
        self._faces.addWidget(self._empty)
        desk.changed.connect(self._changed)

    def _build(self) -> None:
        """Makes the cards when the first row is chosen: the window opens sooner without them."""
        self.findings = FindingsList(self._desk)
        self.grant = GrantCard(self._desk)
        self.distance = DistanceCard(self._desk)
        self.funding = CoFundingCard(self._desk)
        self.papers = PapersCard(self._desk)
        self.history = HistoryCard(self._desk)
        whole = QWidget()
        first, journey, *others = (self._section(section) for section in SECTIONS)
        move = button(_("Move to another project…"), lambda: ask_move(self, self._desk, [self._id]))
        cards = (
            self._head(),
            first,
            self.grant,
            self.funding,
            self.papers,
            journey,
            self.distance,
            *others,
            self.history,
            move,
        )
        whole.setLayout(column(*cards, None, spacing=10))
        self._faces.addWidget(scrolled(whole))

    def _head(self) -> Card:
        self.stage = pill("")
        self.name = ElidedLabel("", "heading")
        self.who = label("", "muted", wrap=True)
        card = Card()
        top = line(self.name, self.stage, icon_button("trash-2", _("To the bin"), self.remove), spacing=6)
        top.setStretch(0, 1)
        card.add(top)
        card.add(self.who)
        card.add(self.findings)
        return card

    def _section(self, section: tuple[str, tuple[str, ...]]) -> Card:
        title, keys = section
        card = Card(_(title))
        facts = Facts(96)
        for key in keys:
            editor = Editor(BY_KEY[key], in_place=True)
            editor.committed.connect(lambda key=key: self._save(key))
            self.editors[key] = editor
            facts.add(_(BY_KEY[key].title), editor)
        card.add(facts)
        return card

    # Showing

    def show_id(self, record: str) -> None:
        self._id = record
        if not record:
            self._faces.setCurrentWidget(self._empty)
            self._row = None
            return
        self.refresh()

    def refresh(self) -> None:
        if not self._id:
            return
        if self._query is not None:
            self._query.cancel()
        record, today = self._id, self._desk.today
        self._query = self._desk.read(self, lambda s: _read(s, record, today), self._show)

    def _show(self, detail: Detail | None) -> None:
        if detail is None:
            self.show_id("")
            return
        if not self.editors:
            self._build()
        row, other = detail.row, self._row is None or self._row.id != detail.row.id
        self._row = row
        self.name.say(row.full_name)
        set_pill(self.stage, stage_title(row.stage), STAGE_TONES.get(row.stage, "neutral"))
        self.who.setText(_describe(row))
        self.findings.show_findings(detail.findings)
        self.grant.show_money(detail.money, row)
        self.distance.show_row(row, detail.ends)
        self.funding.show_costs(detail.costs, row)
        self.papers.show_papers(detail.papers, row)
        self.history.show_entries(detail.history, row)
        for key, editor in self.editors.items():
            if other:
                editor.forget()
            editor.set_value(getattr(row, key))
        self._faces.setCurrentIndex(1)

    def _changed(self, changes: Changes) -> None:
        if self._id and self.isVisible():
            self.refresh()

    # Changing

    def _save(self, key: str) -> None:
        if self._row is None:
            return
        record, value = self._row.id, self.editors[key].value()
        seen = None if self._saving else self._row.version  # our own change on its way is no stranger's
        self._saving += 1
        self._desk.write(
            self,
            words.change_label(key, record),
            lambda s: mobilities.change(s, record, seen=seen, **{key: value}),
            lambda _done: self._saved(),
            lambda error: self._refused(key, error),
        )

    def _saved(self) -> None:
        self._saving -= 1

    def _refused(self, key: str, error: BaseException) -> None:
        self._saving -= 1
        if not isinstance(error, UserError):
            raise error
        self.editors[key].say(str(error))

    def remove(self) -> None:
        """To the bin, undoable."""
        if self._row is None:
            return
        record = self._row.id
        label_ = Label(N_("{name} to the bin"), table="mobility", id=record)
        self._desk.write(self, label_, lambda s: mobilities.remove(s, [record]), lambda _done: self.show_id(""))


def _read(s: Session, record: str, today: dt.date) -> Detail | None:
    row = queries.mobility(s, record, today=today)
    if row is None:
        return None
    money = stay_money.of_stay(s, row)
    return Detail(
        row,
        reports.findings(s, [record], today)[record],
        money,
        distances.ends(s, record),
        costs.of_stay(s, row, money.grant, today=today),
        lists.papers(s, record),
        story.history(s, record, row.participant_id)[:40],
    )


def _describe(row: MobilityRow) -> str:
    """Who it is: status, class, age at departure, school."""
    parts = [shown(BY_KEY["status"], row.status), row.class_name or ""]
    if row.minor_at_departure:
        parts.append(_("minor at departure"))
    parts.append(row.sending_organisation or "")
    return " · ".join(part for part in parts if part)

"""The schools of a consortium in one project: what each was allotted, uses, was sent, and has to return."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QStackedWidget, QWidget

from mobility_app.actions import members
from mobility_app.core.facts import ProjectRow
from mobility_app.core.text import clean
from mobility_app.i18n import N_, _
from mobility_app.jobs.accounts import Consortium, consortium_in
from mobility_app.store import queries
from mobility_app.store.database import Session
from mobility_app.store.journal import Label
from mobility_app.ui import statement_files
from mobility_app.ui.buttons import menu_button
from mobility_app.ui.cards import column, line, scrolled
from mobility_app.ui.chips import Segments
from mobility_app.ui.desk import Desk
from mobility_app.ui.face import Face
from mobility_app.ui.joining import Joining
from mobility_app.ui.labels import label
from mobility_app.ui.member_lines import GROUPS, MemberRow
from mobility_app.ui.member_pane import MemberPane
from mobility_app.ui.member_table import MembersTable
from mobility_app.ui.notices import EmptyState, InlineMessage
from mobility_app.ui.places_chart import PlacesChart
from mobility_app.ui.rate_values import read_amount
from mobility_app.ui.records_page import PANE
from mobility_app.ui.remembered import recall, remember
from mobility_app.ui.support_card import SupportCard
from mobility_app.ui.typed_figures import write_typed
from mobility_app.ui.values import read_date, read_whole

STEPS = {
    "places": N_("places of {name}"),
    "cents": N_("euros of {name}"),
    "mandate_signed": N_("mandate of {name}"),
    "convention_signed": N_("agreement of {name}"),
}
REMEMBERED = "members/columns"


@dataclass(frozen=True)
class Known:
    """All that the face shows, read at once; `schools` are those that could become members: (id, name)."""

    project: ProjectRow
    consortium: Consortium
    schools: tuple[tuple[str, str], ...]


class MembersFace(Face):
    """`table` has a line a member and the total; `pane` shows the chosen one, else places and agreements of all."""

    code, name = "members", N_("Members of the consortium")
    tables = frozenset({"membership", "transfer", "organisation", "mobility", "project", "rate", "grant_line", "paper"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._known: Known | None = None
        self._chosen = ""
        self.groups = Segments(_("Columns"), [(code, _(title)) for code, title, _keys in GROUPS])
        self.groups.changed.connect(self._choose_columns)
        self.all_statements = menu_button(
            _("All statements…"),
            [(_("PDF, to sign"), partial(self._write_all, ".pdf")), (_("Excel"), partial(self._write_all, ".xlsx"))],
            icon="printer",
        )
        self.joining = Joining(desk, self)
        self.joining.joined.connect(self._joined)
        self.table = MembersTable()
        self.table.figures.typed.connect(self._type)
        self.table.selectionModel().currentRowChanged.connect(self._follow)
        self.trouble = InlineMessage()
        note = label(
            _("Places, euros and signatures are typed here; the rest comes from the mobilities."),
            "small",
            wrap=True,
        )
        foot = line(note, self.trouble, self.all_statements)
        foot.setStretch(0, 1)
        head = line(self.groups, self.joining.button())
        head.setStretch(0, 1)
        left = column(head, self.table, foot, spacing=10)
        left.setStretch(1, 1)
        whole = QWidget()
        inside = line(left, self._panes(), spacing=12)
        inside.setStretch(0, 1)
        whole.setLayout(inside)
        empty = EmptyState(
            "school",
            _("No school in this project yet"),
            _("Add the schools of the consortium: their places, their euros and their statements are followed here."),
            [self.joining.button()],
        )
        self._faces = QStackedWidget()
        self._faces.addWidget(whole)
        self._faces.addWidget(empty)
        self.setLayout(column(self._faces))
        self.show_columns(str(recall(REMEMBERED, GROUPS[0][0])))

    def _panes(self) -> QStackedWidget:
        self.chart = PlacesChart()
        self.chart.chosen.connect(self.choose)
        self.support = SupportCard(self.desk)
        everybody = QWidget()
        everybody.setLayout(column(self.chart, self.support, None, spacing=10))
        self.pane = MemberPane(self.desk)
        self.pane.closed.connect(lambda: self.choose(""))
        made = self._sides = QStackedWidget()
        made.setFixedWidth(PANE)
        made.addWidget(scrolled(everybody))
        made.addWidget(scrolled(self.pane))
        return made

    # What is shown

    def refresh(self) -> None:
        project, today = self.desk.project, self.desk.today
        assert project is not None
        self.ask(lambda s: known_in(s, project, today), self._show)

    def _show(self, known: Known) -> None:
        self._known = known
        found = known.consortium.statements
        self._faces.setCurrentIndex(0 if found else 1)
        self.table.show_members(found)
        self.chart.show_members(found)
        self.support.show_project(known.project)
        self.joining.offer(known.schools)
        self.choose(self._chosen)

    def show_columns(self, code: str) -> None:
        """The columns of one group beside the name."""
        self.groups.choose(self.table.show_columns(code))

    def _choose_columns(self, code: str) -> None:
        self.show_columns(code)
        remember(REMEMBERED, code)

    def choose(self, organisation_id: str) -> None:
        """Shows one member at the right and in the table; "" for what concerns them all."""
        row = self.table.go_to(organisation_id)
        self._chosen = organisation_id if row else ""
        self._sides.setCurrentIndex(1 if row else 0)
        if row is not None and self._known is not None:
            self.pane.show_member(row.statement, self._known.consortium.transfers.get(organisation_id, ()))

    def _follow(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid() and (wanted := self.table.member_at(current.row())) != self._chosen:
            self.choose(wanted)

    # What is written

    def _type(self, row: MemberRow, key: str, written: str) -> None:
        project, school = self.desk.project_id, row.member.organisation_id
        if project is None:
            return
        write_typed(
            self,
            Label(STEPS[key], table="organisation", id=school),
            lambda: _read(key, written),
            lambda s, value: members.change(s, project, school, **{key: value}),
        )

    def _joined(self, school: str) -> None:
        """It is chosen as soon as it is in the table."""
        self._chosen = school
        self.refresh()

    def _write_all(self, ending: str) -> None:
        statement_files.ask(self, self.desk, ending)


def known_in(s: Session, project: ProjectRow, today: dt.date) -> Known:
    project = queries.project(s, project.id) or project
    found = consortium_in(s, project, today=today)
    joined = {one.member.organisation_id for one in found.statements if one.member.joined}
    senders = queries.organisations(s, queries.organisation_ids(s, "sender"), project_id=project.id)
    return Known(project, found, tuple((row.id, row.name) for row in senders if row.id not in joined))


def _read(key: str, written: str) -> int | dt.date | None:
    """What she means; None for an emptied cell. A UserError says how to write it."""
    written = clean(written)
    if key == "cents":
        return read_amount(written)
    if not written:
        return None
    return read_whole(written) if key == "places" else read_date(written)

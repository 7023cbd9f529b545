"""Budget et paiements: the money of a project, one face for each thing that is done with it."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from mobility_app.i18n import _
from mobility_app.store.journal import Changes
from mobility_app.ui import tasks
from mobility_app.ui.budget_face import BudgetFace
from mobility_app.ui.buttons import button
from mobility_app.ui.cards import column
from mobility_app.ui.chips import Segments
from mobility_app.ui.costs_face import CostsFace
from mobility_app.ui.desk import Desk
from mobility_app.ui.desk_page import DeskPage
from mobility_app.ui.face import Face
from mobility_app.ui.members_face import MembersFace
from mobility_app.ui.notices import Banner, EmptyState
from mobility_app.ui.payments_face import PaymentsFace
from mobility_app.ui.project_face import ProjectFace
from mobility_app.ui.rate_sheet import Rates, RateSheet, ask_rates, missing_text
from mobility_app.ui.targets_face import TargetsFace
from mobility_app.ui.whatif_face import WhatIfFace

FACES: tuple[type[Face], ...] = (
    BudgetFace,
    PaymentsFace,
    MembersFace,
    CostsFace,
    WhatIfFace,
    TargetsFace,
    RateSheet,
    ProjectFace,
)


class BudgetPage(DeskPage):
    """`show_face` brings one of FACES to the front by its code; `face` gives it, made when it is first asked for."""

    key, icon = "budget", "wallet"
    tables = frozenset({"rate", "project"}).union(*(face.tables for face in FACES))

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._query: tasks.Task | None = None
        self._rates: Rates | None = None
        self._made: dict[str, Face] = {}
        self._shown: dict[str, str] = {}  # by face the project that it shows, while that is up to date
        self.faces = Segments(_("Budget and payments"), [(face.code, _(face.name)) for face in FACES])
        self.faces.changed.connect(self.show_face)
        self.enter_rates = button(_("Enter the rates"), lambda: self.show_face(RateSheet.code))
        self.provisional = Banner("", "warning", [self.enter_rates])
        self.provisional.hide()
        self.example = Banner(
            _("Example rates, invented: none of these amounts may be used for a real project."),
            "neutral",
            closable=True,
        )
        self.example.hide()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.face(FACES[0].code))
        self.nothing = EmptyState(
            "wallet",
            _("No project chosen"),
            _("A budget belongs to one project: choose it at the top, or bring in your Excel table."),
            [button(_("Open my Excel table"), lambda: desk.show("import"), icon="upload")],
        )
        whole = QWidget()
        inside = column(self.faces, self.provisional, self.example, self._stack, spacing=10)
        inside.setStretch(3, 1)
        whole.setLayout(inside)
        self._outer = QStackedWidget()
        self._outer.addWidget(whole)
        self._outer.addWidget(self.nothing)
        self.setLayout(column(self._outer, margins=(16, 0, 16, 12)))

    def title(self) -> str:
        return _("Budget and payments")

    def face(self, code: str) -> Face:
        if code not in self._made:
            kind = next(face for face in FACES if face.code == code)
            self._made[code] = kind(self.desk)
            self._made[code].elsewhere.connect(self.show_face)
        return self._made[code]

    def show_face(self, code: str) -> None:
        self.faces.choose(code)
        face = self.face(code)
        if self._stack.indexOf(face) < 0:
            self._stack.addWidget(face)
        self._stack.setCurrentWidget(face)
        self._show_banners()
        self._refresh_face()

    def refresh(self) -> None:
        project = self.desk.project
        self._outer.setCurrentIndex(0 if project else 1)
        if project is None:
            return
        if self._query is not None:
            self._query.cancel()
        self._refresh_face()  # first: the banner can wait
        self._query = self.desk.read(self, lambda s: ask_rates(s, project.id, project.call_year), self._show_rates)

    def _refresh_face(self) -> None:
        """Asks for what the face in front shows, unless it shows it already."""
        code, project = self.faces.chosen(), self.desk.project_id
        if project is not None and self._shown.get(code) != project:
            self._shown[code] = project
            self.face(code).refresh()

    def _changed(self, changes: Changes) -> None:
        for code, face in self._made.items():
            if changes.touched(*face.tables):
                self._shown.pop(code, None)
        super()._changed(changes)

    def _show_rates(self, rates: Rates) -> None:
        self._rates = rates
        self._show_banners()

    def _show_banners(self) -> None:
        rates, on_rates = self._rates, self.faces.chosen() == RateSheet.code
        self.provisional.say(missing_text(rates.missing) if rates and rates.missing else "")
        self.enter_rates.setVisible(not on_rates)
        self.example.setVisible(bool(rates and rates.example and on_rates))

"""What if: how many more places the money pays, and scenarios side by side; the dossier itself is not touched."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QStackedWidget, QWidget

from mobility_app.actions import scenarios
from mobility_app.core.basis import Basis
from mobility_app.core.facts import Report, Stay
from mobility_app.core.scenarios import Imagined, Scenario, alike, imagine, usual
from mobility_app.core.whatif import Change, Places
from mobility_app.i18n import N_, _, number
from mobility_app.jobs import money
from mobility_app.store import reports
from mobility_app.store.columns import new_id
from mobility_app.store.database import Session
from mobility_app.store.journal import Label
from mobility_app.ui import tasks
from mobility_app.ui.buttons import button
from mobility_app.ui.cards import Card, column, line, scrolled
from mobility_app.ui.desk import Desk
from mobility_app.ui.face import Face
from mobility_app.ui.notices import EmptyState
from mobility_app.ui.places_card import NEW, PlacesCard
from mobility_app.ui.scenario_board import ScenarioBoard

MOST = 3  # scenarios side by side
_WIDTH = 336  # of the left part


@dataclass(frozen=True)
class Ground:
    """What everything here is reckoned from."""

    basis: Basis
    today: Imagined
    kept: tuple[Scenario, ...]
    usual: Mapping[str, Stay]  # by country, and "" for all: the stay that most of the project's are like


@dataclass(frozen=True)
class Answer:
    places: Places | None
    alike: int
    imagined: tuple[Imagined, ...]


def ground(s: Session, project_id: str, basis: Basis) -> Ground:
    return Ground(basis, imagine(basis), scenarios.kept(s, project_id), usual(basis.planned))


def answer(found: Ground, stay: Stay | None, board: Sequence[Scenario]) -> Answer:
    report: Report = found.today.report
    places = money.places_in(found.basis, report, stay) if stay else None
    same = alike(found.basis, stay) if stay else 0
    return Answer(places, same, tuple(imagine(found.basis, one.changes) for one in board))


def merged(board: Sequence[Scenario], before: Sequence[Scenario], now: Sequence[Scenario]) -> list[Scenario]:
    """The board after the file changed: what she did not touch follows the file, what came back is there again."""
    was, kept = {one.id: one for one in before}, {one.id: one for one in now}
    shown = [kept[one.id] if one.id in kept and one == was.get(one.id) else one for one in board]
    there = {one.id for one in board} | set(was)
    return [*shown, *(one for one in now if one.id not in there)]


class WhatIfFace(Face):
    """`places` is the left part, `board` the scenarios."""

    code, name = "whatif", N_("What if…")
    tables = frozenset(
        {
            *("mobility", "payment", "budget_award", "rate", "project", "grant_line", "paper"),
            *("target", "preparatory_visit", "setting"),
        }
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._ground: Ground | None = None
        self._scenarios: list[Scenario] = []
        self._reckoning: tasks.Task | None = None
        self.places = PlacesCard()
        self.places.changed.connect(self._reckon)
        self.places.wanted.connect(self._put)
        holder = QWidget()
        holder.setLayout(column(self.places, None))
        left = scrolled(holder)
        left.setFixedWidth(_WIDTH)
        self.board = ScenarioBoard()
        self.board.renamed.connect(lambda id_, name: self._change(id_, lambda one: replace(one, name=name)))
        self.board.taken_out.connect(lambda id_, place: self._change(id_, lambda one: _without(one, place)))
        self.board.kept.connect(self._keep)
        self.board.copied.connect(self._copy)
        self.board.removed.connect(self._remove)
        self.new_button = button(_("New scenario"), lambda: self._add(()), icon="plus")
        nothing = EmptyState(
            "sparkles",
            _("No scenario yet"),
            _("Describe a stay at the left, say how many, and add it: budget and targets move here at once."),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(nothing)
        self._stack.addWidget(scrolled(self.board))
        right = Card(_("Scenarios"), _("to try things out: nothing in your file changes"), self.new_button)
        right.add(self._stack, 1)
        whole = line(left, right, spacing=12)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def refresh(self) -> None:
        project, today = self.desk.project, self.desk.today
        assert project is not None
        self.ask(lambda s: ground(s, project.id, reports.basis(s, project.id, today)), self._show_ground)

    def _show_ground(self, found: Ground) -> None:
        before, self._ground = self._ground, found
        self.places.form.know(found.usual)
        if before is None or before.basis.project.id != found.basis.project.id:
            self._scenarios = list(found.kept)
            if "" in found.usual:
                self.places.form.show_stay(found.usual[""], found.basis.project.coordinator_town)
        else:
            self._scenarios = merged(self._scenarios, before.kept, found.kept)
        self._show_board()

    def _show_board(self) -> None:
        """The heads at once, the figures when they are reckoned."""
        board = self._scenarios
        self._stack.setCurrentIndex(1 if board else 0)
        self.new_button.setEnabled(len(board) < MOST)
        self.places.offer([(one.id, one.name) for one in board], more=len(board) < MOST)
        self.board.show_scenarios(board, [self._state(one) for one in board])
        for head in self.board.heads:
            head.copy_button.setEnabled(len(board) < MOST)
        self._reckon()

    def _state(self, scenario: Scenario) -> str:
        assert self._ground is not None
        kept = next((one for one in self._ground.kept if one.id == scenario.id), None)
        return "new" if kept is None else "kept" if kept == scenario else "changed"

    def _reckon(self) -> None:
        """Everything anew in the worker; an earlier reckoning that is still under way is dropped."""
        found, stay, board = self._ground, self.places.stay(), tuple(self._scenarios)
        if found is None:
            return
        if self._reckoning is not None:
            self._reckoning.cancel()
        self._reckoning = tasks.run(self, lambda _p: answer(found, stay, board), self._show)

    def _show(self, found: Answer) -> None:
        assert self._ground is not None
        if found.places is None:
            self.places.show_nothing()
        else:
            self.places.show_places(found.places, found.alike)
        if self._scenarios:
            self.board.show_figures((self._ground.today, *found.imagined))

    # What she does with scenarios

    def _put(self, id_: str, count: int) -> None:
        stay = self.places.stay()
        if stay is None:
            return
        change = Change(stay, count)
        if id_ == NEW:
            self._add((change,))
        else:
            self._change(id_, lambda one: replace(one, changes=(*one.changes, change)))

    def _add(self, changes: tuple[Change, ...], name: str = "") -> None:
        if self._ground is None or len(self._scenarios) >= MOST:
            return
        taken = {one.name for one in self._scenarios}
        names = (_("Scenario {n}").format(n=number(n)) for n in range(1, 99))
        self._scenarios.append(Scenario(new_id(), name or next(one for one in names if one not in taken), changes))
        self._show_board()
        self.places.target.setCurrentIndex(len(self._scenarios) - 1)

    def _change(self, id_: str, change: Callable[[Scenario], Scenario]) -> None:
        self._scenarios = [change(one) if one.id == id_ else one for one in self._scenarios]
        self._show_board()

    def _of(self, id_: str) -> Scenario:
        return next(one for one in self._scenarios if one.id == id_)

    def _copy(self, id_: str) -> None:
        one = self._of(id_)
        self._add(one.changes, _("{name} (copy)").format(name=one.name))

    def _keep(self, id_: str) -> None:
        one, project = self._of(id_), self.desk.project_id
        if project is not None:
            self.desk.write(self, Label(N_("scenario kept")), lambda s: scenarios.keep(s, project, one))

    def _remove(self, id_: str) -> None:
        one, project = self._of(id_), self.desk.project_id
        self._scenarios = [each for each in self._scenarios if each.id != id_]
        if project is not None and self._state(one) != "new":
            self.desk.write(self, Label(N_("scenario removed")), lambda s: scenarios.drop(s, project, id_))
        self._show_board()


def _without(scenario: Scenario, place: int) -> Scenario:
    return replace(scenario, changes=(*scenario.changes[:place], *scenario.changes[place + 1 :]))

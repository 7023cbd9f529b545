"""Payments of a project: those to make, those that were made, and the accountant's papers with their budget code."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QStackedWidget

from mobility_app.core.facts import ProjectRow
from mobility_app.i18n import N_, _, ngettext, number
from mobility_app.jobs import accounts
from mobility_app.store import queries
from mobility_app.store.database import Session
from mobility_app.ui import account_files
from mobility_app.ui.budget_code import BudgetCode
from mobility_app.ui.buttons import Act, link, menu_button
from mobility_app.ui.cards import column, line
from mobility_app.ui.chips import Segments
from mobility_app.ui.desk import Desk
from mobility_app.ui.due_lines import Due, dues
from mobility_app.ui.face import Face
from mobility_app.ui.labels import label
from mobility_app.ui.payments_due import PaymentsDue
from mobility_app.ui.payments_made import PaymentsMade


class PaymentsFace(Face):
    """`lists` chooses between `due` and `made`."""

    code, name = "payments", N_("Payments")
    tables = frozenset({"mobility", "payment", "rate", "project", "grant_line", "paper", "participant", "organisation"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.due, self.made = PaymentsDue(desk), PaymentsMade(desk)
        self.due.list_wanted.connect(self._ask_list)
        self.lists = Segments(_("Payments"), [("due", _("To pay")), ("made", _("Already paid"))])
        self.lists.changed.connect(self.turn_to)
        self.budget_code = BudgetCode(desk)
        self.papers = menu_button(_("Accountant's papers"), self._entries(), icon="printer")
        self.terms = label("", "small")
        self._stack = QStackedWidget()
        for each in (self.due, self.made):
            self._stack.addWidget(each)
        head = line(column(3, self.lists), self.budget_code, self.papers)
        head.setStretch(0, 1)
        said = line(self.terms, link(_("Change it"), lambda: self.elsewhere.emit("project")), None)
        lay = column(head, said, self._stack, spacing=8)
        lay.setStretch(2, 1)
        self.setLayout(lay)

    def _entries(self) -> list[tuple[str, Act] | None]:
        found: list[tuple[str, Act] | None] = []
        for paper, (title, _name) in account_files.PAPERS.items():
            if found:
                found.append(None)
            for ending, (kind, _endings) in account_files.KINDS.items():
                text = _("{paper} ({kind})…").format(paper=_(title), kind=kind)
                ask = partial(self._ask_list, ending) if paper == "payments" else partial(self._ask, paper, ending)
                found.append((text, ask))
        return found

    # Showing

    def turn_to(self, code: str) -> None:
        self.lists.choose(code)
        self._stack.setCurrentWidget(self.made if code == "made" else self.due)

    def refresh(self) -> None:
        project, today = self.desk.project, self.desk.today
        assert project is not None

        def read(s: Session) -> tuple[ProjectRow | None, Sequence[Due]]:
            known = queries.project(s, project.id)
            return known, dues(accounts.owed_in(s, known, today=today), today) if known else ()

        self.ask(read, self._show)
        self.made.refresh(project.id)

    def _show(self, found: tuple[ProjectRow | None, Sequence[Due]]) -> None:
        project, due = found
        if project is not None:
            self.budget_code.show_project(project)
            self.terms.setText(terms_text(project))
            self.due.show_dues(due)

    # The accountant's papers

    def _ask(self, paper: str, ending: str) -> None:
        if path := account_files.ask(self, self.desk, paper, ending):
            account_files.write(self, self.desk, paper, path)

    def _ask_list(self, ending: str) -> None:
        if path := account_files.ask(self, self.desk, "payments", ending):
            self.write_list(path)

    def write_list(self, path: Path) -> None:
        """The list of the chosen payments; of all that may go out when none is chosen, or none is in sight."""
        meant = self.due.chosen_dues() if self.lists.chosen() == "due" else []
        chosen = {(due.row.id, due.step.kind) for due in meant} or None
        self.turn_to("due")
        account_files.write_payments(self, self.desk, chosen, path, self.due.tell_list)


def terms_text(project: ProjectRow) -> str:
    """When participants are paid, in this project."""
    first = ngettext(
        "Advance: {percent} % within {n} day of the signed contract.",
        "Advance: {percent} % within {n} days of the signed contract.",
        project.advance_days,
    ).format(percent=number(project.advance_percent), n=number(project.advance_days))
    rest = ngettext(
        "Balance: within {n} day of the participant's report.",
        "Balance: within {n} days of the participant's report.",
        project.balance_days,
    ).format(n=number(project.balance_days))
    return f"{first} {rest}"

"""“Move to another project”: what each stay would earn there and what must be done again, before anything is moved."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QDialog, QWidget

from mobility_app.core.facts import ProjectRow
from mobility_app.i18n import N_, _, money, ngettext, number
from mobility_app.jobs import calls
from mobility_app.jobs.calls import Moving
from mobility_app.store import queries
from mobility_app.ui import tasks
from mobility_app.ui.buttons import button, primary
from mobility_app.ui.cards import column, line
from mobility_app.ui.desk import Desk
from mobility_app.ui.figures import Figure, FiguresTable
from mobility_app.ui.labels import label
from mobility_app.ui.notices import InlineMessage


def _amount(cents: int | None) -> str:
    return _("unknown") if cents is None else money(cents)


def _again(row: Moving) -> str:
    """What must be done again for one stay."""
    parts = (
        (row.contract, _("contract")),
        (bool(row.row.bm_id), _("BM entry")),
        (row.paid, _("paid already")),
    )
    return ", ".join(said for wanted, said in parts if wanted)


FIGURES = (
    Figure("name", N_("Participant"), lambda row: row.row.full_name, 150, numeric=False, grow=True),
    Figure("before", N_("Grant now"), lambda row: _amount(row.row.total), 150),
    Figure("after", N_("Grant there"), lambda row: _amount(row.after), 150),
    Figure("difference", N_("Difference"), lambda row: "" if row.difference is None else money(row.difference), 100),
    Figure("again", N_("To do again, to know"), _again, 210, numeric=False),
)


class MoveDialog(QDialog):
    """Reads what would change whenever another project is chosen; `move` writes it in one step."""

    def __init__(self, parent: QWidget, desk: Desk, ids: Sequence[str]) -> None:
        super().__init__(parent)
        self._desk, self._ids = desk, list(ids)
        self._query: tasks.Task | None = None
        self.setWindowTitle(_("Move to another project"))
        self.resize(820, 460)
        self.target = QComboBox()
        self.target.setAccessibleName(_("Project that takes them"))
        self.target.activated.connect(lambda _place: self.ask())
        self.table = FiguresTable(_("Move to another project"), FIGURES)
        self.table.setProperty("role", "framed")
        self.summary = label("", wrap=True)
        self.trouble = InlineMessage()
        self.yes = primary(_("Move"), self.move_them)
        self.yes.setEnabled(False)
        head = line(label(_("Project that takes them"), "strong"), self.target)
        head.setStretch(1, 1)
        foot = line(None, button(_("Cancel"), self.reject), self.yes)
        note = label(_("Nothing is moved yet: look at what changes first."), "muted", wrap=True)
        lay = column(note, head, self.table, self.summary, self.trouble, foot, margins=(20, 16, 20, 16), spacing=10)
        lay.setStretch(2, 1)
        self.setLayout(lay)
        desk.read(self, queries.projects, self._offer)

    def _offer(self, projects: Sequence[ProjectRow]) -> None:
        """The other projects that are not closed, the newest call first."""
        here = self._desk.project_id
        for project in projects:
            if project.id != here and project.state != "closed":
                name = " · ".join(filter(None, (project.label, project.reference)))
                self.target.addItem(name, project)
        if self.target.count():
            self.ask()
        else:
            self.target.setEnabled(False)
            self.trouble.say(
                _(
                    "There is no other open project here: make one in the settings, "
                    "or a new call from the page of the budget."
                )
            )

    def ask(self) -> None:
        """Asks what the chosen project would pay; nothing is written."""
        if self._query is not None:
            self._query.cancel()
        target, ids, today = self.target.currentData(), self._ids, self._desk.today
        self.yes.setEnabled(False)
        self.trouble.say("")
        self._query = self._desk.read(self, lambda s: calls.moving(s, ids, target, today), self._show)

    def _show(self, rows: Sequence[Moving]) -> None:
        self.table.show_lines(rows)
        self.summary.setText(summary(rows, self.target.currentData()))
        self.yes.setEnabled(bool(rows))

    def move_them(self) -> None:
        """Moves them in one step; what forbids it is said here."""
        target, db, ids = self.target.currentData(), self._desk.db, self._ids
        self.yes.setEnabled(False)
        self.trouble.say("")
        tasks.run(self, lambda _p: calls.move(db, ids, target), lambda _moved: self.accept(), self._refused)

    def _refused(self, error: BaseException) -> None:
        self.yes.setEnabled(True)
        self.trouble.refuse(error)


def summary(rows: Sequence[Moving], target: ProjectRow) -> str:
    """What the move means for all of them together."""
    count = len(rows)
    parts = [
        ngettext(
            "{n} mobility is recomputed at the rates of {reference}.",
            "{n} mobilities are recomputed at the rates of {reference}.",
            count,
        ).format(n=number(count), reference=target.reference)
    ]
    contracts, known, paid = (sum(each) for each in zip(*_marks(rows), strict=True)) if rows else (0, 0, 0)
    if contracts:
        text = ngettext("{n} contract is to be made again.", "{n} contracts are to be made again.", contracts)
        parts.append(text.format(n=number(contracts)))
    if known:
        text = ngettext(
            "{n} is known to the Beneficiary Module, and is to be entered there again.",
            "{n} are known to the Beneficiary Module, and are to be entered there again.",
            known,
        )
        parts.append(text.format(n=number(known)))
    if paid:
        text = ngettext(
            "{n} was paid from the account of the other project.",
            "{n} were paid from the account of the other project.",
            paid,
        )
        parts.append(text.format(n=number(paid)))
    unknown = sum(row.after is None for row in rows)
    if unknown:
        parts.append(_("Amounts unknown there: {n}.").format(n=number(unknown)))
    return " ".join(parts)


def _marks(rows: Sequence[Moving]) -> list[tuple[bool, bool, bool]]:
    return [(row.contract, bool(row.row.bm_id), row.paid) for row in rows]


def ask_move(parent: QWidget, desk: Desk, ids: Sequence[str]) -> None:
    """Shows the dialog, and forgets it when it is closed."""
    dialog = MoveDialog(parent, desk, ids)
    dialog.exec()
    dialog.deleteLater()

"""How far it is: kilometres and their proof, reckoned from town to town, or as another calculator gave them."""

from __future__ import annotations

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from mobility_app.actions import distances
from mobility_app.core.facts import MobilityRow
from mobility_app.i18n import N_, _, ngettext, number
from mobility_app.store import places
from mobility_app.store.database import Session
from mobility_app.store.journal import Label
from mobility_app.ui.buttons import button
from mobility_app.ui.cards import Card, column, line
from mobility_app.ui.desk import Desk
from mobility_app.ui.labels import label
from mobility_app.ui.notices import InlineMessage

TITLES = (N_("From (town)"), N_("Via, if there are several legs"), N_("To (town)"))
BETWEEN = ";"  # between the towns of a journey of several legs


class TownEdit(QLineEdit):
    """Proposes towns as she types, each told apart from its namesakes."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        self.setMaxLength(240)
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.activated.connect(self._take, Qt.ConnectionType.QueuedConnection)  # after Qt has put its own text
        self.setCompleter(completer)
        self._before = ""
        self.textEdited.connect(self._propose)

    def _propose(self, text: str) -> None:
        """The last town is being typed; those before it stay."""
        before, mark, last = text.rpartition(BETWEEN)
        self._before = f"{before}{mark} " if mark else ""
        self._names.setStringList([distances.called(place) for place in places.starting(last.strip())])

    def _take(self, chosen: str) -> None:
        self.setText(f"{self._before}{chosen}")


class DistanceCard(Card):
    """`from_town`, `via` and `to_town` are where the journey goes; `reckon` measures and stores it in one step."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("How far it is"))
        self._desk = desk
        self._row: MobilityRow | None = None
        self.proof = label("", "small", wrap=True)
        self.from_town, self.via, self.to_town = (TownEdit(_(title)) for title in TITLES)
        self.via.setPlaceholderText(_("Lyon ; Turin"))
        self.trouble = InlineMessage("warning")
        self.reckon_button = button(_("Reckon the distance"), self.reckon)
        self.add(self.proof)
        for title, edit in zip(TITLES, (self.from_town, self.via, self.to_town), strict=True):
            caption = label(_(title), "small")
            caption.setBuddy(edit)
            self.add(column(caption, edit, spacing=2))
        self.add(self.trouble)
        self.add(line(self.reckon_button, None))

    def show_row(self, row: MobilityRow, ends: tuple[str, str]) -> None:
        """What stands in the file; another mobility takes what was typed away."""
        if self._row is None or self._row.id != row.id:
            self.trouble.say("")
            self.via.clear()
            self.from_town.setText(ends[0])
            self.to_town.setText(ends[1])
        self._row = row
        if row.distance_km is None:
            self.proof.setText(_("The distance is not known yet."))
        else:
            self.proof.setText(row.distance_source or _("Typed, without a proof."))

    def reckon(self) -> None:
        row, today = self._row, self._desk.today
        if row is None:
            return
        towns = [self.from_town.text(), *self.via.text().split(BETWEEN), self.to_town.text()]

        def act(s: Session) -> distances.Proposal:
            return distances.measure(s, row.id, towns, today=today)

        self.trouble.say("")
        step = Label(N_("distance of {name}"), table="mobility", id=row.id)
        self._desk.write(self, step, act, failed=self.trouble.refuse)


def filled_text(found: distances.Filled) -> str:
    """What became of the distances of several mobilities."""
    if not found.stored and not found.left:
        return _("No distance is missing.")
    text = ngettext("{n} distance reckoned.", "{n} distances reckoned.", found.stored).format(n=number(found.stored))
    if found.left:
        left = ngettext("{n} could not be: {why}", "{n} could not be, for example: {why}", len(found.left))
        text += " " + left.format(n=number(len(found.left)), why=found.left[0][1])
    return text

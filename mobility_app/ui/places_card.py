"""How many more of one stay: what one costs, line by line, what is left for it, and how many that pays."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from mobility_app.core.facts import Stay
from mobility_app.core.whatif import Places
from mobility_app.errors import UserError
from mobility_app.fields import Field
from mobility_app.i18n import N_, _, money, ngettext, number, render
from mobility_app.jobs.money_words import room_line
from mobility_app.ui.buttons import button, primary
from mobility_app.ui.cards import Card, column, empty, line, rule
from mobility_app.ui.editors import Editor
from mobility_app.ui.grant_card import grant_line
from mobility_app.ui.labels import label
from mobility_app.ui.notices import InlineMessage
from mobility_app.ui.stay_form import StayForm

COUNT = Field("count", N_("How many"), "integer", "derived", length=4)
MOST = 9_999
NEW = ""  # the entry of the list that stands for a scenario to be made


class PlacesCard(Card):
    """`wanted` tells how many of the stay to put in which scenario; a negative number takes them away."""

    changed = Signal()
    wanted = Signal(str, int)

    def __init__(self) -> None:
        super().__init__(_("How many more places?"))
        self.form = StayForm()
        self.form.changed.connect(self.changed)
        self.trouble = InlineMessage()
        self.figure = label("", "figure")
        self.words = label("", "muted", wrap=True)
        self._lines = column(spacing=0)
        self._rooms = label("", "small", wrap=True)
        self.count = Editor(COUNT)
        self.count.setFixedWidth(72)
        self.count.set_value(1)
        self.target = QComboBox()
        self.target.setAccessibleName(_("Scenario"))
        self.add_button = primary(_("Add to the scenario"), lambda: self._want(1), icon="plus")
        self.less_button = button(_("Take away"), lambda: self._want(-1))
        self.alike = label("", "small", wrap=True)
        choice = line(self.count, self.target)
        choice.setStretch(1, 1)
        self._answers = (self.figure, self.words, self._rooms, self.alike)
        for each in (self.form, self.trouble, self.figure, self.words):
            self.add(each)
        self.add(rule())
        self.add(label(_("Try it in a scenario"), "strong"))
        self.add(choice)
        self.add(line(self.add_button, self.less_button, None))
        self.add(self.alike)
        self.add(rule())
        self.add(self._lines)
        self.add(self._rooms)

    def stay(self) -> Stay | None:
        """What the form describes; what is wrong with it is said here."""
        try:
            found = self.form.stay()
        except UserError as error:
            self.trouble.say(str(error))
            found = None
        else:
            self.trouble.say("" if found else _("Say the activity, the country and the days."))
        for each in (self.add_button, self.less_button):
            each.setEnabled(found is not None)
        return found

    def offer(self, scenarios: list[tuple[str, str]], *, more: bool) -> None:
        """The scenarios that a stay can be put into, by id and name; `more`: there is room for another one."""
        chosen = self.target.currentData()
        self.target.clear()
        for id_, name in scenarios:
            self.target.addItem(name, id_)
        if more:
            self.target.addItem(_("A new scenario"), NEW)
        self.target.setCurrentIndex(max(0, self.target.findData(chosen)))

    def show_nothing(self) -> None:
        empty(self._lines)
        for each in self._answers:
            each.hide()

    def show_places(self, found: Places, alike: int) -> None:
        empty(self._lines)
        for each in self._answers:
            each.show()
        for one in found.money.lines:
            self._lines.addLayout(grant_line(one))
            self._lines.addWidget(rule())
        self.figure.setText(_places_text(found))
        self.words.setText(_why(found))
        said = [room_line(room) for room in found.rooms]
        if found.support_each is not None:
            text = _("The next participant adds {amount} of organisational support.")
            said.append(text.format(amount=money(found.support_each)))
        self._rooms.setText("\n".join(said))
        text = ngettext("{n} planned stay is like this.", "{n} planned stays are like this.", alike)
        self.alike.setText(text.format(n=number(alike)))
        self.less_button.setEnabled(alike > 0)

    def _want(self, sign: int) -> None:
        try:
            count = min(self.count.value() or 0, MOST)
        except UserError as error:
            self.count.say(str(error))
            return
        if count:
            self.wanted.emit(self.target.currentData() or NEW, sign * count)


def _places_text(found: Places) -> str:
    if found.places is None:
        return _("unknown")
    return ngettext("{n} more place", "{n} more places", found.places).format(n=number(found.places))


def _why(found: Places) -> str:
    """The two figures behind the answer, or what is missing for one."""
    if found.money.total is None:
        reasons = [render(line.sentence) for line in found.money.lines if line.amount is None]
        return "\n".join((_("No number before these are known:"), *reasons))
    if found.left is None:
        return _("One costs {amount}. Type what was awarded to know how many can be paid.").format(
            amount=money(found.money.total)
        )
    return _("One costs {amount}; {left} is left on the lines it draws on.").format(
        amount=money(found.money.total), left=money(found.left)
    )

"""The head of a scenario: its name, the changes that it is made of, and what can be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from mobility_app.core.activities import short_title
from mobility_app.core.scenarios import Scenario
from mobility_app.core.text import clean
from mobility_app.core.whatif import Change, length
from mobility_app.i18n import N_, _, country_name, ngettext, number
from mobility_app.ui.buttons import button, icon_button, link
from mobility_app.ui.cards import column, empty, line
from mobility_app.ui.labels import label
from mobility_app.ui.notices import InlineMessage
from mobility_app.ui.pills import pill, set_pill

STATES = {
    "kept": (N_("Kept"), "success"),
    "changed": (N_("Changed"), "warning"),
    "new": (N_("Not kept"), "neutral"),
}


def change_text(change: Change) -> str:
    """+20 · Short-term mobility, Spain, 21 days, green travel."""
    stay, days = change.stay, length(change.stay)
    facts = [
        _(short_title(stay.activity or "")),
        _("Accompanying person") if stay.role == "accompanying" else "",
        country_name(stay.country),
        ngettext("{n} day", "{n} days", days).format(n=number(days)),
        _("green travel") if stay.green else "",
        _("fewer opportunities") if stay.fewer_opportunities else "",
    ]
    sign = "+" if change.count > 0 else "\u2212"
    return f"{sign}{number(abs(change.count))} · {', '.join(filter(None, facts))}"


class ScenarioHead(QWidget):
    """The signals tell what she wants with this scenario; the face does it."""

    renamed = Signal(str)
    kept = Signal()
    copied = Signal()
    removed = Signal()
    taken_out = Signal(int)  # the place of a change

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self.name = QLineEdit()
        self.name.setMaxLength(60)
        self.name.setAccessibleName(_("Name of the scenario"))
        self.name.editingFinished.connect(self._rename)
        self.state = pill("")
        self.keep_button = button(_("Keep this scenario"), self.kept.emit)
        self.copy_button = link(_("Copy"), self.copied.emit, name=_("Copy this scenario"))
        self.remove_button = icon_button("trash-2", _("Remove this scenario"), self.removed.emit)
        self._changes = column(spacing=2)
        self.short = InlineMessage("warning")
        self.setLayout(
            column(
                line(self.name, self.remove_button, spacing=2),
                line(self.state, None, self.copy_button, spacing=2),
                self._changes,
                self.short,
                None,
                line(self.keep_button, None),
                margins=(0, 0, 10, 6),
                spacing=4,
            )
        )

    def show_scenario(self, scenario: Scenario, state: str) -> None:
        self._name = scenario.name
        if not self.name.hasFocus():
            self.name.setText(scenario.name)
            self.name.setCursorPosition(0)
        word, tone = STATES[state]
        set_pill(self.state, _(word), tone)
        self.keep_button.setEnabled(state != "kept")
        empty(self._changes)
        if not scenario.changes:
            self._changes.addWidget(label(_("Nothing changed yet"), "small", wrap=True))
        for place, change in enumerate(scenario.changes):
            text = change_text(change)
            out = icon_button("x", _("Take out: {what}").format(what=text), partial(self.taken_out.emit, place))
            row = line(label(text, wrap=True), out, spacing=2)
            row.setStretch(0, 1)
            self._changes.addLayout(row)

    def show_short(self, scenario: Scenario, short: Mapping[int, int]) -> None:
        """What the scenario takes away and the project has not."""
        said = []
        for place, lacking in short.items():
            there = -scenario.changes[place].count - lacking
            text = ngettext("Only {n} like this is planned: {what}", "Only {n} like this are planned: {what}", there)
            said.append(text.format(n=number(there), what=change_text(scenario.changes[place])))
        self.short.say("\n".join(said))

    def _rename(self) -> None:
        name = clean(self.name.text())
        if not name:
            self.name.setText(self._name)
        elif name != self._name:
            self._name = name
            self.renamed.emit(name)

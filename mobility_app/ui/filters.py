"""The chips above the mobilities: choices with their counts, quick filters, and what a figure brought along."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from mobility_app.core.wanted import CHIPS, CHOICES, QUICK, Wanted
from mobility_app.fields import ACTIVITIES, STAGES, choice_title
from mobility_app.i18n import _, country_name, number, render
from mobility_app.store import lists, queries
from mobility_app.ui.buttons import button
from mobility_app.ui.chips import ChoiceChip, Flow, chip
from mobility_app.ui.desk import Desk


class FilterBar(QWidget):
    """`wanted_changed` tells the new wishes (but for the search field, which is the window's)."""

    wanted_changed = Signal(object)

    def __init__(self, desk: Desk, save: Callable[[], object]) -> None:
        super().__init__()
        self._desk = desk
        self._wanted = Wanted()
        self.choices = {
            "countries": ChoiceChip(_("Country")),
            "stages": ChoiceChip(_("Stage")),
            "senders": ChoiceChip(_("School")),
            "activities": ChoiceChip(_("Activity")),
        }
        self.quick = {key: chip(_(title)) for key, (title, _filters) in QUICK.items()}
        self.selection = chip("")
        self.clear = button(_("Show all"), lambda: self._tell(Wanted()), role="link")
        self.save = button(_("Save this view…"), save, role="link", icon="bookmark")
        lay = Flow(self)
        for each in (*self.choices.values(), *self.quick.values(), self.selection, self.clear, self.save):
            lay.addWidget(each)
        for name, choice in self.choices.items():
            choice.changed.connect(lambda codes, name=name: self._tell(replace(self._wanted, **{name: codes})))
        for key, each_quick in self.quick.items():
            each_quick.clicked.connect(lambda _checked=False, key=key: self._tell(self._wanted.toggled(key)))
        self.selection.clicked.connect(
            lambda _checked=False: self._tell(replace(self._wanted, ids=(), title="", month=""))
        )
        self.show_wanted(Wanted())

    def show_wanted(self, wanted: Wanted) -> None:
        """Shows wishes without telling anybody."""
        self._wanted = wanted
        for name, made in self.choices.items():
            made.choose(getattr(wanted, name), tell=False)
        for key, each in self.quick.items():
            each.setChecked(key in wanted.quick)
            each.setVisible(key in CHIPS or key in wanted.quick)
        title = _month_title(wanted.month) if wanted.month else render(wanted.title) if wanted.ids else ""
        _say(self.selection, f"{title}  ×" if title else "")
        self.selection.setVisible(bool(title))
        self.selection.setChecked(True)
        narrowed = wanted != Wanted(search=wanted.search)
        self.clear.setVisible(narrowed)
        self.save.setVisible(narrowed and not wanted.ids)

    def refresh(self) -> None:
        """Brings the choices of the menus, with their counts, up to date."""
        project, today = self._desk.project_id, self._desk.today

        def work(s):
            counts = {
                name: queries.count_by(s, field, project_id=project, today=today) for name, field in CHOICES.items()
            }
            return counts, dict(lists.senders(s, project))

        self._desk.read(self, work, lambda found: self._offer(*found))

    def _offer(self, counts: dict[str, dict], senders: dict[str, str]) -> None:
        names = {
            "countries": country_name,
            "stages": lambda code: _(choice_title(STAGES, code)),
            "activities": lambda code: _(choice_title(ACTIVITIES, code)),
            "senders": lambda code: senders.get(code, ""),
        }
        order = [choice.code for choice in STAGES]
        for name, made in self.choices.items():
            offered = [(code, names[name](code), count) for code, count in counts[name].items() if code]
            offered.sort(key=lambda item: (order.index(item[0]), "") if name == "stages" else (-item[2], item[1]))
            made.offer([(code, f"{title} ({number(count)})") for code, title, count in offered])
            made.choose(getattr(self._wanted, name), tell=False)

    def _tell(self, wanted: Wanted) -> None:
        self.show_wanted(wanted)
        self.wanted_changed.emit(wanted)


def _month_title(month: str) -> str:
    year, number_ = month.split("-")
    return _("Departures {month}/{year}").format(month=number_, year=year)


def _say(made: QPushButton, text: str) -> None:
    made.setText(text.replace("&", "&&"))
    made.setAccessibleName(text)

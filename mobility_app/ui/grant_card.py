"""The grant of one mobility, line by line, each with the sentence that one can check by hand; planned beside actual."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from mobility_app.actions import mobilities
from mobility_app.core.facts import USABLE_STATES, GrantLine, MobilityRow
from mobility_app.core.lines import OF_A_STAY, TITLES
from mobility_app.core.settlement import Settlement
from mobility_app.fields import Field
from mobility_app.i18n import N_, _, date, money, render
from mobility_app.jobs.stay_money import StayMoney
from mobility_app.store.database import Session
from mobility_app.store.hand_lines import HandLine
from mobility_app.store.journal import Label
from mobility_app.ui.buttons import link, menu, menu_button, set_menu
from mobility_app.ui.cards import Card, amount, column, empty, line, rule
from mobility_app.ui.desk import Desk
from mobility_app.ui.entry_form import EntryForm
from mobility_app.ui.labels import label

FIELDS = (
    (Field("cents", N_("Amount"), "money", "mobility", length=20),),
    (Field("reason", N_("Reason"), "text", "mobility", length=300),),
)


class GrantCard(Card):
    """`form` is open while she sets a line herself; removing it there gives the computed amount back."""

    def __init__(self, desk: Desk) -> None:
        self._total = amount("", "heading")
        super().__init__(_("Grant"), corner=self._total)
        self._desk = desk
        self._row: MobilityRow | None = None
        self._money: StayMoney | None = None
        self._key = ""
        self._lines, self._actual = column(spacing=0), column(spacing=2)
        self._note = label("", "small", wrap=True)
        self._what = label("", "strong", wrap=True)
        self.form = EntryForm(FIELDS)
        self.form.saved.connect(self._save)
        self.form.removed.connect(lambda: self._set(None, ""))
        self.form.closed.connect(self._close)
        self.set_button = menu_button(_("Set an amount by hand"), [], icon="pencil")
        for each in (self._lines, self._actual, self._what, self.form, line(self.set_button, None), self._note):
            self.add(each)
        self._close()

    def show_money(self, found: StayMoney, row: MobilityRow) -> None:
        """What stands in the file; another mobility lets go of what was being typed."""
        if self._row is None or self._row.id != row.id:
            self._close()
        self._row, self._money = row, found
        grant = found.grant
        empty(self._lines)
        for each in grant.lines:
            self._lines.addLayout(self._line(each))
            self._lines.addWidget(rule())
        if grant.total is not None:
            self._total.setText(money(grant.total))
        elif grant.known_total:
            self._total.setText(_("at least {amount}").format(amount=money(grant.known_total)))
        else:
            self._total.setText(_("unknown"))
        self._show_actual(found.settled)
        self._offer(found)
        self._show_notes(found, row)

    def _line(self, found: GrantLine) -> QVBoxLayout:
        made = grant_line(found)
        assert self._money is not None
        if own := self._money.by_hand.get(found.key):
            made.addWidget(label(self._beside(found.key, own), "small", wrap=True))
            what = _("Change: {what}").format(what=render(found.title))
            made.addWidget(
                link(_("Change or give the computed amount back"), partial(self.begin, found.key), name=what)
            )
        return made

    def _beside(self, key: str, own: HandLine) -> str:
        """The computed figure, and who set the other."""
        assert self._money is not None
        reckoned = self._money.computed.get(key)
        said = _("set by {who} on {day}").format(who=own.who, day=date(own.at))
        if reckoned is None:
            return _("No computed amount; {said}.").format(said=said)
        return _("Computed: {amount}; {said}.").format(amount=money(reckoned.amount), said=said)

    def _show_actual(self, settled: Settlement) -> None:
        """Planned beside actual, once the actual dates change something."""
        empty(self._actual)
        if settled.actual is None or not settled.lines:
            return
        self._actual.addWidget(label(_("Planned and actual"), "strong"))
        self._actual.addWidget(label(render(settled.sentence), "small", wrap=True))
        for each in settled.lines:
            figures = f"{money(each.planned)} → {money(each.actual)}"
            row = line(label(render(each.title), "small", wrap=True), amount(figures, "small"))
            row.setStretch(0, 1)
            self._actual.addLayout(row)
        self._actual.addWidget(rule())

    def _show_notes(self, found: StayMoney, row: MobilityRow) -> None:
        notes = [_("Paid so far: {amount}").format(amount=money(row.paid))] if row.paid else []
        lines = found.grant.lines
        sources = dict.fromkeys(each.source for each in lines if each.source and each.state in USABLE_STATES)
        sources = {key: None for key in sources if key not in {own.reason for own in found.by_hand.values()}}
        notes += [_("Source: {source}").format(source=_(source)) for source in sources]
        self._note.setText("\n".join(notes))
        self._note.setVisible(bool(notes))

    # Setting a line by hand

    def _offer(self, found: StayMoney) -> None:
        """The lines of the grant first, then those that it has not."""
        present = [each.key for each in found.grant.lines]
        keys = [*present, *(key for key in OF_A_STAY if key not in present)]
        entries = [(render(TITLES[key]), partial(self.begin, key)) for key in keys if key in TITLES]
        set_menu(self.set_button, menu(entries, self.set_button))

    def begin(self, key: str) -> None:
        assert self._money is not None
        own, reckoned = self._money.by_hand.get(key), self._money.computed.get(key)
        self._key = key
        self._what.setText(render(TITLES[key]))
        cents = own.cents if own else reckoned.amount if reckoned else None
        self._what.show()
        self.form.show()
        self.set_button.hide()
        self.form.begin({"cents": cents, "reason": own.reason if own else None}, known=own is not None)

    def _close(self) -> None:
        self._what.hide()
        self.form.hide()
        self.set_button.show()

    def _save(self, values: dict[str, Any]) -> None:
        if values["cents"] is None:
            self.form.trouble.say(_("Type the amount; to give the computed one back, remove this one."))
            return
        self._set(values["cents"], values["reason"] or "")

    def _set(self, cents: int | None, reason: str) -> None:
        row, key = self._row, self._key
        if row is None:
            return

        def act(s: Session) -> None:
            mobilities.set_grant_line(s, row.id, key, cents, reason)

        step = Label(N_("grant of {name} set by hand"), table="mobility", id=row.id)
        if cents is None:
            step = Label(N_("grant of {name} computed again"), table="mobility", id=row.id)
        self._desk.write(self, step, act, lambda _done: self._close(), self.form.trouble.refuse)


def grant_line(found: GrantLine) -> QVBoxLayout:
    """Title and amount, and below how it is computed."""
    figure = money(found.amount)
    head = line(label(render(found.title), wrap=True), amount(figure, "" if found.amount is not None else "muted"))
    head.setStretch(0, 1)
    return column(head, label(render(found.sentence), "small", wrap=True), margins=(0, 5, 0, 6), spacing=1)

"""Who pays one mobility beside the programme, and what its real cost leaves to the family."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from mobility_app.actions import accounts
from mobility_app.core.cost_shares import FUNDERS, CoFunded, Share
from mobility_app.core.facts import MobilityRow
from mobility_app.fields import Field, choice_title
from mobility_app.i18n import N_, _, money, render
from mobility_app.jobs.costs import StayCosts
from mobility_app.store.database import Session
from mobility_app.store.journal import Label
from mobility_app.store.schema import CoFunding
from mobility_app.ui.buttons import button, link
from mobility_app.ui.cards import Card, amount, column, empty, line, rule
from mobility_app.ui.desk import Desk
from mobility_app.ui.entry_form import EntryForm
from mobility_app.ui.labels import ElidedLabel, label
from mobility_app.ui.notices import Banner

FIELDS = (
    (
        Field("source", N_("Funder"), "choice", "mobility", choices=FUNDERS),
        Field("cents", N_("Amount"), "money", "mobility", length=20),
    ),
    (Field("note", N_("Note"), "text", "mobility", length=300),),
)


class CoFundingCard(Card):
    """`form` is open while a funder is added or changed; `excess` says when the stay is paid twice."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Co-funding"))
        self._desk = desk
        self._row: MobilityRow | None = None
        self._changing: CoFunded | None = None
        self.excess = Banner("", "warning")
        self.excess.hide()
        self._funders, self._sums = column(spacing=0), column(spacing=2)
        self.form = EntryForm(FIELDS)
        self.form.saved.connect(self._save)
        self.form.removed.connect(self.remove)
        self.form.closed.connect(self._close)
        self.add_button = button(_("Add a funder"), self.begin, icon="plus")
        for each in (self.excess, self._funders, self.form, line(self.add_button, None), self._sums):
            self.add(each)
        self._close()

    def show_costs(self, found: StayCosts, row: MobilityRow) -> None:
        """What stands in the file; another mobility lets go of what was being typed."""
        if self._row is None or self._row.id != row.id:
            self._close()
        self._row = row
        finding = found.finding
        self.excess.say(f"{render(finding.text)} {render(finding.remedy)}" if finding else "")
        empty(self._funders)
        for one in found.funded:
            self._funders.addLayout(self._line(one))
            self._funders.addWidget(rule())
        empty(self._sums)
        for title, cents in _sums(found.share):
            self._sums.addLayout(_sum(title, cents))

    def _line(self, one: CoFunded) -> QHBoxLayout:
        title = _(choice_title(FUNDERS, one.source))
        change = link(title, partial(self.begin, one), name=_("Change: {what}").format(what=title))
        made = line(change, ElidedLabel(one.note or "", "small"), amount(money(one.cents)), margins=(0, 3, 0, 3))
        made.setStretch(1, 1)
        return made

    # Changing

    def begin(self, one: CoFunded | None = None) -> None:
        self._changing = one
        values = {key: getattr(one, key) for key in self.form.editors} if one else {"source": FUNDERS[0].code}
        self.form.show()
        self.add_button.hide()
        self.form.begin(values, known=one is not None)

    def _close(self) -> None:
        self._changing = None
        self.form.hide()
        self.add_button.show()

    def _save(self, values: dict[str, Any]) -> None:
        one, row = self._changing, self._row
        if row is None:
            return
        values |= {"source": values["source"] or "", "cents": values["cents"] or 0, "note": values["note"] or ""}

        def act(s: Session) -> None:
            if one is None:
                accounts.co_fund(s, row.id, **values)
            else:
                accounts.change_co_funding(s, one.id, seen=one.version, **values)

        self._write(N_("co-funding of {name}"), row, act)

    def remove(self) -> None:
        """To the bin, undoable."""
        one, row = self._changing, self._row
        if one is not None and row is not None:
            act = partial(accounts.remove, kind=CoFunding, id_=one.id)
            self._write(N_("co-funding of {name} removed"), row, act)

    def _write(self, template: str, row: MobilityRow, act: Any) -> None:
        step = Label(template, table="mobility", id=row.id)
        self._desk.write(self, step, act, lambda _done: self._close(), self.form.trouble.refuse)


def _sums(share: Share) -> list[tuple[str, int | None]]:
    """The arithmetic that one can check by hand, from the real cost to what is still to be found."""
    others = [(_("Region"), share.region), (_("OPCO"), share.opco), (_("Other funders"), share.others)]
    found = [
        (_("Real cost"), share.cost),
        (_("Erasmus+ grant"), share.grant),
        *((title, cents) for title, cents in others if cents),
        (_("Family’s share"), share.family),
    ]
    if share.given:
        found.append((_("Given by the family"), share.given))
    if share.open is not None and share.open < 0:
        found.append((_("Covered beyond"), -share.open))
    elif share.given:
        found.append((_("Still to be found"), share.open))
    return found


def _sum(title: str, cents: int | None) -> QHBoxLayout:
    made = line(label(title, "muted"), amount(money(cents), "muted" if cents is None else ""))
    made.setStretch(0, 1)
    return made

"""The chosen member at the right of the table: its balance, its transfers, its statement on paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mobility_app.actions import members
from mobility_app.core.account_papers import Transferred
from mobility_app.core.members import Statement
from mobility_app.i18n import N_, _, money, ngettext, number
from mobility_app.store.database import Session
from mobility_app.store.journal import Label
from mobility_app.ui import statement_files
from mobility_app.ui.buttons import button, icon_button, primary
from mobility_app.ui.cards import Card, Facts, amount, column, line
from mobility_app.ui.chips import Flow
from mobility_app.ui.desk import Desk
from mobility_app.ui.joining import JOINING
from mobility_app.ui.labels import ElidedLabel, label, set_role
from mobility_app.ui.member_lines import shown, why_unknown
from mobility_app.ui.notices import InlineMessage
from mobility_app.ui.transfers_card import TransfersCard

SUMS = (
    ("grants", N_("Grants of the participants")),
    ("support", N_("Organisational support")),
    ("sent", N_("Sent")),
    ("certified", N_("Certified")),
    ("recovered", N_("Sent back")),
    ("to_return", N_("To return")),
)
LEAVING = N_("{name} is no member any more")


class MemberPane(QWidget):
    """`closed` tells that she is done with it."""

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._one: Statement | None = None
        self.name = ElidedLabel("", "heading")
        self.what = label("", "muted", wrap=True)
        self.doubt, self.trouble = InlineMessage("warning"), InlineMessage()
        self._facts = Facts(180)
        self.sums = {key: amount("") for key, _title in SUMS}
        for key, title in SUMS:
            self._facts.add(_(title), self.sums[key])
        self.pdf, self.excel = (
            button(_("Statement ({kind})").format(kind=kind), partial(self._write, ending), icon=icon)
            for kind, ending, icon in (("PDF", ".pdf", "printer"), ("Excel", ".xlsx", "file-spreadsheet"))
        )
        statement = Flow(spacing=8)
        statement.addWidget(self.pdf)
        statement.addWidget(self.excel)
        self.join = primary(_("Make it a member"), self._join)
        self.leave = icon_button("user-x", _("Remove from the consortium"), self._leave)
        head = Card()
        top = line(self.name, self.leave, icon_button("x", _("Close the pane"), self.closed.emit), spacing=4)
        top.setStretch(0, 1)
        said = (self.what, self.trouble, self.doubt)
        for each in (top, *said, self._facts, statement, line(self.join, None)):
            head.add(each)
        self.transfers = TransfersCard(desk)
        self.setLayout(column(head, self.transfers, None, spacing=10))

    def show_member(self, one: Statement, transfers: Sequence[Transferred]) -> None:
        self._one = one
        self.trouble.say("")
        member = one.member
        self.name.say(member.name)
        self.what.setText(_describe(one))
        self.doubt.say(_doubt(one))
        for key, text in (
            (
                "grants",
                money(one.grants) if not one.incomplete else _("at least {amount}").format(amount=money(one.grants)),
            ),
            ("support", shown(one.support)),
            ("sent", money(member.transferred)),
            ("certified", money(member.certified)),
            ("recovered", money(member.recovered)),
            ("to_return", shown(one.to_return)),
        ):
            self.sums[key].setText(text)
        set_role(self.sums["to_return"], "danger" if one.to_return else "strong")
        for each in (self.transfers, self.leave):
            each.setVisible(member.joined)
        self.join.setVisible(not member.joined)
        self.transfers.show_transfers(member.organisation_id, transfers)

    def _write(self, ending: str) -> None:
        if self._one is not None:
            statement_files.ask(self, self._desk, ending, self._one.member)

    def _join(self) -> None:
        self._change(JOINING, members.change)

    def _leave(self) -> None:
        """Undoable; refused in words while it has transfers."""
        self._change(LEAVING, members.remove)

    def _change(self, step: str, act: Callable[[Session, str, str], object]) -> None:
        project, one = self._desk.project_id, self._one
        if project and one is not None:
            school = one.member.organisation_id
            label_ = Label(step, table="organisation", id=school)
            self._desk.write(self, label_, lambda s: act(s, project, school), failed=self.trouble.refuse)


def _describe(one: Statement) -> str:
    """Its places, in words."""
    used = ngettext("{n} place used", "{n} places used", one.used_places).format(n=number(one.used_places))
    if not one.member.joined:
        return f"{used} · {_('no member of the consortium yet')}"
    if one.member.places is None:
        return f"{used} · {_('none was allotted')}"
    return f"{used} · {_('{n} allotted').format(n=number(one.member.places))}"


def _doubt(one: Statement) -> str:
    """What keeps the sums from being right."""
    if one.used is None:
        return why_unknown(one)
    if one.member.certified and one.member.certified > one.used:
        return _("Certified {certified}, more than the {used} planned here: compare the two.").format(
            certified=money(one.member.certified), used=money(one.used)
        )
    return ""

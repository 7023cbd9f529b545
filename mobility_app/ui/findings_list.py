"""The findings on one record: what deserves a look, what to do, and her answers."""

from __future__ import annotations

import datetime as dt
from functools import partial

from PySide6.QtWidgets import QFrame, QWidget

from mobility_app.actions import answers
from mobility_app.core.facts import Finding
from mobility_app.i18n import N_, _, ngettext, render
from mobility_app.store.journal import Label
from mobility_app.ui.buttons import link, menu_button
from mobility_app.ui.cards import column, empty, line
from mobility_app.ui.desk import Desk
from mobility_app.ui.dialogs import ask_day, ask_text
from mobility_app.ui.labels import label
from mobility_app.ui.pills import SEVERITY_TONES

ANSWERS = {
    "not_applicable": N_("Not applicable"),
    "postponed": N_("Postponed"),
    "accepted": N_("Accepted with a reason"),
}


class FindingsList(QWidget):
    """Open findings as coloured notes with their answers; the answered ones behind a line that unfolds."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._open = column(spacing=6)
        self._answered = QWidget()
        self._answered_rows = column(spacing=4)
        self._answered.setLayout(self._answered_rows)
        self._answered.hide()
        self.more = link("", self._toggle)
        self.setLayout(column(self._open, self.more, self._answered, spacing=6))

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        empty(self._open)
        empty(self._answered_rows)
        done = [finding for finding in findings if finding.answer]
        for finding in findings:
            if not finding.answer:
                self._open.addWidget(self._note(finding))
        for finding in done:
            text = f"{render(finding.text)} — {_(ANSWERS[finding.answer])}"
            back = link(_("Take back"), partial(self._answer, finding, ""))
            each = line(label(text, "small", wrap=True), back)
            each.setStretch(0, 1)
            self._answered_rows.addLayout(each)
        self.more.setText(ngettext("{n} answered", "{n} answered", len(done)).format(n=len(done)))
        self.more.setAccessibleName(self.more.text())
        self.more.setVisible(bool(done))
        self._answered.setVisible(self._answered.isVisible() and bool(done))
        self.setVisible(bool(findings))

    def _note(self, finding: Finding) -> QFrame:
        note = QFrame()
        note.setProperty("role", "notice")
        note.setProperty("tone", SEVERITY_TONES[finding.severity])
        text = label(render(finding.text), "strong", wrap=True)
        remedy = label(render(finding.remedy), wrap=True)
        answer = menu_button(
            _("Answer…"),
            [
                (_("Not applicable"), lambda: self._answer(finding, "not_applicable")),
                (_("Postpone until…"), lambda: self._postpone(finding)),
                (_("Accept with a reason…"), lambda: self._accept(finding)),
            ],
            role="link",
        )
        answer.setAccessibleName(_("Answer: {what}").format(what=text.text()))
        note.setLayout(column(text, remedy, line(answer, None), margins=(10, 8, 10, 6), spacing=2))
        note.setAccessibleName(text.text())
        return note

    def _toggle(self) -> None:
        self._answered.setVisible(not self._answered.isVisible())

    def _postpone(self, finding: Finding) -> None:
        until = ask_day(self, _("Postpone"), _("Postpone until"), accept=_("Postpone"), note=render(finding.text))
        if until:
            self._answer(finding, "postponed", until=until)

    def _accept(self, finding: Finding) -> None:
        reason = ask_text(self, _("Accept with a reason"), _("Reason"), accept=_("Accept"), note=render(finding.text))
        if reason:
            self._answer(finding, "accepted", reason=reason)

    def _answer(self, finding: Finding, answer: str, *, reason: str = "", until: dt.date | None = None) -> None:
        step = Label(N_("answer about {name}"), table="mobility", id=finding.id)
        self._desk.write(
            self,
            step,
            lambda s: answers.answer(s, [(finding.id, finding.code)], answer, reason=reason, until=until),
        )

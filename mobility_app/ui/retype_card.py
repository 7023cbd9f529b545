"""One form of the module, field by field in its order: each value with a button that copies it."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from mobility_app.core.beneficiary import retyping
from mobility_app.core.beneficiary.retyping import SCREENS, Entry, Value
from mobility_app.i18n import _, date
from mobility_app.jobs import retyping as job
from mobility_app.ui.buttons import button, icon_button
from mobility_app.ui.cards import Card, Facts, column, line, scrolled
from mobility_app.ui.labels import ElidedLabel, label
from mobility_app.ui.notices import InlineMessage
from mobility_app.ui.retype_lines import RetypeRow


class RetypeCard(Card):
    """`copied` says what lies on the clipboard."""

    def __init__(self) -> None:
        super().__init__()
        self._row: RetypeRow | None = None
        self.name = ElidedLabel("", "heading")
        self.of_screen = label("", "muted")
        self.facts = Facts(150)
        self.hint = InlineMessage("small")
        self.copied = ElidedLabel("", "small")
        self.copy_row = button(_("Copy the row"), self._copy_row, icon="copy")
        self.copy_buttons: dict[str, QWidget] = {}
        inside = QWidget()
        inside.setLayout(column(self.facts, self.hint, None, spacing=8))
        foot = line(self.copied, self.copy_row)
        foot.setStretch(0, 1)
        for each in (column(self.of_screen, self.name, spacing=2), scrolled(inside), foot):
            self.add(each)
        self.body.setStretch(1, 1)
        self.show_row(None)

    def show_row(self, row: RetypeRow | None) -> None:
        if self._row is None or row is None or row.id != self._row.id:
            self.copied.say("")
        self._row = row
        self.facts.clear()
        self.copy_buttons = {}
        self.copy_row.setEnabled(bool(row and row.record))
        self.name.say(row.name if row else _("No form chosen"))
        self.of_screen.setText(_(SCREENS[row.screen]) if row else "")
        self.hint.say(_note(row) if row else _("Choose a line at the left: its fields are shown here, ready to copy."))
        if row is None or row.record is None:
            return
        changes = retyping.changes(row.record, row.tick)
        for entry in row.record.entries:
            self.facts.add(_(entry.title), self._field(entry, changes))

    def _field(self, entry: Entry, changes: dict[str, Value]) -> QWidget:
        title, text = _(entry.title), job.shown(entry.kind, entry.value)
        value = label(text or _("unknown"), "" if text else "muted", wrap=True, selectable=True)
        value.setAccessibleName(_("{name}: {value}").format(name=title, value=value.text()))
        copy = icon_button("copy", _("Copy: {field}").format(field=title), lambda: self._copy(job.copied(entry)))
        copy.setEnabled(bool(text))
        self.copy_buttons[entry.key] = copy
        change = InlineMessage("warning")
        if entry.key in changes:
            change.say(job.change_said(entry, changes[entry.key]))
        made = QWidget()
        lay = line(column(value, change, spacing=1), copy, spacing=6)
        lay.setStretch(0, 1)
        made.setLayout(lay)
        return made

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.copied.say(_("Copied: {text}").format(text=text))

    def _copy_row(self) -> None:
        if self._row is not None and self._row.record is not None:
            self._copy(job.row_copied(self._row.record))


def _note(row: RetypeRow) -> str:
    if row.state == "gone" and row.tick is not None:
        return _(
            "Entered there on {day}, and here no more: delete it in the module, then take it off this list."
        ).format(day=date(row.tick.on))
    if row.screen == "opportunities":
        return _("The module also asks how many by main reason. No reason is kept here: count them with the schools.")
    if row.screen == "targets":
        return _("The indicative figures, as they are typed under “Targets” of the page Budget and payments.")
    return ""

"""A message ready to go: recipients, subject and text to copy, to open in her mail program, or to reword and keep."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QStackedLayout, QWidget

from mobility_app.core.mailing import Message, mailto, unknown_fields
from mobility_app.i18n import _
from mobility_app.ui.buttons import button, icon_button, primary
from mobility_app.ui.cards import column, line
from mobility_app.ui.labels import ElidedLabel, label, tip
from mobility_app.ui.notices import InlineMessage


class MessageCard(QWidget):
    """`draft_asked` wants the draft, `kept` carries her subject and text, `restored` wants the program's words."""

    draft_asked = Signal()
    kept = Signal(str, str)
    restored = Signal()

    def __init__(self, fields: Sequence[str], known: Sequence[str]) -> None:
        """`fields` are the names that a text may hold in braces, `known` all that are understood."""
        super().__init__()
        self._known, self._message = tuple(known), Message("", "")
        self._faces = QStackedLayout(self)
        self._faces.addWidget(self._ready())
        self._faces.addWidget(self._wording(fields))

    def _ready(self) -> QWidget:
        self.to, self.subject = ElidedLabel(), ElidedLabel("", "strong")
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(_("Text of the message"))
        self.note, self.copied = InlineMessage("warning"), ElidedLabel("", "small")
        self.copy_to = icon_button(
            "copy", _("Copy the recipients"), lambda: self._copy("; ".join(self._message.recipients))
        )
        self.copy_subject = icon_button("copy", _("Copy the subject"), lambda: self._copy(self._message.subject))
        self.copy_text = button(_("Copy the text"), lambda: self._copy(self._message.text), icon="copy")
        self.reword = button(_("Reword…"), self._begin, icon="pencil")
        self.link = button(_("Open in the mail program"), self._open)
        self.draft = primary(_("Draft (.eml)…"), self.draft_asked.emit, icon="mail")
        made = QWidget()
        lay = column(
            _titled(_("Recipients"), self.to, self.copy_to),
            _titled(_("Subject"), self.subject, self.copy_subject),
            self.text,
            self.note,
            line(self.copy_text, self.reword, self.copied),
            line(None, self.link, self.draft),
        )
        lay.setStretch(2, 1)
        made.setLayout(lay)
        return made

    def _wording(self, fields: Sequence[str]) -> QWidget:
        self.subject_edit, self.text_edit = QLineEdit(), QPlainTextEdit()
        self.subject_edit.setAccessibleName(_("Subject"))
        self.subject_edit.setMaxLength(120)
        self.text_edit.setAccessibleName(_("Text of the message"))
        self.text_edit.setTabChangesFocus(True)
        named = ", ".join(f"{{{name}}}" for name in fields)
        hint = label(_("Replaced in each message: {fields}").format(fields=named), "small", wrap=True)
        self.trouble = InlineMessage("warning")
        for edit in (self.subject_edit.textChanged, self.text_edit.textChanged):
            edit.connect(self._look)
        self.keep = primary(_("Keep these words"), self._keep)
        made = QWidget()
        lay = column(
            self.subject_edit,
            self.text_edit,
            hint,
            self.trouble,
            line(
                button(_("The program's words"), self._restore),
                None,
                button(_("Cancel"), self.leave_words),
                self.keep,
            ),
        )
        lay.setStretch(1, 1)
        made.setLayout(lay)
        return made

    # What the page calls

    def show_message(self, message: Message, words: tuple[str, str], note: str = "", *, writes: bool = True) -> None:
        """`words` are its subject and text with their fields; `note` what she has to know before it goes."""
        if message != self._message:
            self.copied.say("")
        self._message, self._words = message, words
        self.to.say(", ".join(message.recipients) or _("no address"))
        self.subject.say(message.subject)
        if self.text.toPlainText() != message.text:
            self.text.setPlainText(message.text)
        self.note.say(note)
        somebody, link = bool(message.recipients), mailto(message)
        self.copy_to.setEnabled(somebody)
        self.link.setEnabled(bool(link))
        tip(self.link, "" if link else _("Too long for a link: use the draft, or copy the text."))
        self.draft.setEnabled(bool(message.text))
        self.reword.setEnabled(writes)

    def leave_words(self) -> None:
        """Shows the message again; what she was rewording is let go."""
        self._faces.setCurrentIndex(0)

    # Acting

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.copied.say(_("Copied"))

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl(mailto(self._message), QUrl.ParsingMode.StrictMode))

    def _begin(self) -> None:
        subject, text = self._words
        self.subject_edit.setText(subject)
        self.text_edit.setPlainText(text)
        self._look()
        self._faces.setCurrentIndex(1)
        self.text_edit.setFocus()

    def _look(self) -> None:
        names = unknown_fields(f"{self.subject_edit.text()}\n{self.text_edit.toPlainText()}", self._known)
        said = ", ".join(f"{{{name}}}" for name in names)
        self.trouble.say(_("Not replaced, sent as it stands: {fields}").format(fields=said) if names else "")
        self.keep.setEnabled(bool(self.subject_edit.text().strip() and self.text_edit.toPlainText().strip()))

    def _keep(self) -> None:
        self.leave_words()
        self.kept.emit(self.subject_edit.text(), self.text_edit.toPlainText())

    def _restore(self) -> None:
        self.leave_words()
        self.restored.emit()


def _titled(title: str, shown: QWidget, copy: QWidget) -> QWidget:
    name = label(title, "muted")
    name.setFixedWidth(86)
    made = QWidget()
    lay = line(name, shown, copy)
    lay.setStretch(1, 1)
    made.setLayout(lay)
    return made

"""A new mobility: the few facts to begin with; everything else may come later."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mobility_app.actions import mobilities, organisations, participants
from mobility_app.fields import BY_KEY
from mobility_app.i18n import N_, _
from mobility_app.store.database import Session
from mobility_app.store.journal import Label
from mobility_app.ui.buttons import button, icon_button, primary
from mobility_app.ui.cards import Card, column, line, scrolled
from mobility_app.ui.desk import Desk
from mobility_app.ui.editors import Editor, read_all
from mobility_app.ui.labels import label
from mobility_app.ui.notices import InlineMessage

PERSON = ("last_name", "first_name", "birth_date", "status", "email")
STAY = ("sending_organisation", "activity", "country", "town", "host", "start", "end")


class AddPane(QWidget):
    """Only the two names are needed; `added` tells the id of the new mobility."""

    added = Signal(str)
    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.editors: dict[str, Editor] = {}

    def _build(self) -> None:
        """Makes the form when it is first asked for."""
        card = Card(_("New mobility"), corner=icon_button("x", _("Close"), self.closed.emit))
        for key in (*PERSON, *STAY):
            editor = Editor(BY_KEY[key])
            caption = label(_(BY_KEY[key].title), "small")
            caption.setBuddy(editor)
            card.add(column(caption, editor, spacing=2))
            self.editors[key] = editor
        self.trouble = InlineMessage()
        self.save_button = primary(_("Add"), self.save)
        foot = Card()  # in sight however long the form is
        foot.add(self.trouble)
        foot.add(line(None, button(_("Cancel"), self.closed.emit), self.save_button))
        whole = QWidget()
        whole.setLayout(column(card, None))
        lay = column(scrolled(whole), foot, spacing=8)
        lay.setStretch(0, 1)
        self.setLayout(lay)

    def begin(self) -> None:
        """An empty form; school and activity stay from the one before, as they are often the same."""
        if not self.editors:
            self._build()
        for key, editor in self.editors.items():
            if key not in ("sending_organisation", "activity", "status"):
                editor.forget()
                editor.set_value(None)
        self.trouble.say("")
        self.editors["last_name"].control.setFocus()

    def save(self) -> None:
        project = self._desk.project_id
        values = read_all(self.editors)
        if values is None:
            return
        if project is None:
            self.trouble.say(_("There is no project yet: bring in a table first."))
            return
        if not (values["last_name"] and values["first_name"]):
            self.trouble.say(_("A person needs a last and a first name."))
            return
        self._desk.write(
            self, Label(N_("new mobility")), lambda s: _add(s, project, values), self._added, self.trouble.refuse
        )

    def _added(self, record: str) -> None:
        self.added.emit(record)


def _add(s: Session, project_id: str, values: dict) -> str:
    person = {key: values[key] for key in PERSON}
    school = values["sending_organisation"]
    if school:
        person["organisation_id"] = organisations.find_or_add(s, "sender", school)
    participant = participants.add(s, **person)
    return mobilities.add(s, project_id, participant, **{key: values[key] for key in STAY if values[key] is not None})

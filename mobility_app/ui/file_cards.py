"""The cards of this computer and this file: language and theme, where the file is, how safe it is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from mobility_app.i18n import _, current, ngettext, number
from mobility_app.store import backup
from mobility_app.ui import places, tasks, theme
from mobility_app.ui.buttons import button
from mobility_app.ui.cards import Card, Facts, line
from mobility_app.ui.chips import Segments
from mobility_app.ui.desk import Desk
from mobility_app.ui.labels import label, set_role
from mobility_app.ui.remembered import recall, remember


class LooksCard(Card):
    """Language and theme of this computer; both at once, both remembered."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(_("On this computer"), parent=parent)
        self._desk = desk
        self.language = Segments(_("Language"), [("fr", "Français"), ("en", "English")])
        self.language.choose(current())
        self.language.changed.connect(self._speak)
        self.theme = Segments(_("Theme"), [("system", _("As the system")), ("light", _("Light")), ("dark", _("Dark"))])
        self.theme.choose(str(recall("theme", "system")))
        self.theme.changed.connect(self._dress)
        facts = Facts(104)
        facts.add(_("Language"), self.language)
        facts.add(_("Theme"), self.theme)
        self.add(facts)

    def _speak(self, language: str) -> None:
        remember("language", language)
        self._desk.language_chosen.emit(language)

    def _dress(self, choice: str) -> None:
        remember("theme", choice)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, choice)


@dataclass(frozen=True)
class Copies:
    """The verified copies of a file: how many, when the last was made (local time), in which folder."""

    count: int
    last: dt.datetime | None
    folder: Path | None


def ask_copies(path: Path) -> Copies:
    found = backup.copies(path)
    last = found[0] if found else None
    at = last.time.replace(tzinfo=dt.UTC).astimezone() if last else None
    return Copies(len(found), at, last.path.parent if last else None)


class FileCard(Card):
    """Where the data is, and the last copy that was proved whole."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(_("Tracking file"), parent=parent)
        self._desk = desk
        self._folder: Path | None = None
        self.where = label("", wrap=True, selectable=True)
        self.state = label("", wrap=True)
        self.last = label("", wrap=True)
        facts = Facts(104)
        facts.add(_("Place"), self.where)
        facts.add(_("State"), self.state)
        facts.add(_("Last copy"), self.last)
        self.add(facts)
        self.back_up_button = button(_("Make a copy now"), self.back_up, icon="circle-check")
        self.folder_button = button(_("Open the folder of copies"), self._open_folder, icon="folder-open")
        self.add(line(self.back_up_button, self.folder_button, None))
        self.add(
            label(
                _("A copy is checked row by row when it is made: on closing, before an import, and when you ask."),
                "small",
                wrap=True,
            )
        )

    def refresh(self) -> None:
        path = self._desk.db.path
        self.where.setText(str(path) if path else _("On a server"))
        self.state.setText(_("Open for reading only") if self._desk.db.read_only else _("Saved at every change"))
        for each in (self.back_up_button, self.folder_button):
            each.setVisible(path is not None)
        if path is None:
            self.last.setText(_("Copies are made on the server."))
        else:
            tasks.run(self, lambda _p: ask_copies(path), self._show, lane="files")

    def _show(self, copies: Copies) -> None:
        self._folder = copies.folder
        self.folder_button.setEnabled(copies.folder is not None)
        if copies.last is None:
            set_role(self.last, "warning")
            self.last.setText(_("None yet: one is made on closing."))
            return
        set_role(self.last, "success")
        kept = ngettext("{n} copy kept", "{n} copies kept", copies.count).format(n=number(copies.count))
        self.last.setText(_("Checked on {when:%d/%m/%Y at %H:%M}").format(when=copies.last) + f" · {kept}")

    def back_up(self) -> None:
        """A verified copy, in the worker."""
        db = self._desk.db
        self.back_up_button.setEnabled(False)
        tasks.run(
            self,
            lambda _p: db.back_up("asked"),
            lambda _path: self._backed_up(),
            title=_("Copying the file"),
            lane="files",
        )

    def _backed_up(self) -> None:
        self.back_up_button.setEnabled(True)
        self.refresh()

    def _open_folder(self) -> None:
        if self._folder is not None:
            places.open_path(self._folder)

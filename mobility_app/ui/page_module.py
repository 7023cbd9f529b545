"""Module bénéficiaire: her file from the compulsory tool is filled in a copy, compared, adopted, its feedback read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QStackedWidget, QWidget

from mobility_app.core.beneficiary.comparison import Difference
from mobility_app.errors import UserError
from mobility_app.exchange.book import SUFFIXES
from mobility_app.files import safe_name
from mobility_app.i18n import _, ngettext, number
from mobility_app.jobs import beneficiary_module as job
from mobility_app.store.journal import Changes
from mobility_app.ui import icons, places, tasks
from mobility_app.ui.buttons import button
from mobility_app.ui.cards import column, empty, line
from mobility_app.ui.desk import Desk
from mobility_app.ui.desk_page import DeskPage
from mobility_app.ui.drop_zone import dropped_file
from mobility_app.ui.labels import label
from mobility_app.ui.module_chase import ChaseRoom
from mobility_app.ui.module_compare import CompareRoom
from mobility_app.ui.module_exchanged import ExchangedCard
from mobility_app.ui.module_feedback import FeedbackRoom
from mobility_app.ui.module_gesture import Gesture
from mobility_app.ui.module_prepare import PrepareRoom
from mobility_app.ui.module_retype import RetypeRoom
from mobility_app.ui.module_room import FILES
from mobility_app.ui.notices import Banner, EmptyState, undo_notice


class ModulePage(DeskPage):
    """`show_gesture(key)` brings one to the front; a file dropped anywhere on the page goes to the one in front."""

    key, icon = "module", "merge"
    tables = frozenset({"mobility", "participant", "organisation", "project", "rate"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setAcceptDrops(True)
        self._ours = False  # whether the change that is being told is the page's own
        self.prepare, self.compare, self.feedback = PrepareRoom(desk), CompareRoom(desk), FeedbackRoom(desk)
        self.retype, self.chase = RetypeRoom(desk), ChaseRoom(desk)
        self.prepare.copy_asked.connect(self._ask_copy)
        self.compare.adopt_asked.connect(self.adopt)
        rooms: tuple[Gesture, ...] = (self.prepare, self.compare, self.feedback, self.retype, self.chase)
        self.rooms: dict[str, Gesture] = {room.key: room for room in rooms}
        self.gestures = {room.key: self._gesture(room) for room in self.rooms.values()}
        self.exchanged = ExchangedCard(desk)
        self._notices = column()
        self._room = QStackedWidget()
        for room in self.rooms.values():
            room.said.connect(self._say)
            room.moved.connect(self._place_exchanged)
            self._room.addWidget(room)
        below = line(self._room, self.exchanged, spacing=12)
        below.setStretch(0, 5)
        below.setStretch(1, 2)
        inside = column(line(*self.gestures.values()), self._notices, below, spacing=10)
        inside.setStretch(2, 1)
        whole = QWidget()
        whole.setLayout(inside)
        nothing = EmptyState(
            "merge",
            _("No project chosen"),
            _("The module's file belongs to one project: choose it at the top, or bring in your Excel table."),
            [button(_("Open my Excel table"), lambda: desk.show("import"), icon="upload")],
        )
        self._faces = QStackedWidget()
        self._faces.addWidget(whole)
        self._faces.addWidget(nothing)
        self.setLayout(column(self._faces, margins=(16, 0, 16, 12)))
        self.show_gesture("prepare")

    def title(self) -> str:
        return _("Beneficiary Module")

    def _gesture(self, room: Gesture) -> QPushButton:
        made = QPushButton()
        made.setProperty("role", "counter")
        made.setProperty("tone", "neutral")
        made.setCheckable(True)
        made.setAutoDefault(False)
        made.setAccessibleName(room.title())
        drawing, words = QLabel(), label(room.title(), "strong")
        icons.dress(drawing, room.icon, "accent", 18)
        for each in (drawing, words):
            each.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        made.setLayout(line(drawing, words, None, margins=(14, 8, 14, 8)))
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        made.clicked.connect(lambda _checked=False: self.show_gesture(room.key))
        return made

    # Going about

    def show_gesture(self, key: str) -> None:
        for code, made in self.gestures.items():
            made.setChecked(code == key)
        self._room.setCurrentWidget(self.rooms[key])
        self._place_exchanged()
        self.rooms[key].freshen()

    def current_room(self) -> Gesture:
        return next(room for key, room in self.rooms.items() if self.gestures[key].isChecked())

    def opened(self) -> None:
        super().opened()
        self.current_room().freshen()

    def refresh(self) -> None:
        self._faces.setCurrentIndex(0 if self.desk.project else 1)
        self.exchanged.refresh()
        for room in self.rooms.values():
            room.ask_again()

    def _place_exchanged(self) -> None:
        """The list of files stands beside the place to drop one; an outcome needs the whole width."""
        resting = self.current_room().resting
        if self.exchanged.isHidden() == resting:
            self.exchanged.setVisible(resting)
        if resting and self.isVisible():
            self.exchanged.refresh()

    def bring_in(self, path: Path) -> None:
        """To the gesture in front; one that takes no file gives way to the comparison, which only reads."""
        if self.desk.project is None:
            return
        if not self.current_room().takes_files:
            self.show_gesture(self.compare.key)
        self.current_room().open_file(path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_file(event.mimeData(), SUFFIXES):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = dropped_file(event.mimeData(), SUFFIXES)
        if path is not None:
            event.acceptProposedAction()
            self.bring_in(path)

    # The filled copy

    def _ask_copy(self) -> None:
        template = self.prepare.path
        if template is None:
            return
        name = safe_name(_("{name} – filled").format(name=template.stem), template.suffix)
        path = places.ask_save(self, _("Save the filled copy"), name, (_(FILES[0]), (template.suffix,)), "module")
        if path is not None:
            self.write_copy(path)

    def write_copy(self, path: Path) -> None:
        """Writes the copy that was prepared; the BM IDs that it gives are one step of the dossier."""
        outcome, choices = self.prepare.outcome, dict(self.prepare.choices)
        assert outcome is not None
        db, today, prepared = self.desk.db, self.desk.today, outcome.prepared
        self._begin()
        self.prepare.wait()
        tasks.run(
            self,
            lambda _progress: job.save(db, prepared, path, today=today, choices=choices),
            lambda _done: self._copied(path, prepared),
            self._not_written,
            stopped=self._ended,
            title=_("Filling “{name}”").format(name=path.name),
            lane="files",
        )

    def _copied(self, path: Path, prepared: job.Prepared) -> None:
        self._ended()
        count, ids = len(prepared.plan.rows), len(prepared.plan.ids)
        text = ngettext("{n} mobility is in “{name}”.", "{n} mobilities are in “{name}”.", count)
        said = text.format(n=number(count), name=path.name)
        if ids:
            given = ngettext("{n} BM ID was given.", "{n} BM IDs were given.", ids).format(n=number(ids))
            said = f"{said} {given}"
        self._say(places.written_notice(said, path))

    # Adopting

    def adopt(self, differences: Sequence[Difference]) -> None:
        """Takes these values of the module as one step."""
        outcome = self.compare.outcome
        assert outcome is not None
        db, today, compared = self.desk.db, self.desk.today, outcome.compared
        self._begin()
        tasks.run(
            self,
            lambda _progress: job.adopt(db, compared, differences, today=today),
            self._adopted,
            self._not_written,
            title=_("Adopting values of the module"),
            lane="files",
        )

    def _adopted(self, count: int) -> None:
        self._ended()
        text = ngettext("{n} value of the module adopted.", "{n} values of the module adopted.", count)
        self._say(undo_notice(text.format(n=number(count)), self._undo))

    def _undo(self) -> None:
        self._begin()
        tasks.run(self, lambda _progress: self.desk.db.undo(), lambda _changes: self._undone(), self._not_written)

    def _undone(self) -> None:
        self._ended()
        self._say(Banner(_("Undone: the tracking file has its own values again."), "neutral", closable=True))

    # What the page says

    def _begin(self) -> None:
        self._ours = True
        self._say(None)

    def _ended(self) -> None:
        self._ours = False
        self.current_room().ask_if_idle()

    def _not_written(self, error: BaseException) -> None:
        self._ended()
        if not isinstance(error, UserError):
            raise error
        self._say(Banner(str(error), "danger", closable=True))

    def _changed(self, changes: Changes) -> None:
        """Once anything else was written, “undo” would mean that: the button goes."""
        if not self._ours and changes.touched(*self.tables):
            self._say(None)
        for room in self.rooms.values():
            if changes.touched(*room.tables):
                room.ask_again()
        if changes.touched("setting"):
            self.exchanged.refresh()

    def _say(self, banner: Banner | None) -> None:
        empty(self._notices)
        if banner is not None:
            self._notices.addWidget(banner)

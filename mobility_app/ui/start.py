"""The beginning: three large choices, recent files, and from there the window on a tracking file."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from types import ModuleType

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTimer, QTranslator
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from mobility_app import i18n
from mobility_app.exchange.book import SUFFIXES
from mobility_app.i18n import _, current
from mobility_app.ui import farewell, faults, icons, places, tasks, theme
from mobility_app.ui.buttons import link
from mobility_app.ui.cards import column, empty, line
from mobility_app.ui.labels import label
from mobility_app.ui.notices import Banner
from mobility_app.ui.remembered import recall


def run(arguments: list[str]) -> int:
    """Starts the window; a file given on the command line is opened at once."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    chosen = str(recall("language", ""))
    if chosen and not any(argument.startswith("--lang") for argument in sys.argv):
        i18n.use(chosen)
    prepare(app)
    page = StartPage()
    page.show()
    QTimer.singleShot(0, page.warm_up)
    if arguments:
        page.open_path(Path(arguments[0]))
    code = app.exec()
    tasks.shutdown()
    return code


def prepare(app: QApplication) -> None:
    """Name, language of Qt's own buttons, theme."""
    app.setApplicationName("mobility-app")
    app.setApplicationDisplayName("Mobility")
    speak(app, current())
    theme.apply(app, recall("theme", "system"))
    faults.catch()


def speak(app: QApplication, language: str) -> None:
    """The program's texts, Qt's own buttons and formats in one language."""
    i18n.use(language)
    QLocale.setDefault(QLocale("fr_FR" if language == "fr" else "en_IE"))
    known = app.findChild(QTranslator, "qtbase")
    if known is not None:
        app.removeTranslator(known)
        known.deleteLater()
    if language == "fr":
        words = QTranslator(app)
        words.setObjectName("qtbase")
        if words.load("qtbase_fr", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            app.installTranslator(words)


class StartPage(QWidget):
    """Three choices, the recent files below; a file may be dropped on it."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "page")
        self.setWindowTitle("Mobility")
        self.resize(920, 620)
        self.setAcceptDrops(True)
        self._window: QWidget | None = None
        self.farewell: QWidget | None = None
        self._build()

    def speak(self, language: str) -> None:
        """This page and all that comes after it in another language."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        speak(app, language)
        before = self.layout()
        if before is not None:
            QWidget().setLayout(before)  # lets go of the texts of before
        self._build()

    def _build(self) -> None:
        self.message = column()
        self.recent = column(spacing=2)
        self.choices = [
            _choice("file-spreadsheet", _("Open my Excel table"),
                    _("Your own columns are recognised; you see everything before it is written."), self.choose_sheet),
            _choice("sparkles", _("Discover the example"),
                    _("A consortium of invented people, to try everything without fear."), self.open_example),
            _choice("folder-open", _("Take up a tracking file"),
                    _("The .mobility file where you left off, or that of a colleague."), self.choose_file),
        ]  # fmt: skip
        self.setLayout(
            column(
                None,
                label(_("Erasmus+ mobilities of your consortium"), "title"),
                label(_("No account, no network: everything stays in a file of yours."), "muted"),
                8,
                self.message,
                line(*self.choices, spacing=16),
                16,
                self.recent,
                None,
                margins=(48, 24, 48, 24),
            )
        )
        self.show_recent()

    def say(self, text: str, tone: str = "danger") -> None:
        empty(self.message)
        if text:
            self.message.addWidget(Banner(text, tone, closable=True))

    def show_recent(self) -> None:
        empty(self.recent)
        known = [Path(path) for path in recall("recent", []) if Path(path).is_file()]
        if known:
            self.recent.addWidget(label(_("Recent files"), "caption"))
        for path in known[:5]:
            self.recent.addWidget(link(f"{path.name}   {path.parent}", partial(self.open_path, path)))

    def warm_up(self) -> None:
        """Loads what the window on a file needs, while she looks at the three choices."""
        tasks.run(
            self, lambda _progress: import_module("mobility_app.ui.main_window"), lambda _module: None, lane="files"
        )

    @staticmethod
    def _opening() -> ModuleType:
        """The database comes with it: loaded when a file is opened, not before this page is seen."""
        return import_module("mobility_app.ui.opening")

    # The three choices

    def choose_sheet(self) -> None:
        path = places.ask_open(self, _("Open my Excel table"), [("Excel", SUFFIXES)], "sheet")
        if path:
            self._opening().from_sheet(self, path)

    def open_example(self) -> None:
        self._opening().example(self)

    def choose_file(self) -> None:
        path = places.ask_open(self, _("Take up a tracking file"), [("Mobility", (".mobility",))], "file")
        if path:
            self.open_path(path)

    def open_path(self, path: Path) -> None:
        """A tracking file is opened, a sheet begins one."""
        self.say("")
        if path.suffix.lower() in SUFFIXES:
            self._opening().from_sheet(self, path)
        else:
            self._opening().open_file(self, path)

    # The window

    def enter(self, window: QWidget) -> None:
        """Goes over to the window on a file; comes back when that is closed to open another."""
        self._window = window
        self.hide()
        window.show()
        window.activateWindow()

    def come_back(self, copy: Path | None, another: bool) -> None:
        """The file is closed: to the next one, or out with a last word."""
        window, self._window = self._window, None
        text = farewell.last_word(copy)
        if another:
            self.say(text, "success")
            self.show_recent()
            self.show()
        else:
            self.farewell = farewell.say_farewell(text, window, QApplication.quit)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            self.open_path(Path(files[0]))


def _choice(icon: str, title: str, note: str, act: Callable[[], object]) -> QPushButton:
    """A large button: a drawing, a title, a line of explanation."""
    made = QPushButton()
    made.setProperty("role", "place")
    made.setAccessibleName(title)
    made.setAccessibleDescription(note)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    drawing, words, more = label(), label(title, "heading", wrap=True), label(note, "muted", wrap=True)
    icons.dress(drawing, icon, "accent", 28)
    for each in (drawing, words, more):
        each.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    made.setLayout(column(drawing, 4, words, more, None, margins=(20, 20, 20, 16), spacing=6))
    made.clicked.connect(lambda _checked=False: act())
    return made

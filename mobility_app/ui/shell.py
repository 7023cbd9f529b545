"""The frame of the window: pages and saved views at the left, title and search on top, file and undo at the bottom."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QMainWindow,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QWidget,
)

from mobility_app.i18n import _, number
from mobility_app.ui import icons
from mobility_app.ui.buttons import Act, button, menu
from mobility_app.ui.cards import column, empty, line, rule, scrolled
from mobility_app.ui.labels import ElidedLabel, label, set_role, tip
from mobility_app.ui.page import Page
from mobility_app.ui.search import SearchField
from mobility_app.ui.theme import restyle

SIDEBAR = 200
TYPING_MS = 40
ROOMY = QSize(1440, 860)  # the first size where the screen has room for it
LEAST = QSize(1000, 540)  # 1366×768 at 125 % leaves 1092×614, of which title bar and taskbar take their part
FRAME = QSize(4, 40)  # title bar and borders, which no platform tells before the window is shown


class NavButton(QPushButton):
    """An entry of the left side: a drawing, a name, a quiet number."""

    def __init__(self, name: str, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name.replace("&", "&&"), parent)
        self.setProperty("role", "nav")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.name, self._icon = name, icon
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._count = label("", "count")
        self._count.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setLayout(line(None, self._count, margins=(0, 0, 10, 0)))
        self.show_count(None)
        self.toggled.connect(self._show_state)
        self._show_state(False)

    def show_count(self, count: int | None) -> None:
        self._count.setText("" if count is None else number(count))
        self.setAccessibleName(self.name if count is None else f"{self.name} : {number(count)}")
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        """The name gives way to the number."""
        number_ = self._count.sizeHint().width() + 6 if self._count.text() else 0
        room = self.width() - 22 - (20 if self._icon else 0) - number_
        shown = self.fontMetrics().elidedText(self.name, Qt.TextElideMode.ElideRight, max(room, 40))
        self.setText(shown.replace("&", "&&"))
        tip(self, self.name if shown != self.name else "")

    def _show_state(self, on: bool) -> None:
        if self._icon:
            icons.dress(self, self._icon, "accent" if on else "muted")
        self._count.setProperty("on", "true" if on else "false")
        restyle(self._count)

    def nextCheckState(self) -> None:
        """The window decides which page is open, not the press itself."""


class _Room(QScrollArea):
    """Where a page stands: it scrolls when the window is smaller than the least that the page needs."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(page)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)


def first_geometry(available: QRect) -> QRect:
    """Where a window that was never placed stands: in the middle of the screen, its frame and all inside of it."""
    size = ROOMY.boundedTo(available.size() - FRAME).expandedTo(LEAST)
    place = QRect(available.topLeft(), size)
    place.moveCenter(available.center())
    place.moveTop(max(place.top(), available.top() + FRAME.height() - FRAME.width()))
    place.moveLeft(max(place.left(), available.left()))
    return place


class Shell(QMainWindow):
    """Holds pages and shows what it is told; it knows no database. Signals tell what she asked for."""

    gone = Signal(str)  # the page that came to the front
    searched = Signal(str)  # what stands in the search field, a moment after the last key
    search_entered = Signal(str)  # the same, on Enter
    project_chosen = Signal(str)
    view_chosen = Signal(str)
    view_menu_asked = Signal(str, object)  # key of a saved view, where to open a menu
    undo_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: dict[str, Page] = {}
        self._navs: dict[str, NavButton] = {}
        self._bars: dict[str, list[QWidget]] = {}
        self._views: dict[str, NavButton] = {}
        self._says: dict[str, str] = {}
        self._backup_act: Act | None = None
        self._stack = QStackedWidget()
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self._tell_search)
        right = QWidget()
        self._stack.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        inside = column(self._top(), self._notices(), self._stack, self._bottom(), spacing=0)
        inside.setStretch(2, 1)
        right.setLayout(inside)
        whole = QWidget()
        whole.setLayout(line(self._side(), right, spacing=0))
        self.setCentralWidget(whole)
        self._stack.setFocus()
        self.setMinimumSize(LEAST)
        self.setGeometry(first_geometry(self.screen().availableGeometry()))

    # Building

    def _side(self) -> QWidget:
        side = QFrame()
        side.setProperty("role", "sidebar")
        side.setFixedWidth(SIDEBAR)
        self.brand = button("", role="flat")
        self._brand_text = label("", "brand", wrap=True)
        self._brand_text.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.brand.setLayout(line(self._brand_text, margins=(10, 4, 22, 4)))
        self._page_list = column(spacing=2)
        self._view_list = column(spacing=2)
        self._view_title = label(_("Saved views").upper(), "caption")
        self._view_title.setContentsMargins(10, 0, 0, 0)
        views = QWidget()
        views.setLayout(column(16, self._view_title, 2, self._view_list, None, spacing=0))
        self._view_area = scrolled(views)
        self._backup = button("", role="flat")
        self._backup_state = label("", "success", wrap=True)
        self._backup_note = label("", "small", wrap=True)
        for each in (self._backup_state, self._backup_note):
            each.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._backup.setLayout(column(self._backup_state, self._backup_note, margins=(10, 6, 6, 6), spacing=0))
        self._backup.clicked.connect(lambda _checked=False: self._backup_act() if self._backup_act else None)
        self._backup.hide()
        lay = column(
            self.brand, 6, self._page_list, self._view_area, rule(), self._backup, margins=(8, 12, 8, 8), spacing=2
        )
        lay.setStretch(3, 1)
        side.setLayout(lay)
        return side

    def _top(self) -> QWidget:
        top = QWidget()
        self._title = ElidedLabel("", "title")
        self.search = SearchField(_("Search a name, a town, a school…"))
        self.search.setMinimumWidth(200)
        self.search.setMaximumWidth(330)
        self.search.textChanged.connect(lambda _text: self._typing.start())
        self.search.returnPressed.connect(lambda: self.search_entered.emit(self.search.text()))
        self.project = QComboBox()
        self.project.setAccessibleName(_("Project"))
        self.project.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.project.activated.connect(lambda place: self.project_chosen.emit(self.project.itemData(place) or ""))
        self._buttons = line(spacing=8)
        lay = line(self._title, self.search, self.project, self._buttons, margins=(16, 12, 16, 12), spacing=8)
        lay.setStretch(0, 1)
        lay.setStretch(1, 2)  # the search gives way before anything is cut
        top.setLayout(lay)
        return top

    def _notices(self) -> QWidget:
        """The place of banners, above the page."""
        holder = QWidget()
        self._banners = column(spacing=8, margins=(16, 0, 16, 8))
        holder.setLayout(self._banners)
        holder.hide()
        self._banner_holder = holder
        return holder

    def _bottom(self) -> QWidget:
        bar = QFrame()
        bar.setProperty("role", "statusbar")
        self._status = label("", "small")
        self._file = label("", "small")
        self.undo = button("", self.undo_asked.emit, role="link")
        self.undo.hide()
        bar.setLayout(line(self._file, self._status, None, self.undo, margins=(16, 0, 12, 0), spacing=16))
        bar.setFixedHeight(29)
        return bar

    # Pages

    def add_page(self, page: Page) -> None:
        """Adds a page at the end of the left side; its buttons appear at the top while it is open."""
        nav = NavButton(page.title(), page.icon)
        nav.clicked.connect(lambda _checked=False, key=page.key: self.go(key))
        self._page_list.addWidget(nav)
        self._navs[page.key], self._pages[page.key] = nav, page
        self._stack.addWidget(_Room(page))
        self._bars[page.key] = page.page_buttons()
        for each in self._bars[page.key]:
            each.hide()
            self._buttons.addWidget(each)
        page.count_changed.connect(nav.show_count)
        page.status_changed.connect(lambda text, key=page.key: self._say(key, text))

    def page_keys(self) -> tuple[str, ...]:
        """The pages in their order."""
        return tuple(self._pages)

    def page(self, key: str) -> Page:
        return self._pages[key]

    def current(self) -> str:
        """The key of the page in front."""
        room = self._stack.currentWidget()
        return room.page.key if isinstance(room, _Room) else ""

    def go(self, key: str) -> Page:
        """Brings a page to the front and returns it."""
        page = self.page(key)
        for other, buttons in self._bars.items():
            for each in buttons:
                each.setVisible(other == key)
        for other, nav in self._navs.items():
            nav.setChecked(other == key)
        self.mark_view("")
        self._stack.setCurrentIndex(list(self._pages).index(key))
        self._title.say(page.heading())
        self._status.setText(self._says.get(key, ""))
        page.opened()
        self.gone.emit(key)
        return page

    def _say(self, key: str, text: str) -> None:
        self._says[key] = text
        if key == self.current():
            self._status.setText(text)

    # What stands around the pages

    def set_brand(self, text: str, entries: Sequence[tuple[str, Act] | None] = ()) -> None:
        """The consortium's name, with the menu of the file behind it."""
        self._brand_text.setText(text)
        self.brand.setAccessibleName(text)
        self._brand_text.ensurePolished()
        self.brand.setFixedHeight(max(self._brand_text.heightForWidth(SIDEBAR - 16 - 32) + 14, 40))
        if entries:
            self.brand.setMenu(menu(entries, self.brand))

    def set_views(self, views: Sequence[tuple[str, str, int | None]]) -> None:
        """The saved views as (key, name, live count)."""
        empty(self._view_list)
        self._views = {}
        for key, name, count in views:
            nav = NavButton(name)
            nav.show_count(count)
            nav.clicked.connect(lambda _checked=False, key=key: self.view_chosen.emit(key))
            nav.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            nav.customContextMenuRequested.connect(
                lambda place, key=key, nav=nav: self.view_menu_asked.emit(key, nav.mapToGlobal(place))
            )
            self._view_list.addWidget(nav)
            self._views[key] = nav
        self._view_title.setVisible(bool(views))

    def mark_view(self, key: str) -> None:
        """Shows which saved view is open; the page's own entry is quiet then."""
        for other, nav in self._views.items():
            nav.setChecked(other == key)

    def set_backup(self, state: str, note: str, tone: str = "success", act: Act | None = None) -> None:
        """The state of the copies: what (with its tone), when and how many."""
        set_role(self._backup_state, tone)
        self._backup_state.setText(f"● {state}")
        self._backup_note.setText(note)
        self._backup_note.setVisible(bool(note))
        self._backup.setAccessibleName(f"{state}. {note}")
        width = SIDEBAR - 16 - 16
        height = sum(each.heightForWidth(width) for each in (self._backup_state, self._backup_note) if each.text())
        self._backup.setFixedHeight(height + 14)
        self._backup_act = act
        self._backup.show()

    def set_projects(self, projects: Sequence[tuple[str, str]], chosen: str) -> None:
        """The project chooser as (id, label); "" stands for all projects."""
        with QSignalBlocker(self.project):
            self.project.clear()
            for project_id, name in projects:
                self.project.addItem(name, project_id)
            self.project.setCurrentIndex(max(self.project.findData(chosen), 0))
        self.project.setVisible(bool(projects))

    def set_file(self, text: str) -> None:
        self._file.setText(text)

    def set_undo(self, text: str) -> None:
        """ "Annuler : dates de Léa" at the bottom right; "" when there is nothing to undo."""
        self.undo.setText(f"{text}   Ctrl+Z".replace("&", "&&"))
        self.undo.setAccessibleName(text)
        self.undo.setVisible(bool(text))

    def show_banner(self, banner: QWidget) -> None:
        """Shows a banner above the page, in the place of the one before."""
        empty(self._banners)
        self._banners.addWidget(banner)
        banner.show()
        self._banner_holder.show()

    def set_search(self, text: str) -> None:
        """Writes in the search field without telling anybody."""
        with QSignalBlocker(self.search):
            self.search.setText(text)
        self.search._show_cross(text)

    def _tell_search(self) -> None:
        text = self.search.text()
        page = self._pages.get(self.current())
        if page is not None and page.searches:
            page.search(text)
        self.searched.emit(text)

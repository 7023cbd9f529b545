"""What the window knows of a page: its name, its drawing, its buttons, and how it is opened."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class Page(QWidget):
    """The base of every page. Set `key` and `icon` in the class; text comes from methods, so that it is translated."""

    key = ""
    icon = ""
    searches = False  # whether the search field at the top filters this page
    count_changed = Signal(object)  # the number beside its name at the left; None for none
    status_changed = Signal(str)  # what the status bar says while it is open

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")

    def hasHeightForWidth(self) -> bool:
        """A page takes the room that it is given; asking how high it would be goes through it a thousand times."""
        return False

    def title(self) -> str:
        raise NotImplementedError

    def heading(self) -> str:
        """What stands at the top while it is open; its name unless told otherwise."""
        return self.title()

    def page_buttons(self) -> list[QWidget]:
        """The buttons at the top right, made once."""
        return []

    def search(self, text: str) -> None:
        """Called as she types in the search field, when `searches`."""

    def recount(self) -> None:
        """Called once when the window is made: a page that has a number tells it by `count_changed`."""

    def opened(self) -> None:
        """Called each time the page comes to the front."""

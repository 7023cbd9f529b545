"""Where her files are: asking for one to open or to write, and showing what was written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from mobility_app.i18n import _
from mobility_app.ui.buttons import button
from mobility_app.ui.notices import Banner
from mobility_app.ui.remembered import recall, remember

Kind = tuple[str, Sequence[str]]  # what she reads ("Excel table") and the endings (".xlsx", ".xls")


def ask_open(parent: QWidget, title: str, kinds: Sequence[Kind], key: str) -> Path | None:
    """A file to read; `key` is where its folder is remembered."""
    dialog = _dialog(parent, title, kinds, key)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return _answer(dialog, key)


def ask_several(parent: QWidget, title: str, kinds: Sequence[Kind], key: str) -> list[Path]:
    """Files to read together; none when she gave up."""
    dialog = _dialog(parent, title, kinds, key)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    return _answers(dialog, key)


def ask_save(parent: QWidget, title: str, name: str, kind: Kind, key: str) -> Path | None:
    """A file to write, with its ending; replacing one that exists was confirmed."""
    dialog = _dialog(parent, title, (kind,), key)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(kind[1][0].lstrip("."))
    dialog.selectFile(name)
    return _answer(dialog, key)


def ask_folder(parent: QWidget, title: str, key: str) -> Path | None:
    dialog = _dialog(parent, title, (), key)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return _answer(dialog, key)


def _dialog(parent: QWidget, title: str, kinds: Sequence[Kind], key: str) -> QFileDialog:
    dialog = QFileDialog(parent, title, str(recall(f"folder/{key}", str(Path.home()))))
    dialog.setNameFilters([f"{name} ({' '.join(f'*{ending}' for ending in endings)})" for name, endings in kinds])
    return dialog


def _answer(dialog: QFileDialog, key: str) -> Path | None:
    return next(iter(_answers(dialog, key)), None)


def _answers(dialog: QFileDialog, key: str) -> list[Path]:
    accepted = dialog.exec()
    chosen = [Path(name) for name in dialog.selectedFiles()] if accepted else []
    dialog.deleteLater()
    if chosen:
        remember(f"folder/{key}", str(chosen[0] if chosen[0].is_dir() else chosen[0].parent))
    return chosen


def open_path(path: Path) -> None:
    """Opens a file with the program that she uses for it, or a folder."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def written_notice(text: str, path: Path, *more: QPushButton) -> Banner:
    """What was written, with the buttons that show it."""
    folder = path if path.is_dir() else path.parent
    buttons = [*more, button(_("Open the folder"), lambda: open_path(folder), icon="folder-open")]
    if path.is_file():
        buttons.insert(len(more), button(_("Open the file"), lambda: open_path(path)))
    return Banner(text, "success", buttons, closable=True)

"""What nobody expected: kept in the log with its place in the code, and told to her in words."""

from __future__ import annotations

import sys
from types import TracebackType

from PySide6.QtWidgets import QApplication, QMessageBox

from mobility_app import logs
from mobility_app.i18n import _
from mobility_app.ui.notices import message

_telling = False  # one dialog at a time: a fault that repeats (while painting) is in the log all the same


def catch() -> None:
    """From now on an exception that leaves a slot comes here."""
    sys.excepthook = tell


def tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    global _telling
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    text = _("Your data is safe: each change is saved when it is made, and only the last one may be missing.")
    text += "\n\n" + _(
        "You can go on. If this comes back, close the program, open it again and say what you were doing."
    )
    try:
        text += "\n\n" + _("What helps to mend it, without any of your data, is in: {path}").format(
            path=logs.keep(error)
        )
    except OSError:  # a full disk must not hide the fault itself
        text += "\n\n" + _("The log could not be written.")
    if _telling:
        return
    _telling = True
    try:
        message(QApplication.activeWindow(), _("Something unexpected happened"), text, icon=QMessageBox.Icon.Critical)
    finally:
        _telling = False

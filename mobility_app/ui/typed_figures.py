"""A figure typed in a table of a face becomes one step, or the cell shows the file again and says why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from mobility_app.errors import UserError
from mobility_app.store.database import Session
from mobility_app.store.journal import Label
from mobility_app.ui.desk import Desk
from mobility_app.ui.figures import FiguresTable
from mobility_app.ui.notices import InlineMessage

Value = TypeVar("Value")


class _Typing(Protocol):
    """A face with a table in which figures are typed, and a place to say what is no figure."""

    desk: Desk
    trouble: InlineMessage

    @property
    def table(self) -> FiguresTable: ...


def write_typed(
    face: _Typing,
    label: Label,
    read: Callable[[], Value],
    act: Callable[[Session, Value], object],
) -> None:
    """`read` raises UserError for what cannot be read; `act` writes it, and may refuse it."""

    def refused(error: BaseException) -> None:
        face.table.figures.take_back()
        face.trouble.refuse(error)

    try:
        value = read()
    except UserError as error:
        refused(error)
        return
    face.trouble.say("")
    face.desk.write(face.table, label, lambda s: act(s, value), failed=refused)

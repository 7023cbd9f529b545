"""The table of the members: one group of its columns at a time beside the name, or all of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractItemView, QHeaderView

from mobility_app.core.members import Statement
from mobility_app.i18n import _
from mobility_app.ui import theme
from mobility_app.ui.figures import FiguresTable
from mobility_app.ui.member_lines import FIGURES, GROUPS, MemberRow, member_rows

AIR = 20  # at both sides of an amount


class MembersTable(FiguresTable):
    """A line a member, then the total; a whole line is chosen."""

    def __init__(self) -> None:
        super().__init__(_("Members of the consortium"), FIGURES, strong=lambda row: row.total)
        self.setProperty("role", "framed")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)

    def show_members(self, found: Sequence[Statement]) -> None:
        """No amount is ever cut: the name of a school gives way."""
        rows = member_rows(found)
        self.show_lines(rows)
        letters = QFontMetrics(theme.font(13, 600))
        for place, figure in enumerate(FIGURES):
            if figure.numeric:
                widest = max(letters.horizontalAdvance(figure.text(row)) for row in rows)
                self.setColumnWidth(place, max(figure.width, widest + AIR))

    def show_columns(self, code: str) -> str:
        """The columns of a group, the first when there is no such group; all need a scroll bar on a small screen."""
        groups = {group: keys for group, _title, keys in GROUPS}
        code = code if code in groups else GROUPS[0][0]
        for place, figure in enumerate(FIGURES[1:], 1):
            self.setColumnHidden(place, figure.key not in groups[code])
        mode = QHeaderView.ResizeMode
        self.horizontalHeader().setSectionResizeMode(0, mode.Interactive if code == "all" else mode.Stretch)
        self.setColumnWidth(0, FIGURES[0].width)
        return code

    def member_at(self, place: int) -> str:
        """The organisation of a line; "" for the total."""
        rows: Sequence[MemberRow] = self.figures.lines()
        return rows[place].member.organisation_id if 0 <= place < len(rows) else ""

    def go_to(self, organisation_id: str) -> MemberRow | None:
        """Chooses a member's line; none for "" or for who has gone."""
        places = range(len(self.figures.lines()))
        place = next((n for n in places if organisation_id and self.member_at(n) == organisation_id), None)
        if place is None:
            self.selectionModel().clear()
            return None
        if self.currentIndex().row() != place:
            self.setCurrentIndex(self.figures.index(place, 0))
        row: MemberRow = self.figures.lines()[place]
        return row

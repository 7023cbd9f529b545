"""Scenarios side by side: heads above, then each figure of the project as it is and as it would be."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from mobility_app.core.scenarios import Imagined, Scenario
from mobility_app.i18n import _
from mobility_app.ui.cards import column, empty
from mobility_app.ui.labels import label, set_role, tip
from mobility_app.ui.scenario_head import ScenarioHead
from mobility_app.ui.scenario_lines import Cell, Line, lines, verdict

_TITLES, _TODAY, _FIRST = 0, 1, 2  # columns
_WIDTHS = (126, 92, 148)
_GAP = 10


class CellView(QFrame):
    """One figure, and under it what is to be said of it."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "row")
        self.figure, self.words = label(), label("", "small", wrap=True)
        for part in (self.figure, self.words):
            part.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setLayout(column(self.figure, self.words, None, margins=(0, 3, _GAP, 4), spacing=0))

    def say(self, cell: Cell, of: str) -> None:
        self.figure.setText(cell.text)
        self.figure.setVisible(bool(cell.text))
        self.words.setText(cell.words)
        self.words.setVisible(bool(cell.words))
        set_role(self.words, cell.role)
        tip(self, cell.detail)
        self.setAccessibleName(" ".join(filter(None, (of, cell.text, cell.words))))
        self.setAccessibleDescription(cell.detail)


class ScenarioBoard(QWidget):
    """`heads` and `cells` are by column; the signals tell a scenario's id first."""

    renamed = Signal(str, str)
    kept = Signal(str)
    copied = Signal(str)
    removed = Signal(str)
    taken_out = Signal(str, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout()
        self._grid.setSpacing(0)
        self.setLayout(column(self._grid, None))
        self._scenarios: tuple[Scenario, ...] = ()
        self._shape: tuple[Line, ...] = ()
        self.heads: list[ScenarioHead] = []
        self.cells: dict[tuple[int, int], CellView] = {}  # by row and column; row 1 is the verdict

    def show_scenarios(self, scenarios: Sequence[Scenario], states: Sequence[str]) -> None:
        """The heads, at once; the figures follow."""
        ids = [one.id for one in scenarios]
        if ids != [one.id for one in self._scenarios]:
            self._clear()
            for place, id_ in enumerate(ids):
                self._add_head(place, id_)
        self._scenarios = tuple(scenarios)
        for head, scenario, state in zip(self.heads, scenarios, states, strict=True):
            head.show_scenario(scenario, state)

    def show_figures(self, imagined: Sequence[Imagined]) -> None:
        """The project as it is, then each scenario in the order of the heads."""
        found = lines(imagined)
        shape = tuple(Line(one.title, one.note, () if not one.cells else (Cell(""),)) for one in found)
        if shape != self._shape or (1, _TODAY) not in self.cells:
            self._lay(found)
            self._shape = shape
        names = (_("Today"), *(scenario.name for scenario in self._scenarios))
        for place, one in enumerate(imagined):
            self.cells[1, _TODAY + place].say(verdict(one), names[place])
            if place:
                self.heads[place - 1].show_short(self._scenarios[place - 1], one.short)
        for row, each in enumerate(found, start=2):
            for place, cell in enumerate(each.cells):
                self.cells[row, _TODAY + place].say(cell, f"{names[place]}, {each.title} :")

    def _clear(self) -> None:
        empty(self._grid)
        self.heads, self.cells, self._shape = [], {}, ()
        today = label(_("Today"), "heading")
        self._grid.addWidget(today, 0, _TODAY, Qt.AlignmentFlag.AlignTop)

    def _add_head(self, place: int, id_: str) -> None:
        head = ScenarioHead()
        head.renamed.connect(lambda name: self.renamed.emit(id_, name))
        head.kept.connect(lambda: self.kept.emit(id_))
        head.copied.connect(lambda: self.copied.emit(id_))
        head.removed.connect(lambda: self.removed.emit(id_))
        head.taken_out.connect(lambda at: self.taken_out.emit(id_, at))
        self._grid.addWidget(head, 0, _FIRST + place)
        self.heads.append(head)
        for at, width in ((_TITLES, _WIDTHS[0]), (_TODAY, _WIDTHS[1]), (_FIRST + place, _WIDTHS[2])):
            self._grid.setColumnMinimumWidth(at, width)
            self._grid.setColumnStretch(at, width)

    def _lay(self, found: Sequence[Line]) -> None:
        """Makes a place for every figure; those of other lines go."""
        for row in range(1, self._grid.rowCount()):
            for at in range(self._grid.columnCount()):
                item = self._grid.itemAtPosition(row, at)
                if item is not None and (widget := item.widget()) is not None:
                    self._grid.removeWidget(widget)
                    widget.hide()
                    widget.deleteLater()
        self.cells = {}
        columns = range(_TODAY, _FIRST + len(self.heads))
        for at in columns:
            self._put(1, at)
        for row, each in enumerate(found, start=2):
            self._grid.addWidget(_title(each), row, _TITLES, 1, 1 if each.cells else -1)
            for at in columns if each.cells else ():
                self._put(row, at)

    def _put(self, row: int, at: int) -> None:
        made = self.cells[row, at] = CellView()
        self._grid.addWidget(made, row, at)


def _title(each: Line) -> QWidget:
    made = QFrame()
    if not each.cells:
        made.setLayout(column(label(each.title, "heading"), margins=(0, 14, 0, 2)))
        return made
    made.setProperty("role", "row")
    parts = [label(each.title, wrap=True), *([label(each.note, "small")] if each.note else [])]
    made.setLayout(column(*parts, None, margins=(0, 3, _GAP, 4), spacing=0))
    return made

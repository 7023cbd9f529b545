"""Places per member, allotted against used: a bar for each school, all at one scale, the figures in words beside it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal

from mobility_app.core.members import Statement
from mobility_app.i18n import N_, _, ngettext, number
from mobility_app.ui.cards import Card, column, empty, line
from mobility_app.ui.charts import BarRow, Part, legend_entry

LEGEND = (("chart", N_("used")), ("chart_light", N_("free")), ("danger", N_("too many")))


class PlacesChart(Card):
    """`chosen` tells the organisation whose bar was pressed."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(_("Places per school"))
        self._bars = column(spacing=4)
        self.add(self._bars)
        self.add(line(*(legend_entry(token, _(title)) for token, title in LEGEND), None, spacing=12))

    def show_members(self, found: Sequence[Statement]) -> None:
        empty(self._bars)
        scale = max((max(one.used_places, one.member.places or 0) for one in found), default=0)
        for one in found:
            bar = BarRow(one.member.name, figure(one), parts(one), scale, note=words(one))
            bar.clicked.connect(partial(self.chosen.emit, one.member.organisation_id))
            self._bars.addWidget(bar)

    def bars(self) -> list[BarRow]:
        return [bar for bar in self.findChildren(BarRow) if not bar.isHidden()]


def parts(one: Statement) -> tuple[Part, ...]:
    """Used within what was allotted, free, and beyond it; all are used while nothing was allotted."""
    used, places = one.used_places, one.member.places
    if places is None:
        return (Part(used, "chart", _("used")),)
    return (
        Part(min(used, places), "chart", _("used")),
        Part(max(places - used, 0), "chart_light", _("free")),
        Part(max(used - places, 0), "danger", _("too many")),
    )


def figure(one: Statement) -> str:
    """“5 of 8”, or the used ones alone; what is too many is said."""
    used = number(one.used_places)
    if one.member.places is None:
        return ngettext("{n} used", "{n} used", one.used_places).format(n=used)
    text = _("{n} of {total}").format(n=used, total=number(one.member.places))
    return f"{text} · {words(one)}" if one.used_places > one.member.places else text


def words(one: Statement) -> str:
    """What the colours say."""
    left = one.places_left
    if left is None:
        return _("No place was allotted.")
    if left < 0:
        return ngettext("{n} too many", "{n} too many", -left).format(n=number(-left))
    return ngettext("{n} free", "{n} free", left).format(n=number(left))

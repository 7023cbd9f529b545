"""How an import begins: the place to drop a table on, and how it goes, for the first time."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from mobility_app.exchange.book import SUFFIXES
from mobility_app.i18n import _
from mobility_app.ui.buttons import Act, button, primary
from mobility_app.ui.cards import Card, line
from mobility_app.ui.drop_zone import DropZone
from mobility_app.ui.labels import label
from mobility_app.ui.pills import pill


def drop_zone(choose: Act, paste: Act) -> DropZone:
    """A file dropped or chosen, or cells copied in a spreadsheet."""
    press = QWidget()
    open_table = primary(_("Open my Excel table"), choose, icon="file-spreadsheet")
    press.setLayout(line(open_table, button(_("Paste from Excel"), paste)))
    return DropZone(
        "upload",
        _("Drop your table here"),
        _("Excel, LibreOffice or CSV. Its columns are recognised; nothing is written before you have seen it all."),
        press,
        SUFFIXES,
        takes_several=True,
    )


def explanation() -> Card:
    """How an import goes, for the first time."""
    card = Card(_("How an import goes"))
    for step, text in enumerate(
        (
            _("Your column titles are recognised; one press corrects what was misunderstood."),
            _("Each row is shown: new, changed, duplicate, or refused with the reason."),
            _("A column that is not known is kept as a field of your own."),
            _("It is written as one step: one press takes it all back."),
        ),
        1,
    ):
        row = line(pill(str(step), "info"), label(text, wrap=True), spacing=10)
        row.setStretch(1, 1)
        card.add(row)
    return card

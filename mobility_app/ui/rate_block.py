"""One block of the annex: its rates typed in place, the second rate proposed, the whole confirmed with its source."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mobility_app.core.facts import Finding, RateRow
from mobility_app.core.rate_sheet import Block, SheetLine
from mobility_app.i18n import N_, _, money, ngettext, number, render
from mobility_app.ui.buttons import button
from mobility_app.ui.cards import Card, line
from mobility_app.ui.figures import Figure, FiguresTable
from mobility_app.ui.notices import InlineMessage
from mobility_app.ui.pills import pill, set_pill
from mobility_app.ui.rate_values import STATES, edit_text, rate_text, why

FOLDED = 40  # lines above which a block shows its table on demand


class RateBlock(Card):
    """The signals tell what she typed (rate, text), accepted or confirmed; the sheet writes it."""

    typed = Signal(object, str)
    accepted = Signal(object)  # ((rate, cents), …)
    confirmed = Signal(object)  # Block
    block: Block

    def __init__(self, block: Block, parent: QWidget | None = None) -> None:
        state, accept = pill(""), button("")
        confirm = button(_("Confirm this block"), icon="circle-check")
        corner = QWidget()
        corner.setLayout(line(state, accept, confirm))
        super().__init__(_(block.title), corner=corner, parent=parent)
        self.state, self.accept, self.confirm = state, accept, confirm
        accept.clicked.connect(lambda _checked=False: self.accepted.emit(self.block.proposals))
        confirm.clicked.connect(lambda _checked=False: self.confirmed.emit(self.block))
        self.block = block
        self.table = FiguresTable(_(block.title), self._figures(block), whole=True)
        self.table.figures.typed.connect(self._typed)
        self.trouble = InlineMessage()
        self.doubts = InlineMessage("warning")
        self.unfold = button(_("Show line by line"), self._unfold, role="link")
        self.folded = InlineMessage("muted")
        for each in (self.folded, self.unfold, self.table, self.trouble, self.doubts):
            self.add(each)
        self.unfold.hide()
        self._fold = len(block.lines) > FOLDED or block.key == "country_group"
        self.table.setVisible(not self._fold)
        self.show_block(block, ())

    def _figures(self, block: Block) -> Sequence[Figure]:
        figures = [
            Figure("title", N_("Rate"), lambda row: render(row.title), 260, numeric=False, grow=True, tip=_title)
        ]
        for place, title in enumerate(block.columns):
            figures.append(
                Figure(
                    str(place),
                    title,
                    partial(self._text, place),
                    136,
                    edit=partial(self._edit, place),
                    ink=partial(_ink, place),
                    tip=partial(_why, place),
                )
            )
        figures.append(
            Figure(
                "state",
                N_("State"),
                lambda row: _(STATES[row.state][0]),
                162,
                numeric=False,
                tone=lambda row: STATES[row.state][1],
            )
        )
        figures.append(
            Figure("source", N_("Source"), _source, 200, numeric=False, ink=lambda row: "muted", tip=_sources)
        )
        return figures

    def _text(self, place: int, row: SheetLine) -> str:
        proposal = row.proposal(place)
        if proposal is not None:
            return _("{amount} proposed").format(amount=money(proposal))
        return rate_text(row.cells[place], self.block)

    def _edit(self, place: int, row: SheetLine) -> str | None:
        return edit_text(row.cells[place], self.block)

    def show_block(self, block: Block, findings: Sequence[Finding]) -> None:
        """Shows the same block with its present values."""
        self.block = block
        self.note.setText(_("{known} of {all}").format(known=number(block.known), all=number(len(block.rates))))
        word, tone = STATES[block.state]
        set_pill(self.state, _(word), tone)
        ids = {rate.id for rate in block.rates}
        self.doubts.say("\n".join(render(found.text) for found in findings if found.id in ids))
        self.trouble.say("")
        proposals = block.proposals
        text = ngettext("Accept the proposed rate", "Accept the {n} proposed rates", len(proposals))
        self.accept.setText(text.format(n=number(len(proposals))))
        self.accept.setAccessibleName(self.accept.text())
        self.accept.setVisible(bool(proposals))
        self.confirm.setEnabled(block.state != "confirmed" and any(_has_value(rate, block) for rate in block.rates))
        self.confirm.setAccessibleName(_("Confirm: {what}").format(what=_(block.title)))
        self.table.show_lines(block.lines)
        self.unfold.setVisible(self._fold)
        self.folded.say(_summary(block) if self._fold else "")

    def refuse(self, text: str) -> None:
        """What she typed could not be read: the cell shows the value of the file again."""
        self.table.figures.take_back()
        self.trouble.say(text)

    def _typed(self, row: SheetLine, key: str, written: str) -> None:
        rate = row.cells[int(key)]
        if rate is not None:
            self.typed.emit(rate, written)

    def _unfold(self) -> None:
        self._fold = False
        self.unfold.hide()
        self.folded.say("")
        self.table.show()


def _has_value(rate: RateRow, block: Block) -> bool:
    return bool(rate.key) if block.keyed else rate.cents is not None


def _ink(place: int, row: SheetLine) -> str:
    """A value that nobody has confirmed is grey."""
    rate = row.cells[place]
    return "" if rate is not None and rate.usable else "muted"


def _why(place: int, row: SheetLine) -> str:
    return why(row.cells[place])


def _title(row: SheetLine) -> str:
    return render(row.title)


def _source(row: SheetLine) -> str:
    return next((_short(rate.source) for rate in row.rates if rate.source), "")


def _short(source: str) -> str:
    """The site alone of an address; the whole of anything else."""
    return source.split("/")[2] if source.startswith("http") else _(source)


def _sources(row: SheetLine) -> str:
    return "\n".join(dict.fromkeys(why(rate) for rate in row.rates))


def _summary(block: Block) -> str:
    """The countries of each group in one line each; partner countries are counted."""
    groups: dict[str, list[str]] = {}
    partners = 0
    for row in block.lines:
        rate = row.rates[0]
        if rate.variant == "partner":
            partners += 1
        else:
            groups.setdefault(rate.key, []).append(render(row.title))
    lines = [
        _("{name}: {value}").format(name=_group(key), value=", ".join(names)) for key, names in sorted(groups.items())
    ]
    if partners:
        lines.append(ngettext("{n} partner country", "{n} partner countries", partners).format(n=number(partners)))
    return "\n".join(lines)


def _group(key: str) -> str:
    return _("Group {group}").format(group=key) if key else _("Group unknown")

"""The rates of the project in the order of the agreement's annex: typed, proposed, confirmed block by block."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget

from mobility_app.actions import projects
from mobility_app.core.facts import Finding, RateRow
from mobility_app.core.rate_checks import rate_findings
from mobility_app.core.rate_sheet import Block, blocks
from mobility_app.core.text import clean
from mobility_app.errors import UserError
from mobility_app.files import safe_name
from mobility_app.i18n import N_, _, current, number, render
from mobility_app.jobs import money
from mobility_app.store import queries, reference
from mobility_app.store.database import Session
from mobility_app.store.journal import Label, counted
from mobility_app.ui import places, tasks
from mobility_app.ui.buttons import button
from mobility_app.ui.cards import Card, column, empty, line, scrolled
from mobility_app.ui.desk import Desk
from mobility_app.ui.export_card import EXCEL
from mobility_app.ui.face import Face
from mobility_app.ui.labels import label, tip
from mobility_app.ui.notices import InlineMessage
from mobility_app.ui.rate_block import RateBlock
from mobility_app.ui.rate_values import STATES, read_amount, read_key
from mobility_app.ui.shell import NavButton

INDEX = 272  # width of the list of blocks


@dataclass(frozen=True)
class Rates:
    """The rates of a project and what deserves a look in them."""

    blocks: tuple[Block, ...]
    findings: tuple[Finding, ...]

    @property
    def missing(self) -> int:
        """How many rates nobody can rely on yet; partner countries are left aside, few projects go there."""
        return sum(not rate.usable for block in self.blocks for rate in block.rates if rate.variant != "partner")

    @property
    def example(self) -> bool:
        return any(rate.state == "example" for block in self.blocks for rate in block.rates)


def ask_rates(s: Session, project_id: str, call_year: int) -> Rates:
    rows = queries.rate_rows(s, project_id)
    return Rates(blocks(rows), rate_findings(rows, reference.expected_daily(call_year)))


class RateSheet(Face):
    """The blocks in the annex's order; each change is one step that can be undone."""

    code, name = "rates", N_("Rates")
    tables = frozenset({"rate", "project"})
    unsourced = Signal()  # a block cannot be confirmed: its source is not said

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._rates = Rates((), ())
        self.blocks: dict[str, RateBlock] = {}
        self._index: dict[str, NavButton] = {}
        self._making = QTimer(self)
        self._making.setSingleShot(True)
        self._making.setInterval(0)
        self._making.timeout.connect(self._make_next)
        self.trouble = InlineMessage("warning")
        self.source = QLineEdit()
        self.source.setAccessibleName(_("Source of the rates"))
        self.source.setPlaceholderText(_("Annex IV, p. 2"))
        self.source.setMaxLength(200)
        self.source.textEdited.connect(lambda _text: self.trouble.say(""))
        self._list = column(spacing=2)
        where = Card(_("Where you read them"))
        where.add(self.source)
        where.add(self.trouble)
        where.add(label(_("Asked once: it is written beside each rate that you type or confirm."), "small", wrap=True))
        index = Card(_("Blocks of the annex"))
        index.add(self._list)
        files = Card(_("As a file"))
        load = button(_("Load a sheet of rates…"), self._ask_load, icon="upload")
        tip(load, _("Typed once, handed on: a colleague loads the same rates."))
        files.add(load)
        files.add(button(_("Save the sheet of rates…"), self._ask_save, icon="download"))
        self.told = InlineMessage("small")
        files.add(self.told)
        beside = QWidget()
        beside.setLayout(column(where, index, files, None, spacing=12))
        side = scrolled(beside)
        side.setFixedWidth(INDEX)
        inside = QWidget()
        self._cards = column(spacing=12)
        inside.setLayout(column(self._cards, None, margins=(0, 0, 4, 0), spacing=12))
        self._area: QScrollArea = scrolled(inside)
        whole = line(side, self._area, spacing=12)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def refresh(self) -> None:
        project = self.desk.project
        assert project is not None
        self.ask(lambda s: ask_rates(s, project.id, project.call_year), self.show_rates)

    def show_rates(self, rates: Rates) -> None:
        """The blocks come one by one, so that the window stays awake while they are made."""
        self._rates = rates
        keys = [block.key for block in rates.blocks]
        if not set(self.blocks) <= set(keys):
            empty(self._list)
            empty(self._cards)
            self.blocks, self._index = {}, {}
        self._show_known()
        if len(self.blocks) < len(keys):
            self._making.start()

    def _make_next(self) -> None:
        """Makes one more block."""
        missing = [block for block in self._rates.blocks if block.key not in self.blocks]
        if missing:
            self._make(missing[0])
        if len(missing) > 1:
            self._making.start()

    def _show_known(self) -> None:
        for block in self._rates.blocks:
            if block.key in self.blocks:
                self._show_block(block)

    def _show_block(self, block: Block) -> None:
        self.blocks[block.key].show_block(block, self._rates.findings)
        nav = self._index[block.key]
        nav.show_count(len(block.rates) - block.known or None)
        nav.setAccessibleDescription(_(STATES[block.state][0]))

    def _make(self, block: Block) -> None:
        card = RateBlock(block)
        card.typed.connect(partial(self._typed, card))
        card.accepted.connect(self._accept)
        card.confirmed.connect(self._confirm)
        self._cards.addWidget(card)
        self.blocks[block.key] = card
        nav = NavButton(_(block.title))
        nav.clicked.connect(lambda _checked=False, key=block.key: self.go(key))
        self._list.addWidget(nav)
        self._index[block.key] = nav
        self._show_block(block)

    def go(self, key: str) -> None:
        """Brings a block to the top."""
        card = self.blocks[key]
        bar = self._area.verticalScrollBar()
        QTimer.singleShot(0, lambda: bar.setValue(card.y()))
        card.table.setFocus()

    def _said_source(self) -> str:
        return clean(self.source.text())

    # Writing

    def _typed(self, card: RateBlock, rate: RateRow, written: str) -> None:
        source = self._said_source() or _("typed without a source")
        try:
            if card.block.keyed:
                key = read_key(rate, written)
                act = partial(projects.set_rate_key, rate_id=rate.id, key=key, source=source)
            else:
                act = partial(projects.set_rate, rate_id=rate.id, cents=read_amount(written), source=source)
        except UserError as error:
            card.refuse(str(error))
            return
        card.trouble.say("")
        self.desk.write(self, Label(N_("rate typed")), act, failed=lambda error: self._failed(card, error))

    def _failed(self, card: RateBlock, error: BaseException) -> None:
        if not isinstance(error, UserError):
            raise error
        card.refuse(str(error))

    def _accept(self, proposals: Sequence[tuple[RateRow, int]]) -> None:
        source = self._said_source() or _("70 % of the first rate, accepted")

        def act(s: Session) -> None:
            for rate, cents in proposals:
                projects.set_rate(s, rate.id, cents, source=source)

        label_ = counted("one rate accepted", "{count} rates accepted", len(proposals))
        self.desk.write(self, label_, act)

    def _confirm(self, block: Block) -> None:
        source = self._said_source()
        if not source:
            self.trouble.say(_("Say first where you read these rates."))
            self.source.setFocus()
            self.unsourced.emit()
            return
        ids = [rate.id for rate in block.rates]
        label_ = counted("one rate confirmed", "{count} rates confirmed", len(ids))
        self.desk.write(self, label_, lambda s: projects.confirm_rates(s, ids, source=source))

    # As a file

    def _ask_load(self) -> None:
        path = places.ask_open(self, _("Load a sheet of rates…"), [(_(EXCEL[0]), EXCEL[1])], "rates")
        if path is not None:
            self.load(path)

    def load(self, path: Path) -> None:
        """A colleague's sheet in one step; what cannot be used is told and changes nothing."""
        project, db = self.desk.project, self.desk.db
        if project is not None:
            tasks.run(
                self,
                lambda _p: money.import_rates(db, project, path),
                self._loaded,
                self.told.refuse,
                title=_("Loading the rates"),
                lane="files",
            )

    def _loaded(self, found: money.Imported) -> None:
        said = [render(money.rates_changed(found.count)), *(render(each.text) for each in found.findings[:6])]
        if len(found.findings) > len(said) - 1:
            said.append("…")
        self.told.say("\n".join(said))

    def _ask_save(self) -> None:
        project = self.desk.project
        if project is None:
            return
        name = safe_name(_("rates {reference}").format(reference=project.reference), EXCEL[1][0])
        path = places.ask_save(self, _("Save the sheet of rates…"), name, (_(EXCEL[0]), EXCEL[1]), "rates")
        if path is not None:
            self.save(path)

    def save(self, path: Path) -> None:
        project, db, language = self.desk.project, self.desk.db, current()
        if project is not None:
            tasks.run(
                self,
                lambda _p: money.export_rates(db, project, path, language),
                lambda _done: self.told.say(_("The rates are in “{name}”.").format(name=path.name)),
                self.told.refuse,
                title=_("Writing the rates"),
                lane="files",
            )


def missing_text(missing: int) -> str:
    """The one banner of the page while totals are not final."""
    return _("Provisional totals: {n} rates are still to be entered or confirmed.").format(n=number(missing))

"""Certificates for the whole project: who gets which print, who is left out and why, in which languages, where to."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mobility_app.core.facts import LeftOut
from mobility_app.core.wanted import Wanted
from mobility_app.files import safe_name
from mobility_app.i18n import N_, Text, _, ngettext, number, render
from mobility_app.jobs import certificates
from mobility_app.jobs.certificates import Printed
from mobility_app.store import queries
from mobility_app.ui import places, tasks
from mobility_app.ui.buttons import button, link
from mobility_app.ui.cards import Card, column, empty, line, rule, scrolled
from mobility_app.ui.chips import Segments
from mobility_app.ui.desk import Desk
from mobility_app.ui.labels import label
from mobility_app.ui.pills import pill

PDF: places.Kind = (N_("PDF document"), (".pdf",))
PRINTS = (
    ("auto", N_("As they stand")),
    ("draft", N_("Drafts")),
    ("to-sign", N_("To be signed")),
    ("final", N_("Final")),
)
TONES = {"draft": "neutral", "to-sign": "warning", "final": "success"}
LANGUAGES = {"fr-en": ("fr", "en"), "fr": ("fr",), "en": ("en",)}


@dataclass(frozen=True)
class Who:
    """The kinds of print of those who get one, and those who are left out."""

    ids: tuple[str, ...]
    prints: Counter[str]
    left_out: tuple[LeftOut, ...]


class CertificatesCard(Card):
    """`printed` tells what was made, and where."""

    printed = Signal(object, Path)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(_("Certificates"), parent=parent)
        self._desk = desk
        self._query: tasks.Task | None = None
        self.who = Who((), Counter(), ())
        self.kind = Segments(_("Kind of print"), [(code, _(title)) for code, title in PRINTS])
        self.kind.changed.connect(lambda _code: self.refresh())
        self.language = Segments(
            _("Languages of the certificates"),
            [("fr-en", _("French and English")), ("fr", "Français"), ("en", "English")],
        )
        self.explanation = label("", "muted", wrap=True)
        self.total = label("", "figure")
        self.total.setAccessibleName(_("Certificates"))
        self._kinds = line(spacing=6)
        self._reasons = column(spacing=0)
        holder = QWidget()
        holder.setLayout(column(self._reasons, None, spacing=0))
        self.one_file = button(_("One PDF…"), lambda: self._ask(one_file=True), icon="printer")
        self.each = button(_("One PDF a person…"), lambda: self._ask(one_file=False))
        for each in (self.kind, self.explanation, self.total, self._kinds, rule()):
            self.add(each)
        self._left_title = label("", "strong")
        self.add(self._left_title)
        self.add(scrolled(holder), 1)
        self.add(self.language)
        self.add(line(None, self.each, self.one_file))

    def choose_kind(self, kind: str) -> None:
        """Counts for another kind of print."""
        self.kind.choose(kind)
        self.refresh()

    def refresh(self) -> None:
        """Counts again who gets one, without writing anything."""
        project, db, today, kind = self._desk.project, self._desk.db, self._desk.today, self.kind.chosen()
        self.explanation.setText(_explain(kind))
        if project is None:
            return

        def work(_progress: tasks.Progress) -> Who:
            with db.read() as s:
                ids = queries.mobility_ids(s, project_id=project.id, today=today)
            rows, left_out = certificates.prepare(db, project, ids, today=today, print_as=kind)
            made = tuple(row.mobility.id for row in rows)
            return Who(made, Counter(row.print for row in rows), tuple(left_out))

        if self._query is not None:
            self._query.cancel()
        self._query = tasks.run(self, work, self._show)

    def _show(self, who: Who) -> None:
        self.who = who
        count = len(who.ids)
        text = ngettext("{n} certificate", "{n} certificates", count).format(n=number(count))
        self.total.setText(text)
        empty(self._kinds)
        for code, title in PRINTS[1:]:
            if who.prints[code]:
                text = _("{name}: {value}").format(name=_(title), value=number(who.prints[code]))
                self._kinds.addWidget(pill(text, TONES[code]))
        self._kinds.addStretch(1)
        self._show_left_out(who.left_out)
        for each in (self.one_file, self.each):
            each.setEnabled(count > 0)

    def _show_left_out(self, left_out: Sequence[LeftOut]) -> None:
        empty(self._reasons)
        text = ngettext("{n} person left out", "{n} persons left out", len(left_out))
        self._left_title.setText(text.format(n=number(len(left_out))) if left_out else _("Nobody is left out."))
        by_reason: dict[str, list[LeftOut]] = {}
        for each in left_out:
            by_reason.setdefault(_without_days(each.reason), []).append(each)
        for general, found in sorted(by_reason.items(), key=lambda item: -len(item[1])):
            exact = {render(each.reason) for each in found}
            reason = exact.pop() if len(exact) == 1 else general
            ids = tuple(each.mobility_id for each in found)
            names = ", ".join(each.name for each in found[:3]) + (", …" if len(found) > 3 else "")
            words = column(label(reason, wrap=True), label(names, "small", wrap=True), spacing=1)
            see = link(
                _("See {n}").format(n=number(len(found))),
                partial(self._see, ids, reason),
                name=_("See those left out: {what}").format(what=reason),
            )
            row = line(words, see, margins=(0, 5, 0, 5))
            row.setStretch(0, 1)
            self._reasons.addLayout(row)
            self._reasons.addWidget(rule())

    def _see(self, ids: tuple[str, ...], reason: str) -> None:
        self._desk.show("mobilities", Wanted(ids=ids, title=reason))

    # Printing

    def _ask(self, *, one_file: bool) -> None:
        project = self._desk.project
        if project is None:
            return
        name = safe_name(_("certificates {reference}").format(reference=project.reference), ".pdf")
        if one_file:
            path = places.ask_save(self, _("Print the certificates"), name, (_(PDF[0]), PDF[1]), "certificates")
        else:
            path = places.ask_folder(self, _("Folder of the certificates"), "certificates")
        if path is not None:
            self.print_to(path, one_file=one_file)

    def print_to(self, path: Path, *, one_file: bool) -> None:
        """Prints in the worker; `printed` tells when it is done."""
        project, db, today, ids, kind = (
            self._desk.project,
            self._desk.db,
            self._desk.today,
            self.who.ids,
            self.kind.chosen(),
        )
        if project is None:
            return
        languages = LANGUAGES[self.language.chosen()]
        merged, out = (path, None) if one_file else (None, path)

        def work(progress: tasks.Progress) -> Printed:
            return certificates.print_certificates(
                db,
                project,
                ids,
                today=today,
                print_as=kind,
                languages=languages,
                out=out,
                merged=merged,
                progress=progress,
            )

        tasks.run(
            self,
            work,
            lambda made: self.printed.emit(made, path),
            title=_("Printing the certificates"),
            lane="files",
        )


def _explain(kind: str) -> str:
    return {
        "auto": _(
            "Each person gets the print of the day: a draft before the last week, then to be signed, then final."
        ),
        "draft": _("PROJET across the page, no number: to be read before the departure."),
        "to-sign": _("With its number; place, date and signature are left to the host."),
        "final": _("Only for stays that are over."),
    }[kind]


def _without_days(reason: Text) -> str:
    """The reason with a dot in the place of each date, so that those of several days stand together."""
    values = tuple((name, "…" if isinstance(value, dt.date) else value) for name, value in reason.values)
    return render(replace(reason, values=values))

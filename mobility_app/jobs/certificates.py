"""Certificates for some stays, end to end: numbers reserved, papers drawn and checked, the register kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from mobility_app.actions import papers
from mobility_app.core.facts import CertificateRow, LeftOut, MobilityRow, ProjectRow
from mobility_app.errors import UserError
from mobility_app.i18n import N_, _
from mobility_app.store import queries
from mobility_app.store.database import Database
from mobility_app.store.journal import Label, counted

Progress = Callable[[int, int], bool]
Print = Literal["draft", "to-sign", "final"]
PRINTS = ("auto", "draft", "to-sign", "final")


@dataclass(frozen=True)
class Printed:
    """The files made, how many certificates they hold, and who was left out and why."""

    files: tuple[Path, ...]
    count: int
    left_out: tuple[LeftOut, ...]
    cancelled: bool = False


def print_certificates(
    db: Database,
    project: ProjectRow,
    ids: Sequence[str],
    *,
    today: dt.date,
    print_as: str = "auto",
    languages: tuple[str, ...] = ("fr", "en"),
    out: Path | None = None,
    merged: Path | None = None,
    progress: Progress | None = None,
) -> Printed:
    """One merged file, one file a person, or both. Who cannot have a certificate is left out with the reason."""
    from mobility_app.documents import certificate

    printable, left_out = prepare(db, project, ids, today=today, print_as=print_as)
    rows = _numbered(db, project, printable)
    files: list[Path] = []
    done = 0  # how many certificates stand in a finished file
    steps = _Steps(progress, len(rows) * ((out is not None) + (merged is not None)))
    if merged is not None and rows:
        files += certificate.write_merged(merged, rows, languages, steps.part(0))
        done = len(rows) if files else 0
    if out is not None and rows and (merged is None or files):
        each = certificate.write_each(out, rows, languages, steps.part(len(rows) if merged else 0))
        files, done = files + each, max(done, len(each))
    _register(db, rows[:done], today, languages)
    return Printed(tuple(files), done, tuple(left_out), cancelled=done < len(rows))


def prepare(
    db: Database, project: ProjectRow, ids: Sequence[str], *, today: dt.date, print_as: str = "auto"
) -> tuple[list[CertificateRow], list[LeftOut]]:
    """Who would get a certificate, each with its kind of print, and who would not and why; nothing is written."""
    from mobility_app.documents import certificate

    if print_as not in PRINTS:
        raise UserError(_("“{name}” is no kind of print.").format(name=print_as), _("auto, draft, to-sign or final."))
    with db.read() as s:
        stays = queries.mobilities(s, ids, today=today)
        companions = queries.companions(s, [row.id for row in stays if row.accompanying])
    return certificate.check([_row(stay, project, print_as, today, companions.get(stay.id)) for stay in stays])


class _Steps:
    """One progress for several parts of the work."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress, self._total = progress, total

    def part(self, offset: int) -> Progress | None:
        progress = self._progress
        return (lambda done, _all: progress(offset + done, self._total)) if progress else None


def _row(stay: MobilityRow, project: ProjectRow, print_as: str, today: dt.date, learners: int | None) -> CertificateRow:
    from mobility_app.documents import certificate

    chosen: dict[str, Print] = {"draft": "draft", "to-sign": "to-sign", "final": "final"}
    kind = chosen.get(print_as) or certificate.choose_print(stay, today, stay.actual_end is not None)
    return CertificateRow(stay, project, kind, "", today if kind == "final" else None, learners=learners)


def _numbered(db: Database, project: ProjectRow, rows: Sequence[CertificateRow]) -> list[CertificateRow]:
    """Each row that is not a draft with its number and its verification code; numbers already given are kept."""
    official = [row.mobility for row in rows if row.print != "draft"]
    if not official:
        return list(rows)
    if db.read_only:
        raise UserError(
            _("Certificates need numbers, and this file is open for reading only."),
            _("Print drafts, or open the file for writing."),
        )
    with db.write(Label(N_("certificate numbers")), undoable=False) as s:
        key = papers.secret(s)
        numbers = papers.reserve_certificates(s, project.id, official)
    return [
        replace(
            row,
            number=numbers[row.mobility.id],
            verification=papers.verification(key, "CERT", project.reference, numbers[row.mobility.id]),
        )
        if row.mobility.id in numbers and row.print != "draft"
        else row
        for row in rows
    ]


def _register(db: Database, rows: Sequence[CertificateRow], today: dt.date, languages: tuple[str, ...]) -> None:
    prints = {row.mobility.id: row.print for row in rows if row.print != "draft"}
    if not prints:
        return
    label = counted("one certificate", "{count} certificates", len(prints))
    with db.write(label) as s:
        papers.issue_certificates(s, prints, today=today, language="+".join(languages))

"""The Beneficiary Module's file, end to end: checked, filled, its export compared, adopted, its feedback read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mobility_app import files
from mobility_app.actions import reconciling
from mobility_app.core.beneficiary import checks
from mobility_app.core.beneficiary.columns import BY_MODULE_KEY, CHOOSABLE
from mobility_app.core.beneficiary.comparison import Comparison, Difference
from mobility_app.core.beneficiary.comparison import compare as compared_rows
from mobility_app.core.beneficiary.local_ids import learned
from mobility_app.core.beneficiary.matching import Pair, TheirRow
from mobility_app.core.beneficiary.values import OurStay, our_stay
from mobility_app.core.facts import OrganisationRow, ProjectRow
from mobility_app.core.rates import RateTable
from mobility_app.errors import UserError
from mobility_app.i18n import Text, _
from mobility_app.jobs import beneficiary_memory as memory
from mobility_app.jobs import dossiers
from mobility_app.jobs.beneficiary_memory import Choices
from mobility_app.jobs.collector import resting
from mobility_app.store import queries, reports
from mobility_app.store.database import Database
from mobility_app.store.journal import counted

if TYPE_CHECKING:
    from mobility_app.exchange.beneficiary.feedback import Mark
    from mobility_app.exchange.beneficiary.file import ModuleFile
    from mobility_app.exchange.beneficiary.filling import Plan

Cancel = Callable[[], bool] | None


@dataclass(frozen=True)
class Dossier:
    """What the dossier brings to a comparison; `local_ids` are those of organisations in the module, by our id."""

    project: ProjectRow
    rates: RateTable
    stays: tuple[OurStay, ...]
    organisations: Mapping[str, OrganisationRow]
    local_ids: Mapping[str, str]


@dataclass(frozen=True)
class Prepared:
    """A copy that could be written. `appeared` and `vanished` are headers, against the last file of the same call."""

    plan: Plan
    project: ProjectRow
    problems: tuple[checks.Problem, ...]
    appeared: tuple[str, ...] = ()
    vanished: tuple[str, ...] = ()

    @property
    def file(self) -> ModuleFile:
        return self.plan.file


@dataclass(frozen=True)
class Compared:
    file: ModuleFile
    project: ProjectRow
    comparison: Comparison
    choices: Choices = field(default_factory=dict)

    @property
    def adoptable(self) -> tuple[Difference, ...]:
        return tuple(difference for difference in self.comparison.different if difference.adoptable)


# ---- the file and the dossier ----------------------------------------------------------------------------------------


def open_file(
    db: Database, path: Path, project: str | None, *, choices: Choices | None = None, cancel: Cancel = None
) -> ModuleFile:
    """Her file, its headers understood: as she says now, as she said of these headers before, as their titles say.

    `choices`: header → key of a column, "" for one to leave alone.
    """
    from mobility_app.exchange.beneficiary import file as module_file

    opened = module_file.open_file(path, cancel=cancel)
    with db.read() as s:
        remembered = memory.remembered(s, dossiers.chosen_project(s, project), opened.layout.fingerprint)
    decided = {**remembered, **memory.folded(opened, choices or {})}
    return module_file.ModuleFile(opened.path, opened.content, opened.book, decided) if decided else opened


def dossier(db: Database, project: str | None, *, today: dt.date) -> Dossier:
    with db.read() as s:
        row = dossiers.chosen_project(s, project)
        rates = queries.rate_table(s, row)
        rows = queries.mobilities(s, project_id=row.id, today=today)
        organisations = {found.id: found for found in queries.organisations(s)}
        paid = [r.id for r in rows if r.course_days or r.linguistic or r.visa_cents or r.expensive_travel]
        grants = reports.grants(s, paid, today) if paid else {}
        local_ids = memory.organisations(s, row.id)
    keys = ("course_fees", "linguistic_support", "exceptional_costs_visa", "exceptional_costs_travel")
    stays = tuple(
        our_stay(
            r,
            row,
            rates,
            sending=organisations.get(r.sending_id or ""),
            host=organisations.get(r.host_id or ""),
            amounts={key: grants[r.id].amount(key) for key in keys} if r.id in grants else {},
        )
        for r in rows
    )
    return Dossier(row, rates, stays, organisations, local_ids)


# ---- filling ---------------------------------------------------------------------------------------------------------


@resting()
def prepare(
    db: Database,
    template: Path,
    project: str | None,
    *,
    today: dt.date,
    choices: Choices | None = None,
    cancel: Cancel = None,
) -> Prepared:
    """What filling a copy would do, with every problem that is known before the upload; nothing is written."""
    from mobility_app.exchange.beneficiary import filling
    from mobility_app.exchange.beneficiary.file import whole

    file = open_file(db, template, project, choices=choices, cancel=cancel)
    ours = dossier(db, project, today=today)
    with whole(file.name):
        plan = filling.plan(file, ours.stays, ours.project.reference, ours.organisations, ours.local_ids)
    found = checks.before_upload(
        ours.project,
        ours.rates,
        ours.stays,
        ours.organisations,
        plan.theirs,
        {column.key for column in file.layout.columns if column.key and column.mandatory},
        file.layout.by_key.keys(),
    )
    problems = [*plan.problems, *(filling.located(plan, problem) for problem in found)]
    problems.sort(key=lambda problem: (problem.our is not None, problem.row, problem.cell))
    headers = [column.header for column in file.layout.columns]
    with db.read() as s:
        last = memory.last_headers(s, ours.project) or headers
    appeared, vanished = memory.against(headers, last), memory.against(last, headers)
    return Prepared(plan, ours.project, tuple(problems), appeared, vanished)


def fill(
    db: Database,
    template: Path,
    project: str | None,
    out: Path,
    *,
    today: dt.date,
    choices: Choices | None = None,
    cancel: Cancel = None,
) -> Prepared:
    """Writes the filled copy, read back and compared before it takes its name; new IDs are one step of the dossier."""
    prepared = prepare(db, template, project, today=today, choices=choices, cancel=cancel)
    save(db, prepared, out, today=today, choices=choices)
    return prepared


@resting()
def save(db: Database, prepared: Prepared, out: Path, *, today: dt.date, choices: Choices | None = None) -> None:
    """The second half of `fill`, once she has seen what was prepared."""
    from mobility_app.exchange.beneficiary import copying

    template = prepared.file.path
    if out.resolve() == template.resolve():
        raise UserError(_("The copy may not replace your own file."), _("Give the copy another name."))
    if out.suffix.lower() != template.suffix.lower():
        raise UserError(
            _("The copy must be of the same kind as your file: {suffix}.").format(suffix=template.suffix),
            _("Give the copy a name with that ending."),
        )
    with files.replacing(out) as temporary:
        copying.write(prepared.plan, temporary)
        if prepared.plan.ids:
            count = len(prepared.plan.ids)
            label = counted("BM ID of one mobility", "BM IDs of {count} mobilities", count)
            with db.write(label) as s:
                reconciling.give_ids(s, prepared.plan.ids)
        filled = temporary.read_bytes()
        counts = {"rows": len(prepared.plan.rows), "added": prepared.plan.added, "problems": len(prepared.problems)}
        memory.keep(db, prepared.project, prepared.file, choices or {}, out.name, filled, "out", today, counts)
        memory.keep_known(db, prepared.project, organisations=prepared.plan.local_ids)


def exchanged(db: Database, project: str | None) -> list[dict[str, Any]]:
    """The files that went to the module and came from it, the newest first."""
    with db.read() as s:
        return reconciling.kept_files(s, dossiers.chosen_project(s, project).id)


# ---- reading back ----------------------------------------------------------------------------------------------------


@resting()
def compare(
    db: Database,
    export: Path,
    project: str | None,
    *,
    today: dt.date,
    choices: Choices | None = None,
    cancel: Cancel = None,
) -> Compared:
    """Her export against the dossier; nothing is written."""
    from mobility_app.exchange.beneficiary.file import whole

    file = open_file(db, export, project, choices=choices, cancel=cancel)
    ours = dossier(db, project, today=today)
    with whole(file.name):
        found = compared_rows(file.rows, ours.stays, file.layout.by_key.keys())
    return Compared(file, ours.project, found, choices or {})


def chosen(compared: Compared, fields: Iterable[str] = (), *, everything: bool = False) -> tuple[Difference, ...]:
    """The differences that the dossier can take, of these fields or of all."""
    wanted = set(fields)
    if unknown := wanted - BY_MODULE_KEY.keys():
        raise UserError(
            _("“{field}” is no field of the Beneficiary Module.").format(field=sorted(unknown)[0]),
            _("Fields: {fields}.").format(fields=", ".join(sorted(CHOOSABLE))),
        )
    return tuple(found for found in compared.adoptable if everything or found.key in wanted)


def adopt(db: Database, compared: Compared, differences: Sequence[Difference], *, today: dt.date) -> int:
    """Takes these of their values as one step; returns how many fields were taken."""
    if differences:
        count = len({difference.our.id for difference in differences})
        label = counted("BM taken over for one mobility", "BM taken over for {count} mobilities", count)
        with db.write(label) as s:
            reconciling.adopt(s, differences)
    note_import(db, compared, today=today, adopted=len(differences))
    return len(differences)


def note_import(db: Database, compared: Compared, *, today: dt.date, adopted: int = 0) -> None:
    """Keeps the record of an export that was compared."""
    found = compared.comparison
    counts = {"rows": len(compared.file.rows), "different": len(found.different), "adopted": adopted}
    file = compared.file
    memory.keep(db, compared.project, file, compared.choices, file.path.name, file.content, "in", today, counts)
    memory.keep_known(
        db,
        compared.project,
        organisations=learned(found.pairs.pairs),
        reports={pair.our.id: status for pair, status in found.reports},
        today=today,
    )


def explanation(db: Database, difference: Difference, *, today: dt.date) -> tuple[Text, ...]:
    """Why an amount differs: both amounts, then each line of ours as it was reckoned."""
    if BY_MODULE_KEY[difference.key].kind != "money" or not isinstance(difference.theirs, int):
        return ()
    with db.read() as s:
        grant = reports.grants(s, [difference.our.id], today)[difference.our.id]
    prefix = {"linguistic_grant": "linguistic_support", "total": ""}.get(difference.key, difference.key)
    lines = tuple(line.sentence for line in grant.lines if line.key.startswith(prefix))
    return (checks.amount_gap(difference.ours, difference.theirs), *lines)


def feedback(db: Database, path: Path, project: str | None, *, today: dt.date) -> list[tuple[Mark, Pair | TheirRow]]:
    """The marked cells of a feedback file, each with the mobility of its row, or with their row where none matches."""
    from mobility_app.core.beneficiary.matching import match
    from mobility_app.exchange.beneficiary import feedback as marked
    from mobility_app.exchange.beneficiary.file import whole

    file = open_file(db, path, project)
    with whole(file.name):
        pairs = match(file.rows, dossier(db, project, today=today).stays)
        found = marked.marks(file)
    by_row: dict[int, Pair | TheirRow] = {row.number: row for row in file.rows}
    by_row |= {pair.their.number: pair for pair in pairs.pairs}
    return [(mark, by_row[mark.row]) for mark in found]


def let_go(held: list[Any]) -> None:
    """Drops what `held` has last, its rows one at a time: dropped as a whole, they would stop every thread meanwhile.

    The caller keeps no other reference to it.
    """
    parts = _parts(held.pop())
    while parts:
        parts.pop()


def _parts(found: Prepared | Compared) -> list[Any]:
    pairs = found.plan.pairs if isinstance(found, Prepared) else found.comparison.pairs
    rows = [*found.file.layout.sheet.rows, *found.file.rows, *pairs.pairs, *pairs.only_here, *pairs.only_there]
    if isinstance(found, Prepared):
        return [*rows, *found.plan.edits.values(), *found.problems]
    return [*rows, *(pair.our for pair in pairs.pairs), *found.comparison.different]

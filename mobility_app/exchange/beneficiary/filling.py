"""A copy of her file with the dossier's mobilities in it: planned cell by cell, written, read back and compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from mobility_app.core.beneficiary import local_ids
from mobility_app.core.beneficiary.checks import Problem
from mobility_app.core.beneficiary.columns import BY_MODULE_KEY
from mobility_app.core.beneficiary.comparison import differs
from mobility_app.core.beneficiary.matching import Pairs, TheirRow, match, proposed_ids
from mobility_app.core.beneficiary.values import OurStay
from mobility_app.core.facts import OrganisationRow
from mobility_app.errors import UserError
from mobility_app.exchange.beneficiary.file import ModuleFile
from mobility_app.exchange.beneficiary.layout import LayoutColumn
from mobility_app.exchange.beneficiary.manner import Trouble
from mobility_app.exchange.beneficiary.sheet_xml import Written
from mobility_app.i18n import N_, Term, Text, _, text

Edits = dict[int, dict[int, Written]]
_LOCAL = {f"{end}_local_id": end for end in local_ids.ENDS}


@dataclass
class Plan:
    """What the copy will hold. `ids` are the Mobility activity IDs that the dossier will take, `local_ids` those of
    organisations in the project; `rows` says where each stay stands in the file.
    """

    file: ModuleFile
    pairs: Pairs
    ids: dict[str, str] = field(default_factory=dict)
    local_ids: dict[str, str] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    added: int = 0
    edits: Edits = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @cached_property
    def theirs(self) -> dict[str, TheirRow]:
        return {id_: pair.their for id_, pair in self.pairs.by_stay.items()}


def plan(
    file: ModuleFile,
    stays: Sequence[OurStay],
    reference: str,
    organisations: Mapping[str, OrganisationRow],
    kept: Mapping[str, str],
) -> Plan:
    """Every planned stay in its row; nothing is written. `kept`: IDs of organisations in earlier files.

    Raises UserError for a kind of file that cannot be filled.
    """
    if file.kind not in ("xlsx", "text"):
        raise UserError(
            _("“{name}” can be compared, but not filled: its kind would lose what it holds.").format(name=file.name),
            _("Export the mobilities again in the module, as XLSX or CSV, and choose that file."),
        )
    made = Plan(file, match(file.rows, stays))
    planned = [stay for stay in stays if stay.row.planned]
    _give_ids(made, planned, [str(id_) for stay in stays if (id_ := stay.row.bm_id)], reference)
    _place(made, planned)
    _name_organisations(made, planned, organisations, kept)
    formulas = _formulas(made)
    told: set[tuple[str, Trouble]] = set()
    for stay in planned:
        for column in file.layout.columns:
            _fill(made, stay, column, formulas, told)
    made.problems += _about_columns(made)
    made.problems += _about_rows(made)
    return made


def _give_ids(made: Plan, planned: Sequence[OurStay], ours: Sequence[str], reference: str) -> None:
    """The file's own ID where it has one; a new one for each stay that neither side has named."""
    if "bm_id" not in made.file.layout.by_key:
        return
    nameless = [stay for stay in planned if not stay.row.bm_id]
    theirs = {stay.id: made.theirs[stay.id].values.get("bm_id") for stay in nameless if stay.id in made.theirs}
    made.ids = {id_: str(value) for id_, value in theirs.items() if value}
    taken = [*ours, *(str(row.values["bm_id"]) for row in made.file.rows if row.values.get("bm_id"))]
    made.ids |= proposed_ids([stay for stay in nameless if stay.id not in made.ids], taken, reference)


def _place(made: Plan, planned: Sequence[OurStay]) -> None:
    """Known rows stay where they are; the others follow the last one, in rows where nothing of the table stands."""
    layout = made.file.layout
    last = max([layout.headers[-1], *(row.number for row in layout.rows)])
    columns = [column.index for column in layout.columns if column.key and BY_MODULE_KEY[column.key].written]
    occupied = {
        row.number for row in layout.sheet.rows if row.number > last and any(row.cell(c) is not None for c in columns)
    }
    for stay in planned:
        if stay.id in made.theirs:
            made.rows[stay.id] = made.theirs[stay.id].number
            continue
        last += 1
        while last in occupied:
            last += 1
        made.rows[stay.id] = last
        made.added += 1


def _name_organisations(
    made: Plan, planned: Sequence[OurStay], organisations: Mapping[str, OrganisationRow], kept: Mapping[str, str]
) -> None:
    """As this file has them, as earlier ones had them, else of our own: without one the module would make doubles."""
    column = next((c for key in _LOCAL if (c := made.file.layout.by_key.get(key))), None)
    if column is None:
        return
    known = {**kept, **local_ids.learned(made.pairs.pairs)}
    new = local_ids.proposed((stay.row for stay in planned), organisations, known)
    made.local_ids = {**known, **new}
    if new:
        message = text(N_("Organisations without OID get an ID of ours: {ids}."), ids=", ".join(sorted(new.values())))
        remedy = N_("Where the module knows one already, write its ID there in the place of ours.")
        where = made.file.layout.headers[0]
        found = Problem("local_id", str(column.key), message, Text(remedy), None, where, f"{column.letters}{where}",
                        column.header)  # fmt: skip
        made.problems.append(found)


def _formulas(made: Plan) -> set[tuple[int, int]]:
    """Cells that the file itself computes are never overwritten."""
    return made.file.scanned(made.rows.values()).formulas() if made.file.part else set()


def _fill(
    made: Plan, stay: OurStay, column: LayoutColumn, formulas: set[tuple[int, int]], told: set[tuple[str, Trouble]]
) -> None:
    if column.key is None or not BY_MODULE_KEY[column.key].written:
        return
    key, row = column.key, made.rows[stay.id]
    value = _value(made, stay, key)
    if value is None or value == "" or (row, column.index) in formulas or _stands(made, stay, key, value):
        return
    written, trouble = made.file.manners[column.index].write(value, green=stay.row.green)
    if written is not None and not _encodes(made.file, written):
        made.problems.append(_cannot_encode(made, stay, column))
        return
    if written is not None and written.value != "":
        made.edits.setdefault(row, {})[column.index] = written
    if trouble == "no_code" or (trouble and (key, trouble) not in told):
        told.add((key, trouble))
        made.problems.append(_trouble(made, stay, column, trouble, written))


def _value(made: Plan, stay: OurStay, key: str) -> object:
    if key == "bm_id":
        return made.ids.get(stay.id, stay.row.bm_id)
    if key in _LOCAL:
        return made.local_ids.get(local_ids.organisation_id(stay, _LOCAL[key]) or "")
    return stay.values.get(key)


def _stands(made: Plan, stay: OurStay, key: str, value: object) -> bool:
    """Whether the cell says it already, or is not ours to change: an ID that exists, a name that an OID stands for."""
    their = made.theirs.get(stay.id)
    if their is None:
        return False
    theirs = their.values.get(key)
    if BY_MODULE_KEY[key].use == "key":
        return bool(their.written.get(key))
    if BY_MODULE_KEY[key].use == "detail":
        oid = "host_oid" if key.startswith("host") else "sending_oid"
        if their.values.get(oid) and their.values.get(oid) == stay.values.get(oid):
            return True
    empty = not their.written.get(key)
    return key not in their.unreadable and not empty and not differs(key, value, theirs)


def _encodes(file: ModuleFile, written: Written) -> bool:
    return file.kind != "text" or file.text.encodes(str(written.value))


# ---- what is said ----------------------------------------------------------------------------------------------------


def _at(made: Plan, stay: OurStay, column: LayoutColumn, code: str, message: Text, remedy: str) -> Problem:
    row = made.rows[stay.id]
    return Problem(code, column.key or "", message, Text(remedy), stay, row, f"{column.letters}{row}", column.header)


def _cannot_encode(made: Plan, stay: OurStay, column: LayoutColumn) -> Problem:
    message = text(N_("The letters of this text do not exist in the file's encoding; the cell is left empty."))
    return _at(made, stay, column, "encoding", message, N_("Export the file as XLSX in the module and use that one."))


def _trouble(made: Plan, stay: OurStay, column: LayoutColumn, trouble: Trouble, written: Written | None) -> Problem:
    title = Term(BY_MODULE_KEY[str(column.key)].title)
    if trouble == "no_code":
        message = text(N_("No code of the file means this value of “{title}”; the cell is left empty."), title=title)
        remedy = N_("Choose the code in the file's own list, or correct the mobility.")
        return _at(made, stay, column, "no_code", message, remedy)
    shown = str(written.value) if written else ""
    message = text(
        N_("The file does not show how “{title}” is written; “{value}” is a guess, here and below."),
        title=title,
        value=shown,
    )
    remedy = N_("Compare with one mobility that you typed in the module, or prepare a full export instead.")
    return _at(made, stay, column, "unshown", message, remedy)


def _about_columns(made: Plan) -> list[Problem]:
    """Columns that nothing here can fill, each once; and keys that the file does not ask for but must."""
    layout = made.file.layout
    found = []
    for column in layout.columns:
        if column.key and BY_MODULE_KEY[column.key].use == "unknown":
            message = text(N_("Nothing here fills the column “{header}”."), header=column.header)
            remedy = N_("Complete it in the module where it is needed.")
            cell = f"{column.letters}{layout.headers[0]}"
            found.append(Problem("unfilled", column.key, message, Text(remedy), None, layout.headers[0], cell,
                                 column.header))  # fmt: skip
    for key in (column.key for column in BY_MODULE_KEY.values() if column.minimum):
        if key not in layout.by_key:
            message = text(N_("The file has no column for “{title}”."), title=Term(BY_MODULE_KEY[key].title))
            remedy = N_("Say which column it is, or export the file again in the module.")
            found.append(Problem("no_column", key, message, Text(remedy)))
    return found


def _about_rows(made: Plan) -> list[Problem]:
    """Rows that need her eye before the upload: doubles, withdrawn ones, those known by their person alone."""
    file = made.file
    found = []
    for row in made.pairs.doubled:
        message = text(
            N_("The mobility activity ID {id} stands twice: the module refuses the whole file."), id=row.name
        )
        found.append(_of_row(file, row, "bm_id", "doubled", message, N_("Delete one of the two rows.")))
    for pair in made.pairs.pairs:
        if not pair.our.row.planned:
            message = text(N_("Not taking place any more, and still in the module."))
            problem = _of_row(file, pair.their, "bm_id", "left", message, N_("Delete it there; its row is untouched."))
            found.append(replace(problem, our=pair.our))
        elif pair.how == "person":
            message = text(N_("Taken for the same mobility by its person and dates, not by its ID."))
            problem = _of_row(file, pair.their, "last_name", "person", message, N_("Check that it is the same stay."))
            found.append(replace(problem, our=pair.our))
        elif pair.our.row.bm_id and pair.their.written.get("bm_id") not in ("", None, pair.our.row.bm_id):
            message = text(N_("The module calls it {id}; its ID there is kept."), id=pair.their.written["bm_id"])
            remedy = N_("Compare with the module and take its ID over.")
            found.append(replace(_of_row(file, pair.their, "bm_id", "other_id", message, remedy), our=pair.our))
    return found


def _of_row(file: ModuleFile, row: TheirRow, key: str, code: str, message: Text, remedy: str) -> Problem:
    column = file.layout.by_key.get(key)
    header = column.header if column else ""
    return Problem(code, key, message, Text(remedy), None, row.number, file.layout.address(key, row.number), header)


def located(made: Plan, problem: Problem) -> Problem:
    """A rule's problem with the cell that it speaks of."""
    if problem.cell or problem.our is None or problem.our.id not in made.rows:
        return problem
    row = made.rows[problem.our.id]
    column = made.file.layout.by_key.get(problem.key)
    return replace(
        problem, row=row, cell=made.file.layout.address(problem.key, row), header=column.header if column else ""
    )

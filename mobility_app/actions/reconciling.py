"""What the Beneficiary Module knows better, taken into the dossier; and the IDs by which both know a mobility."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mobility_app.actions import mobilities, organisations, records, settings
from mobility_app.core.beneficiary.columns import BY_MODULE_KEY
from mobility_app.core.beneficiary.comparison import Difference
from mobility_app.core.facts import MobilityRow
from mobility_app.errors import UserError
from mobility_app.i18n import _
from mobility_app.store.schema import Mobility

FILES = "bm files {id}"  # setting: {"files": [{"name", "sha256", "date", "direction", "rows", …}]}, the newest first
_KEPT = 200  # files a project remembers


def give_ids(s: Session, ids: Mapping[str, str]) -> int:
    """Mobility activity IDs for the stays that have none; one that another stay of the project has is refused."""
    rows = [row for id_ in ids if (row := records.get(s, Mobility, id_)).bm_id is None]
    for project_id in {row.project_id for row in rows}:
        _refuse_doubles(s, project_id, {row.id: ids[row.id] for row in rows if row.project_id == project_id})
    for row in rows:
        records.assign(row, {"bm_id": ids[row.id]})
    return len(rows)


def adopt(s: Session, differences: Iterable[Difference]) -> int:
    """Takes these of their values; those that the dossier cannot take are left. Returns how many fields were taken."""
    by_stay: dict[str, list[Difference]] = defaultdict(list)
    for difference in differences:
        if difference.adoptable:
            by_stay[difference.our.id].append(difference)
    for id_, found in by_stay.items():
        values: dict[str, Any] = {}
        for difference in found:
            values |= taken(difference)
        for end in ("sending", "host"):
            if oid := values.pop(f"{end}_oid", None):
                _give_oid(s, found[0].our.row, end, str(oid))
        if bm_id := values.get("bm_id"):
            _refuse_doubles(s, found[0].our.row.project_id, {id_: str(bm_id)})
        if values:
            mobilities.change(s, id_, **values)
    return sum(map(len, by_stay.values()))


def taken(difference: Difference) -> dict[str, Any]:
    """The field and the value that their cell becomes here."""
    row, theirs = difference.our.row, difference.theirs
    field = BY_MODULE_KEY[difference.key].adopts
    match difference.key:
        case "accompanying":
            return {field: "accompanying" if theirs else "participant"}
        case "draft":
            return {field: "draft" if theirs else "complete"}
        case "ols" | "linguistic_support":
            kind = "ols" if difference.key == "ols" else "grant"
            return {field: kind if theirs else None if row.linguistic == kind else row.linguistic}
        case "start" if row.actual_start:
            return {"actual_start": theirs}
        case "end" if row.actual_end:
            return {"actual_end": theirs}
    return {field: theirs}


def _give_oid(s: Session, row: MobilityRow, end: str, oid: str) -> None:
    id_ = row.sending_id if end == "sending" else row.host_id
    if id_:
        organisations.change(s, id_, oid=oid)


def _refuse_doubles(s: Session, project_id: str, ids: Mapping[str, str]) -> None:
    query = select(Mobility.bm_id, Mobility.number, Mobility.id).where(
        Mobility.project_id == project_id, Mobility.bm_id.is_not(None), Mobility.deleted.is_(None)
    )
    wanted = set(ids.values())
    for bm_id, number, id_ in s.execute(query):
        if bm_id in wanted and id_ not in ids:
            raise UserError(
                _("The ID {id} is already that of mobility no. {number}.").format(id=bm_id, number=number),
                _("Correct one of the two first."),
            )


def keep_file(s: Session, project_id: str, record: Mapping[str, Any]) -> None:
    """A file that went to the module or came from it; the same file on the same day is kept once."""
    key = FILES.format(id=project_id)
    known = [kept for kept in settings.get(s, key).get("files", []) if not _same(kept, record)]
    settings.put(s, key, {"files": [dict(record), *known][:_KEPT]})


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return all(one.get(name) == other.get(name) for name in ("sha256", "date", "direction"))


def kept_files(s: Session, project_id: str) -> list[dict[str, Any]]:
    return list(settings.get(s, FILES.format(id=project_id)).get("files", []))

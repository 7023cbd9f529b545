"""What is remembered of the Beneficiary Module's files: the headers, what she said of them, the files exchanged."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mobility_app.actions import reconciling, settings
from mobility_app.core.beneficiary.columns import CHOOSABLE
from mobility_app.core.facts import ProjectRow
from mobility_app.core.text import words
from mobility_app.errors import UserError
from mobility_app.i18n import N_, _
from mobility_app.store.database import Database, Session
from mobility_app.store.journal import Label

if TYPE_CHECKING:
    from mobility_app.exchange.beneficiary.file import ModuleFile

LAYOUT = "bm layout {action} {year}"  # setting: {"choices": {fingerprint: {folded header: key}}, "headers": […]}
ORGANISATIONS = "bm organisations {id}"  # setting: {our organisation's id: its ID in the project of the module}
REPORTS = "bm reports {id}"  # setting: {mobility's id: {"status": the participant report's, "on": day of the export}}
KEPT = N_("exchange with the Beneficiary Module noted")
_LAYOUTS = 20  # fingerprints whose choices are kept
Choices = Mapping[str, str]


def folded(file: ModuleFile, choices: Choices) -> dict[str, str]:
    headers = {words(column.header): column.header for column in file.layout.columns}
    for header, key in choices.items():
        if words(header) not in headers:
            raise UserError(
                _("The file has no column “{header}”.").format(header=header),
                _("Its columns: {headers}.").format(headers=", ".join(headers.values())),
            )
        if key and key not in CHOOSABLE:
            raise UserError(
                _("“{field}” is no field of the Beneficiary Module.").format(field=key),
                _("Fields: {fields}.").format(fields=", ".join(sorted(CHOOSABLE))),
            )
    return {words(header): key for header, key in choices.items()}


def remembered(s: Session, project: ProjectRow, fingerprint: str) -> dict[str, str]:
    """What she said of these headers; of the same headers in other files of the call where these say nothing."""
    known: dict[str, dict[str, str]] = settings.get(s, _setting(project)).get("choices", {})
    found: dict[str, str] = {}
    for choices in (*known.values(), known.get(fingerprint, {})):
        found |= choices
    return found


def _setting(project: ProjectRow) -> str:
    return LAYOUT.format(action=project.action, year=project.call_year)


def against(some: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    known = {words(header) for header in others}
    return tuple(header for header in some if words(header) not in known)


def keep(
    db: Database,
    project: ProjectRow,
    file: ModuleFile,
    choices: Choices,
    name: str,
    content: bytes,
    direction: str,
    today: dt.date,
    counts: Mapping[str, int],
) -> None:
    """Remembers the headers, what she said of them, and the file that was exchanged; no step to undo."""
    record: dict[str, Any] = {"name": name, "sha256": hashlib.sha256(content).hexdigest(), "date": today.isoformat()}
    record |= {"direction": direction, **counts}
    fingerprint, decided = file.layout.fingerprint, folded(file, choices)
    with db.write(Label(KEPT), undoable=False) as s:
        reconciling.keep_file(s, project.id, record)
        kept = settings.get(s, _setting(project))
        known = dict(kept.get("choices", {}))
        mine = {**known.pop(fingerprint, {}), **decided}
        if mine:
            known[fingerprint] = mine
        newest = dict(list(known.items())[-_LAYOUTS:])
        settings.put(s, _setting(project), {"choices": newest, "headers": [c.header for c in file.layout.columns]})


def last_headers(s: Session, project: ProjectRow) -> list[str]:
    """The headers of the last file of this action and call; none before the first."""
    return list(settings.get(s, _setting(project)).get("headers", []))


def organisations(s: Session, project_id: str) -> dict[str, str]:
    """The IDs of organisations in the module's project, as its files had them."""
    return settings.get(s, ORGANISATIONS.format(id=project_id))


def report_states(s: Session, project_id: str) -> dict[str, dict[str, str]]:
    """What the last export said of each mobility's participant report."""
    return settings.get(s, REPORTS.format(id=project_id))


def keep_known(
    db: Database,
    project: ProjectRow,
    *,
    organisations: Mapping[str, str],
    reports: Mapping[str, str] | None = None,
    today: dt.date | None = None,
) -> None:
    """What a file told about organisations and participant reports; no step to undo."""
    if not organisations and not reports:
        return
    told = {id_: {"status": status, "on": str(today)} for id_, status in (reports or {}).items()}
    with db.write(Label(KEPT), undoable=False) as s:
        for key, found in ((ORGANISATIONS, organisations), (REPORTS, told)):
            name = key.format(id=project.id)
            settings.put(s, name, {**settings.get(s, name), **found})

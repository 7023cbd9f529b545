"""The campus logo, from a file of hers to the papers of a project."""

from __future__ import annotations

from pathlib import Path

from mobility_app.actions import files
from mobility_app.errors import UserError
from mobility_app.files import read_at_most
from mobility_app.i18n import N_, _
from mobility_app.store.database import Database
from mobility_app.store.journal import Label

LARGEST = 10_000_000  # bytes


def set_logo(db: Database, project_id: str, path: Path | None) -> None:
    """Takes a PNG or JPEG of at most 10 MB, drawn anew; None takes the logo away. One step that can be undone."""
    png = None if path is None else _read(path)
    with db.write(Label(N_("logo of {name}"), table="project", id=project_id)) as s:
        files.set_logo(s, project_id, path.name if path else "", png)


def _read(path: Path) -> bytes:
    from mobility_app.documents import pictures

    refusal = UserError(
        _("“{name}” cannot be used as a logo.").format(name=path.name),
        _("Choose a PNG or JPEG picture of at most 10 MB."),
    )
    png = pictures.safe_png(read_at_most(LARGEST, path, refusal))
    if png is None:
        raise refusal
    return png

"""Files of the dossier: kept under their content, given to what they belong to."""

from __future__ import annotations

from sqlalchemy.orm import Session

from mobility_app.actions import records
from mobility_app.store import contents
from mobility_app.store.schema import File, Project


def add(s: Session, name: str, content: bytes, media_type: str) -> str:
    """A file of these bytes; the bytes themselves are kept once, whatever undo does."""
    row = File(sha256=contents.keep(s, content), size=len(content), media_type=media_type)
    records.assign(row, {"name": name})
    s.add(row)
    s.flush()
    return row.id


def set_logo(s: Session, project_id: str, name: str, png: bytes | None) -> None:
    """The campus logo of a project's papers; None takes it away."""
    project = records.get(s, Project, project_id)
    project.logo_id = None if png is None else add(s, name, png, "image/png")

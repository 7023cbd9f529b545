"""Files of invoices: taken in from her disk, and handed out again to be read."""

from __future__ import annotations

from pathlib import Path

from mobility_app.errors import UserError
from mobility_app.files import inside, read_at_most, replacing, safe_name
from mobility_app.i18n import _
from mobility_app.store import expenses
from mobility_app.store.database import Database

LARGEST = 20_000_000  # bytes
# What may be attached: by its ending the kind and how it begins, so that nothing that runs is ever opened.
KINDS = {
    ".pdf": ("application/pdf", b"%PDF"),
    ".png": ("image/png", b"\x89PNG"),
    ".jpg": ("image/jpeg", b"\xff\xd8\xff"),
    ".jpeg": ("image/jpeg", b"\xff\xd8\xff"),
}


def take(path: Path) -> tuple[str, bytes, str]:
    """Name, bytes and kind of a PDF or a picture of at most 20 MB, as `actions.files.add` takes them."""
    refusal = UserError(
        _("“{name}” cannot be attached.").format(name=path.name),
        _("Choose a PDF, a PNG or a JPEG picture of at most 20 MB."),
    )
    media_type, beginning = KINDS.get(path.suffix.lower(), ("", b""))
    if not media_type:
        raise refusal
    content = read_at_most(LARGEST, path, refusal)
    if beginning not in content[:1024]:
        raise refusal
    return safe_name(path.stem, path.suffix.lower()), content, media_type


def hand_out(db: Database, file_id: str, name: str, folder: Path) -> Path:
    """A copy to be read, in a folder of its own; changing it would not change the dossier, so it is protected."""
    with db.read() as s:
        content = expenses.file_content(s, file_id)
    if content is None:
        raise UserError(_("The file “{name}” is no longer there.").format(name=name), _("Attach it again."))
    path = inside(folder, f"{file_id[-8:]}-{name}")
    if not path.exists():
        with replacing(path) as temporary:
            temporary.write_bytes(content)
        path.chmod(0o400)
    return path

"""A passphrase for a dossier: set, changed or taken away, for the file and for its copies."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from mobility_app.errors import UserError
from mobility_app.files import replacing
from mobility_app.i18n import _
from mobility_app.store import backup, lock, opener, opening, vault
from mobility_app.store.engines import connect_file, is_sound
from mobility_app.store.tally import tally
from mobility_app.store.trouble import damaged, explained


def set_passphrase(path: Path, old: str | None, new: str | None, *, program: str = "mobility-app") -> int:
    """Writes a closed dossier anew under another passphrase (None: without one) and so its copies.

    Returns how many copies stay as they were, because they have yet another passphrase or are not whole. Whatever goes
    wrong with the file, it stays as it was. What was plain may still be found on the disk by special tools.
    """
    if new is not None and not new.strip():
        raise UserError(_("The passphrase is empty."), _("Type one, of several words."))
    key = opening.key_of(path, old)
    lock.acquire(path, program)
    try:
        opening.prove(path, key, read_only=False)
        new_key = vault.new_key(new) if new else None
        _rewrite(path, key, new_key)
        return sum(not _follow(copy, key, new_key) for copy in backup.copies(path))
    finally:
        lock.release(path)


def _follow(copy: backup.Backup, key: str | None, new_key: str | None) -> bool:
    """A copy that is whole and has the old key takes the new one."""
    encrypted = opener.examine(copy.path) is opener.Kind.ENCRYPTED
    if encrypted != (key is not None) or not backup.verify(copy.path, key):
        return False
    _rewrite(copy.path, key, new_key)
    backup.describe(copy.path, copy.at, copy.reason, copy.tally)
    return True


def _rewrite(path: Path, key: str | None, new_key: str | None) -> None:
    with explained(path.name), replacing(path) as temporary:
        with closing(connect_file(path, key)) as connection:
            sums = tally(connection)
            connection.execute(f'ATTACH DATABASE ? AS fresh KEY "{new_key or ""}"', (str(temporary),))
            connection.execute("SELECT sqlcipher_export('fresh')")
            for name in ("application_id", "user_version"):
                value = connection.execute(f"PRAGMA {name}").fetchone()[0]
                connection.execute(f"PRAGMA fresh.{name} = {value}")
            connection.execute("DETACH DATABASE fresh")
        with closing(connect_file(temporary, new_key, read_only=True)) as connection:
            if not is_sound(connection, encrypted=new_key is not None) or tally(connection) != sums:
                raise damaged(path.name)
        opener.remove_leftovers(path)

"""What disks, locks and servers refuse, in words that say what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError, IntegrityError
from sqlcipher3 import dbapi2

from mobility_app.errors import UserError
from mobility_app.i18n import _


@contextmanager
def explained(name: str) -> Iterator[None]:
    """Turns what the disk and the engine refuse into a UserError; what we cannot explain stays a bug."""
    try:
        yield
    except IntegrityError as error:
        raise UserError(
            _("This was refused: a number that must be unique is in use, or a record is still needed elsewhere."),
            _("Nothing was changed."),
        ) from error
    except (DatabaseError, dbapi2.DatabaseError) as error:
        if (refusal := explain(error, name)) is None:
            raise
        raise refusal from error


def explain(error: Exception, name: str) -> UserError | None:
    """The sentence for an error of the driver or of SQLAlchemy; None when we know none."""
    words = str(getattr(error, "orig", None) or error).lower()
    if any(sign in words for sign in ("is full", "disk i/o", "no space left")):
        return UserError(
            _("The disk is full or cannot be written; “{name}” was not changed.").format(name=name),
            _("Free some space, then do it again."),
        )
    if any(sign in words for sign in ("is locked", "lock timeout")):
        return UserError(
            _("“{name}” is being written by another program.").format(name=name), _("Try again in a moment.")
        )
    if any(sign in words for sign in ("readonly", "read-only", "unable to open")):
        return UserError(
            _("“{name}” was moved, replaced or write-protected meanwhile.").format(name=name),
            _("Nothing was changed. Close it and open it again."),
        )
    if any(sign in words for sign in ("malformed", "not a database")):
        return damaged(name)
    if "connect" in words:
        return UserError(
            _("The server cannot be reached, or it refuses this user or this database."),
            _("Check the address, the name, the password and the network."),
        )
    return None


def damaged(name: str) -> UserError:
    return UserError(
        _("“{name}” is damaged.").format(name=name),
        _("Restore the last verified backup: this file was not touched."),
    )

"""The door to the data: `read()`, `write(label)`, undo and redo, on a SQLite file or a PostgreSQL server."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.orm import Session as Session  # those above the store take it from here

from mobility_app.errors import UserError
from mobility_app.i18n import _
from mobility_app.store import backup, derived, journal, lock, marker, opener, opening, steps, vault
from mobility_app.store.engines import connect_file, hand_over_info, is_sound
from mobility_app.store.journal import Changes, Label
from mobility_app.store.opening import Opened, is_server
from mobility_app.store.steps import Way
from mobility_app.store.trouble import explained

log = logging.getLogger(__name__)
journal.watch()

Listener = Callable[[Changes], None]


def create_database(target: str | Path, *, passphrase: str | None = None, program: str = "mobility-app") -> Database:
    """Makes a new, empty dossier and opens it; refuses to replace anything that exists."""
    opening.make(target, passphrase)
    return open_database(target, passphrase=passphrase, program=program)


def open_database(
    target: str | Path,
    *,
    passphrase: str | None = None,
    read_only: bool = False,
    create: bool = False,
    program: str = "mobility-app",
) -> Database:
    """Opens a dossier for writing (taking its lock), or for reading beside whoever holds it."""
    if create:
        return create_database(target, passphrase=passphrase, program=program)
    if is_server(target):
        return Database(opening.open_server(str(target), read_only=read_only))
    return Database(opening.open_file(Path(target), passphrase, read_only=read_only, program=program))


def restore_database(path: Path, copy: Path, *, passphrase: str | None = None) -> Path | None:
    """Puts a verified copy in the place of a closed dossier; returns where the present state is kept, if there is one.

    `passphrase` is that of the copy: it may be older than the file's own.
    """
    return backup.restore(path, copy, vault.key_of(copy, passphrase) if passphrase and copy.is_file() else None)


class Database:
    """One dossier. Reads may run beside each other; one write at a time."""

    def __init__(self, opened: Opened) -> None:
        self.path, self.read_only = opened.path, opened.read_only
        self._key = opened.key
        self._reading = opened.engine
        self._writing = opened.engine.execution_options(journaled=True)
        self._seat = opened.seat
        self._user = lock.user() if opened.path else opened.seat
        self._turn = threading.Lock()
        self._writer = 0  # the thread whose turn it is
        self._listeners: list[Listener] = []
        self._changed = False
        self._seen = self._fingerprint()
        with self.read() as session:
            self._heard = steps.last_set_id(session)

    # ---- reading and writing

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A consistent view of the data. Hand out lists, never a half-read result."""
        with explained(self._name), Session(self._reading, autoflush=False) as session:
            yield session

    @contextmanager
    def write(self, label: Label, *, undoable: bool = True) -> Iterator[Session]:
        """One transaction, one undo step, one entry in the history. Nothing is told when nothing changed.

        A step that is not `undoable` (numbers given for good) is in the history alone.
        """
        with self._transaction() as session:
            yield session
            session.flush()
            if session.info["ops"]:
                steps.record(session, self._seat, self._user, label, undoable=undoable)
            changes = self._finish(session, "do")
        self._tell(changes)

    def undo(self) -> Changes | None:
        """Takes back this seat's newest step; None when there is none. Refused whole when the content has moved on."""
        return self._take("undo")

    def redo(self) -> Changes | None:
        return self._take("redo")

    def skip(self, way: Way) -> None:
        """Seals the step that cannot be taken, so that the ones below it can."""
        with self._transaction() as session:
            if step := steps.next_step(session, way, self._seat):
                steps.mark(session, step.id, "sealed")
                self._commit(session)

    def undo_label(self) -> Label | None:
        return self._label("undo")

    def redo_label(self) -> Label | None:
        return self._label("redo")

    def listen(self, listener: Listener) -> None:
        """Calls the listener after every committed write, on the thread that wrote."""
        self._listeners.append(listener)

    def catch_up(self) -> Changes | None:
        """What other people have written on the server since this was last asked; the listeners are told too."""
        with self.read() as session:
            last, news = steps.last_set_id(session), steps.news(session, self._seat, self._heard)
        self._heard = last
        self._tell(news)
        return news

    # ---- the dossier itself

    def moved(self) -> bool:
        """Whether another program moved, replaced or changed the file; asked when the window comes to the front."""
        return self._fingerprint() != self._seen

    def back_up(self, reason: str) -> Path | None:
        """A verified copy beside the file (before anything dangerous); None on a server."""
        return backup.make(self.path, self._key, reason) if self.path else None

    def close(self) -> Path | None:
        """Closes the dossier; a verified backup is made when something changed. Returns the backup's path."""
        made = None
        try:
            if self._changed and not self.moved():
                made = self.back_up("close")
        finally:
            self._reading.dispose()
            if self.path and not self.read_only:
                marker.remove(self.path)
                lock.release(self.path)
        return made

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def sound(self) -> bool:
        """Whether the file's pages and references are whole; a server looks after its own."""
        if not self.path:
            return True
        connection = connect_file(self.path, self._key, read_only=True)
        try:
            return is_sound(connection, encrypted=self._key is not None)
        finally:
            connection.close()

    @property
    def dialect(self) -> str:
        return self._reading.dialect.name

    # ---- inside

    @property
    def _name(self) -> str:
        return self.path.name if self.path else str(self._reading.url.database)

    @contextmanager
    def _transaction(self) -> Iterator[Session]:
        if self.read_only:
            raise UserError(_("“{name}” is open for reading only.").format(name=self._name), _("Nothing was changed."))
        if self._writer == threading.get_ident():
            raise AssertionError("a write inside a write")
        with self._turn:
            self._writer = threading.get_ident()
            try:
                self._refuse_foreign_change()
                with explained(self._name), Session(self._writing) as session:
                    session.info.update(ops=[], flushing=False, counted=False)
                    event.listen(session, "before_flush", journal.before_flush)
                    event.listen(session, "after_flush", journal.after_flush)
                    event.listen(session, "after_begin", hand_over_info)
                    session.info["set_id"] = steps.last_set_id(session) + 1
                    yield session
            finally:
                self._writer = 0

    def _take(self, way: Way) -> Changes | None:
        with self._transaction() as session:
            step = steps.next_step(session, way, self._seat)
            if step is None:
                return None
            steps.take(session, way, step, self._seat, self._user)
            changes = self._finish(session, way)
        self._tell(changes)
        return changes

    def _finish(self, session: Session, kind: str) -> Changes | None:
        ops = session.info["ops"]
        if not ops:
            self._commit(session) if session.info["counted"] else session.rollback()
            return None
        ids: dict[str, set[str]] = {}
        for op in ops:
            ids.setdefault(op.table, set()).add(op.id)
        if recomputed := derived.refresh(session, ops):
            ids.setdefault("mobility", set()).update(recomputed)
        steps.audit(session, self._user)
        self._commit(session)
        return Changes(session.info["set_id"], kind, {table: frozenset(found) for table, found in ids.items()})

    def _commit(self, session: Session) -> None:
        session.commit()
        self._changed, self._seen = True, self._fingerprint()

    def _label(self, way: Way) -> Label | None:
        with self.read() as session:
            step = steps.next_step(session, way, self._seat)
            return Label(**step.label) if step else None

    def _tell(self, changes: Changes | None) -> None:
        if changes is None:
            return
        for listener in self._listeners:
            try:
                listener(changes)
            except Exception:
                log.exception("a listener failed after change set %s", changes.set_id)

    def _fingerprint(self) -> tuple[int, int, int, bytes] | None:
        return opener.fingerprint(self.path) if self.path and not self.read_only else None

    def _refuse_foreign_change(self) -> None:
        """Only we write while we hold the lock: a file that is another one now was replaced behind our back."""
        if self.moved():
            raise UserError(
                _("“{name}” was moved, replaced or changed by another program.").format(name=self._name),
                _("Nothing was changed. Close it and open it again."),
            )

"""The one door to threads: `run(parent, work, done)` does slow work elsewhere and brings its result to the UI thread.

Two lanes of one worker each: "database" answers the lists at once, "files" does the long jobs, so that printing three
hundred papers never keeps a list waiting. A task belongs to nobody: its parent may be closed while it runs, and then
nobody is called back.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Literal, TypeAlias

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from mobility_app.errors import UserError

Lane = Literal["database", "files"]
PATIENCE_MS = 500  # work that takes longer shows its progress
_STEP_SECONDS = 0.05
_RUN_SECONDS, _BREATH_SECONDS = 0.003, 0.001  # work, then a breath: the window has the interpreter to itself
# How long a worker that only reckons keeps the interpreter when the window asks for it: one repaint asks many times.
_TURN_SECONDS = 0.001

Work: TypeAlias = "Callable[[Progress], Any]"
Done: TypeAlias = Callable[[Any], object]
Failed: TypeAlias = Callable[[BaseException], object]
Stopped: TypeAlias = Callable[[], object]

_workers: dict[str, ThreadPoolExecutor] = {}
_running: set[Task] = set()


class Progress:
    """What the work is given: call it with (done, total) to tell how far it is; False means that she cancelled.

    Work that tells it often also takes a breath now and then: every call from Qt into Python and back asks for the
    interpreter anew, and a table of a thousand such calls would wait a thousand times for a worker that is busy.
    """

    def __init__(self, tell: Callable[[int, int], None]) -> None:
        self._tell = tell
        self._told = self._breathed = 0.0
        self._stop = threading.Event()

    def __call__(self, done: int, total: int) -> bool:
        now = time.monotonic()
        if now - self._breathed > _RUN_SECONDS:
            time.sleep(_BREATH_SECONDS)
            self._breathed = time.monotonic()
        if done >= total or now - self._told > _STEP_SECONDS:
            self._told = now
            self._tell(done, total)
        return not self.cancelled

    @property
    def cancelled(self) -> bool:
        return self._stop.is_set()

    def cancel(self) -> None:
        self._stop.set()


class Task(QObject):
    """A piece of work under way. `cancel()` drops it: work that has not begun never runs, and a result is not told."""

    ended = Signal(object, object)  # result, error: emitted by the worker, received on the UI thread
    stepped = Signal(int, int)
    closed = Signal()  # it is over and its answer told, whatever the answer: emitted on the UI thread

    def __init__(
        self, parent: QObject, work: Work, done: Done, failed: Failed | None, stopped: Stopped | None, title: str
    ) -> None:
        super().__init__()
        self.title = title
        self.progress = Progress(self.stepped.emit)
        self._parent, self._work = parent, work
        self._done, self._failed, self._stopped = done, failed, stopped
        self._future: Future[None] | None = None
        self.ended.connect(self._end)

    @property
    def cancelled(self) -> bool:
        return self.progress.cancelled

    def cancel(self) -> None:
        self.progress.cancel()
        if self._future is not None and self._future.cancel():
            self._end(None, None)

    def start(self, worker: ThreadPoolExecutor) -> None:
        _running.add(self)
        self._future = worker.submit(self._run)
        if self.title:
            QTimer.singleShot(PATIENCE_MS, self._show_progress)

    def _run(self) -> None:
        result, error = None, None
        try:
            if not self.cancelled:
                result = self._work(self.progress)
        except BaseException as raised:
            error = raised
        self.ended.emit(result, error)

    def _end(self, result: Any, error: BaseException | None) -> None:
        _running.discard(self)
        self.closed.emit()
        if not shiboken6.isValid(self._parent):
            return
        if self.cancelled:
            if self._stopped is not None:
                self._stopped()
        elif error is None:
            self._done(result)
        elif self._failed is not None:
            self._failed(error)
        elif isinstance(error, UserError):
            from mobility_app.ui.notices import show_error

            show_error(self._parent if isinstance(self._parent, QWidget) else None, error)
        else:
            raise error  # a bug: the crash dialog and the log take it

    def _show_progress(self) -> None:
        if self in _running and isinstance(self._parent, QWidget) and shiboken6.isValid(self._parent):
            from mobility_app.ui.progress import ProgressStrip

            ProgressStrip(self, self._parent.window())


def run(
    parent: QObject,
    work: Work,
    done: Done,
    failed: Failed | None = None,
    *,
    stopped: Stopped | None = None,
    title: str = "",
    lane: Lane = "database",
) -> Task:
    """Does `work(progress)` in a worker, then calls `done(result)` or `failed(error)` on the UI thread.

    Without `failed`, a UserError is shown and anything else is a bug. A `title` ("Printing the certificates") makes
    work that takes long show itself with a progress bar and a Cancel button; `stopped` is called after a cancel.
    """
    task = Task(parent, work, done, failed, stopped, title)
    task.start(_worker(lane))
    return task


def busy() -> bool:
    """Whether any work is under way."""
    return bool(_running)


def titles() -> tuple[str, ...]:
    """What is under way that she knows of, to be told before the window closes."""
    return tuple(task.title for task in _running if task.title)


def shutdown() -> None:
    """Cancels everything, waits for what has begun, and lets the workers go; the next `run` starts them anew."""
    for task in tuple(_running):
        task.cancel()
    for worker in _workers.values():
        worker.shutdown(wait=True, cancel_futures=True)
    _workers.clear()
    _running.clear()


def _worker(lane: Lane) -> ThreadPoolExecutor:
    if lane not in _workers:
        sys.setswitchinterval(_TURN_SECONDS)
        _workers[lane] = ThreadPoolExecutor(max_workers=1, thread_name_prefix=lane)
    return _workers[lane]

import threading
import time

import pytest
from PySide6.QtCore import QObject, QThread
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from mobility_app.errors import UserError
from mobility_app.ui import tasks
from mobility_app.ui.progress import ProgressStrip
from tests.ui.screen import settle, wait


@pytest.fixture
def parent():
    return QObject()


def test_work_is_elsewhere_and_the_result_comes_here(qtbot, parent):
    seen = {}

    def done(result):
        seen.update(result=result, here=threading.current_thread() is threading.main_thread())

    tasks.run(parent, lambda progress: threading.current_thread().name, done)
    settle()
    assert seen["result"].startswith("database")
    assert seen["here"]


def test_one_worker_a_lane_in_order_and_the_lanes_side_by_side(qtbot, parent):
    gate, order = threading.Event(), []
    tasks.run(parent, lambda progress: gate.wait(5), lambda _r: order.append("files"), lane="files")
    for i in range(3):
        tasks.run(parent, lambda progress, i=i: i, order.append)
    qtbot.waitUntil(lambda: len(order) == 3, timeout=3000)
    gate.set()
    settle()
    assert order == [0, 1, 2, "files"]


def test_an_error_goes_to_failed(qtbot, parent):
    errors = []
    tasks.run(parent, lambda progress: 1 / 0, lambda _r: errors.append("done"), errors.append)
    settle()
    assert [type(error) for error in errors] == [ZeroDivisionError]


def test_a_bug_without_failed_is_raised_on_the_ui_thread(qtbot, parent):
    with qtbot.capture_exceptions() as caught:
        tasks.run(parent, lambda progress: 1 / 0, lambda _r: None)
        settle()
    assert [kind for kind, _value, _trace in caught] == [ZeroDivisionError]


def test_a_user_error_without_failed_is_shown(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    seen = []

    def close_box(box):
        seen.append((box.text(), box.textFormat()))
        box.buttons()[0].click()

    def work(progress):
        raise UserError("Le fichier <b>x</b> est ouvert ailleurs.", "Fermez-le.")

    tasks.run(window, work, lambda _r: None)
    timer = _when_box(close_box)
    settle()
    timer.stop()
    assert "<b>x</b>" in seen[0][0]
    assert "Fermez-le." in seen[0][0]


def _when_box(act):
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    timer = QTimer()
    timer.setInterval(10)

    def look():
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            act(box)

    timer.timeout.connect(look)
    timer.start()
    return timer


def test_a_cancelled_task_that_has_not_begun_never_runs(qtbot, parent):
    gate, ran = threading.Event(), []
    tasks.run(parent, lambda progress: gate.wait(5), lambda _r: None)
    second = tasks.run(parent, lambda progress: ran.append(1), lambda _r: ran.append("done"))
    second.cancel()
    gate.set()
    settle()
    assert ran == []


def test_the_work_learns_of_the_cancel_and_its_result_is_not_told(qtbot, parent):
    told, steps = [], []

    def work(progress):
        for i in range(10_000):
            steps.append(i)
            if not progress(i, 10_000):
                return "half"
            time.sleep(0.001)
        return "whole"

    task = tasks.run(parent, work, told.append, stopped=lambda: told.append("stopped"))
    qtbot.waitUntil(lambda: len(steps) > 3)
    task.cancel()
    settle()
    assert told == ["stopped"]
    assert len(steps) < 5000


def test_a_parent_that_is_gone_is_not_called(qtbot):
    window, told = QWidget(), []
    gate = threading.Event()
    tasks.run(window, lambda progress: gate.wait(5), told.append)
    window.deleteLater()
    wait(30)
    gate.set()
    settle()
    assert told == []


def test_long_work_shows_itself_and_can_be_cancelled(qtbot, monkeypatch):
    monkeypatch.setattr(tasks, "PATIENCE_MS", 30)
    window, told = QWidget(), []
    window.resize(900, 600)
    qtbot.addWidget(window)
    window.show()

    def work(progress):
        i = 0
        while progress(i % 10, 10):
            i += 1
            time.sleep(0.02)

    tasks.run(window, work, told.append, title="Impression des attestations", stopped=lambda: told.append("stopped"))
    qtbot.waitUntil(lambda: bool(window.findChildren(ProgressStrip)))
    strip = window.findChildren(ProgressStrip)[0]
    qtbot.waitUntil(lambda: strip.bar.maximum() == 10)
    assert strip.bar.accessibleName() == "Impression des attestations"
    assert tasks.titles() == ("Impression des attestations",)
    assert strip.geometry().right() < window.width()
    next(b for b in strip.findChildren(QPushButton)).click()
    settle()
    assert told == ["stopped"]
    wait(20)
    assert not [s for s in window.findChildren(ProgressStrip) if s.isVisible()]


def test_quick_work_shows_nothing(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    tasks.run(window, lambda progress: 1, lambda _r: None, title="Vite fait")
    settle()
    wait(20)
    assert window.findChildren(ProgressStrip) == []


def test_shutdown_waits_and_the_door_opens_again(qtbot, parent):
    ended = []
    tasks.run(parent, lambda progress: (time.sleep(0.1), ended.append(1)), lambda _r: None)
    wait(20)
    tasks.shutdown()
    assert ended == [1]
    tasks.run(parent, lambda progress: 2, ended.append)
    settle()
    assert ended == [1, 2]


def test_the_ui_thread_is_the_applications(qtbot, parent, qapp):
    threads = []
    tasks.run(parent, lambda progress: None, lambda _r: threads.append(QThread.currentThread()))
    settle()
    assert threads == [qapp.thread()]

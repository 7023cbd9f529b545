"""The accountant's papers of a project from the window: where to, written in the background, told when written."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

from PySide6.QtWidgets import QWidget

from mobility_app.core.facts import ProjectRow
from mobility_app.files import safe_name
from mobility_app.i18n import N_, _, current, date
from mobility_app.jobs.papers import Made
from mobility_app.ui import places, printing, tasks
from mobility_app.ui.desk import Desk

KINDS = {endings[0]: (title, endings) for title, endings in (printing.PDF, printing.EXCEL)}
# Paper of jobs.papers -> (title, beginning of the file's name).
PAPERS = {
    "nominative": (N_("Nominative list for the governing board"), N_("nominative list {reference} {day}")),
    "leftovers": (N_("Statement of leftovers"), N_("leftovers {reference} {day}")),
    "region": (N_("Statement for the Region"), N_("Region {reference} {day}")),
    "payments": (N_("Payment list"), N_("payment list {reference} {day}")),
}
Told = Callable[[Made, Path | None], object]


def ask(parent: QWidget, desk: Desk, paper: str, ending: str) -> Path | None:
    """Where to write it."""
    assert desk.project is not None
    title, name = PAPERS[paper]
    day = date(desk.today).replace("/", "-")
    proposed = safe_name(_(name).format(reference=desk.project.reference, day=day), ending)
    return places.ask_save(parent, _(title), proposed, KINDS[ending], "accounts")


def write(parent: QWidget, desk: Desk, paper: str, path: Path) -> tasks.Task:
    """One of PAPERS for the whole project, in the language of the window."""
    said = _("{paper}: the file is written.").format(paper=_(PAPERS[paper][0]))

    def make(project: ProjectRow) -> Made:
        from mobility_app.jobs import papers

        return papers.make(desk.db, project, paper, today=desk.today)

    return write_made(parent, desk, path, make, lambda _made, _path: printing.tell(parent, said, [path]))


def write_payments(
    parent: QWidget, desk: Desk, chosen: Collection[tuple[str, str]] | None, path: Path, told: Told
) -> tasks.Task:
    """The lists of the chosen payments (mobility, kind), of all by None; `told` gets no file when nobody is on one."""

    def make(project: ProjectRow) -> Made:
        from mobility_app.jobs import papers

        return papers.payment_lists(desk.db, project, today=desk.today, chosen=chosen)

    return write_made(parent, desk, path, make, told)


def write_made(parent: QWidget, desk: Desk, path: Path, make: Callable[[ProjectRow], Made], told: Told) -> tasks.Task:
    """Writes what `make` gives in the worker; `told` gets no file when there is no paper."""
    project, language = desk.project, current()
    assert project is not None

    def work(progress: tasks.Progress) -> tuple[Made, bool]:
        from mobility_app.jobs import papers

        made = make(project)
        return made, bool(made.papers) and papers.write(path, made.papers, language, progress)

    def done(answer: tuple[Made, bool]) -> None:
        made, written = answer
        if written or not made.papers:
            told(made, path if written else None)

    return tasks.run(parent, work, done, title=_("Writing the accountant's papers"), lane="files")

"""Files that come out: certificates of the chosen rows, and her table in Excel. Each says what was made, and where."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from mobility_app.fields import BY_KEY
from mobility_app.i18n import _, current, ngettext, number, render
from mobility_app.jobs.certificates import Printed
from mobility_app.ui import places, tasks
from mobility_app.ui.desk import Desk
from mobility_app.ui.notices import Banner
from mobility_app.ui.shell import Shell

PDF: places.Kind = ("PDF", (".pdf",))
EXCEL: places.Kind = ("Excel", (".xlsx",))
SHOWN = 5  # names of people left out that the message gives


def certificates(parent: QWidget, desk: Desk, ids: Sequence[str], *, one_file: bool) -> None:
    """Asks where to, then prints in the background; who was left out is named with the reason."""
    if desk.project is None or not ids:
        return
    if one_file:
        path = places.ask_save(parent, _("Print the certificates"), f"{_('certificates')}.pdf", PDF, "certificates")
    else:
        path = places.ask_folder(parent, _("Folder of the certificates"), "certificates")
    if path:
        print_to(parent, desk, ids, path, one_file=one_file)


def print_to(parent: QWidget, desk: Desk, ids: Sequence[str], path: Path, *, one_file: bool) -> tasks.Task:
    """The work behind `certificates`, once the place is known."""
    from mobility_app.jobs import certificates as job

    project, db, today, chosen = desk.project, desk.db, desk.today, list(ids)
    assert project is not None
    merged, out = (path, None) if one_file else (None, path)
    return tasks.run(
        parent,
        lambda progress: job.print_certificates(
            db, project, chosen, today=today, out=out, merged=merged, progress=progress
        ),
        lambda printed: tell(parent, printed_text(printed), printed.files, bad=bool(printed.left_out)),
        title=_("Printing the certificates"),
        lane="files",
    )


def printed_text(printed: Printed) -> str:
    """What was printed, and who was not and why."""
    made = ngettext("{n} certificate printed.", "{n} certificates printed.", printed.count)
    parts = [made.format(n=number(printed.count))]
    if printed.left_out:
        out = ngettext("{n} person left out:", "{n} persons left out:", len(printed.left_out))
        parts.append(out.format(n=number(len(printed.left_out))))
        parts += [f"{each.name} ({render(each.reason).rstrip('.')})" for each in printed.left_out[:SHOWN]]
        if len(printed.left_out) > SHOWN:
            parts.append("…")
    return " ".join(parts)


def export(parent: QWidget, desk: Desk, ids: Sequence[str], keys: Sequence[str]) -> None:
    """Her table in Excel: her own columns when she brought a sheet in, else the columns in sight."""
    if not ids:
        return
    path = places.ask_save(parent, _("Export to Excel"), f"{_('mobilities')}.xlsx", EXCEL, "export")
    if path:
        export_to(parent, desk, ids, keys, path)


def export_to(parent: QWidget, desk: Desk, ids: Sequence[str], keys: Sequence[str], path: Path) -> tasks.Task:
    from mobility_app.jobs import reports as job

    db, today, chosen = desk.db, desk.today, list(ids)
    fields = [key for key in keys if key in BY_KEY]
    if "last_name" in fields and "first_name" not in fields:
        fields.insert(fields.index("last_name") + 1, "first_name")
    title = desk.project.title if desk.project else ""
    language = current()

    def work(progress: tasks.Progress) -> bool:
        return job.export_table(
            db, path, chosen, today=today, keys=fields, her_columns=bool(job.her_headers(db)), title=title,
            language=language, progress=progress,
        )  # fmt: skip

    def done(written: bool) -> None:
        if written:
            text = ngettext("{n} mobility exported.", "{n} mobilities exported.", len(chosen))
            tell(parent, text.format(n=number(len(chosen))), [path])

    return tasks.run(parent, work, done, title=_("Export to Excel"), lane="files")


def tell(parent: QWidget, text: str, files: Sequence[Path], *, bad: bool = False) -> None:
    """A banner above the page: what was made, with the button that shows it."""
    window = parent.window()
    if not isinstance(window, Shell):
        return
    if not files:
        window.show_banner(Banner(text, "warning", closable=True))
        return
    target = files[0] if len(files) == 1 else files[0].parent
    banner = places.written_notice(text, target)
    if bad:
        banner.retone("warning")
    window.show_banner(banner)

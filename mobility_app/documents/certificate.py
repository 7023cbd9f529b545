"""Certificates for a selection, as one file each or merged; every file is whole or not there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from typing import TypeAlias

from mobility_app.core.facts import CertificateRow
from mobility_app.documents import certificate_page, emblem, pdfa
from mobility_app.documents.certificate_checks import check, choose_print, reason
from mobility_app.documents.certificate_words import words
from mobility_app.documents.letters import clean
from mobility_app.documents.page import Paper
from mobility_app.errors import UserError
from mobility_app.files import disk_trouble, inside, replacing, safe_name
from mobility_app.i18n import N_, _, catalogue

__all__ = ["check", "choose_print", "write_each", "write_merged"]

Progress: TypeAlias = Callable[[int, int], bool]
LANGUAGES = ("fr", "en")
PART = 500  # pages of one merged file
_MERGED = "CERTIFICATES"  # tells a later run that a file is a merged one


def write_each(
    folder: str | Path,
    rows: Sequence[CertificateRow],
    languages: tuple[str, ...] = LANGUAGES,
    progress: Progress | None = None,
) -> list[Path]:
    """One file a person; returns the files written, fewer when `progress` says stop.

    Rows are those that `check` found printable. A file of the same certificate is replaced, any other file is kept.
    """
    place = Path(folder)
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as trouble:
        raise disk_trouble(trouble, place) from trouble
    written: list[Path] = []
    taken: set[str] = set()
    for row in _printable(rows):
        path = _free(place, _names(row), _identifier(row), taken)
        paper, said = Paper(), words(row, languages)
        certificate_page.draw(paper, said, certificate_page.lay_out(said), _logo(row))
        title = f"{said.title[0]} – {said.name}"
        pdfa.write(paper, path, _about(row, title, languages, _identifier(row)))
        written.append(path)
        if progress and not progress(len(written), len(rows)):
            break
    return written


def write_merged(
    path: str | Path,
    rows: Sequence[CertificateRow],
    languages: tuple[str, ...] = LANGUAGES,
    progress: Progress | None = None,
    *,
    part: int = PART,
) -> list[Path]:
    """One file, above `part` pages several (NAME-1.pdf, NAME-2.pdf …); nothing at all when `progress` says stop."""
    target = Path(path)
    if target.suffix.lower() != ".pdf":
        target = target.with_name(target.name + ".pdf")
    parts = list(_parts(_printable(rows), languages, part, progress))
    if not parts or parts[-1] is None:
        return []
    contents = [content for content in parts if content is not None]
    written: list[Path] = []
    taken: set[str] = set()
    with ExitStack() as all_or_none:
        for number, content in enumerate(contents, 1):
            stem = target.stem if len(contents) == 1 else f"{target.stem}-{number}"
            names = (f"{stem}{again}{target.suffix}" for again in _agains())
            written.append(_free(target.parent, names, _MERGED, taken))
            all_or_none.enter_context(replacing(written[-1])).write_bytes(content)
    return written


def _parts(
    rows: Sequence[CertificateRow], languages: tuple[str, ...], most: int, progress: Progress | None
) -> Iterator[bytes | None]:
    """Finished files of at most so many pages; None as the last one when it was cancelled."""
    paper = Paper()
    title = f"{catalogue(languages[0]).gettext(N_('Certificates'))} – {rows[0].project.reference}"
    about = _about(rows[0], title, languages, _MERGED)
    for done, row in enumerate(rows, 1):
        said = words(row, languages)
        layout = certificate_page.lay_out(said)
        if paper.pages and paper.pages + layout.pages > most:
            yield pdfa.finished(paper, about)
            paper = Paper()
        certificate_page.draw(paper, said, layout, _logo(row))
        if progress and not progress(done, len(rows)):
            yield None
            return
    yield pdfa.finished(paper, about)


def _printable(rows: Sequence[CertificateRow]) -> Sequence[CertificateRow]:
    if not rows:
        raise UserError(_("There is no certificate to print."), _("Choose other mobilities, or complete these."))
    for row in rows:
        why = reason(row)
        if why is not None:
            raise ValueError(f"mobility {row.mobility.id} cannot be printed: {why.template}")
        if row.print != "draft" and not row.number:
            raise ValueError(f"mobility {row.mobility.id} has no certificate number")
    return rows


def _logo(row: CertificateRow) -> emblem.Logo | None:
    return emblem.logo(row.project.logo) if row.project.logo else None


def _about(row: CertificateRow, title: str, languages: tuple[str, ...], identifier: str) -> pdfa.About:
    author = clean(row.project.coordinator) or clean(row.project.reference)
    return pdfa.About(title, languages, author, identifier, row.issued_on)


def _identifier(row: CertificateRow) -> str:
    """Tells a later run that a file is this very certificate."""
    if row.print == "draft":
        return f"DRAFT|{row.project.reference}|{row.mobility.id or row.mobility.number}"
    return f"CERT|{row.project.reference}|{row.number}"


def _names(row: CertificateRow) -> Iterator[str]:
    """NNNN-Last-First.pdf, or PROJET-Last-First-N.pdf for a draft of stay N; a long name is cut, never the number."""
    person = f"{clean(row.mobility.last_name)}-{clean(row.mobility.first_name)}"
    draft = row.print == "draft"
    stem = f"PROJET-{person}" if draft else f"{row.number}-{person}"
    end = f"-{row.mobility.number}" if draft else ""
    return (safe_name(stem, f"{end}{again}.pdf") for again in _agains())


def _agains() -> Iterator[str]:
    """What tells a second file of the same name from the first."""
    yield ""
    yield from (f" ({number})" for number in count(2))


def _free(folder: Path, names: Iterator[str], identifier: str, taken: set[str]) -> Path:
    """The first name that nobody has, or that holds this very paper from an earlier run."""
    for name in names:
        path = inside(folder, name)
        if name.casefold() not in taken and (not path.exists() or pdfa.identifier(path) == identifier):
            taken.add(name.casefold())
            return path
    raise AssertionError("names never end")

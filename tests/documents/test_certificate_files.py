"""The files: whole, named, found again by a second run, cancelled without a trace."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from mobility_app.core.facts import CertificateRow
from mobility_app.documents.certificate import write_each, write_merged
from mobility_app.errors import UserError
from tests.documents.invented import PROJECT, ROW, draft, page_count, row, text


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def stop_after(count: int) -> Callable[[int, int], bool]:
    return lambda done, total: done < count


def test_names(tmp_path: Path) -> None:
    paths = write_each(tmp_path / "new" / "folder", [row(7), draft(8), row(9, last_name="CON", first_name="a/b:c*")])
    assert [path.name for path in paths] == [
        "0007-MARTIN-Maëlys.pdf",
        "PROJET-MARTIN-Maëlys-8.pdf",
        "0009-CON-a_b_c_.pdf",
    ]
    assert names(tmp_path / "new" / "folder") == sorted(path.name for path in paths)


def test_a_long_name_is_cut_and_the_number_is_not(tmp_path: Path) -> None:
    (path,) = write_each(tmp_path, [draft(8, last_name="É" * 150)])
    assert len(path.name.encode()) <= 120
    assert path.name.endswith("É-8.pdf")


def test_a_second_run_replaces_what_the_first_made(tmp_path: Path) -> None:
    rows = [row(1), draft(2)]
    first = write_each(tmp_path, rows)
    second = write_each(tmp_path, [replace(rows[0], print="final"), rows[1]])
    assert second == first
    assert len(names(tmp_path)) == 2
    assert "25/05/2026" in text(first[0])


def test_a_second_run_keeps_what_others_made(tmp_path: Path) -> None:
    theirs = tmp_path / "0012-MARTIN-Maëlys.pdf"
    theirs.write_bytes(b"%PDF-1.4 scanned and signed")
    assert [path.name for path in write_each(tmp_path, [ROW])] == ["0012-MARTIN-Maëlys (2).pdf"]
    assert [path.name for path in write_each(tmp_path, [ROW])] == ["0012-MARTIN-Maëlys (2).pdf"]
    assert theirs.read_bytes() == b"%PDF-1.4 scanned and signed"


def test_the_same_number_of_another_project_is_another_file(tmp_path: Path) -> None:
    other = replace(ROW, project=replace(PROJECT, reference="2025-1-FR01-KA121-VET-000000007"))
    assert [path.name for path in write_each(tmp_path, [ROW, other])] == [
        "0012-MARTIN-Maëlys.pdf",
        "0012-MARTIN-Maëlys (2).pdf",
    ]
    assert PROJECT.reference in text(tmp_path / "0012-MARTIN-Maëlys.pdf")


def test_names_that_differ_in_case_alone_do_not_meet(tmp_path: Path) -> None:
    (first, second) = write_each(tmp_path, [ROW, replace(row(last_name="martin"), project=PROJECT)])
    assert first.name.casefold() != second.name.casefold()


def test_progress_and_stop(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    write_each(tmp_path, [row(1), row(2)], progress=lambda done, total: told.append((done, total)) or True)
    assert told == [(1, 2), (2, 2)]
    folder = tmp_path / "stopped"
    paths = write_each(folder, [row(n) for n in range(1, 5)], progress=stop_after(2))
    assert names(folder) == [path.name for path in paths] == ["0001-MARTIN-Maëlys.pdf", "0002-MARTIN-Maëlys.pdf"]


def test_merged_is_one_file(tmp_path: Path) -> None:
    (path,) = write_merged(tmp_path / "all.pdf", [row(1), draft(2, last_name="DURAND"), row(3, first_name="Zoé")])
    assert names(tmp_path) == ["all.pdf"]
    assert page_count(path) == 3
    said = text(path)
    assert said.index("MARTIN Maëlys") < said.index("DURAND Maëlys") < said.index("MARTIN Zoé")


def test_merged_is_split_above_a_number_of_pages(tmp_path: Path) -> None:
    rows = [row(n) for n in range(1, 6)]
    paths = write_merged(tmp_path / "all.pdf", rows, part=2)
    assert names(tmp_path) == [path.name for path in paths] == ["all-1.pdf", "all-2.pdf", "all-3.pdf"]
    assert [page_count(path) for path in paths] == [2, 2, 1]
    assert [path.name for path in write_merged(tmp_path / "even.pdf", rows[:2], part=2)] == ["even.pdf"]


def test_a_certificate_of_two_pages_stays_together(tmp_path: Path) -> None:
    words = " ".join(["Fachoberschule"] * 13)
    long = row(2, host=words, host_address=words, sending_organisation=words, purpose=words * 2, course_title=words)
    paths = write_merged(tmp_path / "all.pdf", [row(1), long, row(3)], part=2)
    assert [page_count(path) for path in paths] == [1, 2, 1]


def test_merged_stopped_leaves_nothing(tmp_path: Path) -> None:
    assert write_merged(tmp_path / "all.pdf", [row(n) for n in range(1, 5)], progress=stop_after(3), part=2) == []
    assert names(tmp_path) == []


def test_merged_again_replaces_its_own_file_alone(tmp_path: Path) -> None:
    target = tmp_path / "all.pdf"
    write_merged(target, [row(1)])
    assert write_merged(target, [row(1), row(2)]) == [target]
    assert page_count(target) == 2
    target.write_bytes(b"her own notes")
    assert [path.name for path in write_merged(target, [row(1)])] == ["all (2).pdf"]
    assert target.read_bytes() == b"her own notes"


def test_merged_gets_its_ending(tmp_path: Path) -> None:
    assert write_merged(tmp_path / "all", [row(1)]) == [tmp_path / "all.pdf"]


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    rows: list[CertificateRow] = [row(1), draft(2)]
    for folder in ("one", "two"):
        write_each(tmp_path / folder, rows)
        write_merged(tmp_path / folder / "all.pdf", rows)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_nothing_to_print_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="aucune attestation"):
        write_each(tmp_path, [])
    with pytest.raises(UserError, match="aucune attestation"):
        write_merged(tmp_path / "all.pdf", [])


def test_rows_that_check_left_out_are_a_fault_of_the_caller(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cannot be printed"):
        write_each(tmp_path, [row(host=None)])
    with pytest.raises(ValueError, match="no certificate number"):
        write_merged(tmp_path / "all.pdf", [replace(ROW, number="")])
    assert names(tmp_path) == []


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit that only POSIX systems know")
@pytest.mark.parametrize("job", ["write_each(folder, [ROW])", "write_merged(folder + '/all.pdf', [ROW])"])
def test_a_full_disk_is_explained_and_leaves_nothing(tmp_path: Path, job: str) -> None:
    """A process that may not write more than a kilobyte to a file, in a process of its own."""
    code = (
        "import resource, sys\n"
        "from tests.documents.invented import ROW\n"
        "from mobility_app.documents.certificate import write_each, write_merged\n"
        "from mobility_app.errors import UserError\n"
        "folder = sys.argv[1]\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024))\n"
        f"try:\n    {job}\nexcept UserError as trouble:\n    print(trouble)\n"
    )
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], cwd=root, capture_output=True, text=True, env=environment
    )
    assert "Le disque est plein" in done.stdout, done.stderr
    assert names(tmp_path) == []


def test_a_folder_that_is_a_file_is_explained(tmp_path: Path) -> None:
    (tmp_path / "busy").write_text("x")
    with pytest.raises(UserError):
        write_each(tmp_path / "busy" / "inside", [ROW])
    with pytest.raises(UserError, match="n’existe pas"):
        write_merged(tmp_path / "missing" / "all.pdf", [ROW])

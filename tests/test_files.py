"""Files are whole or not there at all, and their names are good everywhere."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobility_app.errors import UserError
from mobility_app.files import NAME_BYTES, disk_trouble, inside, replacing, safe_name


def test_the_content_takes_the_name_at_the_end(tmp_path: Path) -> None:
    target = tmp_path / "table.csv"
    target.write_text("old")
    with replacing(target) as temporary:
        temporary.write_text("new")
        assert target.read_text() == "old"
        assert temporary.parent == tmp_path
    assert target.read_text() == "new"
    assert list(tmp_path.iterdir()) == [target]


def test_a_fault_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = tmp_path / "table.csv"
    target.write_text("old")
    with pytest.raises(ZeroDivisionError), replacing(target) as temporary:
        temporary.write_text(f"half {1 / 0}")
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(os.name == "nt", reason="Windows does not replace a file that is open")
def test_who_reads_the_old_file_goes_on_reading_it(tmp_path: Path) -> None:
    target = tmp_path / "table.csv"
    target.write_text("old")
    with target.open() as reader:
        with replacing(target) as temporary:
            temporary.write_text("new")
        assert reader.read() == "old"


@pytest.mark.skipif(os.name == "nt", reason="rights of POSIX systems")
def test_rights_are_those_of_any_new_file_and_then_kept(tmp_path: Path) -> None:
    plain, target = tmp_path / "plain", tmp_path / "table.csv"
    plain.touch()
    with replacing(target) as temporary:
        temporary.write_text("new")
    assert stat.S_IMODE(target.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)
    target.chmod(0o640)
    with replacing(target) as temporary:
        temporary.write_text("newer")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_a_full_disk_is_explained(tmp_path: Path) -> None:
    with (
        pytest.raises(UserError, match="disque est plein"),
        replacing(tmp_path / "a.pdf"),
        Path("/dev/full").open("w") as full,
    ):
        full.write("x" * 100_000)
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_and_a_folder_in_the_way_are_explained(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="n’existe pas"), replacing(tmp_path / "none" / "a.pdf"):
        pass
    (tmp_path / "a.pdf").mkdir()
    with pytest.raises(UserError, match="ne peut pas être écrit"), replacing(tmp_path / "a.pdf") as temporary:
        temporary.write_text("x")
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


def test_other_trouble_is_explained(tmp_path: Path) -> None:
    assert "le disque ou le réseau" in str(disk_trouble(OSError(5, "I/O"), tmp_path / "a.pdf"))


@given(st.text(st.characters(exclude_categories=())), st.sampled_from(["", ".pdf", " (2).xlsx"]))
def test_safe_names(stem: str, ending: str) -> None:
    name = safe_name(stem, ending)
    assert 0 < len(name.encode()) <= NAME_BYTES + 1
    assert not set(name) & set('<>:"/\\|?*\0\n\r\t')
    assert name.isprintable()
    assert name.endswith(ending)
    assert name not in (".", "..")
    assert safe_name(name) == name.rstrip(" .")


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("0012-MARTIN-Maëlys", "0012-MARTIN-Maëlys"),
        ("CON", "_CON"),
        ("con.tar", "_con.tar"),
        ("COM¹", "_COM¹"),
        ("Lpt9 .x", "_Lpt9 .x"),
        ("CONSTANT", "CONSTANT"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("C:\\temp", "C__temp"),
        (" .. ", "_"),
        ("a\u202eb\u0000c", "abc"),
        ("Zoe\u0301\u00a0 A", "Zoé A"),
        ("é" * 200, "é" * 60),
    ],
)
def test_known_names(asked: str, name: str) -> None:
    assert safe_name(asked) == name


def test_a_name_stays_in_its_folder(tmp_path: Path) -> None:
    assert inside(tmp_path, "a.pdf") == tmp_path / "a.pdf"
    for name in ("../a.pdf", "sub/a.pdf", "..", "/etc/a.pdf"):
        with pytest.raises(ValueError, match="folder"):
            inside(tmp_path, name)

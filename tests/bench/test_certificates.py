"""Certificates: what tags and the PDF/A gate cost, against the same page drawn plainly, timed in the same run."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from mobility_app.documents import certificate_page
from mobility_app.documents.certificate import write_each, write_merged
from mobility_app.documents.certificate_words import words
from mobility_app.documents.page import Paper
from tests.documents.invented import ROW, row

pytestmark = pytest.mark.bench
LANGUAGES = ("fr", "en")


def seconds(job: Callable[[], object], rounds: int = 9) -> float:
    """Median processor time; the clock on the wall says what else the machine does."""
    job()
    times = []
    for _ in range(rounds):
        start = time.process_time()
        job()
        times.append(time.process_time() - start)
    return statistics.median(times)


def plain() -> bytes:
    said, paper = words(ROW, LANGUAGES), Paper()
    certificate_page.draw(paper, said, certificate_page.lay_out(said))
    return paper.finished()


def test_one_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drawn, filed = seconds(plain), seconds(lambda: write_each(tmp_path, [ROW]))
    with capsys.disabled():
        print(
            f"\none certificate: drawn {1000 * drawn:.1f} ms, tagged and approved {1000 * filed:.1f} ms,"
            f" {filed / drawn:.1f}x"
        )
    assert filed / drawn <= 6


def test_merged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [row(n) for n in range(1, 101)]
    one = seconds(lambda: write_each(tmp_path, [ROW]))
    page = seconds(lambda: write_merged(tmp_path / "all.pdf", rows), rounds=3) / len(rows)
    with capsys.disabled():
        print(f"\nmerged: {1000 * page:.1f} ms a page, {one / page:.1f}x quicker than files one by one")
    assert one / page >= 2.5


def test_memory_of_a_full_part(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """500 pages, the most that one file holds, in a process of its own."""
    if sys.platform == "win32":
        pytest.skip("no resource module on Windows")
    code = (
        "import resource, sys\n"
        "from tests.documents.invented import row\n"
        "from mobility_app.documents.certificate import write_merged\n"
        f"write_merged({str(tmp_path / 'all.pdf')!r}, [row(n) for n in range(1, 501)])\n"
        "unit = 1024 ** (2 if sys.platform == 'darwin' else 1)\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit)\n"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    with capsys.disabled():
        print(f"\n500 pages in one file: {done.stdout.strip()} MB")
    assert int(done.stdout) <= 250

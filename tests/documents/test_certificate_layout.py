"""Nothing runs over the margins or over something else, whatever the length of the facts."""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from mobility_app.core.facts import CertificateRow
from mobility_app.documents.certificate import write_each
from mobility_app.documents.certificate_page import LEFT, RIGHT
from mobility_app.documents.letters import MM
from tests.documents.invented import PROJECT, ROW, row

WORDS = [
    "Staatliche",
    "Fachoberschule",
    "für",
    "Wirtschaft,",
    "Technik",
    "und",
    "Sozialwesen",
    "Garmisch-Partenkirchen",
]


def words(length: int) -> str:
    return " ".join(itertools.islice(itertools.cycle(WORDS), length))[: length * 9].strip()


CASES: dict[str, tuple[CertificateRow, tuple[str, ...]]] = {
    "plain": (ROW, ("fr", "en")),
    "one language": (replace(ROW, print="final"), ("en",)),
    "long name": (
        row(last_name="DE LA ROCHEFOUCAULD-MONTMORENCY", first_name="Marie-Antoinette Élisabeth"),
        ("fr", "en"),
    ),
    "endless word": (row(last_name="W" * 90, first_name="Ω" * 60, host="M" * 180), ("fr", "en")),
    "short name": (row(last_name="Li", first_name="Bo", birth_date=None), ("fr", "en")),
    "long references": (
        replace(row(bm_id="M" * 60), project=replace(PROJECT, reference="2026-1-FR01-KA121-VET-" + "0" * 30)),
        ("fr", "en"),
    ),
    "no coordinator": (replace(ROW, project=replace(PROJECT, coordinator="")), ("fr",)),
    **{
        f"facts of {length} words": (
            replace(
                row(
                    host=words(length),
                    host_address=words(length),
                    sending_organisation=words(length),
                    purpose=words(length * 2),
                ),
                project=replace(PROJECT, coordinator=words(length)),
            ),
            ("fr", "en"),
        )
        for length in (5, 8, 12, 16, 20)
    },
}


@pytest.mark.parametrize("case", CASES)
def test_nothing_runs_over(tmp_path: Path, case: str) -> None:
    given, languages = CASES[case]
    (path,) = write_each(tmp_path, [given], languages)
    document = pypdfium2.PdfDocument(path)
    for page in document:
        text = page.get_textpage()
        boxes = [text.get_rect(n) for n in range(text.count_rects())]
        assert len(boxes) > 20
        for n, letter in enumerate(text.get_text_range()):
            if not letter.isspace():
                left, _, right, _ = text.get_charbox(n)
                assert left >= LEFT * MM - 1
                assert right <= RIGHT * MM + 1
        for _, bottom, _, top in boxes:
            assert bottom >= 11 * MM
            assert top <= 280 * MM
        for one, other in itertools.combinations(boxes, 2):
            across = min(one[2], other[2]) - max(one[0], other[0])
            along = min(one[3], other[3]) - max(one[1], other[1])
            assert across < 0.5 or along < 1.0, (text.get_text_bounded(*one), text.get_text_bounded(*other))
        text.close()
    document.close()

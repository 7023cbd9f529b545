"""The two pages for a steering committee: the report's own figures, tagged, whatever there is to show."""

import re
from pathlib import Path

import pikepdf
import pytest

from mobility_app import i18n
from mobility_app.core.facts import Report
from mobility_app.documents import europe_map, summary
from tests.documents.invented import text
from tests.exchange import invented


@pytest.mark.parametrize("report", [invented.report(80), invented.report(1), invented.of([])], ids=["80", "1", "0"])
def test_two_tagged_pages_whatever_there_is_to_show(tmp_path: Path, report: Report) -> None:
    summary.write(tmp_path / "s.pdf", report)  # what is not PDF/A is refused in there
    with pikepdf.open(tmp_path / "s.pdf") as pdf:
        assert len(pdf.pages) == 2
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "fr-FR"


def test_its_figures_are_the_reports(tmp_path: Path) -> None:
    report = invented.report(80)
    summary.write(tmp_path / "s.pdf", report, warnings=["Montants provisoires"])
    said = text(tmp_path / "s.pdf")
    assert "Montants provisoires" in said
    for key in ("mobilities", "persons", "total_days", "hosts", "inclusion"):
        assert re.search(rf"(?<!\d){i18n.number(report.totals[key]).replace(chr(0x202F), ' ')}(?!\d)", said), key
    for tally in report.by_country[:14]:
        assert re.search(rf"{i18n.country_name(tally.key)} +{tally.mobilities}\b", said), tally.key
    for tally in report.by_organisation:
        assert re.search(rf"{re.escape(tally.key)} +{tally.mobilities} ", said), tally.key


def test_it_speaks_the_language_asked(tmp_path: Path) -> None:
    summary.write(tmp_path / "s.pdf", invented.report(20), "en")
    said = text(tmp_path / "s.pdf")
    assert "Summary of the project" in said
    assert "Mobilités" not in said


def test_the_same_report_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        summary.write(tmp_path / f"{name}.pdf", invented.report(20))
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_the_map_stays_in_its_frame() -> None:
    drawn = europe_map.outlines()
    assert {"FR", "ES", "DE", "IS", "TR", "CY"} <= drawn.keys()
    points = [point for rings in drawn.values() for ring in rings for point in ring]
    assert all(-1e-9 <= x <= 1 + 1e-9 and -1e-9 <= y <= europe_map.shape() + 1e-9 for x, y in points)
    assert len(points) < 25_000

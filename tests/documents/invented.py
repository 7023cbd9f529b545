"""Invented people for the papers, and what a reader of the files sees."""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import replace
from pathlib import Path

import pypdfium2

from mobility_app.core.facts import CertificateRow, MobilityRow, ProjectRow

TODAY = dt.date(2026, 5, 25)

PROJECT = ProjectRow(
    id="project",
    version=1,
    number=1,
    reference="2026-1-FR01-KA121-VET-000000042",
    title="Bâtir en Europe",
    call_year=2026,
    action="KA121-VET",
    coordinator="Campus des métiers du bâtiment durable",
    coordinator_town="Béziers",
    coordinator_oid="E10000042",
)
STAY = MobilityRow(
    id="stay",
    number=12,
    last_name="MARTIN",
    first_name="Maëlys",
    birth_date=dt.date(2008, 3, 12),
    status="pupil",
    sending_organisation="Lycée professionnel des Aigrettes",
    sending_town="Sète",
    sending_oid="E10000043",
    activity="VET_SHORT_TERM",
    country="DE",
    town="Köln",
    host="Bildungszentrum Rheinblick",
    host_address="Ahornweg 8",
    host_town="Köln",
    host_country="DE",
    start=dt.date(2026, 5, 4),
    end=dt.date(2026, 5, 22),
    travel_days=2,
    bm_id="MOB-00012",
)
ROW = CertificateRow(
    mobility=STAY,
    project=PROJECT,
    print="to-sign",
    number="0012",
    issued_on=TODAY,
    verification="CERT|2026-1-FR01-KA121-VET-000000042|0012|0123456789abcdef",
)


def row(number: int = 12, **facts: object) -> CertificateRow:
    """A certificate to be signed for a stay with these facts."""
    stay = replace(STAY, id=f"stay-{number}", number=number, **facts)
    return replace(
        ROW, mobility=stay, number=f"{number:04d}", verification=ROW.verification.replace("0012", f"{number:04d}")
    )


def draft(number: int = 12, **facts: object) -> CertificateRow:
    return replace(row(number, **facts), print="draft", number="", verification="")


def text(path: Path) -> str:
    """All that a reader copies out of a file, each run of blanks as one space."""
    document = pypdfium2.PdfDocument(path)
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return " ".join(unicodedata.normalize("NFC", " ".join(pages)).split())


def page_count(path: Path) -> int:
    document = pypdfium2.PdfDocument(path)
    try:
        return len(document)
    finally:
        document.close()

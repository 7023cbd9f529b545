"""What certificates say, read back from the files."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from mobility_app.core.facts import CertificateRow
from mobility_app.documents.certificate import write_each
from tests.documents.invented import PROJECT, ROW, draft, page_count, row, text

OFFICIAL_FRENCH = "Mobilité de courte durée à des fins d’apprentissage pour les apprenants de l’EFP"

NAMES = [
    ("Nguyễn", "Thị Ánh"),
    ("Żółkiewska-Wiśniewska", "Świętosława"),
    ("ÖZDEMİR", "Ayşegül Çağla"),
    ("ΠΑΠΑΔΟΠΟΎΛΟΥ", "Ελευθερία"),
    ("Ἀθηνᾶ", "Ὀδυσσεύς"),
    ("Гълъбова", "Щиляна"),
    ("Țuțea", "Ștefan"),
    ("ẸLẸ́RÌ", "Ṣọlá"),
    ("Þórðarson", "Ævar"),
    ("d'Ângelo-O’Brien", "Siân ŵ"),
    ("Œuvrard", "Noël-Zoë ß"),
    ("Li", "Bo"),
    ("DE LA ROCHEFOUCAULD-MONTMORENCY-LUXEMBOURG", "Marie-Antoinette Joséphine Élisabeth"),
]
HOSTILE = [
    "<b>Jean",
    "<img src='file:///etc/passwd'/>",
    '=cmd|" /C calc"!A0',
    "../../etc/x",
    "%n%s {0} {name}",
    "a&b;(c)\\",
]


def print_one(folder: Path, given: CertificateRow, languages: tuple[str, ...] = ("fr", "en")) -> str:
    (path,) = write_each(folder, [given], languages)
    return text(path)


def test_prescribed_facts_in_both_languages(tmp_path: Path) -> None:
    said = print_one(tmp_path, ROW)
    for expected in (
        *("Attestation de mobilité", "Mobility certificate", "MARTIN Maëlys", "12 mars 2008", "12 March 2008"),
        *(OFFICIAL_FRENCH, "Short-term learning mobility of VET learners"),
        *("4 mai 2026", "4 May 2026", "22 mai 2026", "22 May 2026", "19 jours", "19 days", "2 jours / 2 days"),
        *("Bildungszentrum Rheinblick", "Ahornweg 8, Köln, Allemagne / Germany"),
        *("Lycée professionnel des Aigrettes", "Sète · OID E10000043"),
        *("Campus des métiers du bâtiment durable", "Béziers · OID E10000042"),
        *("0012", PROJECT.reference, "MOB-00012"),
        *("Signature et cachet", "Signature and stamp", "Lieu et date · Place and date"),
        *("Cofinancé par l'Union européenne", "Co-funded by the European Union"),
    ):
        assert expected in said
    assert "PROJET" not in said
    assert "25/05/2026" not in said  # the host writes it


@pytest.mark.parametrize(("last", "first"), NAMES)
def test_names_read_back_exactly(tmp_path: Path, last: str, first: str) -> None:
    assert f"{last} {first}" in print_one(tmp_path, row(last_name=last, first_name=first, host=f"{first} {last}"))


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_only_words(tmp_path: Path, words: str) -> None:
    (path,) = write_each(tmp_path, [row(last_name=words, host=words, purpose=words, sending_organisation=words)])
    assert path.parent == tmp_path
    assert f"{words} Maëlys" in text(path)
    assert b"/URI" not in path.read_bytes()


def test_decomposed_accents_print_composed(tmp_path: Path) -> None:
    assert "Zoé Éa" in print_one(tmp_path, row(last_name="Zoe\u0301", first_name="E\u0301a\u200b\u202e"))


def test_languages_are_chosen(tmp_path: Path) -> None:
    french, english = print_one(tmp_path, ROW, ("fr",)), print_one(tmp_path, ROW, ("en",))
    assert "Attestation de mobilité" in french
    assert "Mobility certificate" not in french
    assert "Co-funded" not in french
    assert "Mobility certificate" in english
    assert "Attestation" not in english
    assert "Cofinancé" not in english
    assert "Germany" in english


def test_staff_and_accompanying_have_their_titles(tmp_path: Path) -> None:
    staff = print_one(tmp_path, row(1, status="staff", activity="JOB_SHADOWING"))
    assert "Attestation de présence" in staff
    assert "Certificate of attendance" in staff
    with_learners = replace(row(2, status="staff", role="accompanying"), learners=14)
    accompanying = print_one(tmp_path, with_learners)
    assert "Attestation d’accompagnement" in accompanying
    assert "a accompagné 14 apprenants" in accompanying
    assert "accompanied 14 learners" in accompanying
    assert "accompanied learners" in print_one(tmp_path, row(3, role="accompanying", activity=None))


def test_a_typed_purpose_stands_beside_the_activity(tmp_path: Path) -> None:
    said = print_one(tmp_path, row(purpose="Poser une charpente"))
    assert "Poser une charpente" in said
    assert OFFICIAL_FRENCH in said
    assert "Activité et objet" not in said
    assert "Activité et objet" in print_one(tmp_path, row(13))


def test_actual_dates_count(tmp_path: Path) -> None:
    said = print_one(tmp_path, row(actual_end=dt.date(2026, 5, 15), interruption_days=1, virtual_hours=6))
    assert "15 mai 2026" in said
    assert "12 jours" in said
    assert "1 jour / 1 day" in said
    assert "6 heures / 6 hours" in said
    assert "22 mai 2026" not in said


def test_statement_follows_the_project(tmp_path: Path) -> None:
    said = print_one(tmp_path, replace(ROW, project=replace(PROJECT, statement="funded")))
    assert "Financé par l'Union européenne" in said
    assert "Funded by the European Union" in said


def test_draft_is_marked_and_unnumbered(tmp_path: Path) -> None:
    tainted = replace(draft(), number="0099", verification="CERT|x|0099|y")
    said = print_one(tmp_path, tainted)
    assert "PROJET" in said
    assert "Projet, sans valeur" in said
    assert "0099" not in said
    assert "DRAFT" in print_one(tmp_path, draft(), ("en",))


def test_final_bears_place_and_date(tmp_path: Path) -> None:
    assert "Köln, 25/05/2026" in print_one(tmp_path, replace(ROW, print="final"))


@pytest.mark.parametrize("languages", [("fr", "en"), ("fr",)])
def test_the_longest_facts_are_all_there(tmp_path: Path, languages: tuple[str, ...]) -> None:
    """As long as the fields allow: smaller letters, then a second page; nothing is cut."""
    long = " ".join(["Fachoberschule", "Sainte-Geneviève", "Łódź"] * 10)[:200].strip()
    purpose = " ".join(["découvrir", "l'organisation", "d'un", "chantier"] * 20)[:500].strip()
    facts = {"host": long, "host_address": long[:190], "sending_organisation": long[:180], "purpose": purpose}
    given = replace(row(course_title=long[:170], **facts), project=replace(PROJECT, coordinator=long[:160].strip()))
    (path,) = write_each(tmp_path, [given], languages)
    said = text(path)
    for value in (*facts.values(), long[:170], long[:160]):
        assert value.strip() in said
    assert page_count(path) == 2
    assert "1 / 2" in said
    assert "2 / 2" in said


def test_one_page_says_no_page_number(tmp_path: Path) -> None:
    assert "1 / 1" not in print_one(tmp_path, ROW)


def test_the_code_reads_back_from_paper(tmp_path: Path) -> None:
    (path,) = write_each(tmp_path, [ROW])
    document = pypdfium2.PdfDocument(path)
    picture = document[0].render(scale=200 / 72).to_pil()
    document.close()
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [ROW.verification]


def test_the_town_is_not_said_twice(tmp_path: Path) -> None:
    said = print_one(tmp_path, row(host_address="Ahornweg 8, 50667 Köln"))
    assert "Ahornweg 8, 50667 Köln, Allemagne / Germany" in said


def test_a_coordinator_that_sends_is_named_once(tmp_path: Path) -> None:
    said = print_one(tmp_path, row(sending_organisation=PROJECT.coordinator, sending_town=None, sending_oid=None))
    assert "Établissement d’envoi et coordonnateur" in said
    assert "Béziers · OID E10000042" in said
    assert "Établissement coordonnateur" not in said

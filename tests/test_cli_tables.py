"""The command line of imports, school sheets, reports and the calendar, in processes of the program itself."""

import json
from pathlib import Path

import pytest

from mobility_app import cli
from mobility_app.jobs import demo

DATA = Path(__file__).parent / "data"
YEAR = DATA / "suivi-annee-en-cours-2026.xlsx"
SUIVI = DATA / "suivi-mobilites-2026.xlsx"


@pytest.fixture
def run(capsys, monkeypatch):
    monkeypatch.setenv("MOBILITY_TODAY", "2027-02-01")

    def call(*arguments: object) -> tuple[int, str, str]:
        code = cli.main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


@pytest.fixture
def dossier(_empty_file, tmp_path) -> Path:
    path = tmp_path / "d.mobility"
    path.write_bytes(_empty_file.read_bytes())
    return path


def test_a_year_in_progress_in_one_command(run, dossier) -> None:
    code, out, _err = run("import", dossier, YEAR, "--cut-off", "2027-01-01", "--json")
    found = json.loads(out)
    assert (code, found["added"], len(found["refused"]), len(found["duplicates"])) == (1, 66, 1, 1)
    assert found["sheets"][0] == "LP Simone-Veil Dreux"
    _code, out, _err = run("import", dossier, YEAR, "--cut-off", "2027-01-01")
    assert "66 inchangées" in out
    assert "Onglets lus ensemble" in out
    assert "« désisté »" in out


@pytest.mark.parametrize(("policy", "added"), [("add-and-update", 312), ("add", 312), ("update", 0)])
def test_the_policy_of_an_import(run, dossier, policy, added) -> None:
    run("new", dossier.with_name("x.mobility"))
    _code, out, _err = run("import", dossier, SUIVI, "--policy", policy, "--json", "--dry-run")
    assert json.loads(out)["added"] == added


def test_a_policy_that_nobody_knows_is_told(run, dossier) -> None:
    code, out, err = run("import", dossier, SUIVI, "--policy", "replace")
    assert (code, out, len(err.strip().splitlines())) == (2, "", 1)


def test_people_and_schools_come_in_from_files_of_their_own(run, dossier, tmp_path) -> None:
    people, schools = tmp_path / "eleves.csv", tmp_path / "lycees.csv"
    people.write_text("Nom;Prénom;Classe;Taille\nPetit;Inès;2 TU;160\n", "utf-8")
    schools.write_text("Établissement;UAI;Ville\nLP Simone-Veil;0280925X;Dreux\n", "utf-8")
    code, out, _err = run("import", dossier, people)
    assert (code, "1 ajoutée" in out, "Non gardé" in out) == (0, True, True)
    _code, out, _err = run("import", dossier, schools, "--json")
    assert (json.loads(out)["content"], json.loads(out)["added"]) == ("organisations", 1)
    _code, out, _err = run("info", dossier, "--json")
    assert json.loads(out)["mobilities"] == 0
    code, out, _err = run("import", dossier, people, "--content", "stays")
    assert (code, out) == (2, "")


def test_sheets_for_schools_go_out_and_come_back(run, dossier, tmp_path) -> None:
    run("import", dossier, SUIVI)
    code, out, _err = run("school-sheets", dossier, "--project", demo.REFERENCE, "--out", tmp_path / "out", "--json")
    assert (code, len(json.loads(out)["files"])) == (0, 8)
    before = dossier.read_bytes()
    code, out, _err = run("school-sheets", dossier, "--collect", tmp_path / "out", "--json")
    found = json.loads(out)
    assert code == 0
    assert sum(each["unchanged"] for each in found["files"]) == 312
    assert dossier.read_bytes() == before
    assert run("school-sheets", dossier)[0] == 2


def test_the_report_of_one_school_with_its_summary_and_a_calendar(run, dossier, tmp_path) -> None:
    run("import", dossier, SUIVI)
    out, pdf, ics = tmp_path / "r.xlsx", tmp_path / "r.pdf", tmp_path / "r.ics"
    assert run("report", dossier, "--out", out, "--pdf", pdf, "--member", "cfa numérique")[0] == 0
    assert out.stat().st_size > 5_000
    assert pdf.read_bytes().startswith(b"%PDF")
    assert run("report", dossier, "--pdf", pdf, "--member", "personne")[0] == 2
    assert run("report", dossier)[0] == 2
    assert run("calendar", dossier, "--out", ics)[0] == 0
    assert ics.read_text("utf-8").startswith("BEGIN:VCALENDAR")

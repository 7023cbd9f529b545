"""Budget, rates as a file, places left: what the command line answers, what a bad sheet is told, nothing lost."""

import json
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from mobility_app import cli, i18n
from mobility_app.errors import UserError
from mobility_app.exchange import rate_sheet
from mobility_app.jobs import dossiers, money
from mobility_app.store import queries, reference, reports
from mobility_app.store.database import Database, open_database
from tests.store import world

REFERENCE = "2026-1-FR01-KA121-VET-000212345"
STAY = ("--activity", "VET_SHORT_TERM", "--country", "PT", "--days", 14)


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    path = tmp_path / "suivi.mobility"
    with open_database(path, create=True) as db:
        world.found(db)
        dossiers.new_project(db, REFERENCE)
    return path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]):
    i18n.use("fr")

    def one(*arguments: object) -> tuple[int, str, str]:
        code = cli.main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return one


def project(db: Database, wanted: str = REFERENCE):
    with db.read() as s:
        return dossiers.chosen_project(s, wanted)


def rows(db: Database, wanted: str = REFERENCE):
    with db.read() as s:
        return {rate_sheet.code(row): row for row in queries.rate_rows(s, dossiers.chosen_project(s, wanted).id)}


def fill(path: Path, cells: dict[str, object]) -> None:
    """Types into the sheet: amount or value by code."""
    book = openpyxl.load_workbook(path)
    sheet = book.active
    header = next(row for row in sheet.iter_rows() if any(cell.value == "Code" for cell in row))
    titles = {cell.value: cell.column for cell in header}
    for row in sheet.iter_rows(min_row=header[0].row + 1):
        code = row[titles["Code"] - 1].value
        if code in cells:
            keyed = code.partition("|")[0] in {"country_group", "duration", "travel_days", "percent", "limit"}
            row[titles[i18n._("Value") if keyed else i18n._("Amount (€)")] - 1].value = cells[code]
    book.save(path)


def test_a_sheet_goes_out_is_typed_and_comes_back(run, dossier: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "taux.xlsx"
    before = dossier.read_bytes()
    assert run("rates", dossier, "--project", REFERENCE, "--export", sheet)[0] == 0
    assert dossier.read_bytes() == before
    daily = {
        f"individual_support|learner|{g}|{v}": a for g, a in (("1", 60), ("2", 52), ("3", "44,50")) for v in ("d1_14",)
    }
    daily |= {f"individual_support|learner|{g}|d15": a for g, a in (("1", 42), ("2", 36), ("3", "31 €"))}
    fill(sheet, daily | {"country_group|PT||": 1, "linguistic_support|||": 150})
    code, out, _err = run("rates", dossier, "--project", REFERENCE, "--import", sheet)
    assert code == 0
    assert out.startswith("8 ")
    with open_database(dossier) as db:
        found = rows(db)
        assert found["individual_support|learner|3|d1_14"].cents == 4450
        assert found["individual_support|learner|3|d15"].cents == 3100
        assert found["country_group|PT||"].key == "1"
        assert (found["limit|visit_persons||"].key, found["limit|visit_persons||"].state) == ("3", "unverified")
        assert {found[name].state for name in daily} == {"typed"}
        assert found["individual_support|staff|1|d1_14"].state == "unknown"
        assert db.undo() is not None
        assert rows(db)["individual_support|learner|3|d1_14"].cents is None


def test_a_colleagues_sheet_gives_the_same_rates_and_a_second_import_changes_nothing(
    dossier: Path, tmp_path: Path
) -> None:
    sheet, again = tmp_path / "taux.xlsx", tmp_path / "encore.xlsx"
    with open_database(dossier) as db:
        money.export_rates(db, project(db), sheet)
        fill(sheet, {"course_fees||day|": 80, "course_fees||cap|": 800, "travel||500-1999|green": 320})
        assert money.import_rates(db, project(db), sheet).count == 3
        assert money.import_rates(db, project(db), sheet).count == 0
        money.export_rates(db, project(db), again)
        dossiers.new_project(db, "2027-1-FR01-KA121-VET-000212346")
        other = project(db, "2027-1-FR01-KA121-VET-000212346")
        money.import_rates(db, other, again)
        mine, hers = rows(db), rows(db, other.reference)
        for name in ("course_fees||day|", "course_fees||cap|", "travel||500-1999|green"):
            assert (mine[name].cents, mine[name].source) == (hers[name].cents, hers[name].source) != (None, "")


def test_example_rates_never_reach_a_real_project(dossier: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "taux.xlsx"
    rate_sheet.write(sheet, "Exemple", reference.example_rows(2026))
    with open_database(dossier) as db:
        before = rows(db)
        done = money.import_rates(db, project(db), sheet)
        assert (done.count, [finding.code for finding in done.findings]) == (0, ["example_rates"])
        assert rows(db) == before


def test_every_block_stands_in_the_sheet_in_the_order_of_the_annex(dossier: Path, tmp_path: Path) -> None:
    with open_database(dossier) as db:
        money.export_rates(db, project(db), tmp_path / "taux.xlsx")
    values = [[cell.value for cell in row] for row in openpyxl.load_workbook(tmp_path / "taux.xlsx").active.iter_rows()]
    codes = [row[-1] for row in values if isinstance(row[-1], str) and row[-1].count("|") == 3]
    assert len(codes) == len(reference.rate_rows(2026))
    blocks = list(dict.fromkeys(code.partition("|")[0] for code in codes))
    assert blocks[:7] == [
        "organisational_support", "travel", "individual_support", "course_fees", "inclusion_organisation",
        "linguistic_support", "preparatory_visit",
    ]  # fmt: skip
    bands = [code.split("|")[2] for code in codes if code.startswith("travel|") and code.endswith("standard")]
    assert bands == ["10-99", "100-499", "500-1999", "2000-2999", "3000-3999", "4000-7999", "8000-"]


@pytest.mark.parametrize(("cell", "kind", "word"), [
    ("quarante", "rate_unusable", "quarante"), (-3, "rate_unusable", "-3"), ("12,345", "rate_unusable", "12,345"),
    (True, "rate_unusable", "True"), (5000, "rate_unexpected", "5"), (60, "rate_pair_incomplete", "42"),
])  # fmt: skip
def test_a_bad_rate_is_told_and_loses_nothing(dossier: Path, tmp_path: Path, cell, kind, word) -> None:
    sheet = tmp_path / "taux.xlsx"
    with open_database(dossier) as db:
        money.export_rates(db, project(db), sheet)
        fill(sheet, {"individual_support|learner|1|d1_14": cell, "course_fees||day|": 80})
        done = money.import_rates(db, project(db), sheet)
        found = {finding.code: finding for finding in done.findings}
        assert kind in found
        assert word in i18n.render(found[kind].text).replace("\u00a0", " ")
        assert i18n.render(found[kind].remedy)
        assert rows(db)["course_fees||day|"].cents == 8000
        if kind == "rate_unusable":
            assert rows(db)["individual_support|learner|1|d1_14"].cents is None
            assert found[kind].record.endswith(str(found[kind].record[-2:]))


@pytest.mark.parametrize("cell", ["trois", "9-2", "2-9-3"])
def test_a_bad_rule_is_told(dossier: Path, tmp_path: Path, cell: str) -> None:
    sheet = tmp_path / "taux.xlsx"
    with open_database(dossier) as db:
        before = rows(db)["duration|VET_SHORT_TERM||"]
        money.export_rates(db, project(db), sheet)
        fill(sheet, {"duration|VET_SHORT_TERM||": cell})
        done = money.import_rates(db, project(db), sheet)
        assert [finding.code for finding in done.findings] == ["rate_unusable"]
        assert done.count == 0
        assert rows(db)["duration|VET_SHORT_TERM||"] == before


def test_any_other_file_is_no_rate_sheet(dossier: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Nom", "Prénom"])
    book.save(tmp_path / "autre.xlsx")
    with open_database(dossier) as db, pytest.raises(UserError, match=r"autre\.xlsx"):
        money.import_rates(db, project(db), tmp_path / "autre.xlsx")


def test_budget_in_json(run, dossier: Path) -> None:
    with open_database(dossier) as db, db.read() as s:
        wanted = queries.projects(s)[-1].reference
        wanted = next(p.reference for p in queries.projects(s) if p.mobilities)
    code, out, _err = run("budget", dossier, "--project", wanted, "--json", "--today", "2026-05-01")
    found = json.loads(out)
    assert code == 0
    assert set(found) == {"lines", "complete", "incomplete"}
    assert set(found["lines"][0]) == {"key", "activity", "awarded", "planned", "engaged", "done", "paid", "left"}
    assert all(line["awarded"] is None and line["left"] is None for line in found["lines"])
    assert run("budget", dossier, "--project", wanted)[0] == 0


def test_the_figures_of_the_window_are_those_of_the_report(dossier: Path) -> None:
    with open_database(dossier) as db, db.read() as s:
        chosen = next(p for p in queries.projects(s) if p.mobilities)
        report = reports.report(s, chosen.id, world.TODAY)
        assert report.findings
        assert reports.figures(s, chosen.id, world.TODAY) == replace(report, findings=())


def test_the_answer_has_what_other_programs_read_and_more_only_when_asked(run, dossier: Path) -> None:
    question = ("whatif", dossier, "--project", REFERENCE, *STAY, "--distance", 1500, "--json")
    assert set(json.loads(run(*question)[1])) == {"cost_each", "left", "places"}
    more = json.loads(run(*question, "--count", 3)[1])
    assert set(more) == {"cost_each", "left", "places", "organisational_support_each", "count", "cost", "fits"}


def test_places_left_for_the_money_left(run, dossier: Path) -> None:
    from mobility_app.actions import projects
    from mobility_app.store.journal import Label

    with open_database(dossier) as db:
        chosen = project(db)
        with db.write(Label("rates")) as s:
            projects.apply_rates(s, chosen.id, reference.example_rows(2026))
    before = dossier.read_bytes()
    unknown = json.loads(run("whatif", dossier, "--project", REFERENCE, *STAY, "--distance", 1500, "--json")[1])
    assert (unknown["left"], unknown["places"]) == (None, None)
    assert dossier.read_bytes() == before
    with open_database(dossier) as db, db.write(Label("award")) as s:
        projects.award(s, chosen.id, "individual_support", "VET_SHORT_TERM", 500_000)
        projects.award(s, chosen.id, "travel_support", "", 200_000)
    found = json.loads(run("whatif", dossier, "--project", REFERENCE, *STAY, "--distance", 1500, "--json")[1])
    each, left = (round(float(found[key]) * 100) for key in ("cost_each", "left"))
    assert left == 700_000
    assert found["places"] == left // each > 0
    green = json.loads(run("whatif", dossier, "--project", REFERENCE, *STAY, "--distance", 1500, "--green", "--count",
                           50, "--json")[1])  # fmt: skip
    assert float(green["cost_each"]) > float(found["cost_each"])
    assert green["fits"] is False
    assert run("whatif", dossier, "--project", REFERENCE, *STAY, "--distance", 1500)[0] == 0
    missing = json.loads(run("whatif", dossier, "--project", REFERENCE, *STAY, "--json")[1])
    assert (missing["cost_each"], missing["places"]) == (None, None)


@pytest.mark.parametrize("arguments", [
    ("whatif", "{dossier}", "--project", REFERENCE, "--activity", "VET_SHORT_TERM", "--country", "XX", "--days", "14"),
    ("whatif", "{dossier}", "--project", REFERENCE, "--activity", "VET_SHORT_TERM", "--country", "PT", "--days", "366"),
    ("whatif", "{dossier}", "--project", REFERENCE, "--activity", "VET_SHORT_TERM", "--country", "PT", "--days", "0"),
    ("whatif", "{dossier}", "--project", REFERENCE, "--activity", "REVE", "--country", "PT", "--days", "14"),
    ("rates", "{dossier}", "--project", REFERENCE, "--import", "{folder}/rien.xlsx"),
    ("rates", "{dossier}", "--project", REFERENCE, "--import", "a.xlsx", "--export", "b.xlsx"),
    ("budget", "{dossier}"),
])  # fmt: skip
def test_what_cannot_be_done_is_one_sentence(run, dossier: Path, tmp_path: Path, arguments) -> None:
    code, out, err = run(*(part.format(dossier=dossier, folder=tmp_path) for part in arguments))
    assert (code, out) == (2, "")
    assert len(err.strip().splitlines()) == 1
    assert "Traceback" not in err

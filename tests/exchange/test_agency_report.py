"""The agency's report: our figures in every cell and behind every formula, hostile names, unknown amounts, print."""

import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from mobility_app.core import budget, targets
from mobility_app.core.facts import BudgetLine, Report
from mobility_app.core.rates import RateTable
from mobility_app.errors import UserError
from mobility_app.exchange import agency_report, report_words
from mobility_app.fields import MOBILITY
from mobility_app.i18n import LANGUAGES, catalogue
from tests.exchange import invented
from tests.exchange.test_workbook import HOSTILE

FRENCH = (
    "Synthèse", "Objectifs", "Budget", "Mobilités", "Par pays", "Par établissement", "Par mois",
    "Durées", "Écologie", "Moins d’opportunités", "À corriger",
)  # fmt: skip
# All that a formula of ours may be made of: sums, counts, a ratio, a difference, a product, a bar, a reference.
_CELL = r"(?:'[^']+(?:''[^']*)*'!)?\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?"
_OURS = re.compile(
    rf'=(?:{_CELL}|SUM\({_CELL}(?:,{_CELL})*\)|SUMIFS\({_CELL},{_CELL},"[^"]*"\)|COUNTIFS\({_CELL},"[^"]*",{_CELL},"[^"]*"\)'
    rf'|{_CELL}[-/*]{_CELL}(?:-1)?|REPT\("█",ROUND\(10\*MIN\({_CELL},1\),0\)\))'
)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Report, Path]:
    report, path = invented.report(), tmp_path_factory.mktemp("report") / "rapport.xlsx"
    assert agency_report.write(path, report)
    return report, path


def values(path: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(path, data_only=True)


def rows(sheet, first_title: str) -> list[dict[str, object]]:
    """The rows of the table whose header begins with a title, down to the first empty line."""
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    start = next(number for number, line in enumerate(lines) if line[0] == first_title)
    found = []
    for line in lines[start + 1 :]:
        if all(value is None for value in line):
            break
        found.append({str(title): value for title, value in zip(lines[start], line, strict=True) if title})
    return found


def texts(sheet) -> list[str]:
    """With plain spaces, whatever French punctuation asks for."""
    cells = (cell.value for row in sheet.iter_rows() for cell in row)
    return [value.replace("\u00a0", " ").replace("\u202f", " ") for value in cells if isinstance(value, str)]


def beside(sheet, label: str, down: int = 0, right: int = 0) -> object:
    """The value of the cell that stands so far from a label."""
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == label)
    return sheet.cell(cell.row + down, cell.column + right).value


def test_the_sheets_are_there_in_order(written):
    assert tuple(values(written[1]).sheetnames) == FRENCH


def test_every_formula_is_ours_and_carries_its_value(written):
    formulas, cached = openpyxl.load_workbook(written[1]), values(written[1])
    count = 0
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    count += 1
                    assert _OURS.fullmatch(cell.value), cell.value
                    assert cached[sheet.title][cell.coordinate].value is not None or "REPT" in cell.value
    assert count > 200


def test_one_row_a_mobility_with_typed_values(written):
    report, path = written
    *lines, total = rows(values(path)["Mobilités"], "N°")
    assert len(lines) == len(report.mobilities)
    for row, line in zip(report.mobilities, lines, strict=True):
        assert (line["N°"], line["Nom"], line["Prénom"]) == (row.number, row.last_name, row.first_name)
        assert line["Départ"].date() == row.start
        assert line["Comptée"] == ("Oui" if row.planned else "Non")
        assert line["Subvention"] == ("inconnu" if row.total is None else row.total / 100)
        assert line["Montant connu"] == row.known_total / 100
    assert total["Comptée"] == report.totals["mobilities"]
    assert total["Montant connu"] == report.totals["known_total"] / 100
    assert total["Durée"] == report.totals["total_days"]
    assert total["Voyage vert"] == report.totals["green"]
    assert total["Moins d’opportunités"] == report.totals["inclusion"]


def test_contact_details_and_notes_stay_with_the_coordinator(written):
    report, path = written
    titles = set(rows(values(path)["Mobilités"], "N°")[0])
    shown = {field.key for field in MOBILITY if catalogue("fr").gettext(field.title) in titles}
    assert shown == {field.key for field in MOBILITY if not field.sensitive} - {
        "birth_date", "email", "phone", "lodging", "insurance", "decision_reason", "notes"
    }  # fmt: skip
    everything = "\n".join(text for sheet in values(path) for text in texts(sheet))
    assert report.mobilities[0].email not in everything
    assert report.mobilities[0].phone not in everything


@pytest.mark.parametrize(("sheet", "title", "tallies"), [
    ("Par pays", "Pays", "by_country"), ("Par établissement", "Établissement d’envoi", "by_organisation"),
])  # fmt: skip
def test_tallies_and_their_totals(written, sheet, title, tallies):
    report, path = written
    *lines, total = rows(values(path)[sheet], title)
    for tally, line in zip(getattr(report, tallies), lines, strict=True):
        assert (line["Mobilités"], line["Jours d’activité"]) == (tally.mobilities, tally.days)
        assert (line["Montant connu"], line["Incomplètes"]) == (tally.known_total / 100, tally.incomplete)
    assert total["Mobilités"] == report.totals["mobilities"]
    assert total["Accompagnateurs"] == report.totals["accompanying"]
    assert total["Montant connu"] == report.totals["known_total"] / 100


def test_the_budget_says_what_is_known_line_by_line(written):
    report, path = written
    lines = rows(values(path)["Budget"], "Type d’activité")
    project, support, visits = lines[:3]
    lead = [line for line in report.budget if line.key == "organisational_support"]
    assert (project["Type d’activité"], support["Ligne de budget"]) == ("Projet", "Soutien organisationnel")
    assert support["Accordé"] == 38_500
    assert support["Prévu"] == sum(line.planned for line in lead) / 100
    assert support["Reste"] == 38_500 - sum(line.engaged for line in lead) / 100
    assert (visits["Accordé"], visits["Reste"], visits["% engagé"]) == ("non saisi", "non saisi", None)
    own = {(line.activity, line.key): line for line in report.budget}
    short = own["VET_SHORT_TERM", "individual_support"]
    written_short = next(line for line in lines if line["Ligne de budget"] == "Soutien individuel")
    assert [written_short[title] for title in ("Accordé", "Prévu", "Engagé", "Réalisé", "Payé", "Reste")] == [
        cents / 100 for cents in (short.awarded, short.planned, short.engaged, short.done, short.paid, short.left)
    ]
    assert written_short["% engagé"] == short.engaged / short.awarded
    total = next(line for line in lines if line["Type d’activité"] == "Total")
    assert total["Prévu"] == sum(line.planned for line in report.budget) / 100
    assert total["Payé"] == sum(line.paid for line in report.budget) / 100
    assert total["Reste"] == pytest.approx(total["Accordé"] - total["Engagé"])


def test_organisational_support_can_be_checked_by_hand(written):
    report, path = written
    sheet = values(path)["Budget"]
    assert "Soutien organisationnel : détail du calcul" in texts(sheet)
    lines = [line for line in report.project_lines if line.key == "organisational_support"]
    assert len(lines) > 2
    for place, line in enumerate(lines, 1):
        assert beside(sheet, "Participants", down=place) == line.quantity
        assert beside(sheet, "Montant", down=place) == line.amount / 100


def test_targets_are_the_modules_tables(written):
    report, path = written
    lines = rows(values(path)["Objectifs"], "Tableau")
    shown = [line for line in report.targets if not line.activity or line.indicative or line.planned]
    assert 20 < len(shown) < len(report.targets)
    for target, line in zip(shown, lines, strict=True):
        assert (line["Tableau"], line["Prévu"], line["Réalisé"]) == (target.table, target.planned, target.implemented)
        assert line["Indicatif"] == ("non saisi" if target.indicative is None else target.indicative)
        reached = None if not target.indicative else target.implemented / target.indicative
        assert line["% atteint"] == reached


def test_the_summary_repeats_the_other_sheets(written):
    report, path = written
    summary = values(path)["Synthèse"]
    for label, key in (
        ("Mobilités prévues", "mobilities"), ("Personnes", "persons"), ("Jours d’activité", "total_days"),
        ("Pays", "countries"), ("Moins d’opportunités", "inclusion"), ("Voyages verts", "green"),
    ):  # fmt: skip
        assert beside(summary, label, down=1) == report.totals[key], label
    assert beside(summary, "À corriger", down=1) == len(report.findings)
    assert beside(summary, "Soutien individuel", right=12) == pytest.approx(
        sum(line.engaged for line in report.budget if line.key == "individual_support") / 100
    )
    formulas = openpyxl.load_workbook(path)["Synthèse"]
    assert beside(formulas, "Mobilités prévues", down=1).startswith("='Mobilités'!")
    assert beside(formulas, "Reste", down=1).startswith("='Budget'!")


def test_months_run_up_to_all_departures(written):
    report, path = written
    *lines, total = rows(values(path)["Par mois"], "Mois")
    assert [(line["Mois"].date(), line["Départs"]) for line in lines] == list(report.departures_by_month)
    assert lines[-1]["Départs cumulés"] == total["Départs"] == sum(n for _month, n in report.departures_by_month)


def test_findings_name_who_must_act(written):
    report, path = written
    lines = rows(values(path)["À corriger"], "Fiche")
    assert [line["Fiche"] for line in lines] == [finding.record for finding in report.findings]
    assert {line["Qui agit"] for line in lines} == {
        "Coordonnateur", "Établissement d’envoi", "Organisme d’accueil", "Agent comptable"
    }  # fmt: skip
    assert {line["Gravité"] for line in lines} == {"Bloquant", "À vérifier"}


def test_every_sheet_is_ready_for_screen_and_paper(written):
    for sheet in openpyxl.load_workbook(written[1]):
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape"), sheet.title
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.oddFooter.right.text == "page &P/&N"
        assert invented.PROJECT.reference in sheet.oddFooter.center.text
        assert sheet.freeze_panes
        if sheet.title != "Synthèse":
            assert sheet.auto_filter.ref
            assert sheet.print_title_rows


def test_columns_that_nobody_filled_are_hidden(written):
    sheet = openpyxl.load_workbook(written[1])["Mobilités"]
    titles = {cell.value: cell.column_letter for cell in sheet[5]}
    hidden = {title for title, letter in titles.items() if sheet.column_dimensions[letter].hidden}
    assert {"Départ réel", "Fin réelle", "Intitulé du cours", "Objet"} <= hidden
    assert not hidden & {"Nom", "Pays", "Jours d’interruption", "Subvention", "Jours de cours"}


def test_what_is_left_is_said_to_be_provisional_when_an_award_is_missing(written, tmp_path):
    assert "provisoire" in beside(values(written[1])["Synthèse"], "Reste", down=2)
    report = invented.report(10)
    lines = tuple(replace(line, awarded=line.awarded or 0) for line in report.budget)
    agency_report.write(tmp_path / "r.xlsx", replace(report, budget=lines))
    assert beside(values(tmp_path / "r.xlsx")["Synthèse"], "Reste", down=2) == "accordé moins engagé"


def test_the_charts_read_the_sheets(written):
    import zipfile

    with zipfile.ZipFile(written[1]) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/charts/chart")]
        charts = "".join(archive.read(name).decode() for name in names)
    assert len(names) == 3
    for title in ("Départs par mois", "Mobilités par pays", "Budget par ligne"):
        assert title in charts
    for sheet in ("'Par mois'!", "'Par pays'!", "'Synthèse'!"):
        assert sheet in charts


@pytest.mark.parametrize(("state", "banded"), [("example", True), ("confirmed", False)])
def test_example_amounts_are_said_on_every_sheet(tmp_path, state, banded):
    agency_report.write(tmp_path / "r.xlsx", invented.report(20, state=state))
    for sheet in values(tmp_path / "r.xlsx"):
        assert any(text.startswith("Montants d’exemple") for text in texts(sheet)) == banded, sheet.title


def test_incomplete_mobilities_are_counted_apart_on_every_sheet(tmp_path):
    agency_report.write(tmp_path / "r.xlsx", invented.report())
    for sheet in values(tmp_path / "r.xlsx"):
        assert any("4 mobilités incomplètes" in text for text in texts(sheet)), sheet.title
    complete = [invented.mobility(number, distance_km=850) for number in range(1, 12)]
    agency_report.write(tmp_path / "r.xlsx", invented.of(complete))
    assert not any("provisoires" in text for sheet in values(tmp_path / "r.xlsx") for text in texts(sheet))


def test_without_any_rate_nothing_is_zero(tmp_path):
    report = budget.report(invented.PROJECT, [invented.mobility(1)], RateTable(()), {}, {}, (), invented.TODAY)
    assert report.rates_state == "unknown"
    agency_report.write(tmp_path / "r.xlsx", report)
    line, _total = rows(values(tmp_path / "r.xlsx")["Mobilités"], "N°")
    assert line["Subvention"] == "inconnu"
    assert "taux à saisir" in values(tmp_path / "r.xlsx")["Budget"]["A2"].value


def test_an_empty_project_has_its_report_too(tmp_path):
    report = budget.report(invented.PROJECT, [], RateTable(()), {}, {}, (), invented.TODAY)
    assert agency_report.write(tmp_path / "r.xlsx", report)
    book = values(tmp_path / "r.xlsx")
    assert tuple(book.sheetnames) == FRENCH
    assert beside(book["Synthèse"], "Mobilités prévues", down=1) == 0
    assert any("rien à montrer" in text for text in texts(book["Synthèse"]))


def test_no_name_becomes_a_formula(tmp_path):
    hostile = [
        invented.mobility(number, last_name=value, sending_organisation=value, sending_id=str(number), host=value)
        for number, value in enumerate(HOSTILE, 1)
    ]
    project = replace(invented.PROJECT, title="=1+1", coordinator="@SUM(A1)", reference="+1&P")
    report = replace(invented.of(hostile), project=project, filter_text="=cmd|' /C calc'!A0")
    agency_report.write(tmp_path / "r.xlsx", report)
    for sheet in openpyxl.load_workbook(tmp_path / "r.xlsx"):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f" or _OURS.fullmatch(cell.value), cell.value
                assert not cell.hyperlink


def test_the_english_report_is_english(tmp_path):
    path = tmp_path / "r.xlsx"
    agency_report.write(path, invented.report(20), "en")
    book = values(path)
    assert book.sheetnames == [
        "Summary", "Targets", "Budget", "Mobilities", "By country", "By organisation", "By month",
        "Durations", "Ecology", "Fewer opportunities", "To correct",
    ]  # fmt: skip
    *lines, total = rows(book["Mobilities"], "No.")
    assert {line["Counted"] for line in lines} == {"Yes", "No"}
    assert total["Counted"] == 19
    assert "rates confirmed" in book["Budget"]["A2"].value


def test_a_line_of_budget_that_nobody_foresaw_is_shown_by_its_key(tmp_path):
    report = invented.report(10)
    strange = BudgetLine("new_line", "NEW_ACTIVITY", 100_00, 50_00, 0, 0, 0)
    agency_report.write(tmp_path / "r.xlsx", replace(report, budget=(*report.budget, strange)))
    assert {"new_line", "NEW_ACTIVITY"} <= set(texts(values(tmp_path / "r.xlsx")["Budget"]))


def test_every_line_and_target_of_the_rules_has_a_name():
    assert set(report_words.BUDGET) == set(budget.LINES)
    assert set(report_words.TARGETS) == {*targets.T1, *targets.T2}


def test_progress_is_told_and_cancel_leaves_nothing(tmp_path):
    seen: list[tuple[int, int]] = []
    report, path = invented.report(20), tmp_path / "r.xlsx"

    def go_on(done: int, total: int) -> bool:
        seen.append((done, total))
        return True

    assert agency_report.write(path, report, progress=go_on)
    assert [done for done, _total in seen] == sorted(done for done, _total in seen)
    assert seen[-1][0] == seen[-1][1] == seen[0][1]
    before = path.read_bytes()
    assert agency_report.write(path, report, progress=lambda done, total: done < 15) is False
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["r.xlsx"]


def test_a_target_that_cannot_be_written_is_a_sentence(tmp_path):
    (tmp_path / "rapport.xlsx").mkdir()
    with pytest.raises(UserError, match=r"rapport\.xlsx"):
        agency_report.write(tmp_path / "rapport.xlsx", invented.report(5))
    assert [entry.name for entry in tmp_path.iterdir()] == ["rapport.xlsx"]


def test_the_same_report_gives_the_same_bytes(tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        agency_report.write(tmp_path / name, invented.report(10))
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_sheets_never_share_a_name(language):
    _ = catalogue(language).gettext
    names = [_(name) for name in (
        "Summary", "Targets", "Budget", "Mobilities", "By country", "By organisation", "By month",
        "Durations", "Ecology", "Fewer opportunities", "To correct",
    )]  # fmt: skip
    assert len({name.lower() for name in names}) == len(names)
    assert all(0 < len(name) <= 31 for name in names)

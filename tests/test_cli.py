"""The command line as a coordinator's other programs see it: its JSON, its exit codes, its sentences, its files."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mobility_app import cli, i18n

ROOT = Path(__file__).parent.parent
SHEET = ROOT / "resources" / "demo" / "suivi-mobilites-2026.xlsx"
TODAY = ("--today", "2027-03-15")
PROJECT = "2026-1-FR01-KA121-VET-000212345"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]):
    """Runs the command line in this process: (exit code, standard output, standard error)."""
    i18n.use("fr")

    def one(*arguments: object) -> tuple[int, str, str]:
        code = cli.main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return one


@pytest.fixture
def dossier(run, tmp_path: Path) -> Path:
    path = tmp_path / "suivi.mobility"
    assert run("new", path)[0] == 0
    assert run("import", path, SHEET)[0] == 1
    return path


def test_the_journey_on_either_engine(run, db_target, tmp_path: Path) -> None:
    assert run("new", db_target)[0] == 0
    code, out, _err = run("import", db_target, SHEET, "--json", *TODAY)
    first = json.loads(out)
    assert (code, first["rows"], first["added"], len(first["refused"])) == (1, 319, 312, 4)
    assert first["refused"][1]["column"] == "Pays"
    assert "Atlantide" in first["refused"][1]["reason"]
    again = json.loads(run("import", db_target, SHEET, "--json", *TODAY)[1])
    assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, 312)
    assert run("undo", db_target)[0] == 0
    assert json.loads(run("info", db_target, "--json")[1])["mobilities"] == 0
    assert run("redo", db_target)[0] == 0
    found = json.loads(run("info", db_target, "--json", *TODAY)[1])
    assert (found["mobilities"], found["total_days"], found["hosts"]) == (312, 8633, 18)
    rows = json.loads(run("list", db_target, "--filter", "pays:DE vert:oui", "--json", *TODAY)[1])
    assert rows
    assert {row["country"] for row in rows} == {"DE"}
    report = tmp_path / "rapport.xlsx"
    assert run("report", db_target, "--out", report, *TODAY)[0] == 0
    assert report.exists()
    numbers = ",".join(str(row["number"]) for row in rows[:2])
    merged = tmp_path / "attestations.pdf"
    out_folder = tmp_path / "attestations"
    code, out, err = run(
        "certificates", db_target, "--ids", numbers, "--merged", merged, "--out", out_folder, "--print", "draft"
    )
    assert (code, err) == (0, "")
    assert merged.exists()
    assert len(list(out_folder.iterdir())) == 2


def test_the_published_figures_of_the_2021_annex(run) -> None:
    """Spanish annex of 2021: learner group 2, 57 € then 40 €; 1,313 km: 275 €."""
    code, out, _err = run(
        *("grant", "--call", 2021, "--rates", "ES", "--activity", "VET_SHORT_TERM", "--country", "DE"),
        *("--start", "2022-03-07", "--end", "2022-04-05", "--travel-days", 2, "--distance", 1313, "--json"),
    )
    found = json.loads(out)
    assert code == 0
    lines = {line["key"]: (line["quantity"], line["rate"], line["amount"]) for line in found["lines"]}
    assert lines["individual_support_1_14"] == (14, "57.00", "798.00")
    assert lines["individual_support_15"] == (18, "40.00", "720.00")
    assert lines["travel_support"] == (1, "275.00", "275.00")
    assert (found["total"], found["complete"]) == ("1793.00", True)
    assert found["project_lines"][0]["amount"] == "350.00"
    assert all(line["sentence"] and line["source"] for line in found["lines"])


def test_an_unknown_rate_is_null_and_never_a_guess(run) -> None:
    found = json.loads(
        run(
            *("grant", "--call", 2024, "--activity", "LM-SHORT-VET", "--country", "ES", "--start", "04/05/2025"),
            *("--end", "31/05/2025", "--distance", 900, "--json"),
        )[1]
    )
    assert (found["total"], found["complete"], found["known_total"]) == (None, False, "0.00")
    assert all(line["amount"] is None for line in found["lines"])


def test_a_dry_run_writes_nothing(run, tmp_path: Path) -> None:
    path = tmp_path / "a.mobility"
    run("new", path)
    before = path.read_bytes()
    code, out, _err = run("import", path, SHEET, "--dry-run", "--json")
    assert (code, json.loads(out)["added"]) == (1, 312)
    assert path.read_bytes() == before


@pytest.mark.parametrize("command", [("info",), ("list",), ("check",), ("todo",), ("report", "--out", "r.xlsx")])
def test_reading_leaves_the_bytes_unchanged(run, dossier: Path, command, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    before = dossier.read_bytes()
    assert run(command[0], dossier, *command[1:], *TODAY)[0] in (0, 1)
    assert dossier.read_bytes() == before


def test_the_second_import_leaves_the_bytes_unchanged(run, dossier: Path) -> None:
    before = dossier.read_bytes()
    run("import", dossier, SHEET)
    assert dossier.read_bytes() == before


def test_ids_are_those_of_list_or_numbers(run, dossier: Path, tmp_path: Path) -> None:
    row = json.loads(run("list", dossier, "--json", *TODAY)[1])[0]
    for name in (row["id"], row["number"]):
        code, out, _err = run(
            "certificates", dossier, "--ids", name, "--out", tmp_path / "x", "--print", "draft", *TODAY
        )
        assert (code, "1 attestation" in out) == (0, True)
    code, _out, err = run("certificates", dossier, "--ids", "99999", "--out", tmp_path / "x")
    assert code == 2
    assert "99999" in err


def test_a_person_left_out_is_named_with_the_reason(run, dossier: Path, tmp_path: Path) -> None:
    row = json.loads(run("list", dossier, "--filter", "départ>=01/05/2027", "--json", *TODAY)[1])[0]
    code, _out, err = run(
        "certificates", dossier, "--ids", row["id"], "--out", tmp_path / "x", "--print", "final", *TODAY
    )
    assert code == 1
    assert row["last_name"] in err


def test_what_there_is_to_do_says_who_and_when(run, dossier: Path) -> None:
    code, out, _err = run("todo", dossier, "--json", "--today", "2026-10-20")
    found = json.loads(out)
    assert code == 0
    assert {"id", "record", "text", "who", "due", "severity"} <= set(found[0])
    assert {one["who"] for one in found} <= {"me", "school", "host", "accountant"}
    late = [one["due"] for one in found if one["late"]]
    assert late
    assert max(late) < "2026-10-20" <= min(one["due"] for one in found if one["due"] and not one["late"])
    code, out, _err = run("todo", dossier, "--today", "2026-10-20")
    assert "(en retard)" in out


def test_check_tells_findings_with_their_remedy(run, dossier: Path) -> None:
    code, out, _err = run("check", dossier, "--json")
    found = json.loads(out)
    assert (code, found["integrity"]) == (1, "ok")
    assert all(finding["text"] and finding["remedy"] and finding["record"] for finding in found["findings"])


# ---- what cannot be done: exit 2, one sentence in French, nothing changed


@pytest.mark.parametrize(
    "arguments",
    [
        ("info", "{folder}/missing.mobility"),
        ("info", "{folder}"),
        ("info", "{sheet}"),
        ("import", "{dossier}", "{folder}/missing.xlsx"),
        ("import", "{dossier}", "{folder}"),
        ("import", "{dossier}", "{dossier}"),
        ("report", "{dossier}", "--out", "{folder}/no/such/folder/r.xlsx"),
        ("report", "{dossier}", "--out", "{folder}"),
        ("certificates", "{dossier}"),
        ("certificates", "{dossier}", "--out", "{folder}/c", "--print", "golden"),
        ("certificates", "{dossier}", "--out", "{folder}/c", "--language", "klingon"),
        ("list", "{dossier}", "--filter", "départ>=hier"),
        ("list", "{dossier}", "--project", "2019-1-FR01-KA102-000001"),
        ("grant", "--call", "1999", "--activity", "VET_SHORT_TERM", "--country", "ES", "--start", "2025-01-01",
         "--end", "2025-01-20"),
        ("grant", "--call", "2024", "--activity", "HOLIDAY", "--country", "ES", "--start", "2025-01-01", "--end",
         "2025-01-20"),
        ("grant", "--call", "2024", "--activity", "VET_SHORT_TERM", "--country", "XX", "--start", "2025-01-01", "--end",
         "2025-01-20"),
        ("grant", "--call", "2024", "--activity", "VET_SHORT_TERM", "--country", "ES", "--start", "2025-02-01", "--end",
         "2025-01-20"),
        ("grant", "--call", "2024", "--activity", "VET_SHORT_TERM", "--country", "ES", "--start", "demain", "--end",
         "2025-01-20"),
        ("new", "{dossier}"),
        ("new", "{folder}/b.mobility", "--project", "sans année"),
        ("new", "{folder}/no/such/folder/b.mobility"),
        ("new", "{folder}/c.mobility", "--encrypt", "--passphrase-file", "{folder}/none"),
        ("undo", "{folder}/missing.mobility"),
        ("frobnicate",),
        ("info",),
        ("info", "{dossier}", "--frobnicate"),
        ("grant", "--call", "mille"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_one_sentence(run, dossier: Path, tmp_path: Path, arguments) -> None:
    names = {"folder": tmp_path, "dossier": dossier, "sheet": SHEET}
    before = dossier.read_bytes()
    code, out, err = run(*(str(part).format(**names) for part in arguments))
    assert (code, out) == (2, "")
    assert len(err.strip().splitlines()) == 1
    assert "Traceback" not in err
    assert not any(word in err for word in (" the ", "does not", "Invalid", "Error", "Missing"))
    assert dossier.read_bytes() == before
    assert not (tmp_path / "b.mobility").exists()
    assert not (tmp_path / "c.mobility").exists()


def test_nothing_to_undo_is_said(run, tmp_path: Path) -> None:
    path = tmp_path / "a.mobility"
    run("new", path)
    code, _out, err = run("undo", path)
    assert (code, err) == (2, "Il n’y a rien à annuler.\n")


def test_writes_beside_a_holder_are_refused_and_reads_go_on(run, dossier: Path) -> None:
    from mobility_app.store.database import open_database

    with open_database(dossier):
        assert run("info", dossier)[0] == 0
        code, _out, err = run("import", dossier, SHEET)
    assert code == 2
    assert str(os.getpid()) in err


def test_an_encrypted_dossier_needs_its_passphrase(run, tmp_path: Path, monkeypatch) -> None:
    path, secret = tmp_path / "a.mobility", tmp_path / "secret"
    secret.write_text("une phrase assez longue\n", "utf-8")
    assert run("new", path, "--encrypt", "--passphrase-file", secret)[0] == 0
    assert not path.read_bytes().startswith(b"SQLite")
    assert run("import", path, SHEET, "--passphrase-file", secret)[0] == 1
    with open(os.devnull, encoding="utf-8") as nobody:  # noqa: PTH123  a stream that is no terminal
        monkeypatch.setattr("sys.stdin", nobody)
        assert run("info", path)[0] == 2
    monkeypatch.setenv("MOBILITY_PASSPHRASE", "une autre phrase")
    assert run("info", path)[0] == 2
    monkeypatch.setenv("MOBILITY_PASSPHRASE", "une phrase assez longue")
    assert run("info", path)[0] == 0


# ---- as a program of its own


def program(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    known = {name: value for name, value in os.environ.items() if name not in ("LANG", "LC_ALL")}
    return subprocess.run(
        [sys.executable, "-m", "mobility_app", *arguments],
        capture_output=True,
        text=True,
        env=known | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"} | environment,
        cwd=ROOT,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("environment", "word"),
    [
        ({}, "fichier"),
        ({"LANG": "C"}, "fichier"),
        ({"LANG": "fr_FR.UTF-8"}, "fichier"),
        ({"LANG": "en_GB.UTF-8"}, "file"),
    ],
)
def test_the_language_follows_lang(environment, word) -> None:
    assert f" {word} " in program("info", "--help", **environment).stdout


def test_lang_option_wins() -> None:
    assert "What the file holds" in program("--lang", "en", "info", "--help", LANG="fr_FR.UTF-8").stdout


def test_it_needs_no_qt_and_no_display() -> None:
    code = (
        "import sys, mobility_app.cli as c; "
        "import mobility_app.jobs.importing, mobility_app.jobs.certificates, mobility_app.jobs.reports; "
        "sys.exit(any(name.startswith('PySide6') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


@pytest.mark.skipif(shutil.which("head") is None, reason="needs head")
def test_a_reader_that_leaves_is_no_error(dossier: Path) -> None:
    command = f'"{sys.executable}" -m mobility_app list "{dossier}" | head -1'
    done = subprocess.run(command, shell=True, capture_output=True, text=True, cwd=ROOT, check=False, timeout=60)
    assert "Traceback" not in done.stderr


def test_the_beneficiary_module_on_the_command_line(run, dossier: Path, tmp_path: Path) -> None:
    from tests.jobs import module_files

    template, out = module_files.made("shuffled", tmp_path), tmp_path / "copy.xlsx"
    held = dossier.read_bytes()
    options = ("--project", PROJECT, "--json", *TODAY)
    code, printed, _err = run("bm", "check", dossier, template, "--map", "Nick=email", *options)
    assert (code, dossier.read_bytes() == held) == (1, True)
    checked = json.loads(printed)
    code, printed, _err = run("bm", "fill", dossier, template, "--out", out, "--map", "Nick=email", *options)
    assert (code, json.loads(printed)) == (0, checked)
    assert set(checked) == {"rows", "mapped", "unmapped", "problems"}
    assert (checked["rows"], checked["mapped"]["Nick"], checked["unmapped"]) == (
        *(312, "email"), ["NEW 2027: carbon class", "Zone"],
    )  # fmt: skip
    assert all(set(problem) == {"mobility", "cell", "reason"} for problem in checked["problems"])
    held = dossier.read_bytes()
    code, printed, _err = run("bm", "compare", dossier, out, *options)
    assert json.loads(printed) == {"same": 312, "different": [], "only_here": [], "only_there": []}
    assert dossier.read_bytes() == held
    assert run("bm", "adopt", dossier, out, *options)[0] == 2
    code, printed, _err = run("bm", "adopt", dossier, out, "--all", *options)
    assert json.loads(printed) == {"adopted": 0, "mobilities": 0, "left": 0}
    for command in (("check", dossier, template), ("compare", dossier, out), ("feedback", dossier, out)):
        code, printed, err = run("bm", *command, "--project", PROJECT, *TODAY)
        assert (code in (0, 1), err) == (True, "")
    assert run("bm", "fill", dossier, template, "--out", template, *options)[0] == 2
    assert run("bm", "fill", dossier, template, "--out", out, "--map", "Nick", *options)[0] == 2

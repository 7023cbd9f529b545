"""A sheet of 10,000 rows compared with the dossier and written as one step, beside what it holds in memory."""

from __future__ import annotations

import datetime as dt
import json
import random
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from mobility_app.core.incoming import Column, ImportRow, Table
from mobility_app.jobs import dossiers
from mobility_app.jobs.importing import Import, plan_for, write
from mobility_app.store import reference
from mobility_app.store.database import open_database
from mobility_app.store.journal import Label

ROWS = 10_000
SECONDS, MEGABYTES = 6.0, 400
TODAY = dt.date(2027, 3, 15)
_SYLLABLES = ("ba", "ce", "di", "lo", "mu", "na", "pe", "ri", "so", "tu", "va", "zi", "cha", "fré", "gou", "lin", "mar")
_COLUMNS = "last_name first_name birth_date sending_organisation status activity country town host start end notes"


def rows() -> list[ImportRow]:
    """Invented people of 40 schools; every seventh has a second stay."""
    dice = random.Random(4)
    found: list[ImportRow] = []
    while len(found) < ROWS:
        name = "".join(dice.choices(_SYLLABLES, k=4)).capitalize()
        first = "".join(dice.choices(_SYLLABLES, k=3)).capitalize()
        start = dt.date(2026, 9, 1) + dt.timedelta(dice.randrange(300))
        values = {
            "last_name": name,
            "first_name": first,
            "birth_date": dt.date(2007, 1, 1) + dt.timedelta(dice.randrange(1200)),
            "sending_organisation": f"Lycée {len(found) % 40}",
            "status": "pupil",
            "activity": "VET_SHORT_TERM",
            "country": dice.choice(("ES", "PT", "IT", "DE", "IE")),
            "town": "Granada",
            "host": f"Firma {dice.randrange(900)}",
            "start": start,
            "end": start + dt.timedelta(13),
            "notes": "arrivée le dimanche",
        }
        stays = [values] if len(found) % 7 else [values, {**values, "start": None, "end": None}]
        found += [ImportRow(len(found) + 2 + n, stay, {"Prix billet": "137"}, ()) for n, stay in enumerate(stays)]
    return found[:ROWS]


def sheet_of(all_rows: list[ImportRow]) -> Table:
    columns = [Column(n, key, key, False, False) for n, key in enumerate(_COLUMNS.split())]
    own = Column(len(columns), "Prix billet", None, True, False)
    return Table("Suivi", 1, (*columns, own), tuple(all_rows), "", "", ())


def measure(folder: Path) -> dict[str, float]:
    import resource

    sheet = sheet_of(rows())
    with open_database(folder / "dossier.mobility", create=True) as db:
        with db.write(Label("new project")) as s:
            rates = reference.example_rows(2026)
            project_id = dossiers.add_project(s, "2026-1-FR01-KA121-VET-000212345", rates=rates)
        taken = {}
        later = dt.timedelta(1)
        moved = [
            replace(row, values={**row.values, "end": row.values["end"] and row.values["end"] + later})
            for row in sheet.rows
        ]
        for name, table in (("new", sheet), ("again", sheet), ("moved", replace(sheet, rows=tuple(moved)))):
            start = time.perf_counter()
            plan = plan_for(db, table, project_id, today=TODAY)
            taken[f"plan {name}"] = time.perf_counter() - start
            start = time.perf_counter()
            write(db, Import(plan, project_id, ""))
            taken[f"apply {name}"] = time.perf_counter() - start
            assert plan.writes == (name != "again")
        taken["megabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return taken


@pytest.mark.bench
def test_ten_thousand_rows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In a process of its own, so that the memory is the import's."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.test_import_speed", str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parent.parent.parent,
    )
    taken = json.loads(done.stdout)
    with capsys.disabled():
        print("\n" + " · ".join(f"{name} {value:.2f}" for name, value in taken.items()))
    for name in ("new", "again", "moved"):
        assert taken[f"plan {name}"] + taken[f"apply {name}"] <= SECONDS
    assert taken["megabytes"] <= MEGABYTES


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(Path(sys.argv[1]))))

"""The accountant's papers on pages: a heading stays with its rows, and the last rows with those who sign."""

from pathlib import Path

import pytest

from mobility_app.core.account_papers import Left, Sums, leftovers
from mobility_app.core.real_costs import Leftover
from mobility_app.documents import account_papers
from tests.core.samples import START, project
from tests.documents.invented import text


@pytest.mark.parametrize("count", range(18, 34, 3))
def test_the_head_of_a_short_table_goes_with_its_rows(tmp_path: Path, count: int) -> None:
    left = Leftover("", 200, 100, 0, 1, 0, 0)
    groups = [
        Left("By departure", "Departure", [(f"Flux {n}", left) for n in range(count)]),
        Left("Whole project", "Project", [("Référence", left)]),
    ]
    account_papers.write(tmp_path / "p.pdf", [leftovers(Sums(project(), START), groups)])
    shown = text(tmp_path / "p.pdf")
    last = shown.index("Projet entier")
    row = shown.index("Référence", last)
    assert "page " not in shown[last:row]
    assert "page " not in shown[row : shown.index("Le chef d’établissement", row)]

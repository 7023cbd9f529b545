"""How projects are told apart where there is little room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from mobility_app.core.facts import ProjectRow

_END = 6  # signs of a reference that tell two projects of one call apart


def chooser_labels(projects: Sequence[ProjectRow]) -> list[tuple[str, str]]:
    """(id, label) of each project; those of the same call and action carry the end of their reference."""
    alike = Counter(row.label for row in projects)
    return [
        (row.id, row.label if alike[row.label] == 1 else f"{row.label} · …{row.reference[-_END:]}") for row in projects
    ]

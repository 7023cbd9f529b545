"""After an import: what came in, in words, and where it is seen."""

from __future__ import annotations

from mobility_app.core.incoming import Plan
from mobility_app.core.wanted import Wanted
from mobility_app.i18n import N_, ngettext, number
from mobility_app.ui.import_kinds import WORDS


def said(plan: Plan) -> str:
    text = WORDS[plan.table.kind].imported(plan.count("add") + plan.count("change"))
    refused = plan.count("refused")
    if not refused:
        return text
    left = ngettext("{n} row refused.", "{n} rows refused.", refused).format(n=number(refused))
    return f"{text} {left}"


def rows_of(plan: Plan) -> tuple[str, Wanted | None]:
    """The page of what came in; with exactly these rows where they are stays."""
    written = [row for row in plan.rows if row.decision in ("add", "change")]
    if plan.table.kind == "participants":
        return "participants", None
    if plan.table.kind == "organisations":
        return (
            "hosts" if all(row.row.values.get("organisation:role") == "host" for row in written) else "senders"
        ), None
    ids = tuple(dict.fromkeys(row.mobility_id for row in written))
    return "mobilities", Wanted(ids=ids, title=N_("Last import"))

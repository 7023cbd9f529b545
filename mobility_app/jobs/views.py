"""Her saved views with the mobilities that are in them now: for the report's own sheets and for the command line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Sequence

from mobility_app.core import asking
from mobility_app.core.facts import MobilityRow, ProjectRow
from mobility_app.core.text import compact
from mobility_app.core.views import Listed, View
from mobility_app.errors import UserError
from mobility_app.i18n import _
from mobility_app.store import lists, queries
from mobility_app.store.database import Session

PAGE = "mobilities"


def known(s: Session) -> tuple[View, ...]:
    return tuple(View.from_json(kept.title, kept.definition) for kept in lists.saved_views(s, PAGE))


def named(s: Session, titles: Sequence[str]) -> tuple[View, ...]:
    """The views of these titles; raises UserError for one that is not there."""
    by_title = {compact(view.title): view for view in known(s)}
    for title in titles:
        if compact(title) not in by_title:
            raise UserError(
                _("There is no view “{name}” here.").format(name=title),
                _("Views: {names}.").format(names=", ".join(view.title for view in by_title.values()) or _("none")),
            )
    return tuple(by_title[compact(title)] for title in titles)


def ids(s: Session, view: View, project_id: str | None, *, today: dt.date) -> list[str]:
    """The mobilities of a view, in its order."""
    asked = asking.ask(view.wanted.search)
    filters = [*view.wanted.filters(today), *asked.filters]
    order = view.order or (("last_name", False),)
    return queries.mobility_ids(
        s, project_id=project_id, search=asked.search, filters=filters, order=order, today=today
    )


def listed(
    s: Session, views: Sequence[View], project: ProjectRow, *, today: dt.date, among: Container[str]
) -> tuple[Listed, ...]:
    """The views with their rows, of those that a report is about."""

    def rows(view: View) -> tuple[MobilityRow, ...]:
        found = [id_ for id_ in ids(s, view, project.id, today=today) if id_ in among]
        return tuple(queries.mobilities(s, found, today=today))

    return tuple(Listed(view, rows(view)) for view in views)

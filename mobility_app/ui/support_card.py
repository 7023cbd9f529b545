"""How the members share organisational support: the agreement between them, named and switched."""

from __future__ import annotations

from mobility_app.actions import accounts
from mobility_app.core.facts import ProjectRow
from mobility_app.i18n import N_, _
from mobility_app.store.journal import Label
from mobility_app.ui.cards import Card
from mobility_app.ui.chips import Segments
from mobility_app.ui.desk import Desk
from mobility_app.ui.labels import label
from mobility_app.ui.notices import InlineMessage
from mobility_app.ui.record_fields import SPLITS

MEANING = {
    "average": N_("Every participant of an activity type brings the same amount to the school that sends."),
    "departure": N_("In the order of departure, each participant brings what the project's line grows by."),
}


class SupportCard(Card):
    """`choices` holds the two agreements."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(_("Organisational support (OS)"))
        self._desk = desk
        self._project: ProjectRow | None = None
        self.choices = Segments(_("Organisational support is shared"), [(one.code, _(one.title)) for one in SPLITS])
        self.choices.changed.connect(self.share)
        self.meaning = label("", "small", wrap=True)
        self.add(label(_("Shared between the schools, by your agreement with them:"), "muted", wrap=True))
        self.add(self.choices)
        self.trouble = InlineMessage()
        self.add(self.meaning)
        self.add(self.trouble)

    def show_project(self, project: ProjectRow) -> None:
        self._project = project
        self.choices.choose(project.support_split)
        self.meaning.setText(_(MEANING[project.support_split]))

    def share(self, split: str) -> None:
        """One step; the delays of payment stay as they are. A refusal shows again what stands in the file."""
        project = self._project
        if project is None or split == project.support_split:
            return
        self.trouble.say("")

        def refused(error: BaseException) -> None:
            self.show_project(project)
            self.trouble.refuse(error)

        self._desk.write(
            self,
            Label(N_("how organisational support is shared")),
            lambda s: accounts.set_conventions(
                s,
                project.id,
                support_split=split,
                advance_percent=project.advance_percent,
                advance_days=project.advance_days,
                balance_days=project.balance_days,
            ),
            failed=refused,
        )

"""Relancer: who owes the participant report, school by school, the message that asks for it, and when it went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import cast

from PySide6.QtWidgets import QWidget

from mobility_app.actions import chasing, message_texts
from mobility_app.core.chasing import Owing, School
from mobility_app.core.mailing import Message
from mobility_app.core.wanted import Wanted
from mobility_app.errors import UserError
from mobility_app.i18n import N_, _, ngettext, number
from mobility_app.jobs import chasing as job
from mobility_app.jobs.chasing import Audience, Chase
from mobility_app.store.journal import Label, counted
from mobility_app.ui import places, tasks
from mobility_app.ui.buttons import button
from mobility_app.ui.cards import Card, column, line
from mobility_app.ui.chase_lines import STATES
from mobility_app.ui.chase_lists import ChaseLists
from mobility_app.ui.chips import Segments
from mobility_app.ui.counters import Counters
from mobility_app.ui.date_edit import day_edit
from mobility_app.ui.desk import Desk
from mobility_app.ui.labels import label
from mobility_app.ui.message_card import MessageCard
from mobility_app.ui.module_gesture import Gesture
from mobility_app.ui.notices import InlineMessage
from mobility_app.ui.values import read_date

MENU_TITLE = N_("Chase reports")
DRAFT: places.Kind = (N_("Message (draft)"), (".eml",))


class ChaseRoom(Gesture):
    """`lists` are the schools and their people; the message is that to the school under the cursor."""

    key, icon = "chase", "mail"
    tables = frozenset(
        {"mobility", "participant", "organisation", "contact", "paper", "contacted", "template", "setting", "project"}
    )

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._chase: Chase | None = None
        self.counters = Counters([(code, _(title), tone) for code, (title, tone) in STATES.items()])
        self.counters.chosen.connect(lambda _code: self._filter())
        self.lists = ChaseLists()
        self.lists.chosen.connect(self._show_chosen)
        self.lists.opened.connect(self._open)
        middle = line(self.lists, self._message_card(), spacing=12)
        middle.setStretch(0, 6)
        middle.setStretch(1, 5)
        lay = column(self.counters, middle, self._foot(), spacing=10)
        lay.setStretch(1, 1)
        self.setLayout(lay)

    def _message_card(self) -> Card:
        self.audience = Segments(
            _("Message to"), [("school", _("To the school")), ("people", _("To the participants"))]
        )
        self.audience.changed.connect(lambda _code: self._turn())
        self.message = MessageCard(job.field_names(), job.known_fields())
        self.message.draft_asked.connect(self._ask_draft)
        self.message.kept.connect(self._keep_words)
        self.message.restored.connect(self._restore_words)
        made = Card()
        made.add(self.audience)
        made.add(self.message, 1)
        return made

    def _foot(self) -> QWidget:
        self.chosen = label("", "muted", wrap=True)
        self.trouble = InlineMessage()
        self.day = day_edit(_("Reminded on"), self.desk.today)
        self.drafts = button(_("All the drafts…"), self._ask_drafts, icon="mail")
        self.note = button(_("Note the reminder"), self._note)
        foot = QWidget()
        lay = line(
            column(self.chosen, self.trouble, spacing=2), self.drafts, label(_("Reminded on")), self.day, self.note
        )
        lay.setStretch(0, 1)
        foot.setLayout(lay)
        return foot

    def title(self) -> str:
        return _(MENU_TITLE)

    # Asking and showing

    def ask(self) -> None:
        project, today = self.desk.project, self.desk.today
        if project is None:
            return
        self._stale = False
        self._drop_task()
        self._asked = self.desk.read(self, lambda s: job.read(s, project, today=today), self._show)

    def _show(self, chase: Chase) -> None:
        self._asked, self._chase = None, chase
        self.counters.show_numbers(Counter(one.state for one in chase.owing))
        self.counters.let_go()
        self.drafts.setEnabled(bool(chase.schools))
        self._filter()

    def _filter(self) -> None:
        if self._chase is not None:
            self.lists.show_chase(self._chase, self.counters.on())

    def _audience(self) -> Audience:
        return cast("Audience", self.audience.chosen())

    def _show_chosen(self) -> None:
        self._show_message()
        count = len(self.lists.about())
        text = ngettext("{n} person reminded", "{n} people reminded", count).format(n=number(count))
        self.chosen.setText(text if count else "")
        self.note.setEnabled(count > 0 and not self.desk.db.read_only)

    def _show_message(self) -> None:
        chase, school, audience = self._chase, self.lists.current(), self._audience()
        if chase is None or school is None:
            self.message.show_message(Message("", ""), job.default(audience), writes=False)
            return
        made = job.message(chase, school, audience)
        writes = not self.desk.db.read_only
        self.message.show_message(made, chase.words[audience], _note(school, audience), writes=writes)

    def _turn(self) -> None:
        """The other message: words that she has begun to change were about the first."""
        self.message.leave_words()
        self._show_message()

    def _open(self, one: Owing | None) -> None:
        if one is not None:
            self.desk.show("mobilities", Wanted(ids=(one.id,), title=one.row.full_name))

    # Drafts

    def _ask_draft(self) -> None:
        school = self.lists.current()
        if school is not None:
            path = places.ask_save(self, _("Save the draft"), job.draft_name(school, self._audience()), DRAFT, "drafts")
            if path is not None:
                self.write_draft(school, path)

    def write_draft(self, school: School, path: Path) -> None:
        chase, audience = self._chase, self._audience()
        assert chase is not None
        self._write(lambda: job.write_draft(chase, school, audience, path), path)

    def _ask_drafts(self) -> None:
        folder = places.ask_folder(self, _("Folder of the drafts"), "drafts")
        if folder is not None:
            self.write_drafts(folder)

    def write_drafts(self, folder: Path) -> None:
        """To every school that is shown, by the way that is chosen."""
        chase, audience, schools = self._chase, self._audience(), self.lists.shown()
        assert chase is not None
        self._write(lambda: job.write_drafts(chase, schools, (audience,), folder), folder)

    def _write(self, work: Callable[[], list[Path]], place: Path) -> None:
        self.said.emit(None)

        def told(written: list[Path]) -> None:
            count = len(written)
            said = ngettext(
                "{n} draft written: open it in your mail program.",
                "{n} drafts written: open them in your mail program.",
                count,
            )
            self.said.emit(places.written_notice(said.format(n=number(count)), place))

        tasks.run(self, lambda _progress: work(), told, self.trouble.refuse, lane="files")

    # Words and reminders

    def _keep_words(self, subject: str, text: str) -> None:
        kind = job.KINDS[self._audience()]
        step = Label(N_("words of a reminder"))
        self.desk.write(self, step, lambda s: message_texts.keep(s, kind, subject, text), failed=self.trouble.refuse)

    def _restore_words(self) -> None:
        kind = job.KINDS[self._audience()]
        step = Label(N_("words of a reminder"))
        self.desk.write(self, step, lambda s: message_texts.forget(s, kind), failed=self.trouble.refuse)

    def _note(self) -> None:
        """Enters the reminder for these people on that day: one step."""
        try:
            day = read_date(self.day.text().strip())
        except UserError as error:
            self.trouble.say(str(error))
            return
        self.trouble.say("")
        ids = self.lists.about()
        step = counted("reminder of one report", "reminder of {count} reports", len(ids))
        self.desk.write(self, step, lambda s: chasing.note(s, ids, day), failed=self.trouble.refuse)


def _note(school: School, audience: Audience) -> str:
    """What she has to know before the message goes."""
    if audience == "school":
        return "" if school.to else _("No address is known for this school: add its referent's or its own.")
    named = job.through_school(school)
    return _("Through the school, not written to: {names}").format(names=named) if named else ""

"""F1: for each page, what it is for, what one can do there, and the keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from mobility_app.i18n import N_, _
from mobility_app.ui.buttons import primary
from mobility_app.ui.cards import Card, Facts, column, line, scrolled
from mobility_app.ui.labels import label

# Page -> what it is for, then what one can do there.
TEXTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "todo": (
        N_("Four answers at a glance: what is late or due soon, who leaves and returns, the money, the targets."),
        (
            N_("Every figure opens the mobilities behind it: press “Open”, a country of the map, a month."),
            N_("A point goes away by itself once the date or the paper that it asks for is there."),
        ),
    ),
    "mobilities": (
        N_("The list of all stays of the project, one row for each; you work here all year."),
        (
            N_("Search by typing a name, a town, a school, or conditions such as pays:ES départ>=01/03/2027."),
            N_("Press the filters above the list; “Save this view” keeps them at the left with a live count."),
            N_("Choose a row to change it at the right; it is saved when you leave a field."),
            N_("Choose several rows to change them together; Ctrl+C copies them for Excel."),
            N_("The distance is reckoned from town to town; an amount may be set by hand, with a reason."),
            N_("“Move to another project…” shows what each would earn there before anything is moved."),
            N_("Click a title to sort; right-click it to choose the columns; drag it to move them."),
            N_("“Print” makes the certificates of the chosen rows, or of the whole list."),
        ),
    ),
    "participants": (
        N_("Each person once, however many stays they make."),
        (
            N_("Change a person at the right: all their stays follow."),
            N_("Possible duplicates are shown side by side, to be merged or told apart; the answer is remembered."),
        ),
    ),
    "senders": (
        N_("The schools that send, members of the consortium, with their places and their mobilities."),
        (
            N_("Type UAI, OID, address and places at the right; the papers use them."),
            N_("Choose several rows to merge a school that was written in two ways."),
        ),
    ),
    "hosts": (
        N_("The companies and schools abroad that receive your participants."),
        (
            N_("Type address and e-mail at the right; the papers and the Beneficiary Module use them."),
            N_("Choose several rows to merge a host that was written in two ways."),
        ),
    ),
    "budget": (
        N_("The money of the project: awarded, planned, committed, done, paid, left."),
        (
            N_("Type what the agency awarded, from the agreement; the rest is computed from the mobilities."),
            N_("Under “Payments”, advances and balances to pay; under “Rates”, the rates of your call."),
            N_("Choose payments to write their list for the accountant, then enter them as paid in one step."),
            N_("Under “Members of the consortium”, each school's places, euros, signatures, transfers and statement."),
            N_("Under “Real costs”, invoices with their files, what is left over, and what families and Region pay."),
            N_("“Charts” draws the budget by line, and what was engaged and paid along the calendar of the project."),
            N_("Under “What if…”, how many more places the money pays, and scenarios side by side, to try out."),
            N_("Under “Project”, its state, conventions, instalments and visits; needs of the schools; the next call."),
            N_("Example rates are invented: no amount is right before the rates of your agreement are confirmed."),
        ),
    ),
    "module": (
        N_("What goes to the Beneficiary Module of the Commission, and what comes back from it."),
        (
            N_("Prepare the file, then load it in the module; nothing is sent from here."),
            N_("Compare with an export of the module: each difference is yours to decide."),
            N_("What the file does not carry is listed screen by screen: copy each field, then mark it as entered."),
            N_("Chase reports: who is back without a participant report, and a message ready for each school."),
        ),
    ),
    "import": (
        N_("Your Excel tables come in here, and the data goes out again."),
        (
            N_("Choose or drop a table: its columns are recognised, and nothing is written before you have seen it."),
            N_("Participants, schools, hosts or payments in a sheet of their own come in too; “Content” says which."),
            N_("Cells copied in Excel are pasted with Ctrl+V, here or on a list."),
            N_("Double-click a cell to correct it before the import; your file is not touched."),
            N_("Choose one or many rows to decide otherwise: add, change, leave out, take the sheet's value."),
            N_("A column that nobody knows is kept as a field of your own."),
            N_("An import is one step: “Undo” takes it back whole."),
            N_("Prepare a sheet for each school, with its message; drop all the filled ones together."),
            N_("Deadlines go to your agenda, and the whole file goes out readable without this program."),
        ),
    ),
    "reports": (
        N_("The report for the agency, with the same figures as the pages."),
        (
            N_("Look at the figures, choose the whole project or one school and the language, then write the file."),
            N_("Your saved views can be added, a sheet each; the two-page PDF is for a steering committee."),
        ),
    ),
    "settings": (
        N_("The facts and rules of the project, this computer, the tracking file and its copies."),
        (
            N_("Confirm the rules from your agreement: the amounts depend on them."),
            N_("A copy is made and checked on closing, before an import, and when you ask for one."),
        ),
    ),
}
KEYS = (
    ("Ctrl+K", N_("Go anywhere, do anything, find a person")),
    ("Ctrl+F", N_("Search")),
    ("Ctrl+N", N_("Add a mobility")),
    ("Ctrl+P", N_("Print, on the page of mobilities")),
    ("Ctrl+Z, Ctrl+Y", N_("Undo, redo")),
    ("Ctrl+C", N_("Copy the chosen rows for Excel")),
    ("Ctrl+V", N_("Bring in the rows copied in Excel")),
    ("F1", N_("This help")),
)


class HelpDialog(QDialog):
    """Stays open beside the window while she works."""

    def __init__(self, key: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Help: {page}").format(page=title))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(520, 560)
        purpose, ways = TEXTS[key]
        about = Card(title)
        about.add(label(_(purpose), wrap=True))
        for way in ways:
            about.add(label(f"•  {_(way)}", wrap=True))
        keys = Card(_("Keys"))
        facts = Facts(120)
        for stroke, what in KEYS:
            facts.add(stroke, _(what))
        keys.add(facts)
        inside = QWidget()
        inside.setLayout(column(about, keys, None, spacing=12))
        self.close_button = primary(_("Close"), self.close)
        whole = column(scrolled(inside), line(None, self.close_button), margins=(16, 16, 16, 16), spacing=12)
        whole.setStretch(0, 1)
        self.setLayout(whole)

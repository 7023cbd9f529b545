"""The rates of a project as one sheet, in the order of the agreement's annex: typed once, handed on to a colleague."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path

from mobility_app import i18n
from mobility_app.core.facts import KEYED, Finding, RateRow
from mobility_app.core.rate_checks import BLOCKS, Expected, order, pair_findings, rate_findings, what
from mobility_app.errors import UserError
from mobility_app.exchange.book import Book, Cell, SheetRow, column_letters
from mobility_app.exchange.headings import Heading
from mobility_app.exchange.tables import Column
from mobility_app.exchange.workbook import write_table
from mobility_app.i18n import LANGUAGES, N_, Text, catalogue, plural_text, text

CODE = "Code"  # the same in every language: it says which rate a row is
AMOUNT, VALUE, STATE, SOURCE = N_("Amount (€)"), N_("Value"), N_("State"), N_("Source")
_NAMED = 4  # parts of a code: line, subject, key, variant
_STATES = {
    "verified": N_("verified"),
    "unverified": N_("to check"),
    "unknown": N_("to type"),
    "example": N_("example"),
    "typed": N_("typed"),
    "confirmed": N_("confirmed"),
}
_SURE = frozenset({"verified", "typed", "confirmed"})


@dataclass(frozen=True)
class RateSheet:
    """What a sheet says: rates that can be used, and what deserves a look, each finding naming its cell or its rate."""

    rows: tuple[RateRow, ...]
    findings: tuple[Finding, ...]


def code(row: RateRow) -> str:
    """Which rate it is; of a rule whose key is its value the key is left out."""
    return "|".join((row.line, row.subject, "" if row.line in KEYED else row.key, row.variant))


def write(path: str | Path, title: str, rows: Iterable[RateRow], language: str = "fr") -> bool:
    """Every rate, known or not, block by block; what is empty is there to be typed."""
    _ = catalogue(language).gettext

    def shown(of: Callable[[RateRow], Text]) -> Callable[[RateRow], str]:
        return lambda row: i18n.render(of(row), language)

    columns = [
        Column("block", _("Block"), "wrapped", shown(lambda row: Text(BLOCKS[row.line])), 24),
        Column("what", _("What"), "wrapped", shown(what), 40),
        Column("amount", _(AMOUNT), "money", lambda row: row.cents, 12),
        Column("value", _(VALUE), "text", lambda row: row.key if row.line in KEYED else None, 10),
        Column("state", _(STATE), "text", lambda row: _(_STATES[row.state]), 12),
        Column("source", _(SOURCE), "wrapped", lambda row: row.source, 40),
        Column("code", CODE, "text", code, 30),
    ]
    ordered = sorted(rows, key=order)
    heading = Heading(title, subtitle=_("Type the amounts of your agreement's annex; leave the last column alone."))
    return write_table(path, _("Rates"), columns, ordered, language=language, heading=heading)


def read(book: Book, known: Sequence[RateRow], expected: Expected) -> RateSheet:
    """The rates of a sheet beside those of the project; raises UserError when it is no rate sheet.

    `expected`: least and most cents a day by (learner or staff, country group). A cell that cannot be used
    is a finding and leaves the project's own rate alone; what is only doubtful is taken and told. A value that nobody
    touched stays as sure as it was, and example rates are never taken.
    """
    sheet, columns, rows = _table(book)
    by_code = {code(row): row for row in known}
    found: list[RateRow] = []
    findings: list[Finding] = []
    examples = 0
    for row in rows:
        name = str(row.cell(columns[CODE]) or "").strip()
        if name.count("|") != _NAMED - 1:
            continue
        own = by_code.get(name)
        if own is None:
            found_new = _new(name)
            if found_new is None or found_new.line not in BLOCKS:
                findings.append(
                    _finding("rate_row_unknown", _at(sheet, row, columns[CODE]), N_("No rate is called {value}."), name)
                )
                continue
            own = found_new
        state = _state(row.cell(columns[STATE]))
        source = str(row.cell(columns[SOURCE]) or "").strip() or own.source or book.name
        if own.line in KEYED:
            typed, problem = _value(row.cell(columns[VALUE]), own)
        else:
            typed, problem = _amount(row.cell(columns[AMOUNT]), own)
        if problem:
            column = columns[VALUE if own.line in KEYED else AMOUNT]
            findings.append(_finding("rate_unusable", _at(sheet, row, column), problem, str(row.cell(column))))
        elif typed is not None and state == "example" and own.state != "example":
            examples += 1
        elif typed is not None and not (_same(typed, own) and (own.usable or state not in _SURE)):
            found.append(replace(typed, source=source))
    if examples:
        message = plural_text("{n} example rate was left out.", "{n} example rates were left out.", "n", n=examples)
        remedy = text(N_("Type the rates of your agreement; empty the column of states where you did."))
        findings.append(Finding("example_rates", "rates", "warning", "me", message, remedy, book.name))
    merged = ({code(row): row for row in known} | {code(row): row for row in found}).values()
    findings += (*rate_findings(merged, expected), *pair_findings(merged))
    return RateSheet(tuple(found), tuple(findings))


def _table(book: Book) -> tuple[str, dict[str, int], Iterator[SheetRow]]:
    """The sheet with a column of codes, where its columns are, and the rows below its header."""
    for sheet in book.sheets:
        rows = iter(sheet.rows)
        for row in rows:
            titles = {str(cell).strip().casefold(): n for n, cell in enumerate(row.cells) if cell is not None}
            if CODE.casefold() in titles:
                columns = {name: _column(titles, name) for name in (AMOUNT, VALUE, STATE, SOURCE)}
                return sheet.name, {CODE: titles[CODE.casefold()], **columns}, rows
    raise UserError(
        i18n._("“{name}” is no rate sheet.").format(name=book.name),
        i18n._("Export the rates of a project, type them in that file, and import it."),
    )


def _column(titles: Mapping[str, int], name: str) -> int:
    for language in LANGUAGES:
        place = titles.get(catalogue(language).gettext(name).casefold())
        if place is not None:
            return place
    raise UserError(
        i18n._("The column “{name}” is missing.").format(name=i18n._(name)), i18n._("Keep the header of the sheet.")
    )


def _new(name: str) -> RateRow | None:
    line, subject, key, variant = name.split("|")
    return RateRow(line, subject, key, variant, None, "unknown", "") if line else None


def _same(typed: RateRow, own: RateRow) -> bool:
    return (typed.cents, typed.key) == (own.cents, own.key)


def _state(cell: Cell) -> str:
    """The state that a sheet in any language names; "" for none."""
    written = str(cell or "").strip().casefold()
    titles = {catalogue(lang).gettext(title).casefold(): name for lang in LANGUAGES for name, title in _STATES.items()}
    return titles.get(written, "")


def _amount(cell: Cell, own: RateRow) -> tuple[RateRow | None, str]:
    """The rate as it is typed; None and no problem when the cell is empty."""
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None, ""
    if isinstance(cell, bool):
        return None, N_("“{value}” is not an amount.")
    written = str(cell).strip().removesuffix("€").strip().replace("\u00a0", "").replace("\u202f", "").replace(" ", "")
    try:
        euros = Decimal(written.replace(",", "."))
    except InvalidOperation:
        return None, N_("“{value}” is not an amount.")
    if not euros.is_finite():
        return None, N_("“{value}” is not an amount.")
    if euros < 0:
        return None, N_("“{value}” is negative.")
    cents = euros * 100
    if cents != cents.to_integral_value():
        return None, N_("“{value}” has more than two decimals.")
    return replace(own, cents=int(cents), state="typed"), ""


def _value(cell: Cell, own: RateRow) -> tuple[RateRow | None, str]:
    """A rule whose key is its value: a group, a number of days, a percentage, a span of days."""
    written = "" if cell is None else str(cell).strip().removesuffix("%").strip().removesuffix(".0").replace("–", "-")
    if not written:
        return None, ""
    parts = written.split("-") if own.line == "duration" else [written]
    if not all(part.isascii() and part.isdigit() for part in parts) or len(parts) > 2:
        return None, N_("“{value}” is not a number of this rule.")
    if len(parts) == 2 and int(parts[0]) > int(parts[1]):
        return None, N_("“{value}” ends before it begins.")
    return replace(own, key=written, state="typed"), ""


def _at(sheet: str, row: SheetRow, column: int) -> str:
    return f"{sheet} {column_letters(column)}{row.number}"


def _finding(kind: str, record: str, message: str, value: str) -> Finding:
    remedy = text(N_("Correct the cell and import the sheet again; the rate stays as it was."))
    return Finding(kind, "rates", "warning", "me", text(message, value=value), remedy, record)

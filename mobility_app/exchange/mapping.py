"""A sheet as a table of what the dossier holds: which rows are meant, and what each column and row says.

`map_sheet` writes nothing and knows no database: rows come back typed, each with what is wrong or worth a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from mobility_app.core.identifiers import project_code
from mobility_app.core.incoming import Colour, Column, ImportRow, Skipped, SkipReason, Table
from mobility_app.core.text import clean, words
from mobility_app.errors import UserError
from mobility_app.exchange.book import Book, Sheet, SheetRow
from mobility_app.exchange.columns import Titles, columns_of, find_header
from mobility_app.exchange.import_rows import RowReader, comments_by_row
from mobility_app.exchange.legend import added_up, legend, meanings
from mobility_app.exchange.sheet_kinds import NAMED_BY, best_titles, kind_of, with_roles
from mobility_app.exchange.words import displayed
from mobility_app.fields import SHEETS, SheetKind
from mobility_app.i18n import _

__all__ = ["find_header", "kind_in", "map_sheet", "reference_in"]

_PROJECT = re.compile(r"(?<![\w-])20\d{2}-[1-3]-[A-Z]{2}\d{2}-KA\d{3}(?:-[A-Z]{3})?-\d{6,9}(?![\w-])", re.IGNORECASE)
_SIGNS = " -–—:·|"
_LEFT_OVER = re.compile(r"(^|\s)(projet|project|convention|r[ée]f(érence)?\.?)(\s*n°)?$", re.IGNORECASE)  # of a code
_TOTAL = re.compile(r"((sous|sub|grand) )?(total|totaux|subtotal)\b|(somme|moyenne|effectif|nombre de)\b")
_SCHOOL = re.compile(
    r"\b(lycee|lp|lpo|lgt|lpp|sep|cfa|ufa|greta|mfr|erea|epl|eplefpa|legta|iut|ecole|college|institut|campus"
    r"|etablissement|ensemble scolaire|school)\b"
)
ALL = "*"  # in the place of a sheet's name
LEAVING = frozenset({"withdrawn", "cancelled", "interrupted"})  # decisions that need a reason


def map_sheet(
    source: Book | Sheet,
    *,
    sheet_name: str | None = None,
    header_row: int | None = None,
    remembered: Mapping[str, str | None] | None = None,
    kind: SheetKind | None = None,
) -> Table:
    """The table of a sheet, or of the book's most promising sheet; "*" reads all sheets with its titles together.

    `remembered` holds her earlier decisions: title → key of a field, or None for a column of her own. `kind` is what
    the rows are; None lets the titles tell.
    Raises UserError when no row with titles is found, or the sheet named does not exist.
    """
    book = source if isinstance(source, Book) else Book(source.name, (source,))
    sheet = _sheet(book, None if sheet_name == ALL else sheet_name)
    kind = kind or kind_of(sheet)
    number = header_row or find_header(sheet, kind)
    if number is None:
        raise UserError(
            _("No table was found in “{name}”.").format(name=book.name),
            _("One row must hold the column titles, for example last name, first name, country, departure, return."),
        )
    titles = Titles(sheet, number, kind)
    columns = columns_of(sheet, titles, {words(title): key for title, key in (remembered or {}).items()}, kind)
    reference = reference_in(*_texts_above(sheet, number), sheet.name, book.name)
    title = _title(_texts_above(sheet, titles.first))
    alike = _alike(book, sheet, titles, columns, kind)
    together = sheet_name == ALL and len(alike) > 1
    parts = alike if together else [(sheet, titles.last)]
    read = [_read(book, part, columns, last, reference, kind, named=together) for part, last in parts]
    rows, skipped, colours = (tuple(one for part in kind for one in part) for kind in zip(*read, strict=True))
    names = tuple(part.name for part, _last in alike)
    others = tuple(name for name in names if name != sheet.name)
    return Table(
        sheet.name,
        number,
        columns,
        rows,
        reference,
        title,
        skipped,
        names if together else (),
        others,
        added_up(colours),
        kind,
    )


def kind_in(book: Book, sheet_name: str | None = None) -> SheetKind:
    """What the rows of that sheet are, or of the most promising one."""
    return kind_of(_sheet(book, None if sheet_name == ALL else sheet_name))


def _alike(
    book: Book, sheet: Sheet, titles: Titles, columns: tuple[Column, ...], kind: SheetKind
) -> list[tuple[Sheet, int]]:
    """The sheets whose titles stand in the same columns as this one's, itself too, and the last row of their titles."""
    found = []
    shown = {column.index: words(titles.of(column.index)) for column in columns}
    for other in book.sheets:
        if other is sheet:
            found.append((sheet, titles.last))
        if other is sheet or other.hidden or (number := find_header(other, kind)) is None:
            continue
        theirs = Titles(other, number, kind)
        same = sum(words(theirs.of(index)) == title for index, title in shown.items())
        if len(shown) > 2 and same >= 0.9 * len(shown):
            found.append((other, theirs.last))
    return found


def reference_in(*texts: str) -> str:
    """The first project code in the texts: 2026-1-FR01-KA121-VET-000212345; "" when there is none."""
    return next((match[0].upper() for text in texts if (match := _PROJECT.search(text))), "")


def _sheet(book: Book, name: str | None) -> Sheet:
    if name is None:
        if not any(sheet.rows for sheet in book.sheets):
            raise UserError(
                _("The file “{name}” is empty.").format(name=book.name), _("Check that the right file was chosen.")
            )
        return max(book.sheets, key=_promise)
    found = next((sheet for sheet in book.sheets if sheet.name == name), None)
    if found is None:
        raise UserError(
            _("There is no sheet “{sheet}” in “{name}”.").format(sheet=name, name=book.name),
            _("Choose one of its sheets: {sheets}.").format(sheets=", ".join(sheet.name for sheet in book.sheets)),
        )
    return found


def _promise(sheet: Sheet) -> tuple[bool, bool, int, int]:
    """Names beat other titles: a sheet of places or prices is no list of people."""
    known = best_titles(sheet, "mobilities")
    most = max(len(known), *(len(best_titles(sheet, kind)) for kind in SHEETS))
    return not sheet.hidden, not known.isdisjoint(NAMED_BY["mobilities"]), most, len(sheet.rows)


def _texts_above(sheet: Sheet, number: int) -> list[str]:
    return [displayed(cell) for row in sheet.rows if row.number < number for cell in row.cells]


def _title(above: Iterable[str]) -> str:
    """The first text above the titles, without the project code and the signs around it."""
    first = next(filter(None, above), "")
    around = clean(re.sub(r"[(\[]\s*[)\]]", "", _PROJECT.sub("", first))).strip(_SIGNS)
    return _LEFT_OVER.sub("", around).strip(_SIGNS) if _PROJECT.search(first) else around


def _read(
    book: Book, sheet: Sheet, columns: tuple[Column, ...], after: int, reference: str, kind: SheetKind, *, named: bool
) -> tuple[tuple[ImportRow, ...], tuple[Skipped, ...], tuple[Colour, ...]]:
    """The people of one sheet; `named`: it is one of several, and where it names no school it is called after one."""
    code = project_code(reference)
    reader = RowReader(columns, sheet.errors, kind, since_1904=book.since_1904, year=code.call_year if code else None)
    reader.comments = comments_by_row(sheet)
    if named and _SCHOOL.search(words(sheet.name)):
        reader.school = {"sending_organisation": sheet.name}
    rows, skipped = [], []
    for row in sheet.rows:
        if row.number <= after:
            continue
        reason = _nobody(row, columns, kind)
        if reason is None:
            rows.append(reader.read(row))
            continue
        first = next(filter(None, map(displayed, row.cells)), "")
        skipped.append(Skipped(row.number, first, reason))
        if reason in {"total", "heading"}:  # a total closes its school: a name left blank below is nobody's
            reader.school = {"sending_organisation": first} if reason == "heading" else {}
    colours: tuple[Colour, ...] = ()
    if kind == "mobilities":  # a colour says where a stay stands
        rows, colours = _coloured(book, sheet, columns, after, rows)
    elif kind == "organisations":
        rows = with_roles(rows, columns, sheet.name, *_texts_above(sheet, after), book.name)
    name = sheet.name if named else ""
    return (
        tuple(replace(row, sheet=name) for row in rows) if named else tuple(rows),
        tuple(replace(row, sheet=name) for row in skipped),
        colours,
    )


def _coloured(
    book: Book, sheet: Sheet, columns: tuple[Column, ...], after: int, rows: list[ImportRow]
) -> tuple[list[ImportRow], tuple[Colour, ...]]:
    """The rows with what the colour of their name says: a decision where the sheet has none, else a remark."""
    at = next((column.index for column in columns if column.field_key == "last_name"), 0)
    filled = {row.number: rgb for row in rows if (rgb := sheet.colours.get((row.number, at)))}
    if not filled:
        return rows, ()
    people = {row.number for row in rows}
    titles = range(after - 1, after + 1)
    outside = [row for row in sheet.rows if row.number not in people and row.number not in titles]
    known = {colour.rgb: colour for colour in meanings(legend(book, sheet, outside), filled)}
    return [_with_colour(row, known.get(filled.get(row.number, ""))) for row in rows], tuple(known.values())


def _with_colour(row: ImportRow, colour: Colour | None) -> ImportRow:
    if colour is None or not colour.said or colour.stage:
        return row
    if colour.decision and row.values.get("decision") in (None, colour.decision):
        said = {"decision": colour.decision}
        if row.values.get("decision_reason") is None and colour.decision in LEAVING:
            said["decision_reason"] = _("colour of the sheet: {text}").format(text=colour.said)
        return replace(row, values={**row.values, **said})
    return replace(row, remarks=(*row.remarks, _("Colour: {text}").format(text=colour.said)))


def _nobody(row: SheetRow, columns: tuple[Column, ...], kind: SheetKind) -> SkipReason | None:
    """Why a filled row is no record; None for a record, however incomplete."""
    filled = {index: written for index, cell in enumerate(row.cells) if (written := displayed(cell))}
    first = next(iter(filled.values()), "")
    repeated = sum(column.header.casefold() == filled.get(column.index, "").casefold() for column in columns)
    if len(filled) > 1 and 2 * repeated > len(filled):
        return "header"
    key_at = {column.index: column.field_key for column in columns if column.field_key and not column.computed}
    named = [written for index, written in filled.items() if key_at.get(index) in NAMED_BY[kind]]
    names = [written for written in named if any(map(str.isalpha, written))]
    if kind in ("organisations", "payments") and (named if len(filled) > 1 else names):
        return "total" if _TOTAL.fullmatch(words(first)) else None
    if _TOTAL.match(words(first)) and len(names) < 2 and names in ([], [first]):
        return "total"
    if len(filled) == 1:
        return _alone(first, is_name=bool(names))
    facts = [
        index for index in filled if key_at.get(index, "sending_uai") not in {"sending_organisation", "sending_uai"}
    ]
    return None if names or len(facts) > 1 else "remark"


def _alone(written: str, *, is_name: bool) -> SkipReason | None:
    """The only text of its row: a school, a remark, or a name whose other cells were forgotten."""
    if len(written) <= 80 and not re.search(r"[:=]", written) and _SCHOOL.search(words(written)):
        return "heading"
    return None if is_name and len(written) <= 40 and not re.search(r"[\d:=;!?]", written) else "remark"

"""How the lines of real costs and their invoices read, column by column; what is unknown says so."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mobility_app.core import real_costs
from mobility_app.core.text import sort_key
from mobility_app.fields import choice_title
from mobility_app.i18n import N_, _, date, money, ngettext, number
from mobility_app.ui.cost_lines import CostLine, Part
from mobility_app.ui.rows_model import Column


def _known(read: Callable[[CostLine], int]) -> Callable[[CostLine], str]:
    """A figure that is unknown while no invoice is about the line."""
    return lambda line: money(read(line)) if line.costed else "" if not line.rows else _("unknown")


def _flat(line: CostLine) -> str:
    return money(line.left.flat if line.costed else line.left.waiting) if line.rows else ""


def _flat_ink(line: CostLine) -> str:
    return "text" if line.costed else "muted"


def _ink(line: CostLine) -> str:
    return "muted" if not line.costed else "danger" if line.left.left < 0 else "text"


def _family(line: CostLine) -> str:
    if not line.rows:
        return ""
    return money(line.family) if line.unshared < len(line.rows) else _("unknown")


def _lacking(line: CostLine) -> str:
    """Why a sum is not whole yet."""
    said = []
    if line.left.incomplete:
        text = ngettext("{n} grant incomplete", "{n} grants incomplete", line.left.incomplete)
        said.append(text.format(n=number(line.left.incomplete)))
    if line.left.uncosted:
        text = ngettext("{n} mobility without invoice", "{n} mobilities without invoice", line.left.uncosted)
        said.append(text.format(n=number(line.left.uncosted)))
    return " · ".join(said)


COLUMNS: tuple[Column, ...] = (
    Column("name", N_("Heading"), lambda line: line.name, 170, sort="name", grow=True, least=110, tip=_lacking),
    Column("stays", N_("Stays"), lambda line: line.stays, 82, numeric=True, sort="stays"),
    Column("flat", N_("Flat sums"), _flat, 104, numeric=True, sort="flat",
           ink=_flat_ink, tip=_lacking),
    Column("real", N_("Real costs"), _known(lambda line: line.left.real), 128, numeric=True, sort="real",
           ink=_flat_ink, tip=_lacking),
    Column("left", N_("Leftover"), _known(lambda line: line.left.left), 104, numeric=True, sort="left", ink=_ink,
           tip=_lacking),
    Column("family", N_("Families’ share"), _family, 124, numeric=True, sort="family",
           ink=lambda line: "text" if line.unshared < len(line.rows) else "muted"),
)  # fmt: skip
SORTED: dict[str, Callable[[CostLine], object]] = {
    "name": lambda line: sort_key(line.name),
    "stays": lambda line: len(line.rows),
    "flat": lambda line: line.left.flat or line.left.waiting,
    "real": lambda line: line.left.real,
    "left": lambda line: line.left.left,
    "family": lambda line: line.family,
}


def _said(part: Part) -> str:
    """Whose it is, and who sent it."""
    return " · ".join(filter(None, [part.whose, part.invoice.supplier]))


def _told(part: Part) -> str:
    """All that is known of it, under the mouse."""
    one = part.invoice
    return " · ".join(filter(None, [_said(part), one.order_number, one.invoice_number, one.file_name]))


def _amount(part: Part) -> str:
    return money(part.invoice.cents if part.cents is None else part.cents)


def _of(part: Part) -> str:
    if part.cents is None:
        return _("Nobody leaves: this expense is in no leftover.")
    if part.whole:
        return ""
    return _("{part} of {whole}").format(part=money(part.cents), whole=money(part.invoice.cents))


EXPENSES: tuple[Column, ...] = (
    Column("date", N_("Date"), lambda part: date(part.invoice.date), 96),
    Column("what", N_("Expense"), lambda part: _(choice_title(real_costs.KINDS, part.invoice.kind)), 150, grow=True,
           note=_said, tip=_told, least=90),
    Column("amount", N_("Amount"), _amount, 92, numeric=True, tip=_of,
           ink=lambda part: "text" if part.whole and part.cents is not None else "muted"),
)  # fmt: skip


_SUMMED = ("flat", "real", "left")


def amounts(found: Sequence[CostLine]) -> dict[str, str]:
    """The sums of all lines, by the keys of the columns."""
    costed = [line for line in found if line.costed]
    unshared = all(line.unshared == len(line.rows) for line in found)
    return {
        **{key: money(sum(getattr(line.left, key) for line in costed)) if costed else _("unknown") for key in _SUMMED},
        "family": _("unknown") if unshared else money(sum(line.family for line in found)),
    }

"""Long lists that tell how far they are, and stop when she cancels."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from mobility_app.errors import Stopped
from mobility_app.i18n import _

Step = Callable[[int, int], bool]  # (done, total) -> whether to go on
Item = TypeVar("Item")


def paced(items: Sequence[Item], step: Step | None) -> Iterator[Item]:
    """The items one by one. Raises Stopped once `step` says no; inside a write, that takes all of it back."""
    for done, item in enumerate(items):
        if step is not None and not step(done, len(items)):
            raise Stopped(_("The import was cancelled: nothing was written."))
        yield item

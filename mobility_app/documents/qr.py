"""The code of a paper as vector modules, which print sharper than any picture."""

from __future__ import annotations

from typing import Any

from mobility_app.documents.page import Box

QUIET = 4  # empty modules that readers need on every side


def modules(content: str) -> list[list[bool]]:
    """Rows of dark (True) and light modules, without the quiet zone; error correction M."""
    import zxingcpp

    code = zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    picture: Any = code.to_image(scale=1, add_quiet_zones=False)  # a buffer, which its type hints do not say
    rows: Any = memoryview(picture).tolist()
    return [[value == 0 for value in row] for row in rows]


def boxes(content: str, left: float, top: float, side: float) -> list[Box]:
    """The dark parts of a code in a square of `side` mm, quiet zone included, as few upright rectangles."""
    grid = modules(content)
    step = side / (len(grid) + 2 * QUIET)
    found = _rectangles(grid)
    return [
        (left + (x + QUIET) * step, top + (y + QUIET) * step, left + (x2 + QUIET) * step, top + (y2 + QUIET) * step)
        for x, y, x2, y2 in found
    ]


def _rectangles(grid: list[list[bool]]) -> list[tuple[int, int, int, int]]:
    """Dark runs, each taken along or across, whichever is longer, and then widened while it stays dark."""
    size = len(grid)
    left = [row[:] for row in grid]
    found = []
    for y in range(size):
        for x in range(size):
            if not left[y][x]:
                continue
            x2 = x
            while x2 < size and left[y][x2]:
                x2 += 1
            y2 = y
            while y2 < size and left[y2][x]:
                y2 += 1
            if x2 - x >= y2 - y:
                y2 = y + 1
                while y2 < size and all(left[y2][x:x2]):
                    y2 += 1
            else:
                x2 = x + 1
                while x2 < size and all(left[row][x2] for row in range(y, y2)):
                    x2 += 1
            for row in range(y, y2):
                left[row][x:x2] = [False] * (x2 - x)
            found.append((x, y, x2, y2))
    return found

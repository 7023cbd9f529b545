"""Pictures of every page: `screens.py FOLDER` writes them light and dark, in French and English, at one scaling.

`make screenshots` calls it through packaging/screenshots.py, once a scaling: Qt reads that at its start alone.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from mobility_app import i18n
from mobility_app.ui import tasks, theme
from mobility_app.ui.shell import Shell
from tests.ui.screen import settle

SIZE = QSize(1366, 768)


def shoot(
    make: Callable[[], Shell],
    folder: Path,
    *,
    themes: Iterable[str] = theme.THEMES,
    languages: Iterable[str] = i18n.LANGUAGES,
    pages: Iterable[str] = (),
    prefix: str = "",
) -> list[Path]:
    """Writes PAGE-THEME-LANGUAGE.png for each page of the window that `make` builds; returns the files."""
    app = QApplication.instance() or QApplication([])
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for language in languages:
        i18n.use(language)
        for name in themes:
            theme.apply(app, name)
            window = make()
            window.resize(SIZE)
            window.show()
            for key in pages or window.page_keys():
                window.go(key)
                settle()
                path = folder / f"{prefix}{key}-{name}-{language}.png"
                window.grab().save(str(path))
                written.append(path)
            window.close()
            window.deleteLater()
    return written


if __name__ == "__main__":
    from tests.ui import gallery

    for picture in shoot(gallery.window, Path(sys.argv[1]), languages=("fr",), prefix="kit-"):
        print(picture.name)
    tasks.shutdown()

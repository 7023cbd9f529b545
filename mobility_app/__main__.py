"""The start: the command line when there is something on it, else the window. The only place that wires things."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from mobility_app import i18n

READER = "--read-table-in-child"  # the same word as `exchange.child.SWITCH`


def language(arguments: list[str]) -> str:
    """--lang if it is given; English when LANG says so; French otherwise (C and POSIX are French)."""
    if "--lang" in arguments[:-1]:
        return arguments[arguments.index("--lang") + 1]
    for argument in arguments:
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
    variable = next((os.environ[name] for name in ("LC_ALL", "LANG") if os.environ.get(name)), "")
    return "en" if variable.lower().startswith("en_") else "fr"


def without_language(arguments: list[str]) -> list[str]:
    kept: list[str] = []
    skip = False
    for argument in arguments:
        if skip or argument == "--lang":
            skip = argument == "--lang"
            continue
        if not argument.startswith("--lang="):
            kept.append(argument)
    return kept


def is_tracking_file(arguments: list[str]) -> bool:
    """A double click on a tracking file starts the program with its path and nothing else."""
    return len(arguments) == 1 and arguments[0].lower().endswith(".mobility") and Path(arguments[0]).is_file()


def main() -> None:
    arguments = sys.argv[1:]
    if arguments[:1] == [READER]:  # a frozen program has no other executable to start
        from mobility_app.exchange import child

        sys.exit(child.main(arguments[1:]))
    i18n.use(language(arguments))
    arguments = without_language(arguments)
    if is_tracking_file(arguments):
        arguments = ["window", *arguments]
    if arguments and arguments[0] != "window":
        from mobility_app import cli

        sys.exit(cli.main(arguments))
    from mobility_app.ui import start

    sys.exit(start.run(arguments[1:]))


if __name__ == "__main__":
    main()

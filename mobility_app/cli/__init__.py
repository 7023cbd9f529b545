"""The command line: it reads its arguments, calls a job and prints; no display, no Qt.

The language is set before this package is imported, so that its help is in her language.
"""

from __future__ import annotations

import os
import sys

import typer

from mobility_app.cli import applying, beneficiary, chase, dossier, money, projects, schools, tables  # noqa: F401  (they join the program)
from mobility_app.cli.shared import app
from mobility_app.errors import UserError
from mobility_app.i18n import _


def main(arguments: list[str]) -> int:
    """Runs the command line; returns the exit code: 0 done, 1 done with something left out, 2 could not."""
    try:
        result = app(arguments, standalone_mode=False)
        return result if isinstance(result, int) else 0
    except UserError as error:
        return _failed(str(error))
    except typer.TyperException as error:
        return _failed(_usage(error))
    except (KeyboardInterrupt, typer.Abort):
        return _failed(_("Cancelled; nothing was changed."))
    except BrokenPipeError:  # the reader of our output has left (mobility-app list … | head)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        from mobility_app.logs import keep

        return _failed(_("Unexpected trouble; nothing was left half-written. Details: {name}").format(name=keep(error)))


def _failed(sentence: str) -> int:
    print(" ".join(sentence.split()), file=sys.stderr)  # noqa: T201  the command line speaks by printing
    return 2


def _usage(error: typer.TyperException) -> str:
    """What the command line did not understand, in her language."""
    name = getattr(error, "option_name", None) or getattr(getattr(error, "param", None), "name", None)
    hint = _("See “mobility-app --help”.")
    match type(error).__name__:
        case "MissingParameter":
            return _("Missing: {name}.").format(name=name) + " " + hint
        case "NoSuchOption":
            return _("There is no option {name}.").format(name=name) + " " + hint
        case "BadParameter":
            return _("This value is not understood: {name}.").format(name=name) + " " + hint
    return _("This command is not understood.") + " " + hint

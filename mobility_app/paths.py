"""Where shipped data and the user's folders are: one rule for a checkout, a wheel and a frozen bundle."""

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def _shipped(name: str) -> Path:
    """A wheel and a bundle carry the folder inside the package; a checkout has it beside the package."""
    inside = _HERE / name
    return inside if inside.is_dir() else _HERE.parent / name


DB = _shipped("db")
MIGRATIONS = DB / "migrations"
REFERENCE = DB / "reference"
RESOURCES = _shipped("resources")


def user_data() -> Path:
    """The folder of this user's own data (backups of read-only places, settings), created when missing."""
    from platformdirs import user_data_path

    return user_data_path("mobility-app", appauthor=False, ensure_exists=True)


def user_state() -> Path:
    """The folder for what may be lost without harm: open markers, recent files, logs."""
    from platformdirs import user_state_path

    return user_state_path("mobility-app", appauthor=False, ensure_exists=True)

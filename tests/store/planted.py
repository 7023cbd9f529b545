"""The migration of a version that does not exist, for testing how old files are brought up to date."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from mobility_app.paths import MIGRATIONS
from mobility_app.store import migrate, opener

NOW, NEXT = opener.SCHEMA, opener.SCHEMA + 1
_MIGRATION = f'''"""A planted change: a column more, by rebuilding its table."""

import sqlalchemy as sa
from alembic import op

revision = "{NEXT:04d}"
down_revision = "{NOW:04d}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("participant", recreate="auto") as table:
        table.add_column(sa.Column("planted", sa.String(10)))
        table.alter_column("first_name", type_=sa.String(130))
    %s
'''


def write(folder: Path, statement: str = "pass") -> Path:
    """All migrations and the planted one, which ends with this statement."""
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / f"{NEXT:04d}_planted.py").write_text(_MIGRATION % statement)
    return folder


def install(folder: Path, replace: Callable[[object, str, object], None] = setattr) -> None:
    """Makes this process the program of the next version."""
    replace(migrate, "MIGRATIONS", folder)
    replace(opener, "SCHEMA", NEXT)

"""(Moved to core/wanted.py; this name serves until every page asks there.)"""

from mobility_app.core.wanted import *  # noqa: F403

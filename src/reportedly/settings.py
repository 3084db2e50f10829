"""Where things are kept, and the Django settings that a casebook runs under. Reads the environment when asked, never on
import."""

from __future__ import annotations

import os
from pathlib import Path

APPS = ("reportedly.casebook",)
"""The Django applications that a casebook needs; a web desk lists more beside them."""


def default_casebook() -> str:
    """The casebook used where none is named: ``REPORTEDLY_CASEBOOK``, else a file in the user's data folder."""
    named = os.environ.get("REPORTEDLY_CASEBOOK")
    if named:
        return named
    from platformdirs import user_data_dir

    return str(Path(user_data_dir("reportedly", appauthor=False)) / "casebook.sqlite")


def django_settings() -> dict[str, object]:
    """The settings that Django gets when no web application has configured it before.

    There is no default database: every casebook is a database of its own, added when it is opened.
    """
    return {
        "INSTALLED_APPS": list(APPS),
        "DATABASES": {},
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "USE_TZ": True,
        "TIME_ZONE": "UTC",
        "USE_I18N": False,
        "LOGGING_CONFIG": None,
    }

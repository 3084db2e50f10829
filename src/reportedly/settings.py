"""The Django settings that a casebook runs under."""

from __future__ import annotations

APPS = ("reportedly.casebook",)
"""The Django applications that a casebook needs; a web desk lists more beside them."""


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

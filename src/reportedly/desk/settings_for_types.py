"""Django settings for tools that want a module: the type checker's plugin, and ``django-admin makemigrations``."""

from __future__ import annotations

from typing import Any

from reportedly.desk.settings import APPS
from reportedly.settings import APPS as CASEBOOK_APPS

SECRET_KEY = "for type checking only"
INSTALLED_APPS = [*CASEBOOK_APPS, *APPS]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
DESK_CASEBOOK: Any = None
DESK_ADDRESS = ""

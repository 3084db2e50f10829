"""Django settings for tools that want a module: the type checker's plugin, and ``django-admin makemigrations``."""

from __future__ import annotations

from reportedly.settings import APPS

SECRET_KEY = "for type checking only"
INSTALLED_APPS = list(APPS)
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True

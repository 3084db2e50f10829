"""The casebook as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class CasebookConfig(AppConfig):
    """Registers the casebook's tables."""

    name = "reportedly.casebook"
    label = "casebook"
    verbose_name = "Casebook"

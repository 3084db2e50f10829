"""The desk as a Django application."""

from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Accounts, audit trail and review queue of the desk; the casebook's own tables belong to the casebook."""

    name = "reportedly.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"

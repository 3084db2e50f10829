"""The Django settings of the desk."""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from reportedly.settings import django_settings

if TYPE_CHECKING:
    from reportedly.desk.serve import Address

LOOPBACK: Final = ("127.0.0.1", "localhost", "[::1]")
SIGN_IN_TRIES: Final = 5
"""Wrong passwords of one account from one address before it is locked for :data:`LOCKED_FOR` hours."""
LOCKED_FOR: Final = 1

APPS: Final = (
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django_htmx",
    "axes",
    "csp",
    "ninja",
    "reportedly.desk",
)
MIDDLEWARE: Final = (
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "reportedly.desk.middleware.SignedIn",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "reportedly.desk.middleware.desk",
    "axes.middleware.AxesMiddleware",
)


def desk_settings(address: Address) -> dict[str, Any]:
    """Everything Django needs; the database is added once the casebook is open."""
    secure = address.https
    policy: dict[str, Sequence[str]] = {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "font-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
    return django_settings() | {
        "SECRET_KEY": secret_key(),
        "DEBUG": False,
        "ALLOWED_HOSTS": [*LOOPBACK, *address.names],
        "INSTALLED_APPS": [*_casebook_apps(), *APPS],
        "MIDDLEWARE": list(MIDDLEWARE),
        "ROOT_URLCONF": "reportedly.desk.urls",
        "TEMPLATES": [
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                        "reportedly.desk.middleware.everywhere",
                    ],
                    "builtins": ["reportedly.desk.templatetags.desk", "django.contrib.humanize.templatetags.humanize"],
                },
            }
        ],
        "AUTHENTICATION_BACKENDS": ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"],
        "PASSWORD_HASHERS": ["django.contrib.auth.hashers.Argon2PasswordHasher"],
        "AUTH_PASSWORD_VALIDATORS": [
            {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
            {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
            {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
        ],
        "LOGIN_URL": "/sign-in",
        "LOGIN_REDIRECT_URL": "/",
        "AXES_FAILURE_LIMIT": SIGN_IN_TRIES,
        "AXES_COOLOFF_TIME": LOCKED_FOR,
        "AXES_LOCKOUT_PARAMETERS": [["username", "ip_address"]],
        "AXES_LOCKOUT_TEMPLATE": "desk/locked.html",
        "AXES_ENABLE_ACCESS_FAILURE_LOG": True,
        "AXES_VERBOSE": False,
        "SILENCED_SYSTEM_CHECKS": ["axes.W001", "axes.W003"],
        "SESSION_COOKIE_NAME": "reportedly",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_AGE": 14 * 24 * 3600,
        "SESSION_COOKIE_SECURE": secure,
        "CSRF_COOKIE_SECURE": secure,
        "CSRF_COOKIE_SAMESITE": "Strict",
        "CSRF_TRUSTED_ORIGINS": [f"https://{name}" for name in address.names] if secure else [],
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https") if secure else None,
        "SECURE_HSTS_SECONDS": 31_536_000 if secure else 0,
        "SECURE_REFERRER_POLICY": "same-origin",
        "CSRF_FAILURE_VIEW": "reportedly.desk.views.account.unproven",
        "SECURE_CROSS_ORIGIN_OPENER_POLICY": "same-origin",
        "X_FRAME_OPTIONS": "DENY",
        "CONTENT_SECURITY_POLICY": {"DIRECTIVES": policy},
        "MESSAGE_STORAGE": "django.contrib.messages.storage.session.SessionStorage",
        "STATIC_URL": "/static/",
        "WHITENOISE_USE_FINDERS": True,
        "WHITENOISE_AUTOREFRESH": False,
        "WHITENOISE_MAX_AGE": 600,
        "DATA_UPLOAD_MAX_MEMORY_SIZE": 8 * 2**20,
        "FILE_UPLOAD_MAX_MEMORY_SIZE": 8 * 2**20,
        "USE_THOUSAND_SEPARATOR": False,
        "CACHES": {
            "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 400}},
        },
        "LANGUAGE_CODE": "en-gb",
    }


def secret_key() -> str:
    """The key that signs sessions: ``REPORTEDLY_DESK_KEY``, else one made on first use and kept for this user alone."""
    named = os.environ.get("REPORTEDLY_DESK_KEY")
    if named:
        return named
    from platformdirs import user_data_dir

    file = Path(user_data_dir("reportedly", appauthor=False)) / "desk.key"
    try:
        return file.read_text(encoding="ascii")
    except FileNotFoundError:
        key = secrets.token_urlsafe(50)
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process made one at the same moment
        return file.read_text(encoding="ascii")
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(key)
    return key


def _casebook_apps() -> list[str]:
    from reportedly.settings import APPS as casebook_apps

    return list(casebook_apps)

"""Starts the desk: opens the casebook, brings the desk's own tables up to date, and serves until stopped."""

from __future__ import annotations

import getpass
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from reportedly.errors import SettingError

if TYPE_CHECKING:
    from reportedly.casebook.book import Casebook

THREADS = 8
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True)
class Address:
    """Which casebook to serve, and where.

    ``host``: the address to listen on; anything but the loopback address asks for accounts with passwords. ``names``: host
    names by which browsers may reach the desk (beside the loopback ones). ``https``: a proxy in front, whose address is
    ``proxy``, speaks HTTPS and says so in ``X-Forwarded-Proto``, and for whom in ``X-Forwarded-For``. ``announce`` is called with
    lines for the person who starts the desk.
    """

    casebook: str
    host: str = "127.0.0.1"
    port: int = 8400
    names: tuple[str, ...] = ()
    https: bool = False
    proxy: str = "127.0.0.1"
    announce: Callable[[str], None] = field(default=lambda line: None)

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach the desk."""
        return self.host in LOOPBACK


def run(address: Address) -> None:
    """Serve until interrupted."""
    from waitress.server import create_server

    application = prepare(address)
    headers = {"x-forwarded-proto", "x-forwarded-for"}
    proxied: dict[str, Any] = {"trusted_proxy": address.proxy, "trusted_proxy_headers": headers} if address.https else {}
    server = create_server(
        application,
        host=address.host,
        port=address.port,
        threads=THREADS,
        ident=None,
        max_request_body_size=64 * 2**20,
        channel_timeout=60,
        **proxied,
    )
    port = getattr(server, "effective_port", address.port)
    _announce(address, port)
    try:
        server.run()
    except KeyboardInterrupt:
        server.close()


def prepare(address: Address) -> Callable[..., Any]:
    """The WSGI application for a casebook, with its tables up to date. Raises :class:`SettingError` as :func:`connect` does."""
    from django.core.wsgi import get_wsgi_application
    from django.urls import get_resolver

    book = connect(address)
    application = get_wsgi_application()
    get_resolver().url_patterns  # noqa: B018  imports what pages and threads use, while there is one thread: two would meet half-way
    threading.Thread(target=_catch_up, args=(book,), daemon=True, name="queue").start()
    return application


def connect(address: Address) -> Casebook:
    """The casebook, with the desk's own tables in it.

    Raises :class:`SettingError` where this process already runs Django for something else.
    """
    import django
    from django.conf import settings

    from reportedly.desk.settings import desk_settings

    if settings.configured:
        raise SettingError("this process runs Django already.", remedy="Start the desk in a process of its own.")
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "")
    settings.configure(**desk_settings(address))
    django.setup()

    from reportedly import casebook as casebooks

    book = casebooks.open(address.casebook, create=False)
    _adopt(book)
    settings.DESK_ADDRESS = address.casebook
    return book


def _adopt(book: Casebook) -> None:
    """Make the casebook's database the one that holds accounts and sessions too, and create what the desk adds to it."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import DEFAULT_DB_ALIAS, connections

    from reportedly.desk.indexes import ensure

    connections.settings[DEFAULT_DB_ALIAS] = connections.settings[book.alias]
    if connections[DEFAULT_DB_ALIAS].vendor == "unknown":  # a stand-in made while the settings named no database
        del connections[DEFAULT_DB_ALIAS]
    settings.DESK_CASEBOOK = book
    call_command("migrate", database=DEFAULT_DB_ALIAS, verbosity=0, interactive=False)
    ensure(DEFAULT_DB_ALIAS)


def _catch_up(book: Casebook) -> None:
    from django.db import connections

    from reportedly.desk import columns
    from reportedly.desk.following import soon
    from reportedly.desk.queue import refresh
    from reportedly.drawing.base_map import COARSE, FINE, base_map

    base_map(FINE), base_map(COARSE)  # read before somebody waits for a map
    columns.prepare(book.alias)
    refresh(book)
    soon(book)
    connections.close_all()


def _announce(address: Address, port: int) -> None:
    from reportedly.desk.links import account, make_link

    host = f"[{address.host}]" if ":" in address.host else address.host
    base = f"https://{address.names[0]}" if address.https and address.names else f"http://{host}:{port}"
    address.announce(f"The desk is at {base}")
    if address.is_loopback:
        address.announce(f"Sign in with this link, which works once: {base}{make_link(account(_local_name(), 'admin'))}")
    elif not _has_admin():
        link = make_link(account("admin", "admin"))
        address.announce(f"There is no account yet. The first admin signs in with this link, which works once: {base}{link}")


def _has_admin() -> bool:
    from reportedly.desk.models import Member

    admins = Member.objects.filter(role=Member.ADMIN, user__is_active=True).select_related("user")
    return any(member.user.has_usable_password() for member in admins)


def _local_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "local"

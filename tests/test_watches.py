"""Watches: feeds polled with manners, alerts told once, an outbox that survives kills; real servers for the web and for mail."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import capvalidator
import casebook_factory as factory
import feedparser
import pytest
from aiosmtpd.controller import Controller
from test_briefs import attack, denial, threat

from reportedly.casebook import Filter
from reportedly.errors import FetchError, SettingError
from reportedly.intake import Item, Options
from reportedly.intake import collect as take_in
from reportedly.watches.records import Round, Send, SendError, Told

if TYPE_CHECKING:
    from reportedly.casebook.book import Casebook

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Lake Courier</title><link>https://lake.example/</link>
<description>d</description>{items}</channel></rss>"""
ENTRY = """<item><title>{title}</title><link>https://lake.example/{title}</link><guid>{title}</guid>
<pubDate>Tue, 10 Jun 2025 08:00:00 GMT</pubDate><description>{text}</description></item>"""
WORDS = "Gunmen attacked a police post near Goma on Monday, killing at least four officers, police said."


def rss(*titles: str) -> bytes:
    """A feed with an entry a title."""
    return RSS.format(items="".join(ENTRY.format(title=title, text=f"{title}: {WORDS}") for title in titles)).encode()


@dataclass
class Site:
    """A web server: what it answers by path (status, headers, body), and all that it was asked."""

    base: str = ""
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)
    on_post: Callable[[], None] | None = None

    def paths(self, method: str = "GET") -> list[str]:
        return [path for one, path, _, _ in self.asked if one == method]

    def feed(self, path: str, data: bytes, **headers: str) -> str:
        """Answer with a feed; its address."""
        self.answers[path] = (200, {"Content-Type": "application/rss+xml", **headers}, data)
        return self.base + path


@pytest.fixture
def site() -> Iterator[Site]:
    """A web server on the loopback address that knows ETags."""
    made = Site()

    class Handler(BaseHTTPRequestHandler):
        timeout = 10

        def do_GET(self) -> None:
            self._answer(b"")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if made.on_post is not None:
                made.on_post()
            self._answer(body)

        def _answer(self, body: bytes) -> None:
            made.asked.append((self.command, self.path, dict(self.headers), body))
            status, headers, data = made.answers.get(self.path, (404, {}, b""))
            if "ETag" in headers and self.headers.get("If-None-Match") == headers["ETag"]:
                status, data = 304, b""
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            pass

    web = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    web.daemon_threads = True
    threading.Thread(target=web.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    made.base = f"http://127.0.0.1:{web.server_address[1]}"
    yield made
    web.shutdown()
    web.server_close()


class Post:
    """A mail server: the letters it took, and how it answers."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.answer = "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.answer.startswith("250"):
            parsed = BytesParser(policy=default).parsebytes(envelope.content)
            assert isinstance(parsed, EmailMessage)
            self.letters.append(parsed)
        return self.answer


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    """A mail server on the loopback address."""
    made = Post()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(made, hostname="127.0.0.1", port=port)
    controller.start()
    monkeypatch.setenv("REPORTEDLY_SMTP", f"smtp://127.0.0.1:{port}")
    monkeypatch.setenv("REPORTEDLY_SENDER", "desk@newsroom.example")
    yield made
    controller.stop()


def keeper(book: Casebook) -> Callable[[Sequence[Item]], tuple[int, int]]:
    """Stores each report of a feed with one claim of an attack, without the language model."""

    def keep(items: Sequence[Item]) -> tuple[int, int]:
        new = 0
        for item in items:
            assert item.report is not None, item
            text = item.report.text
            known = {name: getattr(item.report, name) for name in ("source", "published", "address", "sha256")}
            report = factory.report(text, **known)
            told = factory.claim(text, "attacked", actors=["Gunmen"], day="2025-06-09")
            new += book.add(factory.reading(report, told)).outcome == "new"
        return new, 0

    return keep


class Pauses:
    """Instead of sleeping: how long it would have been."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


def poll(book: Casebook, keep: Any = None, options: Options | None = None, pauses: Pauses | None = None) -> Round:
    """Ask the feeds that are due."""
    from reportedly.watches import feeds
    from reportedly.watches.courtesy import Courtesy

    options = options or Options(allow_private=True)
    told = Round()
    feeds.poll(book, keep or keeper(book), Courtesy(options, sleep=pauses or Pauses()), options, told)
    return told


def watched(book: Casebook, address: str, every: int = 30) -> None:
    from reportedly.watches import feeds

    feeds.add(book, address, "", every)


def feed_of(book: Casebook, address: str) -> Any:
    from reportedly.watches import feeds

    return next(one for one in feeds.every_feed(book) if one.address == address)


def make_due(book: Casebook) -> None:
    """Let all feeds be due."""
    from reportedly.casebook import models

    models.Feed.objects.using(book.alias).update(due=None)


class TestFeeds:
    def test_entries_become_reports_and_the_fetch_is_recorded(self, casebook: Casebook, site: Site) -> None:
        address = site.feed("/feed", rss("one", "two"), ETag='"1"')
        watched(casebook, address)
        told = poll(casebook)
        feed = feed_of(casebook, address)
        assert (told.feeds, told.reports, told.failed_feeds) == (1, 2, [])
        assert (feed.last_new, feed.error, feed.failures, feed.taken, feed.etag) == (2, None, 0, None, '"1"')
        assert timedelta(minutes=29) < feed.due - datetime.now(UTC) < timedelta(minutes=34)
        assert {report.source for report in casebook.reports()} == {"Lake Courier"}

    def test_is_asked_for_what_is_new_only(self, casebook: Casebook, site: Site) -> None:
        address = site.feed("/feed", rss("one"), ETag='"1"', **{"Last-Modified": "Tue, 10 Jun 2025 08:00:00 GMT"})
        watched(casebook, address)
        poll(casebook)
        make_due(casebook)
        assert poll(casebook).reports == 0
        headers = [headers for method, path, headers, _ in site.asked if path == "/feed"][1]
        assert headers["If-None-Match"] == '"1"' and headers["If-Modified-Since"] == "Tue, 10 Jun 2025 08:00:00 GMT"
        assert feed_of(casebook, address).last_new == 0
        site.feed("/feed", rss("one", "two"), ETag='"2"')
        make_due(casebook)
        assert poll(casebook).reports == 1

    def test_what_is_not_due_is_left_alone(self, casebook: Casebook, site: Site) -> None:
        watched(casebook, site.feed("/feed", rss("one")))
        poll(casebook)
        poll(casebook)
        assert site.paths().count("/feed") == 1

    def test_one_that_fails_is_asked_less_often_and_the_rest_goes_on(self, casebook: Casebook, site: Site) -> None:
        site.answers["/bad"] = (503, {}, b"")
        watched(casebook, site.base + "/bad", every=10)
        watched(casebook, site.feed("/good", rss("one")))
        told = poll(casebook)
        assert told.reports == 1 and [address for address, _ in told.failed_feeds] == [site.base + "/bad"]
        waits = []
        for _ in range(9):
            feed = feed_of(casebook, site.base + "/bad")
            waits.append(round((feed.due - datetime.now(UTC)).total_seconds() / 60))
            make_due(casebook)
            poll(casebook)
        assert waits[:4] == [20, 40, 80, 160] and max(waits) == 24 * 60
        assert "503" in feed.error and feed.failures == 9
        site.feed("/bad", rss("two"))
        make_due(casebook)
        poll(casebook)
        feed = feed_of(casebook, site.base + "/bad")
        assert (feed.error, feed.failures) == (None, 0)

    @pytest.mark.parametrize("after", ["7200", None])
    def test_retry_after_is_obeyed(self, casebook: Casebook, site: Site, after: str | None) -> None:
        later = datetime.now(UTC) + timedelta(hours=2)
        site.answers["/feed"] = (429, {"Retry-After": after or f"{later:%a, %d %b %Y %H:%M:%S} GMT"}, b"")
        watched(casebook, site.base + "/feed", every=10)
        poll(casebook)
        assert abs(feed_of(casebook, site.base + "/feed").due - later) < timedelta(minutes=1)

    @pytest.mark.parametrize("data", [b"no feed at all", b"<rss><channel></rss>", b"%PDF-1.4 broken", b""])
    def test_what_is_no_feed_stops_nothing(self, casebook: Casebook, site: Site, data: bytes) -> None:
        watched(casebook, site.feed("/a", data))
        watched(casebook, site.feed("/b", rss("one")))

        def keep(items: Sequence[Item]) -> tuple[int, int]:
            return keeper(casebook)([item for item in items if item.report is not None and "attacked" in item.report.text])

        assert poll(casebook, keep).reports == 1

    def test_private_addresses_are_refused_unless_allowed(self, casebook: Casebook, site: Site) -> None:
        watched(casebook, site.feed("/feed", rss("one")))
        told = poll(casebook, options=Options())
        assert len(told.failed_feeds) == 1 and site.asked == []

    def test_other_schemes_are_no_feeds(self, casebook: Casebook) -> None:
        with pytest.raises(FetchError):
            watched(casebook, "file:///etc/passwd")

    def test_the_version_is_kept_only_when_all_is_stored(self, casebook: Casebook, site: Site) -> None:
        address = site.feed("/feed", rss("one"), ETag='"1"')
        watched(casebook, address)
        poll(casebook, lambda items: (0, 1))
        assert feed_of(casebook, address).etag is None
        make_due(casebook)
        assert poll(casebook).reports == 1

    def test_one_that_was_cut_off_is_asked_again(self, casebook: Casebook, site: Site) -> None:
        from reportedly.casebook import models

        address = site.feed("/feed", rss("one"), ETag='"1"')
        watched(casebook, address)

        def killed(items: Sequence[Item]) -> tuple[int, int]:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            poll(casebook, killed)
        assert poll(casebook).feeds == 0, "another process may be at it"
        models.Feed.objects.using(casebook.alias).update(taken=datetime.now(UTC) - timedelta(hours=1))
        assert poll(casebook).reports == 1


class TestPages:
    def watched(self, book: Casebook, site: Site, *entries: str) -> None:
        """A feed of these entries whose pages are read."""
        from reportedly.watches import feeds

        items = "".join(
            ENTRY.format(title=title, text="Gunmen attacked a post.").replace("https://lake.example", site.base)
            for title in entries
        )
        feeds.add(book, site.feed("/feed", RSS.format(items=items).encode()), "", 30, pages=True)

    def page(self, site: Site, path: str) -> None:
        words = "".join(f"<p>{path}: {WORDS}</p>" for _ in range(4))
        text = f"<!doctype html><html><body><article><h1>Attack near Goma</h1>{words}</article></body></html>"
        site.answers[path] = (200, {"Content-Type": "text/html; charset=utf-8"}, text.encode())

    def test_pages_are_read_once_with_what_the_entry_knows(self, casebook: Casebook, site: Site) -> None:
        self.watched(casebook, site, "one", "two")
        self.page(site, "/one")
        self.page(site, "/two")
        assert poll(casebook).reports == 2
        reports = {report.address: report for report in casebook.reports()}
        assert set(reports) == {site.base + "/one", site.base + "/two"}
        one = reports[site.base + "/one"]
        assert (one.source, one.published) == ("Lake Courier", "2025-06-10T08:00:00+00:00")
        assert "four officers" in one.text
        make_due(casebook)
        poll(casebook)
        assert site.paths().count("/one") == 1

    def test_where_a_page_cannot_be_had_the_entry_is_read(self, casebook: Casebook, site: Site) -> None:
        self.watched(casebook, site, "gone", "here")
        self.page(site, "/here")
        assert poll(casebook).reports == 2
        assert sorted("post." in report.text for report in casebook.reports()) == [False, True]

    def test_robots_txt_holds_for_pages_too(self, casebook: Casebook, site: Site) -> None:
        site.answers["/robots.txt"] = (200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /one\n")
        self.watched(casebook, site, "one")
        self.page(site, "/one")
        poll(casebook)
        assert "/one" not in site.paths()

    def test_entries_without_text_are_read_from_their_pages(self, casebook: Casebook, site: Site) -> None:
        self.watched(casebook, site, "one")
        data = site.answers["/feed"][2].replace(b"<description>Gunmen attacked a post.</description>", b"")
        site.feed("/feed", data)
        self.page(site, "/one")
        assert poll(casebook).reports == 1


class TestManners:
    def test_robots_txt_is_obeyed_and_asked_once(self, casebook: Casebook, site: Site) -> None:
        site.answers["/robots.txt"] = (200, {"Content-Type": "text/plain"}, b"User-agent: reportedly\nDisallow: /closed\n")
        for path in ("/closed/a", "/open/a", "/open/b"):
            watched(casebook, site.feed(path, rss(path[1:])))
        told = poll(casebook)
        assert [address for address, _ in told.failed_feeds] == [site.base + "/closed/a"]
        assert "robots.txt" in feed_of(casebook, site.base + "/closed/a").error
        assert sorted(site.paths()) == ["/open/a", "/open/b", "/robots.txt"]

    @pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False), (503, False), (429, False)])
    def test_where_robots_txt_cannot_be_had(self, casebook: Casebook, site: Site, status: int, allowed: bool) -> None:
        site.answers["/robots.txt"] = (status, {}, b"")
        watched(casebook, site.feed("/feed", rss("one")))
        assert (poll(casebook).feeds == 1) is allowed

    def test_a_pause_is_kept_between_requests_to_one_host(self, casebook: Casebook, site: Site) -> None:
        site.answers["/robots.txt"] = (200, {"Content-Type": "text/plain"}, b"User-agent: *\nCrawl-delay: 7\n")
        watched(casebook, site.feed("/a", rss("one")))
        watched(casebook, site.feed("/b", rss("two")))
        pauses = Pauses()
        poll(casebook, pauses=pauses)
        assert len(pauses.seconds) == 2 and all(6 < seconds <= 7 for seconds in pauses.seconds)


def saved(
    book: Casebook, *sends: Send, name: str = "north", at: str | None = None, every: int | None = None, **asked: Any
) -> Any:
    """A watch made a moment ago, so that what is added now is new."""
    from reportedly.casebook import models
    from reportedly.watches import watching

    watching.add(book, name, Filter(**asked), sends or (Send(kind="rss", to="/nowhere/a.xml"),), at=at, every=every)
    past = datetime.now(UTC) - timedelta(seconds=5)
    models.Watch.objects.using(book.alias).filter(name=name).update(made=past, checked=past, since=past)
    return watching.every_watch(book)[-1]


def looked(book: Casebook, name: str = "north") -> list[Told]:
    """The alerts that a look makes."""
    from reportedly.casebook import models
    from reportedly.incidents.score import unrelated
    from reportedly.watches import noticing

    book.merge()
    watch = models.Watch.objects.using(book.alias).get(name=name)
    before = set(models.Alert.objects.using(book.alias).values_list("key", flat=True))
    number = noticing.look(book, watch, datetime.now(UTC), unrelated)
    rows = models.Alert.objects.using(book.alias).exclude(key__in=before).order_by("pk")
    assert number == len(rows)
    return [Told.model_validate_json(row.record) for row in rows]


class TestAlerts:
    def test_a_new_act_is_told_once(self, casebook: Casebook) -> None:
        saved(casebook)
        casebook.add(attack(4, "Desert Courier", "2025-06-11"))
        (told,) = looked(casebook)
        assert (told.sort, told.standing, told.entry.heading) == ("act", "one_voice", "Battle – Gao, Mali – 10 June 2025")
        assert (told.area.lat, told.days, told.replaces) == (16.27, ("2025-06-10", "2025-06-10"), ())
        assert told.footnotes[0].words is not None and "killing 4 soldiers" in told.footnotes[0].words
        assert looked(casebook) == []

    def test_that_one_more_tells_the_same_is_not_told(self, casebook: Casebook) -> None:
        saved(casebook)
        casebook.add(attack(4, "Desert Courier", "2025-06-11"))
        looked(casebook)
        casebook.add(attack(4, "Border Post", "2025-06-11"))
        assert looked(casebook) == []

    def test_another_toll_and_a_denial_are_told_as_changes(self, casebook: Casebook) -> None:
        saved(casebook)
        casebook.add(attack(4, "Desert Courier", "2025-06-10"))
        (first,) = looked(casebook)
        casebook.add(attack(9, "Border Post", "2025-06-11"))
        (second,) = looked(casebook)
        assert (second.sort, second.about) == ("change", first.about)
        assert second.replaces == ((first.key, first.made),)
        assert any("4, now 9" in sentence.text for sentence in second.entry.sentences)
        casebook.add(denial())
        (third,) = looked(casebook)
        assert third.standing == "disputed"
        assert looked(casebook) == []

    def test_what_was_there_before_the_watch_is_not_told(self, casebook: Casebook) -> None:
        from reportedly.casebook import models

        casebook.add(attack(4, "Desert Courier", "2025-06-10"))
        casebook.merge()
        models.Report.objects.using(casebook.alias).update(added=datetime.now(UTC) - timedelta(days=1))
        saved(casebook)
        assert looked(casebook) == []
        casebook.add(attack(9, "Border Post", "2025-06-11"))
        assert [told.sort for told in looked(casebook)] == ["change"]

    def test_threats_and_sayings_are_told(self, casebook: Casebook) -> None:
        saved(casebook)
        casebook.add(threat())
        text = "Blue Ridge Army accused River Guard of theft."
        saying = factory.claim(text, "accused", family="accusation", voice="Blue Ridge Army", stance="accuses")
        casebook.add(factory.reading(factory.report(text), saying))
        assert sorted(told.sort for told in looked(casebook)) == ["said", "threat"]
        assert looked(casebook) == []

    def test_only_what_matches_is_told(self, casebook: Casebook) -> None:
        saved(casebook, place="Erbil")
        saved(casebook, name="all")
        casebook.add(attack(4, "Desert Courier", "2025-06-11"))
        assert looked(casebook) == []
        assert len(looked(casebook, "all")) == 1

    def test_an_area_gets_no_point(self, casebook: Casebook) -> None:
        saved(casebook)
        casebook.add(attack(4, "Desert Courier", "2025-06-11", at=factory.GAO | {"precision": 4, "stand_in": True}))
        (told,) = looked(casebook)
        assert (told.area.words, told.area.lat, told.area.lon) == ("Gao, Mali", None, None)

    def test_two_that_look_at_once_tell_it_once(self, casebook: Casebook) -> None:
        from reportedly.casebook import models
        from reportedly.incidents.score import unrelated
        from reportedly.watches import noticing

        watch = saved(casebook)
        casebook.add(attack(4, "Desert Courier", "2025-06-11"))
        casebook.merge()
        start, made = threading.Barrier(3), []

        def look() -> None:
            start.wait()
            made.append(noticing.look(casebook, watch, datetime.now(UTC), unrelated))
            casebook.close()

        threads = [threading.Thread(target=look) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(made) == [0, 0, 1]
        assert models.Alert.objects.using(casebook.alias).count() == 1

    def test_a_late_commit_is_not_lost(self, casebook: Casebook) -> None:
        from reportedly.casebook import models

        saved(casebook)
        models.Watch.objects.using(casebook.alias).update(made=datetime.now(UTC) - timedelta(hours=3))
        looked(casebook)
        casebook.add(attack(4, "Desert Courier", "2025-06-11"))
        models.Report.objects.using(casebook.alias).update(added=datetime.now(UTC) - timedelta(minutes=10))
        assert len(looked(casebook)) == 1


def delivered(book: Casebook, *, again: bool = False, send: Any = None) -> Round:
    """What a delivery does."""
    from reportedly.incidents.score import unrelated
    from reportedly.watches import outbox
    from reportedly.watches.sending import Sender

    told = Round()
    outbox.deliver(book, send or Sender(book, Options(allow_private=True), unrelated, "tests"), told, again=again)
    return told


def every_alert(book: Casebook) -> list[Told]:
    from reportedly.casebook import models
    from reportedly.watches.noticing import alerts

    return alerts(book, list(models.Alert.objects.using(book.alias).values_list("key", flat=True)))


def states(book: Casebook) -> list[str]:
    from reportedly.casebook import models

    return list(models.Outgoing.objects.using(book.alias).order_by("pk").values_list("state", flat=True))


def make_waiting(book: Casebook) -> None:
    from reportedly.casebook import models

    models.Outgoing.objects.using(book.alias).update(due=datetime.now(UTC))


class TestOutbox:
    def test_nothing_is_sent_twice(self, casebook: Casebook, site: Site) -> None:
        site.answers["/hook"] = (204, {}, b"")
        saved(casebook, Send(kind="webhook", to=site.base + "/hook"))
        casebook.add(attack(4, "Desert Courier", "2025-06-11"))
        looked(casebook)
        assert delivered(casebook).sent == 1
        assert delivered(casebook).sent == 0
        looked(casebook)
        delivered(casebook, again=True)
        assert site.paths("POST") == ["/hook"]
        assert states(casebook) == ["sent"]

    @pytest.mark.parametrize(("kind", "to", "state"), [("webhook", "/hook", "doubtful"), ("cap", "caps", "waiting")])
    def test_what_is_cut_off_is_in_doubt_unless_it_is_a_file(
        self, casebook: Casebook, site: Site, tmp_path: Path, kind: Any, to: str, state: str
    ) -> None:
        from reportedly.casebook import models
        from reportedly.watches import outbox

        site.answers["/hook"] = (204, {}, b"")
        saved(casebook, Send(kind=kind, to=site.base + to if kind == "webhook" else str(tmp_path / to)))
        casebook.add(attack(4, "Desert Courier", "2025-06-11"))
        looked(casebook)

        def killed(row: object) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            delivered(casebook, send=killed)
        assert states(casebook) == ["sending"]
        assert delivered(casebook, again=True).sent == 0, "another process may be at it"
        models.Outgoing.objects.using(casebook.alias).update(taken=datetime.now(UTC) - 2 * outbox.LEASE)
        told = delivered(casebook)
        assert states(casebook) == (["doubtful"] if state == "doubtful" else ["sent"])
        assert told.sent == (state == "waiting")
        delivered(casebook, again=True)
        assert states(casebook) == ["sent"]

    def test_a_person_says_what_becomes_of_what_is_in_doubt(self, casebook: Casebook, site: Site) -> None:
        from reportedly.casebook import models
        from reportedly.watches import outbox
        from reportedly.watches.noticing import headings

        site.answers["/hook"] = (204, {}, b"")
        saved(casebook, Send(kind="webhook", to=site.base + "/hook"))
        casebook.add(attack(4, "Desert Courier", "2025-06-11"))
        looked(casebook)
        rows = models.Outgoing.objects.using(casebook.alias)
        number = rows.get().pk
        for state in ("sending", "sent"):
            rows.update(state=state)
            for act in (outbox.send_again, outbox.dismiss):
                with pytest.raises(SettingError, match=f"number {number} is neither"):
                    act(casebook, [number])
        rows.update(state="doubtful", tries=3)
        assert [headings(casebook, outbox.pending(casebook))[number]] == [told.entry.heading for told in every_alert(casebook)]
        assert outbox.dismiss(casebook, []) == 1
        assert (outbox.pending(casebook), len(outbox.pending(casebook, everything=True))) == ([], 1)
        assert delivered(casebook, again=True).sent == 0 and outbox.send_again(casebook, []) == 0
        rows.update(state="given_up")
        assert outbox.send_again(casebook, [number]) == 1
        assert delivered(casebook).sent == 1 and states(casebook) == ["sent"]
        assert site.paths("POST") == ["/hook"]

    @pytest.mark.parametrize(("status", "state"), [(500, "waiting"), (429, "waiting"), (410, "given_up")])
    def test_what_is_not_taken_is_tried_again_or_given_up(self, casebook: Casebook, site: Site, status: int, state: str) -> None:
        site.answers["/hook"] = (status, {}, b"")
        saved(casebook, Send(kind="webhook", to=site.base + "/hook"))
        casebook.add(attack(4, "Desert Courier", "2025-06-11"))
        looked(casebook)
        told = delivered(casebook)
        assert (told.sent, len(told.unsent), states(casebook)) == (0, 1, [state])
        site.answers["/hook"] = (200, {}, b"")
        assert delivered(casebook).sent == 0, "not at once"
        make_waiting(casebook)
        assert delivered(casebook).sent == (state == "waiting")

    def test_one_that_fails_stops_no_other(self, casebook: Casebook, site: Site, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("not a folder")
        saved(casebook, Send(kind="cap", to=str(tmp_path / "file")), Send(kind="rss", to=str(tmp_path / "a.xml")))
        casebook.add(attack(4, "Desert Courier", "2025-06-11"))
        looked(casebook)
        told = delivered(casebook)
        assert (told.sent, len(told.unsent)) == (1, 1)
        assert (tmp_path / "a.xml").exists()


@pytest.fixture
def told(casebook: Casebook) -> list[Told]:
    """Alerts of an act, of its change, of a threat, and of an act known by area."""
    saved(casebook)
    casebook.add(attack(4, "Desert Courier", "2025-06-10"))
    found = looked(casebook)
    casebook.add(attack(9, "Border <Post> & Co", "2025-06-11", voice="Red Lantern Front"))
    casebook.add(threat())
    casebook.add(
        attack(2, "Valley Post", "2025-06-11", at=factory.GAO | {"precision": 4, "stand_in": True, "lat": 30.0}, day="2025-05-01")
    )
    return found + looked(casebook)


class TestCap:
    def test_is_valid_by_the_schema_of_oasis(self, told: list[Told]) -> None:
        from reportedly.watches.channels.cap import message

        assert len(told) == 4
        for one in told:
            checked = capvalidator.check_schema(message(one, "desk@newsroom.example"))
            assert checked.passed, checked.message

    def test_the_check_can_fail(self, told: list[Told]) -> None:
        from reportedly.watches.channels.cap import message

        broken = message(told[0], "desk@newsroom.example").replace(b"<scope>Restricted</scope>", b"<scope>Secret</scope>")
        assert not capvalidator.check_schema(broken).passed

    def test_a_change_refers_to_the_message_before(self, told: list[Told]) -> None:
        from reportedly.watches.channels.cap import message

        change = next(one for one in told if one.sort == "change")
        text = message(change, "desk@newsroom.example").decode()
        assert "<msgType>Update</msgType>" in text
        assert f"<references>desk@newsroom.example,{told[0].key},{told[0].made[:19]}-00:00</references>" in text

    def test_no_danger_is_rated_and_no_point_invented(self, told: list[Told]) -> None:
        from reportedly.watches.channels.cap import message

        texts = [message(one, "a@b.example").decode() for one in told]
        assert all("<severity>Unknown</severity>" in text for text in texts)
        circles = [re.findall("<circle>(.*)</circle>", text) for text in texts]
        assert [one for one in circles if one] == [["16.270,-0.040 5"], ["16.270,-0.040 5"]]
        assert "<urgency>Unknown</urgency>" in texts[[one.sort for one in told].index("threat")]


class TestOtherChannels:
    def test_rss_is_read_by_feed_readers_and_by_our_own_intake(
        self, casebook: Casebook, told: list[Told], tmp_path: Path
    ) -> None:
        from reportedly.casebook import models

        models.Outgoing.objects.using(casebook.alias).update(to=str(tmp_path / "a" / "b.xml"))
        delivered(casebook)
        parsed = feedparser.parse((tmp_path / "a" / "b.xml").read_bytes())
        assert not parsed.bozo and [entry.id for entry in parsed.entries] == [one.key for one in reversed(told)]
        items = list(take_in([str(tmp_path / "a" / "b.xml")]))
        assert all(item.report is not None for item in items) and len(items) == 4

    def test_webhook_gets_json_a_key_and_a_signature(
        self, casebook: Casebook, site: Site, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("REPORTEDLY_WEBHOOK_SECRET", "known to both")
        site.answers["/hook"] = (200, {}, b"thanks")
        saved(casebook, Send(kind="webhook", to=site.base + "/hook"))
        casebook.add(attack(4, "Desert Courier", "2025-06-11"))
        (one,) = looked(casebook)
        delivered(casebook)
        _, _, headers, body = site.asked[0]
        assert Told.model_validate(json.loads(body)) == one
        assert headers["Idempotency-Key"] == one.key
        signed = hmac.new(b"known to both", body, hashlib.sha256).hexdigest()
        assert headers["X-Reportedly-Signature"] == f"sha256={signed}"

    def test_one_letter_for_all_alerts_of_a_look(self, casebook: Casebook, post: Post) -> None:
        saved(casebook, Send(kind="email", to="ana@newsroom.example"))
        casebook.add(attack(4, "Desert Courier", "2025-06-11"))
        casebook.add(threat())
        assert len(looked(casebook)) == 2
        assert delivered(casebook).sent == 1
        (letter,) = post.letters
        assert (letter["To"], letter["From"]) == ("ana@newsroom.example", "desk@newsroom.example")
        assert letter["Subject"] == "[north] Battle – Gao, Mali – 10 June 2025 (and 1 more)"
        text = letter.get_content()
        assert "Killed: 4 (Desert Courier). [1]" in text and "Threat – Red Lantern Front" in text
        assert letter["Message-ID"].endswith("@newsroom.example>") and letter["Auto-Submitted"] == "auto-generated"
        assert delivered(casebook).sent == 0 and len(post.letters) == 1

    @pytest.mark.parametrize(("answer", "state"), [("451 later", "waiting"), ("550 no", "given_up")])
    def test_a_letter_that_is_refused(self, casebook: Casebook, post: Post, answer: str, state: str) -> None:
        post.answer = answer
        saved(casebook, Send(kind="email", to="ana@newsroom.example"))
        casebook.add(attack(4, "Desert Courier", "2025-06-11"))
        looked(casebook)
        told = delivered(casebook)
        assert (told.sent, states(casebook)) == (0, [state]) and answer[4:] in told.unsent[0][1]

    @pytest.mark.parametrize(
        "server", ["smtp://127.0.0.1:1", "smtp://user:secret@127.0.0.1:PORT", "imap://a", "", "smtp://a:port"]
    )
    def test_without_a_mail_server_it_waits_and_says_why(
        self, casebook: Casebook, post: Post, monkeypatch: pytest.MonkeyPatch, server: str
    ) -> None:
        port = os.environ["REPORTEDLY_SMTP"].rpartition(":")[2]
        monkeypatch.setenv("REPORTEDLY_SMTP", server.replace("PORT", port))
        saved(casebook, Send(kind="email", to="ana@newsroom.example"))
        casebook.add(attack(4, "Desert Courier", "2025-06-11"))
        looked(casebook)
        told = delivered(casebook)
        assert states(casebook) == ["waiting"] and post.letters == []
        assert "secret" not in told.unsent[0][1]

    def test_lines_cannot_be_smuggled_into_a_letter(self, casebook: Casebook, post: Post) -> None:
        saved(casebook, Send(kind="email", to="ana@newsroom.example"))
        casebook.add(
            attack(4, "Desert\nBcc: all@newsroom.example", "2025-06-11", at=factory.GAO | {"country": "Mali\r\nBcc: b@c.d"})
        )
        looked(casebook)
        assert delivered(casebook).sent == 1
        assert post.letters[0]["Bcc"] is None


class TestBriefs:
    def test_is_written_when_due_and_goes_on_where_the_last_one_ended(self, casebook: Casebook, tmp_path: Path) -> None:
        from reportedly.casebook import models

        folder = tmp_path / "out"
        saved(casebook, Send(kind="brief", to=str(folder), formats=("markdown", "json")), every=60)
        casebook.add(attack(4, "Desert Courier", "2025-06-11"))
        looked(casebook)
        delivered(casebook)
        assert not folder.exists()
        models.Watch.objects.using(casebook.alias).update(due=datetime.now(UTC) - timedelta(minutes=1))
        looked(casebook)
        assert delivered(casebook).sent == 1
        assert sorted(file.suffix for file in folder.iterdir()) == [".json", ".md"]
        first = json.loads(next(folder.glob("*.json")).read_text())
        assert not first["is_empty"] and first["window"]["basis"] == "added"
        watch = models.Watch.objects.using(casebook.alias).get()
        assert watch.since == datetime.fromisoformat(first["window"]["until"]) + timedelta(seconds=1)
        assert watch.due is not None and watch.due > datetime.now(UTC) + timedelta(minutes=58)

    def test_can_be_mailed(self, casebook: Casebook, post: Post) -> None:
        from reportedly.casebook import models

        saved(casebook, Send(kind="brief", to="ana@newsroom.example", formats=("html",)), at="06:00 Asia/Karachi")
        casebook.add(attack(4, "Desert Courier", "2025-06-11"))
        models.Watch.objects.using(casebook.alias).update(due=datetime.now(UTC) - timedelta(minutes=1))
        looked(casebook)
        delivered(casebook)
        (letter,) = post.letters
        (page,) = letter.iter_attachments()
        assert page.get_content_type() == "text/html" and "What is not known" in page.get_content()
        body = letter.get_body()
        assert body is not None and "killed: 4 (Desert Courier)" in body.get_content()


CLI = [sys.executable, "-m", "reportedly"]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., subprocess.CompletedProcess[str]]:
    """The command in a process of its own, with a casebook of its own."""
    environment = os.environ | {"REPORTEDLY_CASEBOOK": str(tmp_path / "c.sqlite"), "COLUMNS": "80", "OPENBLAS_NUM_THREADS": "1"}

    def run_command(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([*CLI, *arguments], env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)

    return run_command


class TestCommand:
    def test_from_a_feed_to_an_alert(self, run: Callable[..., Any], site: Site, tmp_path: Path) -> None:
        address = site.feed("/feed", rss("one"), ETag='"1"')
        assert run("watch", "feed", address, "--name", "Lake", "--every", "15m").returncode == 0
        added = run("watch", "add", "goma", "--area", "Goma", "--rss", "out/goma.xml", "--cap", "out/cap")
        assert added.returncode == 0, added.stderr
        done = run("watch", "run", "--once", "--allow-private")
        assert done.returncode == 0, done.stderr
        assert "1 feed asked, 1 report read, 1 alert, 2 sent." in done.stderr
        text = (tmp_path / "out" / "goma.xml").read_text()
        assert "Goma" in text and "at least 4" in text
        assert len(list((tmp_path / "out" / "cap").iterdir())) == 1
        again = run("watch", "run", "--once", "--allow-private")
        assert "0 feeds asked, 0 reports read, 0 alerts, 0 sent." in again.stderr
        listed = run("watch", "list").stdout
        assert all(words in listed for words in ("Lake", "1 new", "goma", "place: Goma", "2 sent"))
        data = json.loads(run("watch", "list", "--json").stdout)
        assert data["feeds"][0]["last_new"] == 1 and data["watches"][0]["outgoing"] == {"sent": 2}
        assert run("watch", "remove", "goma").returncode == run("watch", "remove", address).returncode == 0
        assert json.loads(run("watch", "list", "--json").stdout) == {"feeds": [], "watches": []}

    def test_a_feed_that_fails_is_named_and_status_3(self, run: Callable[..., Any], site: Site) -> None:
        run("watch", "feed", site.base + "/gone")
        done = run("watch", "run", "--once", "--allow-private")
        assert done.returncode == 3 and "404" in done.stderr
        assert "failed 1 times" in " ".join(run("watch", "list").stdout.split())

    def test_goes_on_until_stopped(self, run: Callable[..., Any], site: Site, tmp_path: Path) -> None:
        run("watch", "feed", site.base + "/gone")
        environment = os.environ | {"REPORTEDLY_CASEBOOK": str(tmp_path / "c.sqlite")}
        arguments = [*CLI, "watch", "run", "--every", "1m", "--allow-private"]
        with subprocess.Popen(arguments, env=environment, stderr=subprocess.PIPE, text=True) as process:
            assert process.stderr is not None
            told = [process.stderr.readline(), process.stderr.readline()]
            process.send_signal(signal.SIGINT)
            rest = process.stderr.read()
        assert "404" in told[0] and "0 feeds asked" in told[1]
        assert (process.returncode, rest) == (0, "Stopped. The next run goes on where this one was.\n")

    def test_killed_while_sending_it_sends_nothing_twice(self, run: Callable[..., Any], site: Site, tmp_path: Path) -> None:
        site.answers["/hook"] = (204, {}, b"")
        run("watch", "feed", site.feed("/feed", rss("one", "two")))
        run("watch", "add", "all", "--webhook", site.base + "/hook")
        environment = os.environ | {"REPORTEDLY_CASEBOOK": str(tmp_path / "c.sqlite")}
        process = subprocess.Popen(
            [*CLI, "watch", "run", "--once", "--allow-private"], env=environment, stderr=subprocess.DEVNULL
        )
        site.on_post = lambda: process.send_signal(signal.SIGKILL)
        assert process.wait(timeout=120) == -signal.SIGKILL
        site.on_post = None
        first = [headers["Idempotency-Key"] for method, _, headers, _ in site.asked if method == "POST"]
        for _ in range(2):
            run("watch", "run", "--once", "--allow-private")
        sent = [headers["Idempotency-Key"] for method, _, headers, _ in site.asked if method == "POST"]
        assert len(first) == 1 and len(sent) == len(set(sent))
        listed = run("watch", "outbox")
        assert "being sent since" in listed.stdout and max(map(len, listed.stdout.splitlines())) <= 80
        import sqlite3

        with sqlite3.connect(tmp_path / "c.sqlite") as database:
            database.execute("UPDATE casebook_outgoing SET taken = '2020-01-01 00:00:00' WHERE state = 'sending'")
        assert "1 in doubt or given up" in run("watch", "run", "--once", "--allow-private").stderr
        (row,) = json.loads(run("watch", "outbox", "--json").stdout)
        assert (row["state"], row["watch"], bool(row["about"])) == ("doubtful", "all", True)
        assert run("watch", "dismiss", "999").returncode == 2
        assert run("watch", "resend", str(row["number"])).stderr.startswith("1 to be sent again")
        assert ", 1 sent." in run("watch", "run", "--once", "--allow-private").stderr
        assert run("watch", "outbox").stderr == "Everything went out.\n"
        again = [headers["Idempotency-Key"] for method, _, headers, _ in site.asked if method == "POST"]
        assert again == [*sent, first[0]], "the receiver knows it by its key"

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (["add", "x", "--area", "Goma"], "--email"),
            (["add", "x", "--email", "nobody"], "e-mail"),
            (["add", "x", "--brief", "out"], "--at 06:00"),
            (["add", "x", "--brief", "out", "--at", "26:00"], "06:00"),
            (["add", "x", "--brief", "out", "--at", "06:00 Nowhere/Else"], "zone"),
            (["add", "x", "--rss", "a.xml", "--every", "6h"], "--brief"),
            (["add", "x", "--rss", "a.xml", "--type", "atack"], "attack"),
            (["add", "x/y", "--rss", "a.xml"], "NAME"),
            (["feed", "https://a.example/feed", "--every", "1m"], "5 minutes"),
            (["remove", "nothing"], "watch list"),
        ],
    )
    def test_wrong_use_is_one_line(self, run: Callable[..., Any], arguments: list[str], words: str) -> None:
        run("watch", "feed", "https://a.example/feed")
        done = run("watch", *arguments)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done.stderr
        assert words in done.stderr

    def test_every_subcommand_and_option_is_documented(self) -> None:
        import typer.main

        from reportedly.commands.watch import build

        page = (Path(__file__).parents[1] / "docs" / "commands.md").read_text("utf-8")
        own = (
            page.partition("## `reportedly watch`")[2].partition("\n## ")[0]
            + page.partition("## Every command")[2].partition("\n## ")[0]
        )
        group = typer.main.get_command(build())
        names = {
            option
            for command in group.commands.values()  # type: ignore[attr-defined]
            for parameter in command.params
            for option in parameter.opts
            if option.startswith("--") and option != "--help"
        }
        filters = {"--country", "--actor", "--type", "--family", "--status", "--voice", "--text"}
        missing = sorted(name for name in names - filters if f"`{name}`" not in own)
        missing += [name for name in group.commands if f"`reportedly watch {name}" not in own]  # type: ignore[attr-defined]
        assert missing == []


def test_settings_of_mail_are_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    from reportedly.watches.channels import mail

    monkeypatch.setenv("REPORTEDLY_SENDER", "not an address")
    with pytest.raises(SettingError, match="REPORTEDLY_SENDER"):
        mail.sender()
    monkeypatch.setenv("REPORTEDLY_SMTP", "smtps://ana:p%40ss@mail.example")
    assert mail.server() == mail.Server("mail.example", 465, "ana", "p@ss", is_tls=True)


def test_send_errors_say_what_may_be_tried_again(site: Site) -> None:
    from reportedly.watches.channels import web

    site.answers["/hook"] = (410, {}, b"")
    with pytest.raises(SendError) as refused:
        web.send(site.base + "/hook", b"x", "text/plain", "k", Options(allow_private=True))
    assert refused.value.is_final and not refused.value.is_unsure

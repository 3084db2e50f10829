"""A whole casebook as JSON Lines, out and in: every table is the same, on SQLite and on PostgreSQL; and what of it is safe."""

from __future__ import annotations

import hashlib
import io
import json
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import casebook_factory as make
import exports_casebook as cases
import pytest

import reportedly.casebook
from reportedly.casebook import Filter
from reportedly.errors import IntakeError
from reportedly.exports import archive, export
from reportedly.incidents.records import Incident

if TYPE_CHECKING:
    from reportedly.casebook.book import Casebook
    from reportedly.casebook.stored import Restored

ASKED = Filter()
DERIVED = {
    "Claim",
    "ClaimActor",
    "Relation",
    "ClaimBlock",
    "Original",
    "Reading",
    "Report",
    "ClaimPair",
    "IncidentClaim",
    "Grade",
    "SourceNote",
}
"""Tables told with others, or made anew from the readings."""


def fill(book: Casebook) -> None:
    """Everything that a casebook can hold: copies, older and newer readings, decisions made and undone, merges and splits, a
    rejected report, grades, runs that ended and that failed, a feed, a watch with what it noticed and what waits to be sent."""
    cases.fill(book)
    first = cases.readings()[0]
    near = first.report.model_copy(update={"id": "report-near", "text": first.report.text + " ", "sha256": "0" * 64})
    book.add(first.model_copy(update={"report": near, "claims": (), "relations": ()}), near=first.report.id)
    kept = make.reading(make.report("Nothing happened in Gao.", sha256=hashlib.sha256(b"<p>bytes</p>").hexdigest()))
    book.add(kept, b"<p>bytes</p>")
    book.add_many([make.clash("2025-05-02", 3), make.clash("2025-05-20", 5)])
    book.merge()
    decide(book)
    read_anew(book)
    book.grade("Desert Courier", "B", "2", by="ana", why="long known")
    book.grade("Desert Courier", "C", by="ben")
    book.note_source("Desert Courier", kind="newspaper", owner="Desert Press", by="ana", why="its imprint")
    book.note_source("Desert Courier", kind="newspaper", speaks_for="Blue Ridge Army", by="ben")
    with book.loading("9.9") as run:
        list(run.todo([first], lambda one: one.report.sha256))
        run.fail(first.report.sha256, "a.pdf", "no text")
    watch(book)
    book.add(make.clash("2025-07-01", 2))  # waits to be joined


def decide(book: Casebook) -> None:
    """Decisions of every kind; some are undone, some move incidents."""
    blast = next(book.claims(Filter(type="bombing")))
    book.decide(blast.id, "correct", by="ana", why="seen the list", correction='{"killed": 5}')
    march = next(book.incidents(Filter(type="protest")))
    book.undo(book.decide(march.id, "accept", by="ben").id, by="ana", why="too early")
    book.decide(march.id, "accept", by="cleo")
    clashes = [
        incident for incident in book.incidents(Filter(type="battle")) if incident.from_day in {"2025-05-02", "2025-05-20"}
    ]
    joined = book.decide(clashes[0].id, "same", by="ben", other=clashes[1].id)
    book.merge()
    book.undo(joined.id, by="ben")
    book.merge()
    book.decide(clashes[0].id, "same", by="cleo", other=clashes[1].id)
    book.merge()
    merged = next(change for change in book.trail() if change.kind == "merged")
    book.reverse(merged.id, by="dan")
    book.merge()
    book.decide(next(book.relations()).id, "reject", by="ana")
    book.decide(next(book.actors()).id, "unsure", by="ana")
    report = next(report for report in book.reports() if report.text == cases.TAKEN)
    book.decide(report.id, "reject", by="ana")
    book.merge()


def read_anew(book: Casebook) -> None:
    """A newer reader loses a claim and changes another; an older one is kept beside it."""

    def newer(report: Any) -> Any:
        was = book.reading(report.id)
        changed = [claim.model_copy(update={"hedges": claim.evidence[:1]}) for claim in was.claims]
        return was.model_copy(
            update={"reader": "reportedly 0.2.0", "claims": tuple(changed[:-1] if len(changed) > 1 else changed)}
        )

    book.reread(newer, version="reportedly 0.2.0")
    report = next(book.reports())
    book.add(book.reading(report.id).model_copy(update={"reader": "reportedly 0.0.9", "claims": ()}))
    book.merge()


def watch(book: Casebook) -> None:
    """A feed, and a watch that noticed something and has letters waiting, sent and in doubt."""
    from reportedly.casebook import models

    using, now = book.alias, datetime(2025, 6, 5, 12, 30, 0, 123456, tzinfo=UTC)
    models.Feed.objects.using(using).create(address="https://example.org/feed.xml", name="Feed", every=20, etag='"1"', failures=2)
    row = models.Watch.objects.using(using).create(
        name="gao", asked={"place": "Gao"}, sends=[{"kind": "rss", "to": "x.xml", "format": ""}],
        at="06:00 Asia/Karachi", made=now, checked=now, since=now, due=now + timedelta(days=1),
    )  # fmt: skip
    models.Noticed.objects.using(using).create(watch=row, subject="incident-1")
    models.Alert.objects.using(using).create(watch=row, key="alert-1", about="incident-1", made=now, record='{"title": "é"}')
    for number, state in enumerate(("waiting", "sent", "doubtful")):
        models.Outgoing.objects.using(using).create(
            watch=row, kind="mail", to="a@example.org", key=f"k{number}", payload="{}", state=state, due=now, tries=number
        )


def tables(book: Casebook) -> dict[str, list[str]]:
    """All rows of all tables, with the keys of other rows in place of their numbers; numbers that people see are kept."""
    from django.apps import apps

    return {
        model.__name__: sorted(repr(row) for row in rows(book.alias, model))
        for model in apps.get_app_config("casebook").get_models()
    }


def rows(using: str, model: Any) -> Iterator[tuple[Any, ...]]:
    fields = [item for item in model._meta.concrete_fields if not item.primary_key or model.__name__ == "IncidentChange"]
    for row in model._default_manager.using(using).select_related(*[item.name for item in fields if item.is_relation]):
        yield tuple((item.name, known(getattr(row, item.name))) for item in fields)


def known(value: Any) -> Any:
    from django.db.models import Model

    if isinstance(value, Model):
        names = ("report_key", "key", "name", "started", "version")
        return tuple(str(getattr(value, name)) for name in names if hasattr(value, name))
    if isinstance(value, memoryview | bytes):
        return bytes(value)
    if isinstance(value, dict | list):
        return json.dumps(value, sort_keys=True)
    return value.isoformat() if isinstance(value, date | datetime) else value


def told(book: Casebook, asked: Filter = ASKED) -> str:
    stream = io.StringIO(newline="")
    export(book, asked, "jsonl", stream, "casebook")
    return stream.getvalue()


def bring(book: Casebook, text: str, *, watches: bool = False) -> Restored:
    return archive.read(book, text.splitlines(keepends=True), "x", watches=watches)


@pytest.fixture
def filled(casebook: Casebook) -> Casebook:
    fill(casebook)
    return casebook


def test_every_table_is_the_same_again(filled: Casebook, new_casebook: Callable[[], Casebook]) -> None:
    before = tables(filled)
    assert all(before.values()), [name for name, found in before.items() if not found]
    text, other = told(filled), new_casebook()
    done = bring(other, text, watches=True)
    assert (done.is_whole, done.known, done.feeds, done.watches, done.left) == (True, 0, 1, 1, 0)
    after = tables(other)
    for name, found in before.items():
        assert after[name] == found, name
    assert told(other) == text  # byte for byte
    again = bring(other, text, watches=True)
    assert (again.reports, again.decisions, again.watches) == (0, 0, 0)
    assert told(other).count('"decision"') == text.count('"decision"')


def test_both_go_on_alike(filled: Casebook, new_casebook: Callable[[], Casebook]) -> None:
    """New reports, decisions and undoing find the same incidents in both."""
    other = new_casebook()
    bring(other, told(filled))
    for book in (filled, other):
        book.add(make.clash("2025-05-02", 8, source="Border Post"))
        book.merge()
        for decision in [one for one in book.decisions() if one.verdict in {"same", "different", "reject"}]:
            book.undo(decision.id, by="eve")
        book.merge()
    assert list(other.incidents()) == list(filled.incidents())
    left, right = ([(one.id, one.incident, one.kind, one.claims) for one in book.trail()] for book in (filled, other))
    assert left == right
    assert list(other.search("attacked")) == list(filled.search("attacked"))


def test_from_sqlite_to_postgresql_and_back(postgres: Any, tmp_path: Path) -> None:
    with reportedly.casebook.open(tmp_path / "a.sqlite") as one, reportedly.casebook.open(tmp_path / "c.sqlite") as three:
        fill(one)
        with reportedly.casebook.open(postgres.new_database()) as two:
            bring(two, told(one), watches=True)
            bring(three, told(two), watches=True)
        assert tables(three) == tables(one)
        assert told(three) == told(one)


def test_beside_what_is_there_nothing_is_lost(filled: Casebook, new_casebook: Callable[[], Casebook]) -> None:
    other = new_casebook()
    other.add(make.clash("2025-06-02", 6, source="Border Post"))
    other.merge()
    mine = next(other.incidents()).id
    other.decide(mine, "accept", by="zoe")
    done = bring(other, told(filled))
    assert not done.is_whole and done.left == 2
    assert {report.id for report in filled.reports()} < {report.id for report in other.reports()}
    ids = {decision.id for decision in other.decisions(undone=True)}
    assert {decision.id for decision in filled.decisions(undone=True)} < ids
    assert "zoe" in {decision.by for decision in other.decisions()}
    assert other.get(mine)
    for incident in filled.incidents():
        assert other.get(incident.id), incident.id
    before = list(other.incidents())
    again = bring(other, told(filled))
    assert (again.reports, again.decisions) == (0, 0)
    assert list(other.incidents()) == before


def test_undone_elsewhere_is_undone_here(filled: Casebook, new_casebook: Callable[[], Casebook]) -> None:
    other = new_casebook()
    bring(other, told(filled))
    held = next(filled.decisions())
    filled.undo(held.id, by="ben")
    bring(other, told(filled))
    assert next(one for one in other.decisions(undone=True) if one.id == held.id).undone_by == "ben"


def test_a_part_holds_its_reports_and_what_they_copy(filled: Casebook, new_casebook: Callable[[], Casebook]) -> None:
    text, other = told(filled, Filter(report="report-near")), new_casebook()
    lines = [json.loads(line) for line in text.splitlines()]
    assert [line["whole"] for line in lines if "casebook" in line] == [False]
    assert not {"watch", "feed", "outgoing", "run", "pairs"} & {name for line in lines for name in line}
    bring(other, text)
    assert {report.duplicate_of for report in other.reports() if report.id == "report-near"} == {cases.readings()[0].report.id}
    first = cases.readings()[0].report.id
    assert {claim.report for claim in other.claims()} == {first} and list(other.incidents())
    assert all(str(decision.report) in {first, "report-near"} for decision in other.decisions())


def test_a_part_keeps_its_incidents(filled: Casebook, new_casebook: Callable[[], Casebook]) -> None:
    """Their ids, trail and decisions, those without claims that led to them too."""
    chosen = Filter(type="battle")
    text, other = told(filled, chosen), new_casebook()
    head = json.loads(text.splitlines()[0])
    assert (head["whole"], head["filter"]) == (False, {"type": "battle"})
    bring(other, text)
    mine = {report.id for report in other.reports()}
    inside = [one for one in filled.incidents() if {link.report for link in one.members} <= mine]
    assert inside and [other.get(one.id) for one in inside] == inside
    held = {one.id for one in inside}
    trails = [[(one.incident, one.kind, one.other) for one in book.trail() if one.incident in held] for book in (filled, other)]
    assert trails[0] and trails[0] == trails[1]
    kept = {one.id for one in other.decisions(undone=True)}
    ruled = {one.id for one in filled.decisions(undone=True) if one.subject in held}
    assert ruled and ruled <= kept
    assert head["left"]["decisions"] == len(list(filled.decisions(undone=True))) - len(kept) > 0
    assert head["left"]["reports"] == len(list(filled.reports())) - len(mine) > 0
    again = json.loads(told(other, chosen).splitlines()[0])["left"]
    assert again == {"reports": 0, "incidents": 0, "claims": 0, "decisions": 0}


def test_a_part_says_which_incidents_it_cuts(filled: Casebook, new_casebook: Callable[[], Casebook]) -> None:
    """An incident that other reports tell too keeps its id, and tells only what the part holds."""
    whole = next(one for one in filled.incidents() if one.reports > 1)
    some = whole.members[0].report
    text, other = told(filled, Filter(report=some)), new_casebook()
    left = json.loads(text.splitlines()[0])["left"]
    assert left["incidents"] == 1 and left["claims"] > 0
    done = bring(other, text)
    assert done.behind is not None and (done.behind.incidents, done.behind.claims) == (1, left["claims"])
    found = other.get(whole.id)
    assert isinstance(found, Incident) and found.reports < whole.reports
    assert bring(new_casebook(), told(filled)).behind is None


def test_watches_wait_to_be_asked_for(filled: Casebook, new_casebook: Callable[[], Casebook]) -> None:
    """Somebody else's file must not make this machine poll and send."""
    other = new_casebook()
    assert bring(other, told(filled)).left == 2
    found = tables(other)
    assert not any(found[name] for name in ("Feed", "Watch", "Noticed", "Alert", "Outgoing"))


def test_a_killed_import_leaves_nothing_and_can_be_repeated(tmp_path: Path) -> None:
    source, target = tmp_path / "a.sqlite", tmp_path / "b.sqlite"
    with reportedly.casebook.open(source) as book:
        fill(book)
        text, before = told(book), tables(book)
    reportedly.casebook.open(target).close()
    process = multiprocessing.get_context("spawn").Process(target=bring_slowly, args=(target, text, tmp_path / "half"))
    process.start()
    while not (tmp_path / "half").exists():
        assert process.is_alive()
        time.sleep(0.05)
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join()
    with reportedly.casebook.open(target) as book:
        assert not any(tables(book).values())
        bring(book, text, watches=True)
        assert tables(book) == before


def bring_slowly(target: Path, text: str, half: Path) -> None:
    """Stop for good before the last lines."""
    lines = text.splitlines()

    def slowly() -> Iterator[str]:
        for number, line in enumerate(lines):
            if number == len(lines) - 3:
                half.touch()
                time.sleep(60)
            yield line

    with reportedly.casebook.open(target) as book:
        archive.read(book, slowly(), "x", watches=True)


def test_an_export_sees_one_moment_and_holds_nobody_up(tmp_path: Path) -> None:
    with reportedly.casebook.open(tmp_path / "a.sqlite") as book, reportedly.casebook.open(tmp_path / "b.sqlite") as other:
        fill(book)
        before, lines = told(book), list[str]()
        writer = reportedly.casebook.open(tmp_path / "a.sqlite")

        def put(one: dict[str, Any]) -> None:
            if not lines:
                thread = threading.Thread(target=lambda: writer.add(make.clash("2024-01-01", 1)))
                thread.start()
                thread.join(20)
                assert not thread.is_alive()
            lines.append(json.dumps(one))

        book.dump(put=put)
        assert len(lines) == len(before.splitlines())
        assert bring(other, "\n".join(lines)).is_whole
        assert book.counts()["reports"] == other.counts()["reports"] + 1


HEAD = json.dumps({"casebook": 2, "version": "x", "whole": True})


@pytest.mark.parametrize(
    "line",
    [
        "no json", "[]", '{"id": "claim-1"}', '{"reading": {"x": 1}}', '{"decision": 3}', '{"decision": {"key": "d"}}', HEAD,
        '{"source": {"key": "s", "name": "a\\u0000b", "grades": [], "notes": []}}',
        '{"source": {"key": 3, "name": "x", "grades": [], "notes": []}}',
        '{"actor": {"key": "a", "name": "x", "kind": "y", "more": 1}}', '{"run": {"started": "yesterday", "version": "x"}}',
        '{"incident": {"key": "i", "record": "{}"}}', '{"pairs": [[1]]}', '{"change": {"id": 1}}',
    ],
)  # fmt: skip
def test_what_cannot_be_stored_is_named_and_nothing_is_kept(line: str, casebook: Casebook) -> None:
    actor = json.dumps({"actor": {"key": "a-1", "name": "A", "kind": "class"}})
    with pytest.raises(IntakeError, match="x:3"):
        bring(casebook, "\n".join((HEAD, actor, line)))
    assert not any(tables(casebook).values())


@pytest.mark.parametrize("head", ['{"casebook": 3, "version": "x", "whole": true}', '{"actor": {}}', "{}"])
def test_another_format_is_refused(head: str, casebook: Casebook) -> None:
    with pytest.raises(IntakeError, match="x:1"):
        bring(casebook, head)


def test_every_table_is_told_or_follows_from_others() -> None:
    """A new table of the casebook must be thought of here."""
    from django.apps import apps

    from reportedly.casebook.connection import configure
    from reportedly.casebook.whole import NAMES

    configure()
    named = {model.__name__ for model in NAMES}
    assert named | DERIVED == {model.__name__ for model in apps.get_app_config("casebook").get_models()}
    assert not named & DERIVED

"""Loading: whole or not at all, once, resumable, and what comes back is what went in."""

from __future__ import annotations

import hashlib
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from casebook_factory import GAO, claim, clash, many, reading, relation, report
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import reportedly.casebook
from reportedly.casebook import Filter
from reportedly.errors import CasebookError
from reportedly.records import Actor, Attribution, Claim, Count, Mention, Place, Reading, Relation, Report, Span, Time, Voice

if TYPE_CHECKING:
    from reportedly.casebook.book import Casebook

ON_SQLITE = pytest.mark.parametrize("new_address", ["sqlite"], indirect=True)
"""For what does not depend on the database."""
TEXT = "Red Lantern Front attacked Blue Ridge Army in Gao. The army denied it."


def test_stored_reading_comes_back(casebook: Casebook) -> None:
    given_reading = clash()
    added = casebook.add(given_reading)
    assert (added.outcome, added.claims, added.relations) == ("new", 1, 1)
    assert casebook.reading(added.report) == given_reading
    assert [stored.plain() for stored in casebook.reports()] == [given_reading.report]
    assert [stored.plain() for stored in casebook.claims()] == list(given_reading.claims)
    assert [stored.plain() for stored in casebook.relations()] == list(given_reading.relations)
    (stored,) = casebook.claims()
    assert (stored.report, stored.source, stored.incidents) == (added.report, "Desert Courier", ())


def test_same_reading_twice_changes_nothing(casebook: Casebook) -> None:
    casebook.add(clash())
    before = dump(casebook)
    assert casebook.add(clash()).outcome == "unchanged"
    assert dump(casebook) == before


@ON_SQLITE
def test_report_without_claims_is_stored_unread(casebook: Casebook) -> None:
    french = reading(report("Le calme est revenu à Gao.", language="fr", published=None), unread="language: fr")
    casebook.add(french)
    (stored,) = casebook.reports()
    assert (stored.unread, stored.claims, stored.published, stored.title) == ("language: fr", 0, None, None)
    assert list(casebook.claims()) == []


def test_newer_reader_replaces_claims_and_keeps_the_old_reading(casebook: Casebook) -> None:
    stored = report(TEXT)
    old = reading(stored, claim(TEXT, "attacked"), claim(TEXT, "denied", "denial"), reader="reportedly 0.9.0")
    new = reading(stored, claim(TEXT, "attacked", actors=["Red Lantern Front"]), reader="reportedly 0.10.0")
    casebook.add(old)
    assert casebook.add(new).outcome == "updated"
    assert [found.plain() for found in casebook.claims()] == list(new.claims)
    assert casebook.reading(stored.id) == new
    assert casebook.reading(stored.id, "reportedly 0.9.0") == old


@ON_SQLITE
def test_older_reader_does_not_replace(casebook: Casebook) -> None:
    stored = report(TEXT)
    casebook.add(reading(stored, claim(TEXT, "attacked"), reader="reportedly 0.10.0"))
    assert casebook.add(reading(stored, reader="reportedly 0.9.0")).outcome == "older"
    assert len(list(casebook.claims())) == 1
    assert casebook.reading(stored.id, "reportedly 0.9.0").claims == ()


def test_original_bytes_are_kept(casebook: Casebook) -> None:
    data = b"<p>" + TEXT.encode() + b"</p>\x00\xff"
    stored = report(TEXT, sha256=hashlib.sha256(data).hexdigest())
    casebook.add(reading(stored), data)
    assert casebook.original(stored.id) == data
    other = clash()
    casebook.add(other)
    assert casebook.original(other.report.id) is None


@ON_SQLITE
def test_wrong_bytes_are_refused(casebook: Casebook) -> None:
    with pytest.raises(CasebookError, match="SHA-256"):
        casebook.add(clash(), b"something else")
    assert list(casebook.reports()) == []


@ON_SQLITE
def test_text_never_changes(casebook: Casebook) -> None:
    casebook.add(reading(report(TEXT, id="r1")))
    with pytest.raises(CasebookError, match="never changes"):
        casebook.add(reading(report(TEXT + " More.", id="r1")))
    assert casebook.get("r1").text == TEXT  # type: ignore[union-attr]


def test_copies_are_linked_to_the_first(casebook: Casebook) -> None:
    first = report(TEXT, source="Wire Service", id="r1")
    casebook.add(reading(first))
    exact = casebook.add(reading(report(TEXT, source="Valley Post", id="r2")))
    near = casebook.add(reading(report(TEXT + " Staff.", source="Hill Post", id="r3")), near="r2")
    assert (exact.duplicate_of, exact.duplicate_kind) == ("r1", "exact")
    assert (near.duplicate_of, near.duplicate_kind) == ("r1", "near")
    copies = {stored.id: (stored.duplicate_of, stored.duplicate_kind) for stored in casebook.reports()}
    assert copies == {"r1": (None, None), "r2": ("r1", "exact"), "r3": ("r1", "near")}
    assert casebook.add(reading(report(TEXT, source="Wire Service", id="other id"))).report == "r1"


@ON_SQLITE
def test_copy_of_an_unknown_report_is_an_error(casebook: Casebook) -> None:
    with pytest.raises(CasebookError, match="Add it first"):
        casebook.add(clash(), near="report-unknown")


@ON_SQLITE
@pytest.mark.parametrize("text", ["with a NUL \x00 in it", "with half a pair \ud83d of it"])
def test_unstorable_text_is_refused(casebook: Casebook, text: str) -> None:
    stored = Report(id="r1", text=text, sha256="0" * 64)
    with pytest.raises(CasebookError, match="no database stores"):
        casebook.add(reading(stored))


@ON_SQLITE
@pytest.mark.parametrize("key", ["", "x" * 256])
def test_odd_ids_are_refused(casebook: Casebook, key: str) -> None:
    with pytest.raises(CasebookError, match="an id must have"):
        casebook.add(reading(report(TEXT, id=key)))


@ON_SQLITE
def test_add_many_goes_on_after_a_failure(casebook: Casebook) -> None:
    bad = reading(Report(id="bad", text="\x00", sha256="0" * 64))
    summary = casebook.add_many([clash(), bad, clash(), clash(day="2025-05-01"), clash(source="Valley Post")])
    assert (summary.read, summary.unchanged, summary.duplicates, summary.failed) == (3, 1, 0, 1)
    assert summary.errors[0][0] == "bad"


def test_a_run_skips_what_is_done_and_tries_failures_again(casebook: Casebook) -> None:
    readings = [clash(day=f"2025-05-{day:02}") for day in range(1, 6)]
    seen: list[list[str]] = []
    for _ in range(3):
        with casebook.loading("reportedly 0.1.0") as run:
            seen.append([])
            for item in run.todo(readings, lambda item: item.report.sha256, lambda item: item.report.id):
                seen[-1].append(item.report.id)
                if item is readings[2] and len(seen) < 3:
                    run.fail(item.report.sha256, item.report.id, "the parser gave up")
                else:
                    run.store(item)
    ids = [item.report.id for item in readings]
    assert seen == [ids, [ids[2]], [ids[2]]]
    assert (run.summary.read, run.summary.unchanged, run.summary.failed) == (1, 4, 0)


@ON_SQLITE
def test_another_version_reads_all_again(casebook: Casebook) -> None:
    casebook.add(clash())
    with casebook.loading("reportedly 0.2.0") as run:
        assert len(list(run.todo([clash()], lambda item: item.report.sha256))) == 1


@ON_SQLITE
def test_texts_of_one_file_are_no_copies(casebook: Casebook) -> None:
    """Two texts may carry the hash of the same bytes, as when one file holds both."""
    for number in (1, 2):
        casebook.add(reading(report(f"Item {number} of the feed.", sha256="a" * 64)))
    assert [stored.duplicate_of for stored in casebook.reports()] == [None, None]


def test_odd_names_of_failures_are_recorded(casebook: Casebook) -> None:
    with casebook.loading("reportedly 0.1.0") as run:
        run.fail("a" * 64, "broken\x00.pdf", "no text layer")
        run.fail("a" * 64, "broken\x00.pdf", "no text layer")
    assert run.summary.errors == (("broken\x00.pdf", "no text layer"),) * 2


CHILD = """
import sys, time
sys.path.insert(0, {tests!r})
import reportedly.casebook
book = reportedly.casebook.open({address!r})
from reportedly.casebook import load, merge
from casebook_factory import many

def stop_inside(module, name, call):
    plain, calls = getattr(module, name), [0]
    def inside(*arguments):
        result = plain(*arguments)
        calls[0] += 1
        if calls[0] == call:
            print("inside", flush=True)
            time.sleep(60)
        return result
    setattr(module, name, inside)

stop_inside({module}, {name!r}, {call})
book.add_many(many())
merge.BATCH = 7
book.merge()
print("finished", flush=True)
"""


@pytest.fixture(scope="module")
def unbroken(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Any]]]:
    """What a run gives that nobody kills, on either database."""
    address = shutil.copy(migrated_file, tmp_path_factory.mktemp("unbroken") / "casebook.sqlite")
    with reportedly.casebook.open(address) as book, pytest.MonkeyPatch.context() as patch:
        from reportedly.casebook import merge

        patch.setattr(merge, "BATCH", 7)
        book.add_many(many())
        book.merge()
        return dump(book)


@pytest.mark.parametrize(
    ("new_address", "module", "name", "call", "stored"),
    [
        pytest.param("sqlite", "load", "_report", 5, 4, id="sqlite, report stored, reading not"),
        pytest.param("sqlite", "load", "_replace_claims", 9, 8, id="sqlite, claims stored, not committed"),
        pytest.param("sqlite", "load", "_replace_claims", 25, 24, id="sqlite, claims replaced, not committed"),
        pytest.param("sqlite", "merge", "_compare", 2, 24, id="sqlite, claims scored, not grouped"),
        pytest.param("sqlite", "merge._Regrouping", "run", 3, 24, id="sqlite, incidents written, not committed"),
        pytest.param("postgresql", "load", "_replace_claims", 25, 24, id="postgresql, claims replaced, not committed"),
        pytest.param("postgresql", "merge._Regrouping", "run", 3, 24, id="postgresql, incidents written, not committed"),
    ],
    indirect=["new_address"],
)
def test_killed_in_the_middle_and_continued(
    new_address: Callable[[], str],
    monkeypatch: pytest.MonkeyPatch,
    unbroken: dict[str, list[dict[str, Any]]],
    module: str,
    name: str,
    call: int,
    stored: int,
) -> None:
    """A kill that no handler sees, inside a transaction; going on then gives what an unbroken run gives."""
    killed = new_address()
    code = CHILD.format(tests=str(Path(__file__).parent), address=killed, module=module, name=name, call=call)
    child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "inside\n"
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    with reportedly.casebook.open(killed) as book:
        from reportedly.casebook import merge

        monkeypatch.setattr(merge, "BATCH", 7)
        assert book.counts()["reports"] == stored
        book.add_many(many())
        book.merge()
        found = dump(book)
    assert found == unbroken
    assert len(found["incidents"]) == 12


def dump(casebook: Casebook) -> dict[str, list[dict[str, Any]]]:
    """All that a casebook gives back."""
    return {
        "reports": [item.model_dump() for item in casebook.reports()],
        "claims": [item.model_dump() for item in casebook.claims()],
        "relations": [item.model_dump() for item in casebook.relations()],
        "incidents": [item.model_dump() for item in casebook.incidents()],
        "actors": [item.model_dump() for item in casebook.actors()],
    }


words = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=30)
days = st.dates().map(lambda day: day.isoformat())
numbers = st.none() | st.integers(0, 10**12)


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Any reading whose spans are in its text."""
    text = draw(words.filter(bool))

    def spans() -> st.SearchStrategy[dict[str, Any]]:
        ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
        return ends.map(lambda pair: {"text": text[pair[0] : pair[1]], "start": pair[0], "end": pair[1]})

    span = spans().map(lambda found: Span(**found))
    actors = st.builds(
        lambda found, name, key: Actor(**found, name=name, id=key), spans(), words, st.none() | st.sampled_from(["a-1", "b-2"])
    )
    places = st.builds(
        lambda found, name, lat, precision: Place(**found, name=name, lat=lat, lon=lat, precision=precision, iso2="ML"),
        spans(),
        words,
        st.none() | st.floats(-90, 90),
        st.none() | st.integers(1, 7),
    )
    times = st.builds(lambda pair: Time.model_validate({"from": min(pair), "to": max(pair)}), st.tuples(days, days)) | st.builds(
        lambda last: Time(to=last, basis="bounded_by_publication"), days
    )
    counts = st.builds(
        lambda found, what, low, high: Count(**found, what=what, low=low, high=high),
        spans(),
        st.sampled_from(["killed", "injured", "abducted"]),
        numbers,
        numbers,
    )
    voices = st.lists(st.builds(Voice, name=words, stance=st.sampled_from(["asserts", "denies"])), min_size=1, max_size=3).map(
        tuple
    )

    def tuples(items: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
        return st.lists(items, max_size=3).map(tuple)

    claims = st.builds(
        Claim,
        id=words.filter(bool),
        type=words,
        family=st.sampled_from(["battle", "denial", "abduction"]),
        trigger=span,
        actors=tuples(actors),
        targets=tuples(actors),
        place=st.none() | places,
        time=st.none() | times,
        counts=tuples(counts),
        status=st.sampled_from(["occurred", "alleged", "denied", "planned"]),
        negated=st.booleans(),
        background=st.booleans(),
        attribution=voices,
        evidence=tuples(span),
        about=tuples(words),
    )
    relations = st.builds(
        Relation,
        id=words.filter(bool),
        kind=st.sampled_from(["hostile", "truce"]),
        a=actors,
        b=actors,
        attribution=voices,
        evidence=tuples(span),
    )
    mentions = st.builds(lambda found, read: Mention(**found, kind="actor", reading=read), spans(), actors)
    stored = Report(
        id=draw(words.filter(bool)),
        text=text,
        title=draw(st.none() | words),
        source=draw(st.none() | words),
        published=draw(st.none() | days),
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )
    return Reading(
        reader=draw(st.sampled_from(["reportedly 0.1.0", "reportedly 0.2.0", "odd"])),
        report=stored,
        claims=tuple(draw(st.lists(claims, max_size=3, unique_by=lambda item: item.id))),
        relations=tuple(draw(st.lists(relations, max_size=2, unique_by=lambda item: item.id))),
        mentions=tuple(draw(st.lists(mentions, max_size=2))),
        attributions=tuple(draw(st.lists(st.builds(Attribution, source=st.none() | span, content=tuples(span)), max_size=2))),
    )


@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(item=readings())
def test_store_and_load_return_the_same(casebook: Casebook, item: Reading) -> None:
    """Whatever a reading holds, the casebook gives the same back, and joining and searching it never fails."""
    from django.db import transaction

    with transaction.atomic(using=casebook.alias):
        key = casebook.add(item).report
        assert casebook.reading(key) == item
        assert sorted((found.plain() for found in casebook.claims(Filter(report=key))), key=lambda c: c.id) == sorted(
            item.claims, key=lambda c: c.id
        )
        casebook.merge()
        list(casebook.search(item.report.text))
        transaction.set_rollback(True, using=casebook.alias)


def test_claims_of_one_report_may_share_nothing_but_the_report(casebook: Casebook) -> None:
    """Two reports with the same claim id, as a wire copy read anew may have, are both kept."""
    told = claim(TEXT, "attacked", id="claim-same", at=GAO)
    casebook.add(reading(report(TEXT, id="r1", source="A"), told))
    casebook.add(
        reading(report(TEXT, id="r2", source="B"), told, relations=(relation(TEXT, "Red Lantern Front", "Blue Ridge Army"),))
    )
    assert [(found.id, found.report) for found in casebook.claims()] == [("claim-same", "r1"), ("claim-same", "r2")]

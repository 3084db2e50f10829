"""Listings, filters, search and look-up by id."""

from __future__ import annotations

import shutil
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from casebook_factory import ANSONGO, ERBIL, GAO, claim, clash, reading, report
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import reportedly.casebook
from reportedly.casebook import Filter
from reportedly.errors import CasebookError, SettingError

if TYPE_CHECKING:
    from reportedly.casebook.book import Casebook

ON_SQLITE = pytest.mark.parametrize("new_address", ["sqlite"], indirect=True)
"""For what does not depend on the database."""
CEASEFIRE = "Blue Ridge Army and River Guard signed a ceasefire in Ansongo, River Guard's spokesman told reporters."
BLAST = "A car bomb exploded at a market in Érbil, wounding nobody, police said. An old blast there in 2019 killed 12."


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def filled(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Casebook]:
    """Three reports: a clash in Gao, a ceasefire in Ansongo, a bomb in Erbil with an old one as background. Read by many tests,
    changed by none."""
    if request.param == "sqlite":
        source: Path = request.getfixturevalue("migrated_file")
        address = str(shutil.copy(source, tmp_path_factory.mktemp("filled") / "casebook.sqlite"))
    else:
        address = request.getfixturevalue("postgres").new_casebook()
    with reportedly.casebook.open(address) as casebook:
        fill(casebook)
        casebook.merge()
        yield casebook


def fill(casebook: Casebook) -> None:
    """Store the three reports."""
    casebook.add(clash())
    pact = claim(
        CEASEFIRE,
        "signed",
        "agreement",
        actors=["Blue Ridge Army"],
        targets=["River Guard"],
        at=ANSONGO,
        day="2025-06-10",
        voice="River Guard",
    )
    casebook.add(reading(report(CEASEFIRE, title="Quiet on the river", source="Valley Post", published="2025-06-11"), pact))
    blast = claim(
        BLAST,
        "exploded",
        "explosion_remote_violence",
        at=ERBIL,
        place_words="Érbil",
        day=(None, "2025-05-20"),
        voice="police",
        status="alleged",
    )
    old = claim(
        BLAST, "killed", "explosion_remote_violence", day=("2019-01-01", "2019-12-31"), background=True, killed=("12", 12, 12)
    )
    casebook.add(reading(report(BLAST, source="Hill Post", published="2025-05-20"), blast, old))


CASES = [
    (Filter(), ["killed", "exploded", "attacked", "signed"]),
    (Filter(newest=True), ["signed", "attacked", "exploded", "killed"]),
    (Filter(limit=2), ["killed", "exploded"]),
    (Filter(limit=2, offset=1), ["exploded", "attacked"]),
    (Filter(limit=0), []),
    (Filter(offset=9), []),
    (Filter(since="2025-06-02", until="2025-06-02"), ["attacked"]),
    (Filter(until="2019-06-30"), ["killed"]),
    (Filter(since="2026-01-01"), []),
    (Filter(place="GAO"), ["attacked", "signed"]),
    (Filter(place="erbil"), ["exploded"]),
    (Filter(place="%"), []),
    (Filter(country="ml"), ["attacked", "signed"]),
    (Filter(country="Iraq"), ["exploded"]),
    (Filter(actor="grp-blue-ridge"), ["attacked", "signed"]),
    (Filter(actor="red lantern"), ["attacked"]),
    (Filter(actor="nobody's army"), []),
    (Filter(type="agreement"), ["signed"]),
    (Filter(family="explosion_remote_violence", background=False), ["exploded"]),
    (Filter(background=True), ["killed"]),
    (Filter(status="alleged"), ["exploded"]),
    (Filter(voice="Police"), ["exploded"]),
    (Filter(text="market bombs"), ["killed", "exploded"]),
    (Filter(text='"Red Lantern" attacks'), ["attacked"]),
    (Filter(text="'; DROP TABLE --"), []),
    (Filter(text="..."), []),
    (Filter(actor="grp-blue-ridge", place="Ansongo", since="2025-06-01"), ["signed"]),
    (Filter(source="Hill Post"), ["killed", "exploded"]),
    (Filter(source="Hill"), []),
    (Filter(located=False), ["killed"]),
    (Filter(box=(-1, 15, 1, 17)), ["attacked", "signed"]),
    (Filter(box=(100, 60, 101, 61)), []),
    (Filter(precision=7), ["exploded", "attacked", "signed"]),
    (Filter(told=99), []),
    (Filter(within=Filter(family="nothing")), []),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "triggers"), CASES, ids=[str(number) for number in range(len(CASES))])
def test_claims_asked_for(filled: Casebook, asked: Filter, triggers: list[str]) -> None:
    assert [found.trigger.text for found in filled.claims(asked)] == triggers


@pytest.mark.parametrize(
    ("asked", "sources"),
    [
        (Filter(), ["Hill Post", "Desert Courier", "Valley Post"]),
        (Filter(since="2025-06-01", until="2025-06-05"), ["Desert Courier"]),
        (Filter(text="quiet"), ["Valley Post"]),
        (Filter(actor="River Guard"), ["Valley Post"]),
        (Filter(place="Gao", family="battle"), ["Desert Courier"]),
        (Filter(place="Erbil", family="battle"), []),
        (Filter(source="Valley Post"), ["Valley Post"]),
        (Filter(located=False), ["Hill Post"]),
    ],
)
def test_reports_asked_for(filled: Casebook, asked: Filter, sources: list[str]) -> None:
    assert [found.source for found in filled.reports(asked)] == sources


def test_report_counts_all_its_claims_whatever_the_filter(filled: Casebook) -> None:
    (found,) = filled.reports(Filter(status="alleged"))
    assert found.claims == 2


@pytest.mark.parametrize(
    ("asked", "kinds"),
    [
        (Filter(), ["hostile"]),
        (Filter(actor="blue ridge"), ["hostile"]),
        (Filter(actor="grp-river-guard"), []),
        (Filter(type="truce"), []),
        (Filter(status="current", text="soldiers"), ["hostile"]),
        (Filter(until="2025-06-01"), []),
    ],
)
def test_relations_asked_for(filled: Casebook, asked: Filter, kinds: list[str]) -> None:
    assert [found.kind for found in filled.relations(asked)] == kinds


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        (Filter(), ["Blue Ridge Army", "Red Lantern Front", "River Guard"]),
        (Filter(limit=1, offset=1), ["Red Lantern Front"]),
        (Filter(place="Ansongo"), ["Blue Ridge Army", "River Guard"]),
        (Filter(actor="river"), ["River Guard"]),
        (Filter(country="IQ"), []),
    ],
)
def test_actors_asked_for(filled: Casebook, asked: Filter, names: list[str]) -> None:
    assert [found.name for found in filled.actors(asked)] == names


@ON_SQLITE
def test_victims_are_not_found_by_name(casebook: Casebook) -> None:
    """The names of those whom an act hit stay in the words of the report; a listing says "traders"."""
    text = "Gunmen killed traders in Gao. The dead were Adama Tindo and Moussa Kalan."
    told = claim(text, "killed", "violence_against_civilians", at=GAO, actors=["Gunmen"], targets=["traders", "Adama Tindo"])
    victim = told.targets[1].model_copy(update={"kind": "person"})
    told = told.model_copy(update={"targets": (told.targets[0], victim)})
    casebook.add(reading(report(text), told))
    casebook.merge()
    assert not list(casebook.claims(Filter(actor="Adama Tindo")))
    assert [found.id for found in casebook.claims(Filter(actor="traders"))] == [told.id]
    (incident,) = casebook.incidents()
    target = next(spread for spread in incident.spreads if spread.field == "target")
    assert [version.value for version in target.versions] == ["traders"]
    assert [actor.name for actor in next(iter(casebook.claims())).targets] == ["traders", "Adama Tindo"]


def test_use_of_an_actor(filled: Casebook) -> None:
    use = filled.get("grp-blue-ridge")
    assert (use.as_actor, use.as_target, use.first, use.last) == (1, 1, "2025-06-02", "2025-06-10")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("asked", "families"),
    [
        (Filter(), ["explosion_remote_violence", "battle", "agreement"]),
        (Filter(actor="Red Lantern"), ["battle"]),
        (Filter(status="one_voice", country="IQ"), ["explosion_remote_violence"]),
        (Filter(status="disputed"), []),
        (Filter(since="2025-06-05"), ["agreement"]),
        (Filter(text="ceasefire"), ["agreement"]),
    ],
)
def test_incidents_asked_for(filled: Casebook, asked: Filter, families: list[str]) -> None:
    assert [found.family for found in filled.incidents(asked)] == families


def test_chunks_do_not_show(casebook: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    from reportedly.casebook import query

    casebook.add_many(clash(day=f"2025-05-{day:02}", source=source) for day in range(1, 6) for source in ("A", "B", "C"))
    whole = list(casebook.claims())
    assert len(whole) == 15
    for size in (1, 2, 4, 15, 16):
        monkeypatch.setattr(query, "CHUNK", size)
        assert list(casebook.claims()) == whole
        assert list(casebook.claims(Filter(newest=True))) == whole[::-1]
        assert list(casebook.claims(Filter(offset=3, limit=7))) == whole[3:10]
        assert len(list(casebook.reports())) == 15
        assert len(list(casebook.actors())) == 2


@ON_SQLITE
def test_listing_goes_on_while_the_casebook_grows(casebook: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    from reportedly.casebook import query

    monkeypatch.setattr(query, "CHUNK", 2)
    casebook.add_many(clash(day=f"2025-05-{day:02}") for day in range(1, 6))
    listing = casebook.claims()
    first = [next(listing) for _ in range(2)]
    casebook.add(clash(day="2024-01-01"))
    assert [found.time.from_ for found in [*first, *listing] if found.time] == [f"2025-05-{day:02}" for day in range(1, 6)]


@ON_SQLITE
def test_listing_keeps_memory_flat(new_casebook: Callable[[], Casebook], monkeypatch: pytest.MonkeyPatch) -> None:
    from reportedly.casebook import query

    monkeypatch.setattr(query, "CHUNK", 10)
    casebook = new_casebook()
    casebook.add_many(clash(day=f"2025-05-{1 + number % 28:02}", source=f"Paper {number}") for number in range(100))

    def peak(limit: int) -> int:
        tracemalloc.start()
        assert sum(1 for _ in casebook.claims(Filter(limit=limit))) == limit
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(100)
    assert peak(100) < 2 * peak(30)


def test_search_ranks_and_marks(filled: Casebook) -> None:
    hits = list(filled.search("ceasefires river"))
    assert [(hit.kind, hit.title) for hit in hits] == [("report", "Quiet on the river"), ("claim", "Quiet on the river")]
    found = [hits[0].snippet[start:end] for start, end in hits[0].marks]
    assert "ceasefire" in found
    assert all(hit.snippet in CEASEFIRE for hit in hits)


def test_search_forgets_what_is_gone(casebook: Casebook) -> None:
    stored = report("Shots rang out over Gao.")
    casebook.add(reading(stored, claim(stored.text, "Shots"), reader="1.0"))
    assert [hit.kind for hit in casebook.search("shots")] == ["report", "claim"]
    casebook.add(reading(stored, reader="2.0"))
    assert [hit.kind for hit in casebook.search("shots")] == ["report"]


def test_search_for_nothing_finds_nothing(filled: Casebook) -> None:
    assert [list(filled.search(text)) for text in ("", "   ", '""', "-*-", "_", "zeppelin")] == [[]] * 6


def test_long_report_is_searched(casebook: Casebook) -> None:
    casebook.add(reading(report("ceasefire " + " ".join(f"w{number}" for number in range(300_000)))))
    assert [hit.kind for hit in casebook.search("ceasefire")] == ["report"]


@settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=40))
@example(text='" OR 1=1 --')
@example(text="NEAR(a b, 5) NOT c* ^d {title}: x")
@example(text="a\x00b \ud800")
@example(text="(((" * 30)
@example(text="a " * 2000)
@example(text="%s %(x)s %")
@example(text="ceasefire & | ! <-> :*")
def test_no_search_text_is_an_error(casebook: Casebook, text: str) -> None:
    casebook.add(clash())
    list(casebook.search(text))
    for listing in (casebook.claims, casebook.reports, casebook.relations, casebook.incidents):
        list(listing(Filter(text=text)))


def test_get_anything_by_its_id(filled: Casebook) -> None:
    (stored, *_), (told, *_), (bond,), (incident, *_) = filled.reports(), filled.claims(), filled.relations(), filled.incidents()
    assert [filled.get(item.id) for item in (stored, told, bond, incident)] == [stored, told, bond, incident]
    assert filled.get(told.id[:-4]) == told


@pytest.mark.parametrize(
    ("key", "says"), [("claim-none", "nothing"), ("", "nothing"), ("claim-", "several"), ("x\x00y", "nothing"), ("c", "nothing")]
)
def test_get_what_is_not_one(filled: Casebook, key: str, says: str) -> None:
    with pytest.raises(CasebookError, match=says):
        filled.get(key)


@pytest.mark.parametrize("make", [lambda: Filter(since="soon"), lambda: Filter(limit=-1), lambda: Filter(offset=-1)])
def test_filters_that_mean_nothing(make: Callable[[], Filter]) -> None:
    with pytest.raises(SettingError):
        make()


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "%", "_", "\\"])
def test_odd_filter_values_find_nothing(filled: Casebook, text: str) -> None:
    asked = [Filter(place=text), Filter(country=text), Filter(actor=text), Filter(type=text), Filter(family=text)]
    for odd in (*asked, Filter(status=text), Filter(voice=text), Filter(report=text)):
        assert list(filled.claims(odd)) == []


@ON_SQLITE
def test_open_end_is_shown_up_to_publication(casebook: Casebook) -> None:
    text = "Since May the siege of Gao goes on."
    casebook.add(reading(report(text, published="2025-06-03"), claim(text, "siege", "other", day=("2025-05-01", None))))
    assert [len(list(casebook.claims(Filter(since=day)))) for day in ("2025-05-20", "2025-06-03", "2025-06-04")] == [1, 1, 0]


@ON_SQLITE
def test_place_without_country_is_not_all_places(casebook: Casebook) -> None:
    casebook.add(clash(at=GAO))
    assert list(casebook.claims(Filter(country="zz"))) == []

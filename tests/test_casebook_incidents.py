"""The pure parts of joining: facts, blocks, features, score, groups, summary."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from casebook_factory import ANSONGO, ERBIL, GAO, MALI, actor, claim
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.incidents import features
from reportedly.incidents.block import block_keys
from reportedly.incidents.facts import Facts, denies_incident, facts, makes_incident, people
from reportedly.incidents.group import group
from reportedly.incidents.score import score
from reportedly.incidents.summary import count_words
from reportedly.incidents.weights import ABSENT, HOLD, LINK, POINTS
from reportedly.records import Claim, Count

TEXT = "Red Lantern Front attacked Blue Ridge Army near Gao with 4 dead. The attack was the third. River Guard fled to Ansongo."
ELSEWHERE = "Red Lantern Front attacked Blue Ridge Army near Tessalit with 4 dead."
UNCOUNTED = "number not given"
SIDES: dict[str, Any] = {"actors": ["Red Lantern Front"], "targets": ["Blue Ridge Army"]}


def known(told: Claim, report: str = "r1", origin: str | None = None) -> Facts:
    return facts(told, report, origin or report)


def told(**more: Any) -> Facts:
    """The clash of the text, changed in places; in a report of its own unless said."""
    report, origin, text = more.pop("report", "r1"), more.pop("origin", None), more.pop("text", TEXT)
    published = more.pop("published", date(2025, 6, 3))
    found = claim(text, more.pop("trigger", "attacked"), **{"at": GAO, "day": "2025-06-02", "type": "clash"} | SIDES | more)
    return facts(found, report, origin or report, published)


def reasons(a: Facts, b: Facts) -> dict[str, str]:
    return dict(features.features(a, b, lambda one, other: False))


TESSALIT: dict[str, Any] = ANSONGO | {"name": "Tessalit", "admin1": "Kidal", "lat": 20.2, "lon": 1.01}
FEATURES = [
    ("same words of one report", {"report": "r1"}),
    ("same words in a copy", {"origin": "r1"}),
    ("points back in one report", {"report": "r1", "trigger": "attack was"}),
    ("told in one report", {"report": "r1", "trigger": "dead"}),
    ("same point", {}),
    ("places agree", {"at": ANSONGO | {"lat": 16.3, "lon": 0.0}}),
    ("place within the wider place", {"at": ANSONGO | {"precision": 4, "lat": 16.0, "lon": 0.3}}),
    ("place named by the other", {"at": MALI, "place_words": "Gao"}),
    ("same first-level unit", {"at": ANSONGO | {"lat": None, "lon": None}}),
    ("far place named by the other", {"at": ANSONGO}),
    ("places too far apart", {"at": TESSALIT, "text": ELSEWHERE}),
    ("place not told by both", {"at": None, "text": ELSEWHERE}),
    ("same country", {"at": MALI, "text": ELSEWHERE, "place_words": "Tessalit"}),
    ("other country", {"at": ERBIL, "place_words": "Gao"}),
    ("same day", {}),
    ("times overlap within a week", {"day": ("2025-05-30", "2025-06-05")}),
    ("times overlap", {"day": (None, "2025-06-05")}),
    ("times overlap", {"day": ("2025-06-01", "2025-06-30")}),
    ("days differ by one", {"day": "2025-06-01"}),
    ("days differ by two", {"day": "2025-06-04"}),
    ("days differ by a week at most", {"day": "2025-06-05"}),
    ("times apart", {"day": (None, "2025-05-20")}),
    ("published within a day", {"published": date(2025, 6, 4)}),
    ("published within four days", {"published": date(2025, 6, 7)}),
    ("published within weeks", {"published": date(2025, 6, 20)}),
    ("published months apart", {"published": date(2026, 6, 20)}),
    ("same type", {}),
    ("same family", {"type": "ambush"}),
    ("one kind is general", {"type": "attack"}),
    ("kinds compatible", {"type": "bombing", "family": "explosion_remote_violence"}),
    ("kinds differ", {"family": "agreement", "type": "truce"}),
    ("looks back upon it", {"family": "other", "type": "trial"}),
    ("same actor", {}),
    ("same actor", {"actors": ["Blue Ridge Army"], "targets": ["Red Lantern Front"]}),
    ("other actor", {"actors": ["River Guard"]}),
    ("same target", {}),
    ("other target", {"targets": ["River Guard"]}),
    ("same figure", {"killed": ("4 dead", 4, 4)}),
    ("figures compatible", {"killed": ("4 dead", 2, None)}),
    ("figures near", {"killed": ("4 dead", 5, 5)}),
    ("figures differ", {"killed": ("4 dead", 9, 9)}),
    ("figures differ widely", {"killed": ("4 dead", 40, 40)}),
    ("figures differ in one report", {"report": "r1", "trigger": "dead", "killed": ("4 dead", 9, 9)}),
    ("none against many", {"killed": ("4 dead", 0, 0)}),
    ("only one counts the killed", {"killed": None}),
]


@pytest.mark.parametrize(("name", "more"), FEATURES, ids=[f"{number} {name}" for number, (name, _) in enumerate(FEATURES)])
def test_feature(name: str, more: dict[str, Any]) -> None:
    one, other = told(killed=("4 dead", 4, 4)), told(**{"report": "r2"} | more)
    assert name in reasons(one, other)
    assert reasons(one, other).keys() == reasons(other, one).keys()


def test_lineage_and_likeness() -> None:
    one, other = told(), told(report="r2", actors=["River Guard"])
    lineage = {("grp-river-guard", "grp-red-lantern")}
    found = dict(features.parties(one, other, lambda a, b: (a, b) in lineage))
    assert found["actor related"] == "Red Lantern Front and River Guard are of one lineage"
    alike = told(report="r2", actors=["Lantern"])
    assert reasons(one, alike)["actor's name alike"] == "actors alike (Red Lantern Front, Lantern)"


def test_rare_words_are_neither_places_nor_parties_nor_public() -> None:
    text = "Red Lantern Front attacked Hotel Sahel in Gao. Governor Bram Oduya came. Anna Keita, 41, died. Mali mourned."
    one = known(claim(text, "attacked", actors=["Red Lantern Front"], at=GAO, voice="Police"))
    other = known(claim(text, "attacked", actors=["Red Lantern Front"], at=GAO, voice="Police"), "r2")
    assert one.words == {"hotel", "sahel", "anna", "keita", "41 years"}
    ((name, words),) = features.rare_words(one, other)
    assert (name, words) == ("several shared rare words", "both name “41 years”, “anna”, “hotel”, “keita”, “sahel”")
    assert list(features.rare_words(one, one)) == []


def test_headlines_and_occasions() -> None:
    text = "Gunmen opened fire on a funeral."
    sentence = claim(text, "opened fire")
    one, other, third = (
        facts(sentence, f"r{number}", f"r{number}", title=title)
        for number, title in enumerate(
            ("Mourners fall at Tessa hill", "At Tessa hill, mourners fall", "Gunfire at a rally in Gao")
        )
    )
    assert "same headline" in reasons(one, other)
    assert "same occasion" in reasons(one, other)
    assert "same headline" not in reasons(one, third)


def test_stories_told_in_like_words() -> None:
    words = "bridge convoy harvest lantern market morning orchard painter quarry railway station tunnel village window".split()

    def story(number: int, own: str, kept: int) -> Facts:
        return replace(told(report=f"r{number}"), terms=frozenset((*words[:kept], *(f"{own}{n}" for n in range(14 - kept)))))

    whole = story(1, "a", 14)
    for kept, name in (
        (10, "told in nearly the same words"),
        (5, "told in like words"),
        (4, "told in some like words"),
        (1, "told in other words"),
    ):
        assert name in reasons(whole, story(2, "b", kept))
    assert not list(features.stories(whole, replace(whole, report="r3", origin="r1")))
    assert not list(features.stories(whole, replace(told(report="r4"), terms=frozenset(words[:9]))))


def test_coded_rows_of_one_report_are_apart() -> None:
    one, other = (replace(told(), key=key, start=start, end=start + 1, is_coded=True) for key, start in (("a", 0), ("b", 9)))
    assert "coded apart in one report" in reasons(one, other)
    site = {name: replace(one, report=f"r-{name}", site=frozenset({name})) for name in ("kibo", "lumo")}
    assert "other site" in reasons(site["kibo"], site["lumo"])
    assert "same site" in reasons(site["kibo"], replace(site["kibo"], report="r9"))
    assert "only one names a site" in reasons(site["kibo"], replace(told(), report="r9"))


def test_every_weight_is_a_feature() -> None:
    """No weight without a feature, no feature without a weight; names with a role in them stand for both roles."""
    source = Path(features.__file__).read_text()
    names = set(re.findall(r'"([a-z][a-z\' -]+)"', source)) & set(POINTS)
    names |= {
        pattern.replace("{role}", role)
        for pattern in re.findall(r'f"([^"]*{role}[^"]*)"', source)
        for role in ("actor", "target")
    }
    assert set(POINTS) <= names
    assert set(POINTS) >= {name for name, _ in FEATURES}


@pytest.mark.parametrize(
    ("against", "instead_of"),
    [
        ("places too far apart", "same point"),
        ("other country", "same point"),
        ("days differ by two", "same day"),
        ("times apart", "same day"),
        ("kinds differ", "same type"),
    ],
)
def test_a_contradiction_outweighs_likeness(against: str, instead_of: str) -> None:
    """What look-alikes share (place or day, kind, sides, a toll as low as most) does not join them against one contradiction."""
    best = {"same point", "same day", "same type", "same actor", "same target", "same figure"} - {instead_of}
    assert sum(POINTS[name] for name in best) + POINTS[against] < LINK
    assert ABSENT < HOLD < LINK


def test_neighbouring_days_are_no_veto() -> None:
    """A large toll, or rare words, outweigh a day's difference; a small toll does not."""
    alike = sum(POINTS[name] for name in ("same point", "same type", "same actor", "same target", "days differ by one"))
    assert alike + POINTS["same figure"] < LINK <= alike + POINTS["same large figure"]
    assert alike + POINTS["three shared rare words"] >= LINK


def test_score_adds_up_its_reasons() -> None:
    found = score(told(), told(report="r2"))
    assert found.points == pytest.approx(sum(float(reason.rpartition(": ")[2]) for reason in found.reasons), abs=0.001)
    assert found.points >= LINK


places = st.sampled_from([None, GAO, ANSONGO | {"precision": 4}, MALI, ERBIL])
spans = st.sampled_from([None, "2025-06-02", "2025-06-03", ("2025-06-01", "2025-06-30"), (None, "2025-06-04")])


@st.composite
def any_facts(draw: st.DrawFn) -> Facts:
    at = draw(places)
    more: dict[str, Any] = {"at": at, "place_words": "Gao"} if at else {}
    return known(
        claim(
            TEXT,
            draw(st.sampled_from(["attacked", "attack was", "fled"])),
            draw(st.sampled_from(["battle", "protest", "movement", "violence_against_civilians"])),
            day=draw(spans),
            actors=draw(st.lists(st.sampled_from(["Red Lantern Front", "River Guard"]), unique=True)),
            targets=draw(st.lists(st.sampled_from(["Blue Ridge Army", "River Guard"]), unique=True)),
            killed=draw(st.sampled_from([None, ("4 dead", 4, 4), ("4 dead", 0, 0), ("4 dead", 3, None), ("4 dead", None, None)])),
            **more,
        ),
        draw(st.sampled_from(["r1", "r2", "r3"])),
        "r1",
    )


@settings(deadline=None, derandomize=True, max_examples=50)
@given(a=any_facts(), b=any_facts())
def test_score_is_symmetric(a: Facts, b: Facts) -> None:
    assert score(a, b).points == score(b, a).points
    if (a.report, a.start, a.key) != (b.report, b.start, b.key):
        assert score(a, b).reasons == score(b, a).reasons
    assert block_keys(a).meets(block_keys(b)) == block_keys(b).meets(block_keys(a))
    assert block_keys(a).meets(block_keys(a))


def test_blocks_find_what_is_alike() -> None:
    def share(a: Facts, b: Facts) -> bool:
        return block_keys(a).meets(block_keys(b))

    assert share(told(), told(report="r2", at=MALI, place_words="Gao"))
    assert share(told(), told(report="r2", actors=[], targets=[], day="2025-06-03"))
    assert share(told(), told(report="r2", actors=[], targets=[], day="2025-06-04"))
    assert share(told(day=(None, "2025-06-09")), told(report="r2"))
    assert not share(told(actors=[], targets=[]), told(report="r2", day="2025-06-06", published=date(2025, 9, 1)))
    assert share(told(), told(report="r2", at=ANSONGO, family="violence_against_civilians"))
    assert not share(told(), told(report="r2", day="2025-07-20", published=date(2025, 7, 21)))
    assert not share(told(), told(report="r2", family="agreement"))
    elsewhere = {"text": "Gunmen attacked troops in Erbil.", "at": ERBIL}
    assert not share(told(actors=[]), told(report="r2", actors=[], targets=[], **elsewhere))
    assert share(told(), told(report="r2", origin="r1", day=("2001-01-01", "2020-01-01")))
    assert not share(told(), told(report="r2", day=("2001-01-01", "2025-12-31"), published=None))


@pytest.mark.parametrize(
    ("later", "meet"),
    [
        ("Anna Keita and Brama Tessa were named in court.", True),
        ("Two men were named: Tessa, Brama, a student, and Keita Anna.", False),
        ("Anna Keita was named in court.", False),
        ("Minister Anna Keita and Governor Brama Tessa spoke of the killings.", False),
    ],
    ids=["two full names", "the words alone", "one full name", "two holders of an office"],
)
def test_two_full_names_find_reports_of_months_later(later: str, meet: bool) -> None:
    text = "Gunmen killed Anna Keita and Brama Tessa in Gao."
    first = facts(claim(text, "killed", at=GAO, day="2025-06-02"), "r1", "r1", date(2025, 6, 3))
    second = facts(claim(later, "named" if "named" in later else "killings"), "r2", "r2", date(2025, 9, 1))
    assert block_keys(first).meets(block_keys(second)) is meet
    long_after = facts(claim(later, "named" if "named" in later else "killings"), "r2", "r2", date(2026, 6, 1))
    assert not block_keys(first).meets(block_keys(long_after))


def pairs(points: dict[str, float]) -> dict[tuple[str, str], float]:
    return {(name[0], name[1]): value for name, value in points.items()}


@pytest.mark.parametrize(
    ("members", "points", "same", "different", "groups"),
    [
        ("", {}, "", "", ""),
        ("ab", {}, "", "", "a b"),
        ("ab", {"ab": LINK}, "", "", "ab"),
        ("ab", {"ab": LINK - 0.1}, "", "", "a b"),
        ("abc", {"ab": 5.0, "bc": 4.0}, "", "", "ab c"),
        ("abc", {"ab": 5.0, "bc": 5.0, "ac": 2.0}, "", "", "abc"),
        ("abc", {"ab": 4.0, "bc": 5.0}, "", "", "a bc"),
        ("abc", {"ab": 4.0, "bc": 4.0}, "", "", "ab c"),
        ("abcd", {"ab": 9.0, "cd": 9.0, "bc": 8.0}, "", "", "ab cd"),
        ("ab", {}, "ab", "", "ab"),
        ("ab", {"ab": 9.0}, "", "ba", "a b"),
        ("ab", {}, "ab", "ab", "a b"),
        ("abc", {"ab": 9.0, "ac": 8.9, "bc": 8.8}, "", "bc", "ab c"),
        ("abc", {"ab": 9.0, "bc": 9.0, "ac": 9.0}, "bc", "ab", "a bc"),
        ("ab", {"ab": 9.0}, "bx", "ax", "ab"),
    ],
)
def test_groups(members: str, points: dict[str, float], same: str, different: str, groups: str) -> None:
    def law(text: str) -> list[tuple[str, str]]:
        return [(text[0], text[1])] if text else []

    found = group(members, pairs(points), law(same), law(different))
    assert ["".join(found_members) for found_members in found] == groups.split()


@pytest.mark.parametrize(
    ("points", "groups"),
    [
        pytest.param({"ab": 8.0, "cx": 5.0}, "ab cx y", id="two reports that share nothing"),
        pytest.param({"ab": 8.0, "bx": 5.0}, "abx c y", id="one like claim is enough of another report"),
        pytest.param({"ab": 8.0, "xy": 8.0, "bx": 5.0}, "abxy c", id="and for a group of claims of another report"),
        pytest.param({"ab": 8.0, "xy": 8.0, "bx": 5.0, "cx": 4.0}, "abxy c", id="but its own report tells c apart"),
        pytest.param({"ax": 8.0, "by": 8.0, "ay": 5.0}, "ax by c", id="two reports that both tell two acts"),
    ],
)
def test_two_reports_are_as_like_as_their_most_like_claims(points: dict[str, float], groups: str) -> None:
    """a, b and c are claims of one report, x and y of another one."""
    reports = dict.fromkeys("abc", "one") | dict.fromkeys("xy", "other")
    found = group("abcxy", pairs(points), reports=reports)
    assert ["".join(members) for members in found] == groups.split()


@settings(deadline=None, derandomize=True, max_examples=40)
@given(data=st.data())
def test_groups_do_not_depend_on_order(data: st.DataObject) -> None:
    members = list(range(data.draw(st.integers(1, 9))))
    every = list(combinations(members, 2))
    scores = {pair: data.draw(st.sampled_from([2.0, 4.0, 6.0])) for pair in every if data.draw(st.booleans())}
    apart = [pair for pair in every if data.draw(st.integers(0, 9)) == 0]
    reports = {member: data.draw(st.integers(0, 5)) for member in members}
    expected = group(members, scores, different=apart, reports=reports)
    shuffled = data.draw(st.permutations(list(scores.items())))
    turned = {(b, a) if data.draw(st.booleans()) else (a, b): points for (a, b), points in shuffled}
    assert group(data.draw(st.permutations(members)), turned, different=apart[::-1], reports=reports) == expected
    assert sorted(member for found in expected for member in found) == members
    assert not any({a, b} <= set(found) for found in expected for a, b in apart)


@pytest.mark.parametrize(
    ("more", "makes", "denies"),
    [
        ({}, True, False),
        ({"status": "alleged"}, True, False),
        ({"status": "ongoing"}, True, False),
        ({"status": "denied"}, False, True),
        ({"negated": True}, False, True),
        ({"negated": True, "background": True}, False, False),
        ({"status": "planned", "negated": True}, False, False),
        ({"background": True}, False, False),
        ({"family": "denial"}, False, True),
        ({"family": "denial", "about": ("c1",)}, False, False),
        ({"family": "denial", "negated": True}, False, False),
        ({"voice": "River Guard", "stance": "denies"}, False, True),
        ({"voice": "River Guard", "stance": "doubts"}, True, False),
        ({"day": ("2025-01-01", "2025-03-01")}, True, False),
        ({"day": ("2024-01-01", "2025-03-01")}, False, False),
    ],
)
def test_what_a_claim_is_to_an_incident(more: dict[str, Any], makes: bool, denies: bool) -> None:
    found = claim(TEXT, "attacked", **more)
    assert (makes_incident(found), denies_incident(found)) == (makes, denies)


def test_nobody_hurt_of_no_day_denies_nothing() -> None:
    """ "No one was injured" of an arrest answers no attack of another day; a voice that says it of the attack does."""
    told = claim("No one was injured in the village.", "injured", negated=True)
    start = told.evidence[0].text.index("No one")
    none = Count(what="injured", low=0, high=0, text="No one", start=start, end=start + 6)
    assert not denies_incident(told.model_copy(update={"counts": (none,)}))
    assert denies_incident(told)


def test_time_of_a_claim_without_one_is_bounded_by_its_report() -> None:
    bare = claim(TEXT, "attacked")
    found = facts(bare, "r1", "r1", date(2025, 6, 4))
    assert (found.first, found.last, found.day_is_known, found.time_is_bound_only) == (
        date(2025, 5, 25),
        date(2025, 6, 4),
        False,
        True,
    )
    assert facts(bare, "r1", "r1").last is None


def test_open_end_reaches_to_publication() -> None:
    ongoing = claim(TEXT, "attacked", day=("2025-01-01", None))
    found = facts(ongoing, "r1", "r1", date(2025, 6, 4))
    assert (found.first, found.last, found.day_is_known) == (date(2025, 1, 1), date(2025, 6, 4), False)
    found = facts(ongoing, "r1", "r1")
    assert (found.first, found.last, found.day_is_known) == (date(2025, 1, 1), None, False)


def count(low: int | None, high: int | None, *, total: bool = True, what: Any = "killed") -> Count:
    return Count(text="", start=0, end=0, what=what, low=low, high=high, total=total)


@pytest.mark.parametrize(
    ("counts", "killed"),
    [
        ([], (None, None)),
        ([count(0, 0)], (0, 0)),
        ([count(9, None)], (9, None)),
        ([count(None, None)], (None, None)),
        ([count(4, 4), count(6, 6)], (4, 6)),
        ([count(4, 4), count(6, None)], (4, None)),
        ([count(10, 10), count(3, 3, total=False)], (10, 10)),
        ([count(2, 2, total=False), count(3, 3, total=False)], (3, None)),
        ([count(5, 5, what="injured")], (None, None)),
    ],
)
def test_people(counts: list[Count], killed: tuple[int | None, int | None]) -> None:
    assert people(counts, "killed") == killed


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (4, 4, "4"),
        (0, 0, "0"),
        (9, None, "9 or more"),
        (None, 5, "up to 5"),
        (40, 99, "40 to 99"),
        (None, None, "number not given"),
    ],
)
def test_count_words(low: int | None, high: int | None, words: str) -> None:
    assert count_words(count(low, high)) == words


def test_class_is_no_other_organisation() -> None:
    """Mere "gunmen" against a named group is no contradiction; two named groups are."""
    text = "gunmen attacked Blue Ridge Army; Red Lantern Front and River Guard watched."
    names = ("gunmen", "Red Lantern Front", "River Guard")
    vague, named, other = (known(claim(text, "attacked", actors=[who]), f"r-{who}") for who in names)
    assert actor(text, "gunmen").id is None
    verdicts = ["other actor" in reasons(*pair) for pair in ((vague, named), (vague, other), (named, other))]
    assert verdicts == [False, False, True]

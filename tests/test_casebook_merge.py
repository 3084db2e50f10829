"""Claims become incidents: what joins, what stays apart, what makes none, and that arrival does not matter."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import pytest
from casebook_factory import ANSONGO, ERBIL, GAO, MALI, claim, clash, reading, report

from reportedly.casebook import Filter
from reportedly.incidents.records import Incident
from reportedly.records import Family, Reading, Span, Time

if TYPE_CHECKING:
    from reportedly.casebook.book import Casebook


ON_SQLITE = pytest.mark.parametrize("new_address", ["sqlite"], indirect=True)
"""For what does not depend on the database."""
SIDES: dict[str, Any] = {"actors": ["Red Lantern Front"], "targets": ["Blue Ridge Army"]}


def parts_of(casebook: Casebook) -> set[frozenset[tuple[str, str]]]:
    """The members of each incident, by report and claim."""
    return {
        frozenset((member.report, member.claim) for member in incident.members if member.role == "member")
        for incident in casebook.incidents()
    }


def only(casebook: Casebook, asked: Filter | None = None) -> Incident:
    (incident,) = casebook.incidents(asked or Filter())
    return incident


def test_two_outlets_one_incident(casebook: Casebook) -> None:
    casebook.add_many([clash(), clash(source="Valley Post", killed=6)])
    summary = casebook.merge()
    assert (summary.claims, summary.pairs, summary.made) == (2, 1, 1)
    incident = only(casebook)
    assert (incident.reports, incident.sources, incident.standing) == (2, 2, "several_independent")
    assert (incident.place, incident.iso2, incident.from_day, incident.to_day) == ("Gao", "ML", "2025-06-02", "2025-06-02")
    killed = next(spread for spread in incident.spreads if spread.field == "killed")
    assert {(version.value, version.voices) for version in killed.versions} == {
        ("4", ("Desert Courier",)),
        ("6", ("Valley Post",)),
    }
    assert (killed.low, killed.high) == (4, 6)
    joined = next(member for member in incident.members if len(member.reasons) > 1)
    assert any(reason.startswith("same day (2025-06-02): +") for reason in joined.reasons)
    assert any(reason.startswith("same actor (Red Lantern Front): +") for reason in joined.reasons)
    assert [claim.incidents for claim in casebook.claims()] == [(incident.id,)] * 2


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(clash(day="2025-06-03", source="Valley Post"), id="a day later"),
        pytest.param(clash(at=ANSONGO, source="Valley Post"), id="next town"),
        pytest.param(clash(at=ERBIL, source="Valley Post"), id="other country"),
        pytest.param(
            reading(
                report(text := "Protesters filled Gao.", source="B"), claim(text, "filled", "protest", at=GAO, day="2025-06-02")
            ),
            id="other kind",
        ),
    ],
)
@ON_SQLITE
def test_look_alikes_stay_two(casebook: Casebook, other: Reading) -> None:
    casebook.add_many([clash(), other])
    casebook.merge()
    assert len(parts_of(casebook)) == 2


@ON_SQLITE
def test_day_differs_but_all_else_agrees(casebook: Casebook) -> None:
    """One paper is a day late: a toll that large is hardly told of two attacks."""
    casebook.add_many([clash(killed=37), clash(killed=37, day="2025-06-03", source="Valley Post")])
    casebook.merge()
    incident = only(casebook)
    assert any(reason.startswith("1 day apart (2025-06-02, 2025-06-03): -") for reason in incident.members[1].reasons)
    times = next(spread for spread in incident.spreads if spread.field == "time")
    assert {version.value for version in times.versions} == {"2025-06-02", "2025-06-03"}


def printed(what: str, day: str, published: str, source: str) -> Reading:
    """A report of an assault that happened "yesterday"."""
    text = f"Fighters attacked {what} in Gao yesterday. It is for {source}."
    at = text.index("yesterday")
    time = Time(text="yesterday", start=at, end=at + len("yesterday"), from_=day, to=day, basis="worked_out")
    act = claim(text, "attacked", at=GAO, targets=["Blue Ridge Army"]).model_copy(update={"time": time})
    return reading(report(text, source=source, published=published), act)


TOLD_AGAIN = "Red Lantern Front attacked Blue Ridge Army in Gao, killing 8 soldiers, the Post learned."
CONVOY = (
    "a convoy of Blue Ridge Army near the cattle market, burned several trucks loaded with cement, wounded drivers from "
    "neighbouring villages and stole their wages before merchants closed their wooden stalls"
)
POST = (
    "a post of Blue Ridge Army beside the ferry, seized ammunition and radios, fled across the river with prisoners and left "
    "leaflets that announced further raids on every garrison along the northern bank"
)


@ON_SQLITE
@pytest.mark.parametrize(
    ("told", "incidents"), [pytest.param(CONVOY, 1, id="same words"), pytest.param(POST, 2, id="other words")]
)
def test_yesterdays_wire_is_printed_a_day_later(casebook: Casebook, told: str, incidents: int) -> None:
    """In the same words "yesterday" was as long before the one report as before the other; in others it is another day."""
    first = printed(CONVOY, "2025-06-02", "2025-06-03", "Desert Courier")
    casebook.add_many([first, printed(told, "2025-06-03", "2025-06-04", "Valley Post")])
    casebook.merge()
    assert len(parts_of(casebook)) == incidents
    if incidents == 1:
        reasons = [reason for member in only(casebook).members for reason in member.reasons]
        assert any("as long before the one report as before the other (“yesterday”): -" in reason for reason in reasons)


@ON_SQLITE
@pytest.mark.parametrize("is_told_with_it", [True, False])
def test_a_day_from_elsewhere_in_a_report_says_less(casebook: Casebook, is_told_with_it: bool) -> None:
    """The reader took the day of one report from another sentence: one incident; told with the act, it keeps two apart."""
    text = f"On 2025-06-03 trade stopped. {TOLD_AGAIN}"
    time = Time(text="2025-06-03", start=3, end=13, from_="2025-06-03", to="2025-06-03", basis="stated")
    act = claim(text, "attacked", at=GAO, killed=("8 soldiers", 8, 8), **SIDES).model_copy(update={"time": time})
    whole = Span(text=text, start=0, end=len(text))
    own = Span(text=TOLD_AGAIN, start=text.index(TOLD_AGAIN), end=len(text))
    act = act.model_copy(update={"evidence": (whole if is_told_with_it else own,)})
    casebook.add_many([clash(killed=8), reading(report(text, source="Valley Post", published="2025-06-04"), act)])
    casebook.merge()
    assert len(parts_of(casebook)) == (2 if is_told_with_it else 1)


@ON_SQLITE
def test_acts_of_other_kinds_stay_apart_in_copies(casebook: Casebook) -> None:
    """A rewritten copy shares all its names with the original: that does not make the attack and the flight one."""
    names = "Amadou Traore Kidane, Ibrahim Sow Lamine and Fatou Bah Cisse watched near Hotel Sahelia and Bridge Tondibi."
    told = []
    for source, verb in (("Desert Courier", "saw"), ("Valley Post", "watched")):
        text = f"Gunmen attacked shoppers in Gao. Farmers fled Gao. {names} Crowds {verb} it."
        kinds: dict[str, Family] = {"attacked": "violence_against_civilians", "fled": "movement"}
        acts = [claim(text, word, family, at=GAO, day="2025-06-02") for word, family in kinds.items()]
        told.append(reading(report(text, source=source), *acts))
    casebook.add_many(told)
    casebook.merge()
    assert sorted(len(members) for members in parts_of(casebook)) == [2, 2]


@ON_SQLITE
@pytest.mark.parametrize("word", ["trial", "background"])
def test_what_looks_back_points_at_the_old_incident(casebook: Casebook, word: str) -> None:
    """A trial and an anniversary make no incident and change none, but are found from it."""
    casebook.add(clash(day="2025-03-02", source="Hill Post"))
    text = "Red Lantern Front fighters stood trial for the attack on Blue Ridge Army in Gao that killed 4 soldiers."
    more: dict[str, Any] = {"type": "trial"} if word == "trial" else {"background": True, "day": "2025-03-02"}
    old = claim(text, "trial", "other" if word == "trial" else "battle", at=GAO, **SIDES, **more)
    casebook.add(reading(report(text, source="Court Post", published="2025-03-05"), old))
    casebook.merge()
    incident = only(casebook)
    assert [(member.role, member.reasons[0]) for member in incident.members] == [
        ("member", "the first claim of it in order"),
        ("about", "it looks back upon this incident"),
    ]
    assert (incident.reports, incident.standing, incident.from_day) == (1, "one_voice", "2025-03-02")


LOOKING_BACK = [
    ("A court sentenced two men for it on Monday.", "2025-06-03", "about"),
    ("Families marked the anniversary of the attack.", "2026-03-02", "about"),
    ("A court sentenced two men for it on Monday.", "2025-03-20", "member"),
    ("Families fled the town on Monday.", "2025-06-03", "member"),
]
"""How a later report goes on, when it was published, and what its telling of the attack is."""


@ON_SQLITE
@pytest.mark.parametrize(("news", "published", "role"), LOOKING_BACK)
def test_an_old_act_told_again(casebook: Casebook, news: str, published: str, role: str) -> None:
    """Where a court or an anniversary is the news, an act of long before is only pointed at."""
    casebook.add(clash(day="2025-03-02", source="Hill Post"))
    text = f"Red Lantern Front attacked Blue Ridge Army in Gao on 2 March 2025, killing 4 soldiers. {news}"
    told = claim(text, "attacked", **SIDES, at=GAO, day="2025-03-02")
    casebook.add(reading(report(text, source="Court Post", published=published), told))
    casebook.merge()
    incident = only(casebook)
    assert sorted(member.role for member in incident.members) == sorted(["member", role])
    assert incident.reports == (2 if role == "member" else 1)


@ON_SQLITE
def test_an_old_act_that_nobody_told_makes_no_incident(casebook: Casebook) -> None:
    text = "Red Lantern Front attacked Blue Ridge Army in Gao on 2 March 2025. A man was convicted of it on Monday."
    told = claim(text, "attacked", **SIDES, at=GAO, day="2025-03-02")
    casebook.add(reading(report(text, source="Court Post", published="2026-06-03"), told))
    casebook.merge()
    assert not parts_of(casebook)


@ON_SQLITE
def test_vague_report_joins_by_its_actors(casebook: Casebook) -> None:
    """A province, a week and a class of victims are enough when the group is named and nothing speaks against it."""
    text = "Red Lantern Front attacked soldiers in Mali last week, a wire service said."
    vague = claim(text, "attacked", actors=["Red Lantern Front"], targets=["soldiers"], at=MALI, day=("2025-05-30", "2025-06-05"))
    casebook.add_many([clash(), reading(report(text, source="Wire"), vague)])
    casebook.merge()
    assert len(parts_of(casebook)) == 1


@ON_SQLITE
def test_weak_link_does_not_chain(casebook: Casebook) -> None:
    """Two attacks in different towns on one day are not made one by a report that names only the country."""
    text = "Red Lantern Front attacked Blue Ridge Army in Mali on Monday."
    vague = claim(text, "attacked", **SIDES, at=MALI, day="2025-06-02")
    casebook.add_many([clash(), clash(at=ANSONGO, source="Valley Post"), reading(report(text, source="Wire"), vague)])
    casebook.merge()
    assert sorted(len(members) for members in parts_of(casebook)) == [1, 2]


NOTHING = [
    ("background", {"background": True}),
    ("planned", {"status": "planned"}),
    ("threatened", {"status": "threatened", "family": "threat"}),
    ("hypothetical", {"status": "hypothetical"}),
    ("denied", {"status": "denied"}),
    ("negated", {"negated": True}),
    ("statement", {"family": "statement"}),
    ("accusation", {"family": "accusation"}),
    ("claim of responsibility", {"family": "claim_of_responsibility"}),
    ("a sum over years", {"day": ("2022-01-01", "2025-05-01")}),
]


@pytest.mark.parametrize(("name", "more"), NOTHING, ids=[name for name, _ in NOTHING])
@ON_SQLITE
def test_what_makes_no_incident(casebook: Casebook, name: str, more: dict[str, Any]) -> None:
    text = "Red Lantern Front attacked Blue Ridge Army in Gao."
    casebook.add(reading(report(text), claim(text, "attacked", **{"at": GAO, "day": "2025-06-02"} | more)))
    assert casebook.merge().made == 0
    assert list(casebook.incidents()) == []
    assert casebook.merge().claims == 0


PERIODS = [
    pytest.param({"from": "2023-01-01", "precision": "month"}, False, 0, id="since a month"),
    pytest.param({"from": "2025-01-01", "to": "2025-06-30", "precision": "year"}, False, 0, id="this year"),
    pytest.param({"from": "2024-01-01", "to": "2024-12-31", "precision": "year"}, True, 1, id="one act of a year"),
    pytest.param({"from": "2023-01-01", "precision": "month"}, True, 1, id="one act that goes on"),
    pytest.param({"from": "2025-06-28", "precision": "day"}, False, 1, id="since Saturday"),
    pytest.param({"from": "2025-05-01", "to": "2025-05-31", "precision": "month"}, False, 1, id="some time in May"),
]


@ON_SQLITE
@pytest.mark.parametrize(("time", "total", "made"), PERIODS)
def test_sum_over_a_period_is_no_incident(casebook: Casebook, time: dict[str, str], total: bool, made: int) -> None:
    text = "Red Lantern Front killed 40 people in attacks in Gao."
    told = claim(
        text, "attacks", "violence_against_civilians", at=GAO, killed=("40 people", 40, 40), actors=["Red Lantern Front"]
    )
    counts = (told.counts[0].model_copy(update={"total": total}),)
    told = told.model_copy(update={"time": Time.model_validate(time | {"basis": "stated"}), "counts": counts})
    casebook.add(reading(report(text, published="2025-07-01"), told))
    assert casebook.merge().made == made


@ON_SQLITE
def test_denial_of_another_act_disputes_nothing(casebook: Casebook) -> None:
    """Who denies to have taken hostages does not deny the attack."""
    text = "Red Lantern Front denied the kidnapping of Blue Ridge Army soldiers in Gao on June 2."
    sides: dict[str, Any] = {"actors": ["Red Lantern Front"], "targets": ["Blue Ridge Army"]}
    denied = claim(
        text,
        "kidnapping",
        "abduction",
        **sides,
        at=GAO,
        day="2025-06-02",
        status="denied",
        voice="Red Lantern Front",
        stance="denies",
    )
    casebook.add_many([reading(report(text, source="Valley Post"), denied), clash()])
    casebook.merge()
    assert [member.role for member in only(casebook).members] == ["member"]
    assert only(casebook).standing == "one_voice"


@ON_SQLITE
def test_denial_of_the_same_act_disputes_it(casebook: Casebook) -> None:
    text = "Blue Ridge Army denied that Red Lantern Front attacked it in Gao on June 2."
    denied = claim(
        text,
        "attacked",
        actors=["Red Lantern Front"],
        targets=["Blue Ridge Army"],
        at=GAO,
        day="2025-06-02",
        status="denied",
        voice="Blue Ridge Army",
        stance="denies",
    )
    casebook.add_many([reading(report(text, source="Valley Post"), denied), clash()])
    casebook.merge()
    incident = only(casebook)
    assert {member.role: member.report for member in incident.members}.keys() == {"member", "denies"}
    assert (incident.standing, incident.reports, incident.rule) == ("disputed", 1, "told by some, denied or doubted by others")


def test_speech_about_an_incident_is_linked(casebook: Casebook) -> None:
    text = "Red Lantern Front attacked Blue Ridge Army in Gao. It claimed the raid. Blue Ridge Army confirmed the raid."
    act = claim(
        text,
        "attacked",
        actors=["Red Lantern Front"],
        targets=["Blue Ridge Army"],
        at=GAO,
        day="2025-06-02",
        voice="Blue Ridge Army",
    )
    claimed = claim(text, "claimed", "claim_of_responsibility", about=(act.id,), voice="Red Lantern Front")
    casebook.add(reading(report(text), act, claimed))
    casebook.merge()
    incident = only(casebook)
    assert [member.role for member in incident.members] == ["member", "about"]
    assert incident.standing == "acknowledged_by_both"
    assert [found.incidents for found in casebook.claims()] == [(incident.id,)] * 2


@ON_SQLITE
def test_copies_are_one_voice(casebook: Casebook) -> None:
    first = clash()
    told = first.claims[0]
    copies = [
        reading(first.report.model_copy(update={"id": f"r{n}", "source": f"Paper {n}", "sha256": f"{n}" * 64}), told)
        for n in range(1, 5)
    ]
    casebook.add_many([first, *copies])
    casebook.merge()
    incident = only(casebook)
    assert (incident.reports, incident.sources, incident.standing) == (5, 1, "one_voice")


@ON_SQLITE
def test_hundred_reports_of_one_abduction(casebook: Casebook) -> None:
    """Told over two weeks with five figures: one incident, five figures with their voices, no sum."""
    tolls = (100, 130, 200, 234, 276)
    for number in range(100):
        toll = tolls[number // 20]
        text = f"Gunmen abducted {toll} pupils from a school in Gao on June 2, {number} witnesses said."
        taken = claim(text, "abducted", "abduction", targets=["pupils"], at=GAO, day="2025-06-02")
        count = {"text": str(toll), "start": text.index(str(toll)), "end": text.index(str(toll)) + 3, "low": toll, "high": toll}
        counted = taken.model_copy(update={"counts": (type(clash().claims[0].counts[0])(what="abducted", **count),)})
        casebook.add(reading(report(text, source=f"Paper {number}", published=f"2025-06-{3 + number // 8:02}"), counted))
    casebook.merge()
    incident = only(casebook)
    assert incident.reports == 100
    abducted = next(spread for spread in incident.spreads if spread.field == "abducted")
    assert sorted((int(version.value), len(version.voices)) for version in abducted.versions) == [(toll, 20) for toll in tolls]
    assert (abducted.low, abducted.high) == (100, 276)
    (taken_away,) = incident.tolls
    assert [(figure.low, figure.independent) for figure in taken_away.figures] == [(number, 20) for number in tolls]
    given = taken_away.reductions
    assert (given.lowest, given.median, given.latest, given.highest, given.best_graded) == (100, 200, 276, 276, None)
    assert len(incident.links) < 3 * incident.reports


def story() -> list[Reading]:
    """Sources telling several clashes, some vaguely, one denial among them."""
    days = ("2025-06-01", "2025-06-02", "2025-06-03")
    told = [clash(day=day, at=at, source=source) for day in days for at in (GAO, ANSONGO) for source in ("A", "B")]
    text = "Red Lantern Front attacked Blue Ridge Army in Mali on Monday."
    for number, span in enumerate((("2025-06-01", "2025-06-03"), ("2025-06-02", "2025-06-02"), (None, "2025-06-03"))):
        vague = claim(
            text,
            "attacked",
            actors=["Red Lantern Front"],
            targets=["Blue Ridge Army"],
            at=MALI,
            day=span,
            id=f"claim-vague-{number}",
        )
        told.append(reading(report(text + " " * number + "It said so.", source=f"V{number}"), vague))
    return told


@ON_SQLITE
def test_order_of_arrival_does_not_matter(new_casebook: Callable[[], Casebook], monkeypatch: pytest.MonkeyPatch) -> None:
    """All at once, one by one, in any order, in small batches: the same groups; all at once also the same ids."""
    from reportedly.casebook import merge

    readings, shuffler = story(), random.Random(7)
    whole = new_casebook()
    whole.add_many(readings)
    whole.merge()
    expected, ids = parts_of(whole), [incident.id for incident in whole.incidents()]
    assert 6 <= len(expected) <= 9
    for step in (1, 4, len(readings)):
        order = shuffler.sample(readings, len(readings))
        monkeypatch.setattr(merge, "BATCH", 500 if step != 4 else 3)
        other = new_casebook()
        for chunk in _batched(order, step):
            other.add_many(chunk)
            other.merge()
        assert parts_of(other) == expected
        if step == len(readings):
            assert [incident.id for incident in other.incidents()] == ids


def test_merging_again_changes_nothing(casebook: Casebook) -> None:
    casebook.add_many(story())
    casebook.merge()
    before = list(casebook.incidents())
    assert casebook.merge().claims == 0
    assert list(casebook.incidents()) == before


@ON_SQLITE
def test_id_lives_on_when_an_earlier_claim_joins(casebook: Casebook) -> None:
    casebook.add(clash(source="Zephyr"))
    casebook.merge()
    first = only(casebook).id
    casebook.add(clash(source="Aurora"))
    assert casebook.merge().joined == 1
    assert only(casebook).id == first


@ON_SQLITE
def test_only_new_claims_are_compared(casebook: Casebook) -> None:
    casebook.add_many(clash(source=f"Paper {number}") for number in range(10))
    casebook.merge()
    casebook.add(clash(source="Late Post"))
    assert casebook.merge().pairs == 10


@ON_SQLITE
def test_claims_of_other_weeks_are_not_compared(casebook: Casebook) -> None:
    casebook.add_many(clash(day=f"2025-{month:02}-02") for month in range(1, 13))
    assert casebook.merge().pairs == 0


def test_incidents_that_turn_out_one_are_merged(casebook: Casebook) -> None:
    """A decision that two are the same: the older id lives on, the other leads to it."""
    casebook.add_many([clash(), clash(day="2025-06-03", source="Valley Post")])
    casebook.merge()
    one, other = casebook.incidents()
    decision = casebook.decide(one.id, "same", other=other.id, by="Reviewer", why="the second paper is a day late")
    summary = casebook.merge()
    assert (summary.merged, summary.made) == (1, 0)
    merged = only(casebook)
    assert merged.id == one.id
    assert casebook.get(other.id).standing == "no_claims"  # type: ignore[union-attr]
    casebook.undo(decision.id, by="Reviewer")
    summary = casebook.merge()
    assert summary.split == 1
    assert {incident.id for incident in casebook.incidents()} == {one.id, other.id}


@ON_SQLITE
def test_different_is_law(casebook: Casebook) -> None:
    casebook.add_many([clash(), clash(source="Valley Post")])
    casebook.merge()
    one, other = casebook.claims()
    casebook.decide(one.id, "different", other=other.id, by="Reviewer")
    casebook.merge()
    assert len(parts_of(casebook)) == 2
    casebook.add(clash(source="Third Post"))
    casebook.merge()
    assert sorted(map(len, parts_of(casebook))) == [1, 2]
    assert not any({one.id, other.id} <= {claim for _, claim in members} for members in parts_of(casebook))


def test_decision_outlives_a_new_reading(casebook: Casebook) -> None:
    first, second = clash(), clash(source="Valley Post")
    casebook.add_many([first, second])
    casebook.merge()
    one, other = casebook.claims()
    casebook.decide(one.id, "different", other=other.id, by="Reviewer")
    for old in (first, second):
        renamed = old.claims[0].model_copy(update={"id": old.claims[0].id + "-v2"})
        casebook.add(old.model_copy(update={"reader": "reportedly 0.2.0", "claims": (renamed,)}))
    casebook.merge()
    assert len(parts_of(casebook)) == 2


@ON_SQLITE
def test_id_outlives_a_new_reading(casebook: Casebook) -> None:
    first = clash()
    casebook.add(first)
    casebook.merge()
    before = only(casebook)
    renamed = first.claims[0].model_copy(update={"id": "claim-anew", "type": "ambush"})
    casebook.add(first.model_copy(update={"reader": "reportedly 0.2.0", "claims": (renamed,)}))
    casebook.merge()
    after = only(casebook)
    assert (after.id, after.type, [member.claim for member in after.members]) == (before.id, "ambush", ["claim-anew"])


@pytest.mark.parametrize("change", ["gone", "background"])
@ON_SQLITE
def test_incident_no_report_tells_any_more_stays_reachable(casebook: Casebook, change: str) -> None:
    first = clash()
    casebook.add(first)
    casebook.merge()
    before = only(casebook)
    claims = () if change == "gone" else (first.claims[0].model_copy(update={"background": True}),)
    casebook.add(first.model_copy(update={"reader": "reportedly 0.2.0", "claims": claims}))
    casebook.merge()
    assert list(casebook.incidents()) == []
    gone = casebook.get(before.id)
    assert isinstance(gone, Incident)
    assert (gone.standing, gone.members, gone.place) == ("no_claims", (), "Gao")
    casebook.add(first.model_copy(update={"reader": "reportedly 0.3.0"}))
    casebook.merge()
    assert only(casebook).id == before.id


def test_bridge_that_goes_away_splits(casebook: Casebook) -> None:
    """Two reports held together by a third part when the third is read anew as something else."""
    texts = (
        "An attack hit the Wabaria bridge on June 2.",
        "Shots were fired in Gao on June 2.",
        "An attack hit the Wabaria bridge in Gao on June 2.",
    )
    a = claim(texts[0], "attack", day="2025-06-02")
    b = claim(texts[1], "Shots", day="2025-06-02", at=GAO)
    bridge = claim(texts[2], "attack", day="2025-06-02", at=GAO)
    stored = [report(text, source=f"Paper {number}") for number, text in enumerate(texts)]
    casebook.add_many(reading(item, told) for item, told in zip(stored, (a, b, bridge), strict=True))
    for told in (a, b):
        casebook.decide(told.id, "same", other=bridge.id, by="Reviewer")
    casebook.merge()
    assert sorted(map(len, parts_of(casebook))) == [3]
    casebook.add(reading(stored[2], reader="reportedly 0.2.0"))
    assert casebook.merge().split == 1
    assert sorted(map(len, parts_of(casebook))) == [1, 1]


@ON_SQLITE
def test_progress_is_told(casebook: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    from reportedly.casebook import merge

    monkeypatch.setattr(merge, "BATCH", 4)
    casebook.add_many(story())
    steps: list[int] = []
    casebook.merge(progress=steps.append)
    assert steps == [4, 8, 12, 15]


@ON_SQLITE
def test_lineage_counts(new_casebook: Callable[[], Casebook]) -> None:
    """Reports that name a group and its wing join where the register says so, and only there."""
    text = "River Guard attacked soldiers in Gao province."
    province = GAO | {"precision": 4}
    wing = claim(text, "attacked", actors=["River Guard"], targets=["soldiers"], at=province, day="2025-06-02")
    groups = []
    for lineage in (set(), {("grp-river-guard", "grp-red-lantern")}):
        casebook = new_casebook()
        casebook.add_many([clash(), reading(report(text, source="Valley Post"), wing)])
        casebook.merge(related=lambda one, other, lineage=lineage: (one, other) in lineage)  # type: ignore[misc]
        groups.append(len(parts_of(casebook)))
    assert groups == [2, 1]


def _batched(items: Iterable[Reading], size: int) -> Iterable[list[Reading]]:
    items = list(items)
    return (items[at : at + size] for at in range(0, len(items), size))

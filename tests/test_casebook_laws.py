"""What holds of joining whatever comes, in whatever order: one result, ids for life, a person's word is law."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

import pytest
from casebook_factory import ANSONGO, GAO, MALI, claim, clash, reading, report
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from reportedly.incidents.records import Incident
from reportedly.records import Reading

if TYPE_CHECKING:
    from reportedly.casebook.book import Casebook

Pair = tuple[str, str]
SIDES: dict[str, Any] = {"actors": ["Red Lantern Front"], "targets": ["Blue Ridge Army"]}
ON_SQLITE = pytest.mark.parametrize("new_address", ["sqlite"], indirect=True)
FEW = settings(
    max_examples=8,
    phases=[Phase.generate],
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def _pool() -> list[Reading]:
    """Clashes told well, vaguely, together, as copies, denied, and looked back upon."""
    days = ("2025-06-01", "2025-06-02")
    told = [clash(day=day, at=at, source=source) for day in days for at in (GAO, ANSONGO) for source in ("A", "B")]
    text = "Red Lantern Front attacked Blue Ridge Army in Mali on Monday."
    spans = ((days[0], days[1]), (days[1], days[1]), (None, "2025-06-03"))
    told += [
        reading(
            report(text + " " * number + "It said so.", source=f"V{number}"),
            claim(text, "attacked", at=MALI, day=span, id=f"claim-vague-{number}", **SIDES),
        )
        for number, span in enumerate(spans)
    ]
    text = "Red Lantern Front attacked Blue Ridge Army in Gao, then shelled Ansongo."
    first = claim(text, "attacked", at=GAO, day=days[0], **SIDES)
    second = claim(text, "shelled", at=ANSONGO, day=days[0], actors=["Red Lantern Front"])
    told.append(reading(report(text, source="Round-up"), first, second))
    told.append(reading(report(told[0].report.text, source="Copy"), told[0].claims[0].model_copy(update={"id": "claim-copy"})))
    text = "Blue Ridge Army denied that Red Lantern Front attacked Blue Ridge Army in Gao on Monday."
    told.append(reading(report(text, source="Denier"), claim(text, "attacked", at=GAO, day=days[1], status="denied", **SIDES)))
    text = "Red Lantern Front fighters stood trial for the attack on Blue Ridge Army in Gao."
    old = claim(text, "trial", "other", at=GAO, type="trial", **SIDES)
    return [*told, reading(report(text, source="Court", published="2025-06-20"), old)]


POOL = _pool()
CLAIMS = [claim.id for told in POOL for claim in told.claims if claim.status == "occurred" and claim.type != "trial"]
PAIRS = st.lists(st.tuples(st.sampled_from(CLAIMS), st.sampled_from(CLAIMS)).filter(lambda pair: pair[0] != pair[1]), max_size=3)


def parts(casebook: Casebook) -> set[frozenset[tuple[str, str]]]:
    """Each incident as its claims with the part that each has in it."""
    return {frozenset((member.role, member.claim) for member in incident.members) for incident in casebook.incidents()}


def members(incident: Incident) -> frozenset[str]:
    return frozenset(member.claim for member in incident.members if member.role == "member")


def verdicts(same: list[Pair], different: list[Pair]) -> list[tuple[Literal["same", "different"], list[Pair]]]:
    return [("same", same), ("different", different)]


def arrive(casebook: Casebook, readings: Sequence[Reading], cuts: Iterable[int]) -> None:
    """Readings a few at a time, each lot joined before the next comes."""
    edges = [0, *sorted(set(cuts)), len(readings)]
    for start, end in pairwise(edges):
        casebook.add_many(readings[start:end])
        casebook.merge()


@ON_SQLITE
@FEW
@given(data=st.data())
def test_one_result_whatever_the_order_and_the_lots(new_casebook: Callable[[], Casebook], data: st.DataObject) -> None:
    """One by one is as all at once, and first come is as last come."""
    chosen = data.draw(st.lists(st.sampled_from(POOL), unique_by=id, min_size=3))
    whole, other = new_casebook(), new_casebook()
    arrive(whole, chosen, [])
    cuts = data.draw(st.one_of(st.just(range(len(chosen))), st.lists(st.integers(0, len(chosen)), max_size=4)))
    arrive(other, data.draw(st.permutations(chosen)), cuts)
    assert parts(other) == parts(whole)


@ON_SQLITE
@FEW
@given(data=st.data(), same=PAIRS, different=PAIRS)
def test_a_persons_word_is_law_whenever_it_is_said(
    new_casebook: Callable[[], Casebook], data: st.DataObject, same: list[Pair], different: list[Pair]
) -> None:
    """What is said before further reports come holds as what is said after; *different* always, *same* unless it contradicts."""
    early, late = new_casebook(), new_casebook()
    order = data.draw(st.permutations(POOL))
    told = {claim.id: at for at, item in enumerate(order) for claim in item.claims}
    for at, item in enumerate(order):
        early.add(item)
        early.merge()
        for verdict, said in verdicts(same, different):
            for one, two in said:
                if at == max(told[one], told[two]):
                    early.decide(one, verdict, other=two, by="Reviewer")
        early.merge()
    arrive(late, POOL, [])
    for verdict, said in verdicts(same, different):
        for one, two in said:
            late.decide(one, verdict, other=two, by="Reviewer")
    late.merge()
    assert parts(early) == parts(late)
    homes = {claim: incident.id for incident in late.incidents() for claim in members(incident)}
    assert all(homes[one] != homes[two] for one, two in different)
    assert different or all(homes[one] == homes[two] for one, two in same)


@ON_SQLITE
@FEW
@given(data=st.data(), said=PAIRS)
def test_ids_live_for_ever_and_taking_back_restores(
    new_casebook: Callable[[], Casebook], data: st.DataObject, said: list[Pair]
) -> None:
    """Through joins, merges and splits no id is lost, given twice or renumbered without need. A decision that is taken back
    leaves the same groups, and if it merged or split whole incidents, each has its id again."""
    casebook = new_casebook()
    seen: set[str] = set()

    def step(before: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
        casebook.merge()
        now = {incident.id: members(incident) for incident in casebook.incidents()}
        of_claims = {claims: key for key, claims in now.items()}
        assert len(of_claims) == len(now)
        assert all(of_claims.get(claims, key) == key for key, claims in before.items())
        seen.update(now)
        assert all(isinstance(casebook.get(key), Incident) for key in seen)
        return now

    now: dict[str, frozenset[str]] = {}
    for item in data.draw(st.permutations(POOL)):
        casebook.add(item)
        now = step(now)
    for number, (one, two) in enumerate(said):
        decision = casebook.decide(one, "different" if number % 2 else "same", other=two, by="Reviewer")
        decided = step(now)
        casebook.undo(decision.id, by="Reviewer")
        restored = step(decided)
        assert set(restored.values()) == set(now.values())
        if _is_within(now, decided) or _is_within(decided, now):
            assert restored == now
        now = restored


def _is_within(fine: dict[str, frozenset[str]], coarse: dict[str, frozenset[str]]) -> bool:
    """Whether each of some groups is a part of one of others."""
    return all(any(claims <= other for other in coarse.values()) for claims in fine.values())

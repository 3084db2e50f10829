"""A small casebook of invented reports for the export tests: two tolls of one clash with a claim of responsibility, a denial, a
blast with a stated zero, a march known to its country alone, an abduction with a stand-in point, and acts that did not happen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook_factory import ERBIL, GAO, MALI, claim, reading, relation, report

from reportedly.knowledge.types import crosswalk
from reportedly.records import ActorKind, Reading

if TYPE_CHECKING:
    from reportedly.casebook.book import Casebook

SIDES: dict[str, Any] = {"actors": ["Red Lantern Front"], "targets": ["Blue Ridge Army"]}
GROUP: frozenset[ActorKind] = frozenset({"armed_group"})
NON_STATE = crosswalk("clash", True, GROUP, GROUP)
PROVINCE: dict[str, Any] = {
    "name": "Mopti",
    "admin1": "Mopti",
    "country": "Mali",
    "iso2": "ML",
    "lat": 14.5,
    "lon": -4.2,
    "precision": 4,
    "stand_in": True,
}
FIRST = (
    "Red Lantern Front attacked Blue Ridge Army in Gao on Monday, killing 4 soldiers, Desert Courier learned. "
    "Last year the Red Lantern Front raided a depot."
)
SECOND = (
    "The Red Lantern Front said its men attacked Blue Ridge Army in Gao on Monday and killed 9 soldiers. "
    "It took responsibility for the raid. It warned River Guard. It may seize Ansongo if talks fail."
)
DENIAL = "Blue Ridge Army denied that River Guard shelled Gao. It will attack River Guard soon."
BLAST = "A bomb exploded in Erbil on 2 June; no one was killed, =SUM(1) said."
MARCH = "Thousands marched through Mali in May."
TAKEN = "Gunmen abducted villagers in Mopti before Tuesday, @herder said."


def readings() -> list[Reading]:
    """The readings, in the order they are added."""
    own: dict[str, Any] = {"voice": "Red Lantern Front"}
    clash = claim(
        FIRST, "attacked", type="clash", at=GAO, day="2025-06-02", killed=("4 soldiers", 4, 4), crosswalk=NON_STATE, **SIDES
    )
    past = claim(FIRST, "raided", type="attack", actors=["Red Lantern Front"], background=True, crosswalk=crosswalk("attack"))
    toll = claim(
        SECOND,
        "attacked",
        type="clash",
        at=GAO,
        day="2025-06-02",
        killed=("9 soldiers", 9, 9),
        crosswalk=NON_STATE,
        **SIDES,
        **own,
    )
    takes = claim(
        SECOND,
        "took responsibility",
        "claim_of_responsibility",
        type="claim_of_responsibility",
        actors=["Red Lantern Front"],
        voice="Red Lantern Front",
        stance="claims_responsibility",
        about=(toll.id,),
        crosswalk=crosswalk("claim_of_responsibility"),
    )
    warns = claim(
        SECOND,
        "warned",
        "threat",
        type="threat",
        actors=["Red Lantern Front"],
        targets=["River Guard"],
        status="threatened",
        voice="Red Lantern Front",
        stance="threatens",
        crosswalk=crosswalk("threat", status="threatened"),
    )
    may = claim(SECOND, "seize", type="attack", status="hypothetical", crosswalk=crosswalk("attack", status="hypothetical"))
    shelled = claim(
        DENIAL,
        "shelled",
        "explosion_remote_violence",
        type="shelling",
        actors=["River Guard"],
        at=GAO,
        status="denied",
        negated=True,
        voice="Blue Ridge Army",
        stance="denies",
        crosswalk=crosswalk("shelling", status="denied", negated=True),
    )
    will = claim(
        DENIAL,
        "attack",
        type="deployment",
        targets=["River Guard"],
        status="planned",
        crosswalk=crosswalk("deployment", status="planned"),
    )
    blast = claim(
        BLAST,
        "exploded",
        "explosion_remote_violence",
        type="bombing",
        at=ERBIL,
        day="2025-06-02",
        killed=("no one", 0, 0),
        voice="=SUM(1)",
        crosswalk=crosswalk("bombing"),
    )
    march = claim(
        MARCH, "marched", "protest", type="protest", at=MALI, day=("2025-05-01", "2025-05-31"), crosswalk=crosswalk("protest")
    )
    taken = claim(
        TAKEN,
        "abducted",
        "abduction",
        type="abduction",
        actors=["Gunmen"],
        targets=["villagers"],
        at=PROVINCE,
        day=(None, "2025-06-03"),
        voice="@herder",
        crosswalk=crosswalk("abduction"),
    )
    between = relation(FIRST, "Red Lantern Front", "Blue Ridge Army")
    return [
        reading(report(FIRST, title="Clash at Gao"), clash, past, relations=(between,)),
        reading(
            report(SECOND, source="River Post", published="2025-06-04T10:00:00+02:00", title="Front claims raid"),
            toll,
            takes,
            warns,
            may,
        ),
        reading(report(DENIAL, source="Ridge Radio", published="2025-06-05"), shelled, will),
        reading(report(BLAST, source="-Wire", title="=1+1", address="https://news.example/blast"), blast),
        reading(report(MARCH, source="Sahel <Daily> & Sons", published=None), march),
        reading(report(TAKEN, source="Hill Post"), taken),
    ]


def fill(casebook: Casebook) -> Casebook:
    """The casebook with the readings, joined."""
    for each in readings():
        casebook.add(each)
    casebook.merge()
    return casebook

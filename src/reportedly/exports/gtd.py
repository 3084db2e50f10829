"""GTD-style columns: one row an incident that is an attack, with its claims of responsibility."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TextIO

from reportedly.casebook.stored import StoredClaim
from reportedly.exports.layout import Layout, columns, write_table
from reportedly.exports.material import Case, Material, Party, actor_key, is_organisation, joined
from reportedly.exports.wording import notes, title
from reportedly.incidents.records import Toll
from reportedly.knowledge.types import gtd_attacks
from reportedly.reading.reader import reader_version
from reportedly.records import Actor

NAMES: Final = (
    "eventid,iyear,imonth,iday,approxdate,extended,resolution,country,country_txt,region,region_txt,provstate,city,latitude,"
    "longitude,specificity,vicinity,location,summary,crit1,crit2,crit3,doubtterr,alternative,alternative_txt,multiple,success,"
    "suicide,attacktype1,attacktype1_txt,attacktype2,attacktype2_txt,attacktype3,attacktype3_txt,targtype1,targtype1_txt,"
    "targsubtype1,targsubtype1_txt,corp1,target1,natlty1,natlty1_txt,targtype2,targtype2_txt,targsubtype2,targsubtype2_txt,corp2,"
    "target2,natlty2,natlty2_txt,targtype3,targtype3_txt,targsubtype3,targsubtype3_txt,corp3,target3,natlty3,natlty3_txt,gname,"
    "gsubname,gname2,gsubname2,gname3,gsubname3,motive,guncertain1,guncertain2,guncertain3,individual,nperps,nperpcap,claimed,"
    "claimmode,claimmode_txt,claim2,claimmode2,claimmode2_txt,claim3,claimmode3,claimmode3_txt,compclaim,weaptype1,weaptype1_txt,"
    "weapsubtype1,weapsubtype1_txt,weaptype2,weaptype2_txt,weapsubtype2,weapsubtype2_txt,weaptype3,weaptype3_txt,weapsubtype3,"
    "weapsubtype3_txt,weaptype4,weaptype4_txt,weapsubtype4,weapsubtype4_txt,weapdetail,nkill,nkillus,nkillter,nwound,nwoundus,"
    "nwoundte,property,propextent,propextent_txt,propvalue,propcomment,ishostkid,nhostkid,nhostkidus,nhours,ndays,divert,"
    "kidhijcountry,ransom,ransomamt,ransomamtus,ransompaid,ransompaidus,ransomnote,hostkidoutcome,hostkidoutcome_txt,nreleased,"
    "addnotes,scite1,scite2,scite3,dbsource,INT_LOG,INT_IDEO,INT_MISC,INT_ANY,related"
)
UNKNOWN: Final = -9
"""That scheme's own code for what is not known."""
MODES: Final = {
    "letter": (1, "Letter"),
    "call": (2, "Call (post-incident)"),
    "video": (6, "Video"),
    "post": (7, "Posted to website, blog, etc."),
    "interview": (8, "Personal claim"),
    "press_conference": (8, "Personal claim"),
    "speech": (8, "Personal claim"),
    "statement": (9, "Other"),
    "audio": (9, "Other"),
    "broadcast": (9, "Other"),
    "paper": (9, "Other"),
    "report": (9, "Other"),
}
UNKNOWN_MODE: Final = (10, "Unknown")
SPECIFICITY: Final = {1: 1, 2: 1, 3: 3, 4: 4}
TAKING: Final = frozenset({"abduction", "hostage_taking", "enforced_disappearance"})
GROUPS: Final = (("gname", "guncertain1", "claimed", "claimmode"), ("gname2", "guncertain2", "claim2", "claimmode2"))
ALL_GROUPS: Final = (*GROUPS, ("gname3", "guncertain3", "claim3", "claimmode3"))


def rows(material: Material) -> Iterator[dict[str, object]]:
    """One row an incident that the scheme has an attack type for."""
    for case in material.cases():
        attack = gtd_attacks().get(case.type)
        if attack is None:
            material.drop("incidents of a type that the scheme has no attack type for")
        else:
            yield _row(case, *attack)


def responsibility(case: Case) -> dict[str, tuple[Actor, StoredClaim]]:
    """Each group that claims responsibility in its own voice, with the claim told first."""
    found: dict[str, tuple[Actor, StoredClaim]] = {}
    for role, claim in case.others:
        if role == "about" and claim.family == "claim_of_responsibility" and not claim.negated and claim.status != "denied":
            for actor in claim.actors:
                found.setdefault(actor_key(actor), (actor, claim))
    return found


def _row(case: Case, attack: int, attack_words: str) -> dict[str, object]:
    place, when = case.place, case.when
    is_one_month = when.first and when.last and (when.first.year, when.first.month) == (when.last.year, when.last.month)
    targets = [party.actor.name for party in case.parties("targets")][:3]
    killed, wounded = case.figure("killed"), case.figure("injured")
    taken = case.figure("abducted").number if case.type in TAKING else None
    return {
        "eventid": case.id,
        "iyear": when.first.year if when.first and when.last and when.first.year == when.last.year else None,
        "imonth": when.first.month if when.first and is_one_month else None,
        "iday": when.first.day if when.first and when.days == 1 else None,
        "approxdate": (when.words or f"{when.first or 'open'} to {when.last or 'open'}")
        if when.first and when.days != 1
        else None,
        "country_txt": place.country if place else None,
        "provstate": place.admin1 if place else None,
        "city": place.name if place and place.precision in {1, 2} else None,
        "latitude": place.lat if place else None,
        "longitude": place.lon if place else None,
        "specificity": SPECIFICITY.get(place.precision or 0, 5) if place else 5,
        "vicinity": {1: 0, 2: 1}.get(place.precision or 0, UNKNOWN) if place else UNKNOWN,
        "location": place.text if place else None,
        "summary": title(case),
        "doubtterr": UNKNOWN,
        "suicide": 1 if case.type == "suicide_attack" else None,
        "attacktype1": attack,
        "attacktype1_txt": attack_words,
        **{f"target{number}": name for number, name in enumerate(targets, 1)},
        **_groups(case),
        "weapdetail": joined(claim.instrument.text for claim in case.claims if claim.instrument),
        "nkill": killed.number,
        "nkillter": case.figure("killed", _is_attackers).number,
        "nwound": wounded.number,
        "nwoundte": case.figure("injured", _is_attackers).number,
        "ishostkid": 1 if case.type in TAKING else None,
        "nhostkid": taken,
        "addnotes": notes(case),
        **{f"scite{number}": text for number, text in enumerate(_citations(case), 1)},
        "dbsource": f"Reportedly {reader_version()}",
    }


def _is_attackers(toll: Toll) -> bool:
    return toll.group == "attackers" or (toll.group is not None and toll.side == "actor")


def _groups(case: Case) -> dict[str, object]:
    """Up to three groups named as those who did it: those who claim it first, then those that others name."""
    claiming = responsibility(case)
    named = {actor_key(party.actor): party for party in case.parties("actors") if is_organisation(party.actor)}
    keys = [*claiming, *(key for key in named if key not in claiming)][:3]
    row: dict[str, object] = {"compclaim": 1 if len(claiming) > 1 else None}
    for key, (name, uncertain, claimed, mode) in zip(keys, ALL_GROUPS, strict=False):
        actor, claim = claiming.get(key, (named[key].actor if key in named else None, None))
        assert actor is not None
        row |= {name: actor.name, uncertain: _uncertain(case, named.get(key)), claimed: 1 if claim is not None else UNKNOWN}
        if claim is not None:
            code, words = MODES.get(next((v.medium for v in reversed(claim.attribution) if v.medium), None) or "", UNKNOWN_MODE)
            row |= {mode: code, f"{mode}_txt": words}
    if not claiming and _is_unclaimed(case):
        row["claimed"] = 0
    elif not keys:
        row["claimed"] = UNKNOWN
    return row


def _is_unclaimed(case: Case) -> bool:
    """Whether it is said that nobody claims it."""
    return any(claim.family == "claim_of_responsibility" and claim.negated for _, claim in case.others)


def _uncertain(case: Case, party: Party | None) -> int | None:
    if case.incident is None:
        return None
    if (party is not None and party.only_alleged) or case.incident.standing in {"disputed", "denied"}:
        return 1
    return 0 if case.incident.standing == "acknowledged_by_both" else None


def _citations(case: Case) -> list[str]:
    reports = dict.fromkeys((claim.title, claim.source, (claim.published or "")[:10]) for claim in case.claims)
    return [", ".join(part for part in report if part) for report in reports][:3]


COLUMNS: Final = columns(
    NAMES,
    {
        "eventid": "the incident's id (text, not that data set's number)",
        "iyear": "the year, where the time told lies within one",
        "imonth": "the month, likewise; empty (never 0) where not told",
        "iday": "the day, where one day is told; empty (never 0) otherwise",
        "approxdate": "the time as written, where it is no single day",
        "country_txt": "of the most precise place told",
        "provstate": "first-level unit",
        "city": "the place, where it is exact or near one",
        "latitude": "WGS84; a stand-in where specificity is above 1",
        "longitude": "WGS84; a stand-in where specificity is above 1",
        "specificity": "1 exact or near a place, 3 second-level unit, 4 first-level unit, 5 coarser or not told",
        "vicinity": "1 near the place, 0 in it, -9 neither told",
        "location": "the place as written",
        "summary": "type, place and time",
        "doubtterr": "always -9: whether an act is terrorism is not judged",
        "suicide": "1 for suicide attacks, else empty",
        "attacktype1": "by type of event; empty types are left out",
        "attacktype1_txt": "its name",
        "target1": "the target named by most voices",
        "target2": "the next",
        "target3": "the next",
        "gname": "a group that claims it, else one that others name; never a class of people such as gunmen",
        "gname2": "the next",
        "gname3": "the next",
        "guncertain1": "1 only alleged, or the incident is disputed or denied; 0 acknowledged by both sides; else empty",
        "guncertain2": "likewise",
        "guncertain3": "likewise",
        "claimed": "1 that group claims it in its own voice; 0 it is said that nobody does; -9 nothing is told (silence is no 0)",
        "claimmode": "by the medium of the claim: 1 letter, 2 call, 6 video, 7 post, 8 in person, 9 other, 10 not told",
        "claimmode_txt": "its name",
        "claim2": "likewise for gname2",
        "claimmode2": "likewise",
        "claimmode2_txt": "likewise",
        "claim3": "likewise for gname3",
        "claimmode3": "likewise",
        "claimmode3_txt": "likewise",
        "compclaim": "1 where more than one group claims it, else empty",
        "weapdetail": "the instrument as written",
        "nkill": "killed by the rule of reduction; 0 only where zero is stated",
        "nkillter": "attackers killed, where told apart",
        "nwound": "injured by the rule of reduction",
        "nwoundte": "attackers injured, where told apart",
        "ishostkid": "1 for abductions and hostage-taking, else empty",
        "nhostkid": "abducted by the rule of reduction",
        "addnotes": "every version with its voices, standing, denials, and the rule of the one number",
        "scite1": "title, publisher and day of a report",
        "scite2": "of the next",
        "scite3": "of the next",
        "dbsource": "this program and its version",
    },
    dict.fromkeys(("country", "region", "region_txt"), "that scheme's own numbering")
    | dict.fromkeys(("crit1", "crit2", "crit3", "alternative", "alternative_txt"), "judgements that the records do not make"),
)


def _write(material: Material, stream: TextIO) -> int:
    return write_table(rows(material), COLUMNS, stream)


LAYOUT: Final = Layout(
    name="gtd",
    title="GTD-style",
    imitates="135 columns, claim fields filled",
    suffix="csv",
    unit="incidents",
    write=_write,
    columns=COLUMNS,
    cannot_say=(
        "who denies; when, by which spokesman and in which report a group claims it",
        "which of the counts comes from the claimant",
        "more than three groups, targets or citations",
    ),
)

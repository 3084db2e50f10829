"""The shipped register of states, their services, and other actors that are no rebels."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from reportedly.knowledge.classes import COLUMNS as CLASS_COLUMNS
from reportedly.knowledge.classes import load_classes
from reportedly.knowledge.tables import ROOT, cells, read_csv
from reportedly.linking.register import COLUMNS, KINDS, SECTORS, name_key
from reportedly.records import CountGroup

CODES = """
af al dz ad ao ag ar am au at az bs bh bd bb by be bz bj bt bo ba bw br bn bg bf bi kh cm ca cv cf td cl cn
co km cg cd cr ci hr cu cy cz dk dj dm do ec eg sv gq er ee sz et fj fi fr ga gm ge de gh gr gd gt gn gw gy
ht hn hu is in id ir iq ie il it jm jp jo kz ke ki kp kr kw kg la lv lb ls lr ly li lt lu mg mw my mv ml mt
mh mr mu mx fm md mc mn me ma mz mm na nr np nl nz ni ne ng mk no om pk pw pa pg py pe ph pl pt qa ro ru rw
kn lc vc ws sm st sa sn rs sc sl sg sk si sb so za ss es lk sd sr se ch sy tj tz th tl tg to tt tn tr tm tv
ug ua ae gb us uy uz vu ve vn ye zm zw
"""
MEMBERS = CODES.split()
"""The 193 members of the United Nations."""
WITHOUT_ARMY = frozenset(
    ["ad", "cr", "dm", "fm", "gd", "is", "ki", "lc", "li", "mc", "mh", "mu", "nr", "pa", "pw", "sb", "tv", "vc", "ws"]
)
OTHERS = (
    "xk",
    "ps",
    "tw",
    "eh",
    "va",
    "somaliland",
    "abkhazia",
    "south-ossetia",
    "pmr",
    "northern-cyprus",
    "su",
    "yu",
    "dd",
)
ACTORS = ROOT / "actors"
OWN = ("leaders", "legislatures", "states", "services", "organisations", "media", "communities", "parties")


def rows(name: str) -> list[dict[str, str]]:
    return [row for _, row in read_csv(ACTORS / f"{name}.csv", COLUMNS)]


def names(row: dict[str, str]) -> set[tuple[str, ...]]:
    return {name_key(name.removeprefix("~")) for name in (row["name"], *cells(row["aliases"]))}


@pytest.fixture(scope="module")
def own() -> dict[str, dict[str, str]]:
    return {row["id"]: row for name in OWN for row in rows(name)}


def test_every_member_of_the_united_nations_is_a_state(own: dict[str, dict[str, str]]) -> None:
    assert len(MEMBERS) == len(set(MEMBERS)) == 193
    assert [code for code in (*MEMBERS, *OTHERS) if own.get(code, {}).get("kind") != "state"] == []


def test_every_member_has_a_government_police_and_military(own: dict[str, dict[str, str]]) -> None:
    assert [code for code in MEMBERS if own.get(f"{code}-government", {}).get("kind") != "government"] == []
    assert [code for code in MEMBERS if own.get(f"{code}-police", {}).get("kind") != "police"] == []
    assert [
        code for code in MEMBERS if (own.get(f"{code}-military", {}).get("kind") != "military") != (code in WITHOUT_ARMY)
    ] == []


def test_ids_are_unique_over_all_files_and_parents_exist() -> None:
    every = [row for path in sorted(ACTORS.glob("*.csv")) for _, row in read_csv(path, COLUMNS)]
    ids = Counter(row["id"] for row in every)
    assert [actor for actor, times in ids.items() if times > 1] == []
    mine = {row["id"] for name in OWN for row in rows(name)}
    assert [row["id"] for row in every if row["id"] in mine and row["part_of"] and row["part_of"] not in ids] == []


def test_kinds_sectors_and_countries_are_known(own: dict[str, dict[str, str]]) -> None:
    assert {row["kind"] for row in own.values()} <= KINDS
    assert {row["sector"] for row in own.values()} <= SECTORS
    known = {row["iso2"] for _, row in read_csv(ROOT / "places" / "countries.csv", ("iso2", "name", "lat", "lon", "aliases"))}
    territories = {"GL", "HK", "MO", "NC", "PR", "CK", "NU", "VA", "EH"}
    assert {code for row in own.values() for code in cells(row["countries"])} <= known | territories


@pytest.mark.parametrize(
    ("actor", "alias"),
    [
        ("ng-military", "Nigerian soldiers"),
        ("bf-army", "Burkinabe army"),
        ("us-military", "U.S. troops"),
        ("cd-security-forces", "Congolese security forces"),
        ("pk-government", "Pakistani authorities"),
        ("ie-police", "Irish police"),
    ],
)
def test_generic_forms_use_the_right_adjective(actor: str, alias: str, own: dict[str, dict[str, str]]) -> None:
    assert name_key(alias) in names(own[actor])


@pytest.mark.parametrize(
    ("actor", "alias"), [("ne-army", "Nigerian army"), ("cg-military", "Congolese troops"), ("dm-police", "Dominican police")]
)
def test_neighbours_do_not_share_adjectives(actor: str, alias: str, own: dict[str, dict[str, str]]) -> None:
    assert name_key(alias) not in names(own[actor])


def test_metonyms_are_unique_and_stand_for_an_entry() -> None:
    found = [row for _, row in read_csv(ROOT / "lexicon" / "metonyms.csv", ("metonym", "id"))]
    ids = {row["id"] for path in ACTORS.glob("*.csv") for _, row in read_csv(path, COLUMNS)}
    assert [row for row in found if row["id"] not in ids] == []
    assert max(Counter(row["metonym"].lower() for row in found).values()) == 1


def test_metonyms_are_not_names_of_states(own: dict[str, dict[str, str]]) -> None:
    names = {row["name"] for row in own.values() if row["kind"] == "state"}
    assert [
        row["metonym"] for _, row in read_csv(ROOT / "lexicon" / "metonyms.csv", ("metonym", "id")) if row["metonym"] in names
    ] == []


def test_class_words() -> None:
    found = [row for _, row in read_csv(ROOT / "lexicon" / "classes.csv", CLASS_COLUMNS)]
    assert len({row["word"].lower() for row in found}) == len(found) > 200
    assert {row["kind"] for row in found} == {"class"}
    assert {row["group"] for row in found} <= {"", *CountGroup.__args__}  # type: ignore[attr-defined]
    assert {row["armed"] for row in found} <= {"yes", "no", ""}
    assert {row["sector"] for row in found} <= SECTORS
    classes = load_classes()
    assert (classes["gunmen"].unidentified, classes["gunmen"].armed, classes["gunmen"].group) == (True, True, "attackers")
    assert (classes["villagers"].unidentified, classes["villagers"].armed, classes["villagers"].group) == (
        False,
        False,
        "civilians",
    )


def test_no_file_of_the_register_has_other_columns() -> None:
    for path in sorted(Path(ACTORS).glob("*.csv")):
        assert path.read_text(encoding="utf-8-sig").splitlines()[0] == ",".join(COLUMNS), path.name

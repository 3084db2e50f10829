from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from reportedly.errors import KnowledgeError
from reportedly.knowledge.acts import load_acts, load_instruments
from reportedly.knowledge.types import (
    CROSSWALK_COLUMNS,
    EventType,
    crosswalk,
    crosswalk_rows,
    ontology,
    plover_by_status,
    read_crosswalk,
    read_ontology,
    read_plover_by_status,
)
from reportedly.records import Family, Status

TYPES = list(ontology().values())
ACLED = {
    "Battles": {"Government regains territory", "Non-state actor overtakes territory", "Armed clash"},
    "Protests": {"Excessive force against protesters", "Protest with intervention", "Peaceful protest"},
    "Riots": {"Violent demonstration", "Mob violence"},
    "Explosions/Remote violence": {
        "Chemical weapon",
        "Air/drone strike",
        "Suicide bomb",
        "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED",
        "Grenade",
    },
    "Violence against civilians": {"Sexual violence", "Attack", "Abduction/forced disappearance"},
    "Strategic developments": {
        "Agreement",
        "Arrests",
        "Change to group/activity",
        "Disrupted weapons use",
        "Headquarters or base established",
        "Looting/property destruction",
        "Non-violent transfer of territory",
        "Other",
    },
    "": {""},
}
PLOVER = {
    "AGREE": "",
    "CONSULT": "visit third-party multilateral phone",
    "SUPPORT": "",
    "CONCEDE": "",
    "COOPERATE": "",
    "AID": "",
    "RETREAT": "withdraw release disarm ceasefire access resign",
    "REQUEST": "assist change yield meet",
    "ACCUSE": "disapprove investigate allege",
    "REJECT": "assist change yield meet",
    "THREATEN": "restrict arrest relations expel territory violence",
    "PROTEST": "demo riot strike hunger boycott obstruct vandalize",
    "SANCTION": "convict expel withdraw discontinue",
    "MOBILIZE": "troops weapons police militia",
    "COERCE": "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber",
    "ASSAULT": "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone "
    "heavy-weapons crowd-control unconventional",
    "": "",
}
GROUP = """group: air
definition: From the air.
types:
  - id: air_strike
    family: explosion_remote_violence
    definition: Aircraft bomb.
    include: [bombs]
    exclude: [drones]
    examples: [One two three., Four five six.]
    counter_examples: [Seven eight nine., Ten eleven twelve.]
"""


@pytest.mark.parametrize("type_", TYPES, ids=lambda type_: type_.id)
def test_every_type_has_examples_of_fair_length(type_: EventType) -> None:
    for sentences in (type_.examples, type_.counter_examples):
        assert len(sentences) >= 2
        for sentence in sentences:
            assert 6 <= len(sentence.split()) <= 25, sentence
            assert sentence.endswith(".")
    assert not set(type_.examples) & set(type_.counter_examples)


@pytest.mark.parametrize("type_", TYPES, ids=lambda type_: type_.id)
def test_every_example_holds_a_trigger_or_instrument_of_its_type(type_: EventType) -> None:
    lexicon = load_acts()
    for sentence in type_.examples:
        words = sentence.lower().replace("-", " - ").replace(".", " .").replace(",", " ,").replace("'s", " 's").split()
        told = {
            match.act.type
            for i in range(len(words))
            for pos in ("verb", "noun", "adj")
            for match in lexicon.match(words, i, pos)
            if not match.act.not_with & set(words)
        }
        told |= {
            instrument.type for word in words for instrument in load_instruments().get(word, ()) if len(instrument.words) == 1
        }
        assert type_.id in told, f"{sentence} tells {sorted(told)}"


def test_no_sentence_stands_twice() -> None:
    sentences = [sentence for type_ in TYPES for sentence in (*type_.examples, *type_.counter_examples)]
    assert len(set(sentences)) == len(sentences)


def test_every_family_is_reached() -> None:
    assert {type_.family for type_ in TYPES} == set(get_args(Family))


def test_every_trigger_has_a_type_and_every_type_a_trigger() -> None:
    told = {act.type for act in load_acts().acts}
    assert told == set(ontology())


@pytest.mark.parametrize(
    ("type_id", "armed", "family"),
    [
        ("attack", True, "battle"),
        ("attack", False, "violence_against_civilians"),
        ("attack", None, "violence_against_civilians"),
        ("ambush", None, "battle"),
        ("ambush", False, "violence_against_civilians"),
        ("armed_assault", False, "violence_against_civilians"),
        ("assassination", True, "violence_against_civilians"),
        ("bombing", True, "explosion_remote_violence"),
        ("threat", True, "threat"),
    ],
)
def test_family_depends_on_the_arms_of_the_target(type_id: str, armed: bool | None, family: str) -> None:
    assert ontology()[type_id].family_for(armed) == family


@pytest.mark.parametrize("scheme", list(CROSSWALK_COLUMNS))
def test_every_type_has_a_row_in_the_crosswalk(scheme: str) -> None:
    assert {type_id for type_id, rows in crosswalk_rows(scheme).items() if "" in rows} == set(ontology())


def test_acled_rows_use_only_names_of_that_scheme() -> None:
    for rows in crosswalk_rows("acled").values():
        for row in rows.values():
            assert row["sub_event_type"] in ACLED[row["event_type"]], row


def test_plover_rows_use_only_names_of_that_scheme() -> None:
    for rows in crosswalk_rows("plover").values():
        for row in rows.values():
            assert not row["mode"] or row["mode"] in PLOVER[row["event"]].split(), row


def test_cameo_codes_are_strings_below_their_root() -> None:
    for rows in crosswalk_rows("cameo").values():
        for row in rows.values():
            assert row["code"].startswith(row["root"])
            assert row["root"] == "" or (len(row["root"]) == 2 and 1 <= int(row["root"]) <= 20)
    assert crosswalk_rows("cameo")["statement"][""]["code"] == "010"


def test_speech_acts_are_declared_unmapped_where_a_scheme_has_none() -> None:
    for type_ in TYPES:
        if type_.group == "speech":
            found = crosswalk(type_.id)
            assert (found.acled_event_type, found.acled_sub_event_type, found.ucdp_type_of_violence) == (None, None, None)


def test_ucdp_depends_on_the_sides() -> None:
    assert crosswalk("clash").ucdp_type_of_violence is None
    assert crosswalk("clash", True, {"armed_group"}, {"military"}).ucdp_type_of_violence == 1
    assert crosswalk("clash", True, {"military"}, {"armed_group"}).ucdp_type_of_violence == 1
    assert crosswalk("clash", True, {"armed_group"}, {"militia"}).ucdp_type_of_violence == 2
    assert crosswalk("bombing", False, {"armed_group"}, {"community"}).ucdp_type_of_violence == 3
    assert crosswalk("bombing", None, {"armed_group"}, {"unknown"}).ucdp_type_of_violence is None


def test_acled_depends_on_target_and_actor() -> None:
    assert crosswalk("attack", True).acled_event_type == "Battles"
    assert crosswalk("attack").acled_event_type == "Violence against civilians"
    assert crosswalk("territory_taken", None, {"military"}).acled_sub_event_type == "Government regains territory"
    assert crosswalk("territory_taken", None, {"armed_group"}).acled_sub_event_type == "Non-state actor overtakes territory"
    assert crosswalk("territory_taken").acled_sub_event_type == "Non-violent transfer of territory"


def test_crosswalk_refuses_an_unknown_type() -> None:
    with pytest.raises(KnowledgeError, match="no event type 'picnic'"):
        crosswalk("picnic")


def test_a_sound_group_is_read(tmp_path: Path) -> None:
    (tmp_path / "air.yaml").write_text(GROUP, encoding="utf-8")
    assert list(read_ontology(tmp_path)) == ["air_strike"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("family: explosion_remote_violence", "family: explosion", "no family"),
        ("    exclude: [drones]\n", "", "missing keys: \\['exclude'\\]"),
        ("exclude: [drones]", "exclude: [drones]\n    colour: [red]", "unknown keys: \\['colour'\\]"),
        ("[One two three., Four five six.]", "[One two three.]", "at least 2"),
        ("[One two three., Four five six.]", "[One., One.]", "twice"),
        ("include: [bombs]", "include: bombs", "list of texts"),
        ("group: air", "group: sea", "another name"),
    ],
)
def test_a_faulty_group_is_refused_with_its_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    (tmp_path / "air.yaml").write_text(GROUP.replace(old, new), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=message) as caught:
        read_ontology(tmp_path)
    assert caught.value.where is not None
    assert caught.value.where.endswith(("air.yaml:4", "air.yaml:1"))


def test_a_type_in_two_groups_is_refused(tmp_path: Path) -> None:
    (tmp_path / "air.yaml").write_text(GROUP, encoding="utf-8")
    (tmp_path / "sea.yaml").write_text(GROUP.replace("group: air", "group: sea"), encoding="utf-8")
    with pytest.raises(KnowledgeError, match="already"):
        read_ontology(tmp_path)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("clash,,1,\npicnic,,1,\n", "no event type 'picnic'"),
        ("clash,,1,\nclash,,2,\n", "already"),
        ("clash,,,\n", "mapped to nothing"),
        ("clash,sometimes,1,\n", "unknown condition"),
        ("clash,non_state,2,\n", "no row for clash"),
    ],
)
def test_a_faulty_crosswalk_is_refused(tmp_path: Path, rows: str, message: str) -> None:
    path = tmp_path / "ucdp.csv"
    path.write_text("type,when,type_of_violence,note\n" + rows, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=message):
        read_crosswalk(path, CROSSWALK_COLUMNS["ucdp"], {"clash"})


@pytest.mark.parametrize(
    ("type_id", "status", "negated", "event"),
    [
        ("aid", "occurred", False, "AID"),
        ("aid", "planned", False, "AGREE"),
        ("aid", "planned", True, "REJECT"),
        ("release", "planned", False, "AGREE"),
        ("release", "requested", False, "REQUEST"),
        ("concession", "denied", False, "REJECT"),
        ("restriction", "planned", False, "THREATEN"),
        ("arrest", "alleged", False, "COERCE"),
        ("rejection", "planned", False, "REJECT"),
        ("escape", "planned", False, None),
    ],
)
def test_plover_depends_on_what_is_done_and_what_is_only_said(
    type_id: str, status: Status, negated: bool, event: str | None
) -> None:
    assert crosswalk(type_id, status=status, negated=negated).plover_type == event


def test_a_mode_goes_with_what_is_done() -> None:
    assert crosswalk("release").plover_mode == "release"
    assert crosswalk("release", status="planned").plover_mode is None


def test_plover_by_status_uses_only_names_of_that_scheme() -> None:
    for (event, _), becomes in plover_by_status().items():
        assert event in PLOVER
        assert becomes in PLOVER
        assert event != becomes


@pytest.mark.parametrize(
    ("rows", "message"), [("AID,perhaps,AGREE\n", "unknown status"), ("AID,planned,AGREE\nAID,planned,REJECT\n", "already")]
)
def test_a_faulty_table_of_statuses_is_refused(tmp_path: Path, rows: str, message: str) -> None:
    path = tmp_path / "plover_by_status.csv"
    path.write_text("event,status,becomes\n" + rows, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=message):
        read_plover_by_status(path)

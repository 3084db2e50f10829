from __future__ import annotations

from pathlib import Path

import pytest

from reportedly.errors import KnowledgeError
from reportedly.knowledge.acts import (
    ACT_COLUMNS,
    INSTRUMENT_COLUMNS,
    Pos,
    alternatives,
    build_lexicon,
    inflect,
    load_acts,
    load_instruments,
    plural,
    read_acts,
    read_instruments,
)
from reportedly.knowledge.types import ontology


@pytest.mark.parametrize(
    ("verb", "form"),
    [
        ("shoot", "shot"),
        ("clash", "clashed"),
        ("clash", "clashes"),
        ("kidnap", "kidnapped"),
        ("kidnap", "kidnapping"),
        ("lay", "laid"),
        ("seize", "seizing"),
        ("flee", "fleeing"),
        ("flee", "fled"),
        ("stab", "stabbed"),
        ("gun", "gunned"),
        ("shell", "shelled"),
        ("target", "targeted"),
        ("deny", "denies"),
        ("deny", "denied"),
        ("die", "dying"),
        ("acquit", "acquitted"),
        ("rearrest", "rearrested"),
        ("level", "levelled"),
        ("level", "leveled"),
        ("overrun", "overran"),
        ("slay", "slain"),
        ("tear-gas", "tear-gassed"),
        ("gang-rape", "gang-raped"),
        ("veto", "vetoes"),
        ("vow", "vowed"),
        ("box", "boxed"),
        ("mutiny", "mutinied"),
    ],
)
def test_inflection(verb: str, form: str) -> None:
    assert form in inflect(verb).all()


@pytest.mark.parametrize(
    ("verb", "wrong"),
    [
        ("shoot", "shooted"),
        ("target", "targetted"),
        ("attack", "attackked"),
        ("vow", "vowwed"),
        ("deploy", "deploied"),
        ("seize", "seizeing"),
        ("shell", "shellled"),
        ("threaten", "threatenned"),
    ],
)
def test_no_wrong_form(verb: str, wrong: str) -> None:
    assert wrong not in inflect(verb).all()


@pytest.mark.parametrize(
    ("noun", "form"),
    [
        ("ambush", "ambushes"),
        ("casualty", "casualties"),
        ("knife", "knives"),
        ("siege", "sieges"),
        ("hostilities", "hostilities"),
    ],
)
def test_plural(noun: str, form: str) -> None:
    assert plural(noun) == form


@pytest.mark.parametrize(
    ("text", "word", "pos", "term", "type_id"),
    [
        ("rebels laid siege to the town", "laid", "verb", "lay siege", "siege"),
        ("gunmen took three aid workers hostage", "took", "verb", "take * hostage", "hostage_taking"),
        ("gunmen shot two guards dead", "shot", "verb", "shoot * dead", "armed_attack"),
        ("they gunned him down at home", "gunned", "verb", "gun down", "armed_attack"),
        ("police tear - gassed the crowd", "tear", "verb", "tear-gas", "crowd_violence"),
        ("militants fired a barrage of rockets at the port", "fired", "verb", "fire * rockets", "rocket_attack"),
        ("guards sexually assaulted detainees", "assaulted", "verb", "sexually assault", "sexual_violence"),
        ("two roadside bombs killed five", "roadside", "noun", "roadside bomb", "ied"),
        ("a cease - fire began at noon", "cease", "noun", "cease-fire", "ceasefire"),
        ("two acts of terror in a week", "acts", "noun", "act of terror", "attack"),
        ("the patrol came under heavy fire", "came", "verb", "come under heavy fire", "armed_assault"),
        ("the town is under siege", "under", "adj", "under siege", "siege"),
        ("the group claimed full responsibility", "claimed", "verb", "claim * responsibility", "claim_of_responsibility"),
    ],
)
def test_the_longest_term_comes_first(text: str, word: str, pos: Pos, term: str, type_id: str) -> None:
    words = text.split()
    best = load_acts().match(words, words.index(word), pos)[0]
    assert (best.act.term, best.act.type) == (term, type_id)
    assert best.indexes[0] == words.index(word)
    assert all(words[i] != "-" for i in best.indexes)


@pytest.mark.parametrize(
    ("text", "word", "pos", "type_id"),
    [
        ("they took the bus . Later hostage families met", "took", "verb", "hostage_taking"),
        ("they took one two three four five six seven hostage", "took", "verb", "hostage_taking"),
        ("he came home under a clear sky", "came", "verb", "armed_assault"),
        ("the clerk lays the table", "lays", "verb", "siege"),
        ("guards assaulted detainees", "assaulted", "verb", "sexual_violence"),
        ("the fire went out", "out", "noun", "arson"),
        ("walking is healthy", "walking", "verb", "strike"),
        ("the choir sang", "choir", "noun", "attack"),
    ],
)
def test_what_is_not_told(text: str, word: str, pos: Pos, type_id: str) -> None:
    words = text.split()
    assert type_id not in {match.act.type for match in load_acts().match(words, words.index(word), pos)}


@pytest.mark.parametrize(
    ("term", "pos", "blocker"),
    [
        ("attack", "noun", "heart"),
        ("shoot", "verb", "film"),
        ("fire", "verb", "coach"),
        ("rally", "verb", "shares"),
        ("battle", "verb", "cancer"),
        ("bomb", "verb", "office"),
        ("hit", "verb", "record"),
        ("raid", "verb", "panty"),
        ("strike", "verb", "deal"),
        ("release", "verb", "album"),
        ("deny", "verb", "visa"),
    ],
)
def test_words_that_turn_a_trigger_off(term: str, pos: str, blocker: str) -> None:
    senses = [act for act in load_acts().acts if act.term == term and act.pos == pos]
    assert any(blocker in act.not_with for act in senses)


def test_one_term_may_have_a_sense_for_each_kind_of_object() -> None:
    senses = {(act.object, act.type) for act in load_acts().acts if act.term == "capture" and act.pos == "verb"}
    assert {("person", "arrest"), ("place", "territory_taken")} <= senses


def test_the_lexicon_is_wide() -> None:
    acts = load_acts().acts
    assert len(acts) >= 900
    assert min(sum(act.type == type_id for act in acts) for type_id in ontology()) >= 10


def test_instruments_have_types_of_the_ontology() -> None:
    found = load_instruments()
    assert {instrument.type for several in found.values() for instrument in several} <= set(ontology())
    assert len({instrument.term for several in found.values() for instrument in several}) >= 120
    assert found["grenades"][0].type == "grenade_attack"
    assert [instrument.term for instrument in found["car"]][-1] == "car"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("shoot,verb,armed_attack,agent_target,,,strong", "cells"),
        ("shoot,adverb,armed_attack,agent_target,,,strong,", "unknown pos"),
        ("shoot,verb,armed_attack,event,,,strong,", "frame 'event'"),
        ("shoot,verb,armed_attack,agent_target,,animal,strong,", "unknown object"),
        ("shoot,verb,armed_attack,agent_target,,,mild,", "unknown strength"),
        ("shoot,verb,,agent_target,,,strong,", "no type"),
        (",verb,armed_attack,agent_target,,,strong,", "no term"),
        ("shoot,verb,armed_attack,agent_target,at|at,,strong,", "distinct"),
        ("shoot,verb,armed_attack,agent_target,,,strong,film||photo", "separated"),
    ],
)
def test_a_faulty_trigger_is_refused_with_its_line(tmp_path: Path, row: str, message: str) -> None:
    path = tmp_path / "acts.csv"
    path.write_text(",".join(ACT_COLUMNS) + "\nkill,verb,killing,agent_target,,,strong,\n" + row + "\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=message) as caught:
        list(read_acts(path))
    assert caught.value.where == f"{path}:3"


def test_a_trigger_told_twice_is_refused_unless_it_has_another_object(tmp_path: Path) -> None:
    path = tmp_path / "acts.csv"
    header = ",".join(ACT_COLUMNS)
    path.write_text(
        f"{header}\ntake,verb,arrest,agent_target,,person,weak,\ntake,verb,arrest,agent_target,,,weak,\n", encoding="utf-8"
    )
    assert len(build_lexicon(tuple(read_acts(path))).verbs["took"]) == 2
    path.write_text(f"{header}\ntake,verb,arrest,agent_target,,,weak,\ntake,verb,arrest,mover,,,strong,\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="line 2"):
        list(read_acts(path))


@pytest.mark.parametrize("row", ["gun,armed_attack,toy", "gun,,firearm", "knife,stabbing,blade\nknife,attack,blade"])
def test_a_faulty_instrument_is_refused(tmp_path: Path, row: str) -> None:
    path = tmp_path / "instruments.csv"
    path.write_text(",".join(INSTRUMENT_COLUMNS) + "\n" + row + "\n", encoding="utf-8")
    with pytest.raises(KnowledgeError):
        list(read_instruments(path))


def test_a_file_with_other_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "acts.csv"
    path.write_text("word,type\nkill,killing\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="columns"):
        list(read_acts(path))


@pytest.mark.parametrize(
    ("term", "terms"),
    [
        ("stab", ["stab"]),
        ("lift/ease * ban", ["lift * ban", "ease * ban"]),
        ("send * aid/food to/for", ["send * aid to", "send * aid for", "send * food to", "send * food for"]),
    ],
)
def test_a_stroke_parts_alternatives(term: str, terms: list[str]) -> None:
    assert list(alternatives(term)) == terms


def test_alternatives_are_terms_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "acts.csv"
    path.write_text(",".join(ACT_COLUMNS) + "\nlift/ease * ban,verb,concession,agent_target,on,,weak,\n", encoding="utf-8")
    assert [act.words for act in read_acts(path)] == [("lift", "*", "ban"), ("ease", "*", "ban")]


def test_an_alternative_told_twice_is_refused(tmp_path: Path) -> None:
    row = "verb,concession,agent_target,,,weak,\n"
    path = tmp_path / "acts.csv"
    path.write_text(",".join(ACT_COLUMNS) + f"\nlift/ease * ban,{row}ease * ban,{row}", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="line 2"):
        list(read_acts(path))


@pytest.mark.parametrize(
    ("text", "word", "type_id"),
    [
        ("the council vetoed the plan", "vetoed", "rejection"),
        ("the minister refused to meet the envoy", "refused", "rejection"),
        ("the king turned down the offer", "turned", "rejection"),
        ("the court lifted the curfew in the port", "lifted", "concession"),
        ("the state eased some sanctions on its neighbour", "eased", "concession"),
        ("the museum returned two masks to the village", "returned", "concession"),
        ("the premier stepped down", "stepped", "resignation"),
        ("the union welcomed the decision", "welcomed", "endorsement"),
        ("the premier congratulated the winner", "congratulated", "endorsement"),
        ("the army apologised for the raid", "apologised", "apology"),
        ("the state agreed to share the water", "agreed", "consent"),
        ("the state donated forty tents", "donated", "aid"),
        ("the state gave humanitarian aid to the camps", "gave", "aid"),
        ("the police shared evidence with the court", "shared", "cooperation"),
        ("the prosecutor opened an investigation into the raid", "opened", "inquiry"),
        ("the families filed a lawsuit against the state", "filed", "lawsuit"),
        ("the state cut off all aid to its neighbour", "cut", "cooperation_cut"),
        ("the parties boycotted the vote", "boycotted", "boycott"),
        ("the troops remained on high alert", "remained", "alert"),
        ("the state deported nine refugees", "deported", "deportation"),
        ("hackers launched cyber attacks on the grid", "launched", "cyber_attack"),
        ("police recovered nine live cartridges from the hut", "recovered", "weapons_seizure"),
        ("police unearthed a buried landmine near the road", "unearthed", "weapons_seizure"),
    ],
)
def test_dealings_without_force(text: str, word: str, type_id: str) -> None:
    words = text.split()
    assert load_acts().match(words, words.index(word), "verb")[0].act.type == type_id


@pytest.mark.parametrize(
    ("term", "pos", "type_id", "blocker"),
    [
        ("decline to", "verb", "rejection", "comment"),
        ("release", "verb", "release", "album"),
        ("return", "verb", "concession", "fire"),
        ("defend", "verb", "endorsement", "title"),
        ("recover", "verb", "weapons_seizure", "body"),
        ("rescue", "verb", "rescue", "rubble"),
        ("steal", "verb", "looting", "data"),
        ("investigate", "verb", "inquiry", "blaze"),
    ],
)
def test_words_that_turn_a_dealing_off(term: str, pos: str, type_id: str, blocker: str) -> None:
    rows = [act for act in load_acts().acts if (act.term, act.pos, act.type) == (term, pos, type_id)]
    assert rows
    assert all(blocker in act.not_with for act in rows)

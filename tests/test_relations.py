"""Relations between actors: what is told, what follows from acts, and what must not be read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from reportedly.errors import KnowledgeError
from reportedly.knowledge.relations import load_relations, parse_relations
from reportedly.knowledge.tables import ROOT, read_yaml
from reportedly.reading.reader import Input, Reader
from reportedly.records import Reading, Relation

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases" / "relations.yaml").read_text(encoding="utf-8"))
LEXICON = ROOT / "lexicon" / "relations.yaml"


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    texts = [case["text"] for case in CASES]
    reader = Reader(workers=1)
    return {case["id"]: reader.read(text, published="2024-05-06") for case, text in zip(CASES, texts, strict=True)}


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(workers=1)


def written(relation: Relation) -> str:
    line = f"{relation.kind} {relation.status}: {relation.a.name} > {relation.b.name}"
    return line if len(relation.attribution) == 1 else f"{line} | {relation.attribution[-1].name}"


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_relations_are_read_whole(case: dict[str, Any], readings: dict[str, Reading]) -> None:
    assert [written(relation) for relation in readings[case["id"]].relations] == case["expected"]


@pytest.mark.parametrize("case", [case for case in CASES if case["expected"]], ids=lambda case: case["id"])
def test_evidence_is_in_the_text(case: dict[str, Any], readings: dict[str, Reading]) -> None:
    for relation in readings[case["id"]].relations:
        for span in (*relation.evidence, relation.a, relation.b):
            assert case["text"][span.start : span.end] == span.text
        assert relation.rules


def test_a_pair_is_told_once_however_often_it_fights(reader: Reader) -> None:
    text = (
        "The war between Chad and the Karo Salvation Front goes on. "
        "Chadian soldiers clashed with the Karo Salvation Front on Monday. "
        "The Karo Salvation Front attacked Chadian police on Tuesday."
    )
    found = reader.read(text, published="2024-05-06").relations
    assert [relation.kind for relation in found] == ["hostile"]


def test_evidence_holds_every_telling(reader: Reader) -> None:
    text = "Chad fights the Karo Salvation Front. A school opened. Chadian troops clashed with the Karo Salvation Front."
    (relation,) = reader.read(text, published="2024-05-06").relations
    assert [span.text.split()[-1] for span in relation.evidence] == ["Front", "Front"]
    assert [span.start for span in relation.evidence] == sorted(span.start for span in relation.evidence)


def test_an_allegation_and_its_denial_stand_side_by_side(reader: Reader) -> None:
    text = "Chad accused Sudan of arming the Karo Salvation Front. Sudan denied that it arms the Karo Salvation Front."
    found = reader.read(text, published="2024-05-06").relations
    assert {(relation.kind, relation.status) for relation in found} == {("proxy_of", "alleged"), ("proxy_of", "denied")}


def test_a_truce_of_one_named_side_is_with_its_enemy(reader: Reader) -> None:
    text = "Chad is at war with the Karo Salvation Front. The Karo Salvation Front announced an end to its ceasefire on Monday."
    found = reader.read(text, published="2024-05-06").relations
    assert {(relation.kind, relation.status) for relation in found} == {("hostile", "current"), ("truce", "ended")}


OWN_WORDS = "The talks in Goma went on. We are committed to defeating the Karo Salvation Front."


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        (OWN_WORDS, "UK Government", ["hostile current: United Kingdom > Karo Salvation Front"]),
        (OWN_WORDS, "Reuters", []),
        (OWN_WORDS, None, []),
        (f"A doctor wrote down what he heard. “{OWN_WORDS}”", "UK Government", []),
        (f"The Foreign Minister, Ann Lee, said:\n\n{OWN_WORDS}", "UK Government",
         ["hostile current: United Kingdom > Karo Salvation Front | Ann Lee"]),
        (f"The novelist Ann Lee said:\n\n{OWN_WORDS}", "UK Government", []),
    ],
    ids=["issuer", "paper", "unknown", "quoted-by-nobody", "minister", "novelist"],
)  # fmt: skip
def test_we_are_those_who_issued_the_report(reader: Reader, text: str, source: str | None, expected: list[str]) -> None:
    (reading,) = reader.read_inputs([Input(text=text, source=source, published="2024-05-06")])
    assert [written(relation) for relation in reading.relations] == expected


def test_sides_swapped_give_the_same_kinds(reader: Reader) -> None:
    text = "{0} forces attacked {1} forces near the border on Monday."
    one = reader.read(text.format("Sudanese", "Chadian"), published="2024-05-06").relations
    two = reader.read(text.format("Chadian", "Sudanese"), published="2024-05-06").relations
    assert [(r.kind, r.status) for r in one] == [(r.kind, r.status) for r in two] == [("hostile", "current")]
    assert {one[0].a.name, one[0].b.name} == {two[0].a.name, two[0].b.name} == {"Sudan", "Chad"}


def test_verbs_are_known_in_all_forms() -> None:
    lexicon = load_relations()
    assert {"fight", "fights", "fought", "fighting"} <= set(lexicon.verbs)
    assert any(frame.objects for frame in lexicon.verbs["pledged"])


@pytest.mark.parametrize(
    ("part", "kind", "words", "message"),
    [
        ("nouns", "friendly", ["friend"], "unknown relation kind"),
        ("verbs", "allied", ["back", "back"], "twice"),
        ("ties", "hostile", ["war"], "cannot read"),
        ("verbs", "hostile", ["wage war"], "cannot read"),
    ],
)
def test_a_faulty_lexicon_is_refused(part: str, kind: str, words: list[str], message: str) -> None:
    data = {**read_yaml(LEXICON), part: {kind: words}}
    with pytest.raises(KnowledgeError, match=message):
        parse_relations(data, LEXICON)


def test_an_unknown_part_is_refused() -> None:
    with pytest.raises(KnowledgeError, match="friends"):
        parse_relations({**read_yaml(LEXICON), "friends": {}}, LEXICON)

"""What must hold for any report: nothing raises, spans slice back, same input same output, even-handed types and statuses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel
from reading_cases import families, load_cases

from reportedly.reading.reader import Input, Reader
from reportedly.records import Claim, Reading

PUBLISHED = "2025-06-05"
NEUTRAL = "The weather in the region was mild. "
REPORTS = [
    "Gunmen killed three soldiers near Quetta on Monday, police said. The army denied that a general was among the dead.",
    "“We shelled the base in Taiz,” a Houthi spokesman said. “We will attack again if the troops do not leave the town.”",
    "Al-Kataib Media released a video in which al-Shabaab claimed an ambush near Jilib. At least nine policemen died on 2 June.",
    "The Red Valley Front (RVF) took 14 pupils hostage in Kuriga. The RVF freed six of them the next day after talks in Abuja.",
    "A truce between M23 and the Congolese army collapsed in Sake. Thousands fled; the United Nations condemned the shelling.",
    "Police in Orvan plan to arrest the leaders of the protest. A court sentenced a man for a bombing that killed two in 2019.",
]
"""Every one holds claims: new and old, told, denied, planned, claimed, threatened."""
STATES = [
    ("Russia", "Ukraine"), ("Israel", "Iran"), ("India", "Pakistan"), ("Rwanda", "Burundi"), ("Thailand", "Cambodia"),
    ("Ethiopia", "Eritrea"), ("Armenia", "Azerbaijan"), ("China", "Vietnam"),
]  # fmt: skip
GROUPS = [
    ("Hamas", "Hezbollah"), ("Islamic State", "al-Qaida"), ("M23", "FDLR"), ("ELN", "FARC"), ("Boko Haram", "ISWAP"),
    ("Fano", "OLA"), ("TTP", "Lashkar-e-Islam"), ("PKK", "YPG"),
]  # fmt: skip
BETWEEN_STATES = [
    "{a} shelled a border village of {b} on Monday and killed four farmers.",
    "{a} accused {b} of shelling a school.",
    "{a} denied that its troops had crossed into {b}.",
    "Soldiers of {a} killed two policemen from {b} at a checkpoint.",
    "Drones from {a} struck a fuel depot in {b}, the ministry said.",
    "{a} and {b} signed a ceasefire on Friday.",
    "{a} said {b} had abducted two fishermen.",
    "{a} threatened to attack {b}.",
    "Clashes between {a} and {b} left six people dead.",
]
BETWEEN_GROUPS = [
    "Fighters of {a} attacked a village held by {b} and killed nine farmers.",
    "{a} said {b} had broken the truce between them.",
    "{a} denied that it had kidnapped members of {b}.",
    "A bomb planted by {a} killed a commander of {b}.",
    "{a} claimed responsibility for an ambush on {b} in which six fighters died.",
    "{a} captured ten fighters of {b} near the dam.",
    "{a} accused {b} of killing two villagers.",
    "{a} will attack {b}, a commander said.",
    "Clashes between {a} and {b} left six people dead.",
]
LOADED = ["terrorist", "brave", "criminal", "heroic"]
SIDES = re.compile(
    r"(?:(?<=^)|(?<=\. )|(?<=[Tt]he ))(gunmen|rebels|militants|soldiers|troops|fighters|separatists|militia|bandits|attackers)\b",
    re.I,
)
CASES = [case for name in families() for case in load_cases(name)]
DATELINES = {
    "place-dateline",
    "place-town-of-the-police-not-the-dateline",
    "place-named-town-before-that-of-the-police",
    "place-town-of-a-witness-keeps-the-dateline",
    "time-remained-in-hospital",
    "chains-speaker-before-a-colon",
}
"""Cases whose text must stand first, because a dateline or a heading opens a report and nothing else."""
ODD = [
    "",
    " ",
    "\n\n\t\r\n",
    "...!?;:—–",
    "“””’‘\"''«»„",
    '“Gunmen killed two, he said. "They fled. ‘No one',
    "🔥🔥 💣 killed 3 👮‍♀️ near Gao 🇲🇱",
    "قتل مسلحون ثلاثة جنود قرب كويتا يوم الاثنين.",
    "Gunmen \u202ekilled\u202c three soldiers near \u200fغزة\u200f on Monday.",
    "x" * 5000,
    "killed" * 900 + " in Gao on Monday",
    "Gunmen\x00 killed\x07 three\x1b[31m soldiers\x7f near\x85 Gao.",
    "A bomb \ufffd\ufeff exploded\u2028in Kabul\u2029killing \u00bd\u00b2 people.",
    "5" * 400 + " people were killed in Gao.",
    "Between and 10 people, at least, up to were killed on 31 February 2025 and on 99/99/9999.",
    "((((((((((killed))))))))))",
    "said said said said that that that killed killed",
    "MILITANTS KILL 10 IN GAO; 5 HURT",
    "e\u0301\u0301\u0301 rebels a\u0308ttacked Ze\u0301mio",
    "\ud83d lone surrogates do not come from files, yet nothing must break: killed \udc00",
]
WORDS = st.sampled_from(
    """
    gunmen soldiers police rebels the a army killed shelled abducted denied said that will not no by in on near of and who was
    were after bomb attack attacked truce ceasefire claimed responsibility three 14 dozens people Goma Quetta Russia Hamas M23
    Monday 2019 yesterday according to it he they group “ ” , . ; : ( ) - ’s spokesman video warned if would have been
    """.split()
)
FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(workers=1)


def read(reader: Reader, text: str) -> Reading:
    return reader.read_input(Input(text=text, published=PUBLISHED, language="en"))


def spans(record: object) -> Iterator[tuple[str, int, int]]:
    """Every text with its offsets in a record, however deep; the report itself is left out."""
    if isinstance(record, tuple):
        for part in record:
            yield from spans(part)
    elif isinstance(record, BaseModel):
        fields = dict(record)
        text, start, end = (fields.get(name) for name in ("text", "start", "end"))
        if start is not None or end is not None:
            assert isinstance(text, str) and isinstance(start, int) and isinstance(end, int)
            yield text, start, end
        for value in fields.values():
            yield from spans(value)


def assert_sound(reading: Reading) -> None:
    """Asserts that every span slices back, claims have evidence, and the reading survives being written and read."""
    text = reading.report.text
    for part in (reading.claims, reading.relations, reading.mentions, reading.attributions):
        for words, start, end in spans(part):
            assert text[start:end] == words
            assert words
    for claim in reading.claims:
        assert claim.evidence
        assert claim.attribution[0].start is None
    assert len({claim.id for claim in reading.claims}) == len(reading.claims)
    known = {claim.id for claim in reading.claims}
    assert all(set(claim.about) <= known for claim in reading.claims)
    assert all(set(relation.claims) <= known for relation in reading.relations)


def told(reading: Reading) -> list[tuple[str, str, str, bool, bool]]:
    return [(claim.family, claim.type, claim.status, claim.negated, claim.background) for claim in reading.claims]


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_texts_are_read_without_error(reader: Reader, text: str) -> None:
    assert_sound(read(reader, text))


@pytest.mark.parametrize("text", REPORTS, ids=range(len(REPORTS)))
def test_spans_of_reports_slice_back(reader: Reader, text: str) -> None:
    reading = read(reader, text)
    assert reading.claims
    assert_sound(reading)
    assert Reading.from_json(reading.to_json()) == reading


@FEW
@given(text=st.text(max_size=120))
def test_any_characters_are_read_without_error(reader: Reader, text: str) -> None:
    assert_sound(read(reader, text))


@FEW
@given(words=st.lists(WORDS, min_size=3, max_size=40))
def test_any_order_of_words_is_read_without_error(reader: Reader, words: list[str]) -> None:
    assert_sound(read(reader, " ".join(words)))


@FEW
@given(words=st.lists(WORDS, min_size=3, max_size=30))
def test_two_runs_give_the_same_bytes(reader: Reader, words: list[str]) -> None:
    text = " ".join(words)
    assert read(reader, text).to_json() == read(reader, text).to_json()


def test_another_reader_gives_the_same_bytes(reader: Reader) -> None:
    other = Reader(workers=1)
    assert [read(other, text).to_json() for text in REPORTS] == [read(reader, text).to_json() for text in REPORTS]


def batch(reader: Reader, texts: Sequence[str]) -> list[Reading]:
    return list(reader.read_inputs([Input(text=text, published=PUBLISHED, language="en") for text in texts]))


def test_neutral_sentence_in_front_moves_offsets_and_nothing_else(reader: Reader) -> None:
    texts = [*REPORTS, *(case.text for case in CASES if f"{case.family}-{case.id}" not in DATELINES)]
    plain = [[_moved_back(claim, 0) for claim in reading.claims] for reading in batch(reader, texts)]
    moved = [
        [_moved_back(claim, len(NEUTRAL)) for claim in reading.claims]
        for reading in batch(reader, [NEUTRAL + text for text in texts])
    ]
    assert [text for text, one, other in zip(texts, plain, moved, strict=True) if one != other] == []


def _moved_back(value: object, by: int) -> object:
    """A record as plain data with its offsets moved back, without the ids, which depend on the text."""
    if isinstance(value, BaseModel):
        own = value.model_dump(exclude={"id", "about"} if isinstance(value, Claim) else set())
        return _moved_back(own, by)
    if isinstance(value, dict):
        return {
            key: part - by if key in ("start", "end") and part is not None else _moved_back(part, by)
            for key, part in value.items()
        }
    if isinstance(value, list | tuple):
        return [_moved_back(part, by) for part in value]
    return value


@pytest.mark.parametrize(
    ("form", "pairs"),
    [
        *(pytest.param(form, STATES, id=f"states-{form}") for form in BETWEEN_STATES),
        *(pytest.param(form, GROUPS, id=f"groups-{form}") for form in BETWEEN_GROUPS),
    ],
)
def test_swapping_the_sides_changes_no_type_and_no_status(reader: Reader, form: str, pairs: list[tuple[str, str]]) -> None:
    there = [told(reading) for reading in batch(reader, [form.format(a=one, b=other) for one, other in pairs])]
    back = [told(reading) for reading in batch(reader, [form.format(a=other, b=one) for one, other in pairs])]
    assert all(there)
    assert there == back


@pytest.mark.parametrize("adjective", LOADED)
def test_loaded_adjectives_change_no_type_and_no_status(reader: Reader, adjective: str) -> None:
    texts = [case.text for case in CASES if SIDES.search(case.text)]
    plain = [told(reading) for reading in batch(reader, texts)]
    loaded = [
        told(reading) for reading in batch(reader, [SIDES.sub(partial(_loaded, adjective), text, count=1) for text in texts])
    ]
    assert len(texts) >= 40
    assert [text for text, one, other in zip(texts, plain, loaded, strict=True) if one != other] == []


def _loaded(adjective: str, match: re.Match[str]) -> str:
    word = match.group()
    return f"{adjective} {word}" if word.islower() else f"{adjective.capitalize()} {word.lower()}"


def test_a_text_is_read_alone_as_in_a_batch(reader: Reader) -> None:
    inputs = [Input(text=text, published=PUBLISHED) for text in [*REPORTS, *ODD[:9]]]
    together = [reading.to_json() for reading in reader.read_inputs(inputs)]
    assert together == [reader.read_input(one).to_json() for one in inputs]
    assert list(reversed([r.to_json() for r in reader.read_inputs(inputs[::-1])])) == together


def test_two_workers_read_as_one(reader: Reader) -> None:
    inputs = [Input(text=text, id=f"r{i}", published=PUBLISHED) for i in range(7) for text in REPORTS]
    two = [reading.to_json() for reading in Reader(workers=2).read_all(inputs)]
    assert two == [reading.to_json() for reading in reader.read_inputs(inputs)]


def test_texts_in_other_languages_are_said_to_be_unread(reader: Reader) -> None:
    reading = reader.read("Bewaffnete haben am Montag drei Soldaten in der Nähe der Stadt getötet, teilte die Polizei mit.")
    assert reading.claims == ()
    assert reading.unread is not None and "de" in reading.unread

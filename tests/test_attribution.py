"""Who says what: cases as data, the lexicon's own checks, and what must hold for any text."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.errors import KnowledgeError
from reportedly.knowledge.cues import COLUMNS, inflect, load_cues
from reportedly.knowledge.layers import open_layers
from reportedly.language import load_model
from reportedly.reading.attribution import FoundAttribution, find_attributions
from reportedly.reading.parse import Parse
from reportedly.reading.quotations import find_quotations
from reportedly.records import Stance

if TYPE_CHECKING:
    from spacy.language import Language

CASES: list[dict[str, Any]] = yaml.load(
    (Path(__file__).parent / "cases" / "attribution.yaml").read_text("utf-8"), Loader=yaml.CBaseLoader
)
PIECES = (
    *(
        "“",
        "”",
        '"',
        "'",
        "‘",
        "’",
        "''",
        "\n",
        "\n\n",
        ".",
        ",",
        ":",
        "—",
        "the army",
        "He",
        "said",
        "according to",
        "that",
        "told",
    ),
    *(
        "quoted",
        "as saying",
        "claimed responsibility",
        "No group",
        "reports of",
        "reportedly",
        "denied",
        "was",
        "blamed",
        "which",
    ),
    *("by", "neither", "nor"),
)


@cache
def model() -> Language:
    return load_model()


def parsed(text: str) -> Parse:
    return Parse.from_doc(model()(text))


def shown(found: FoundAttribution) -> dict[str, Any]:
    """An attribution as the cases write it: what is absent is left out."""
    record = found.attribution
    row: dict[str, Any] = {
        "source": record.source.text if record.source is not None else None,
        "cue": record.cue.text if record.cue is not None else None,
        "content": [piece.text for piece in record.content],
        "stance": record.stance,
        "medium": record.medium,
    }
    return {key: value for key, value in row.items() if value is not None}


def holds_spans(parse: Parse, found: list[FoundAttribution]) -> None:
    """Every span slices back to its text, and token ranges and spans name the same words."""
    for one in found:
        record = one.attribution
        pairs = [(record.source, one.source), (record.cue, one.cue), *zip(record.content, one.content, strict=True)]
        for span, bounds in pairs:
            assert (span is None) == (bounds is None)
            if span is not None and bounds is not None:
                assert parse.text[span.start : span.end] == span.text
                assert span == parse.span(*bounds)
        assert record.content
        assert (one.source is None) == (one.source_head is None)


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    parse = parsed(case["text"])
    found = find_attributions(parse)
    assert [shown(one) for one in found] == case["expected"]
    holds_spans(parse, found)


def test_case_ids_are_unique() -> None:
    ids = [case["id"] for case in CASES]
    assert len(set(ids)) == len(ids)


def test_voices_nest_from_outside_in() -> None:
    parse = parsed("Khalid wrote on X that the Front had declared in its video that the pact was void.")
    void = next(token.i for token in parse.tokens if token.lower == "void")
    chain = [one for one in find_attributions(parse) if any(first <= void <= last for first, last in one.content)]
    assert [one.attribution.source.text for one in chain if one.attribution.source] == ["Khalid", "the Front"]
    assert [one.attribution.medium for one in chain] == ["post", "video"]


def test_source_head_is_what_a_relative_pronoun_stands_for() -> None:
    parse = parsed("The general, who denied the report, left the town.")
    (found,) = find_attributions(parse)
    assert found.source_head is not None
    assert parse.tokens[found.source_head].text == "general"


def test_quoted_tells_own_words_from_a_report_of_them() -> None:
    own, told = (
        find_attributions(parsed(text))
        for text in ('"The pass is ours," the rebels said.', "The rebels said the pass is theirs.")
    )
    assert [one.quoted for one in own] == [True]
    assert [one.quoted for one in told] == [False]


def test_an_unclaimed_attack_has_no_source_and_says_so() -> None:
    (found,) = find_attributions(parsed("No group has claimed responsibility for the bombing."))
    assert (found.rule, found.source, found.attribution.source) == ("nobody", None, None)


@pytest.mark.parametrize(
    ("text", "mind"),
    [
        ("Villagers are afraid that the raiders will return.", True),
        ("I believe that the road is safe.", True),
        ("The council voted to end the siege.", True),
        ("The group makes it clear that the truce is over.", False),
        ("Local media report airstrikes hit a hospital.", False),
    ],
)
def test_attitudes_are_marked_and_utterances_are_not(text: str, mind: bool) -> None:
    (found,) = find_attributions(parsed(text))
    assert found.rule.startswith("mind") == mind


def test_no_dateline_is_said() -> None:
    for front in ("KABUL — ", "KABUL: ", "NEW DELHI, Nov 3 (Northern Wire) — ", "Kabul (Northern Wire) – ", "MOGADISHU - "):
        (found,) = find_attributions(parsed(f"{front}Ten people were killed on Monday, police said."))
        assert [piece.text for piece in found.attribution.content] == ["Ten people were killed on Monday"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ('"One." He left. "Two."', 2),
        ("“One.”", 1),
        ("It's the soldiers' camp.", 0),
        ('The 6" pipe burst.', 0),
        ("“Open and never closed.", 0),
        ("“First paragraph.\n\n“Second paragraph.”", 2),
        ("''We will go,'' he said.", 1),
        ("He said “yes, “maybe” and left.", 1),
    ],
)
def test_quotations(text: str, count: int) -> None:
    assert len(find_quotations(parsed(text))) == count


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=24), st.sampled_from(["", " "]))
def test_no_text_breaks_it(pieces: list[str], joint: str) -> None:
    parse = parsed(joint.join(pieces))
    found = find_attributions(parse)
    holds_spans(parse, found)
    assert found == find_attributions(parse)


def test_a_sentence_in_front_moves_offsets_and_nothing_else() -> None:
    front, text = "Rain fell.\n\n", '"We hold the pass," the rebels said in a video. The army denied it.'
    alone, moved = find_attributions(parsed(text)), find_attributions(parsed(front + text))
    assert [shown(one) for one in alone] == [shown(one) for one in moved]
    starts = [[one.attribution.cue.start for one in found if one.attribution.cue] for found in (alone, moved)]
    assert [start + len(front) for start in starts[0]] == starts[1]


def test_swapped_sides_get_the_same_stance() -> None:
    sides = ("the army", "the rebels")
    found = [find_attributions(parsed(f"Officials of {a} accused {b} of shelling the market.")) for a, b in (sides, sides[::-1])]
    assert [[one.attribution.stance for one in each] for each in found] == [["accuses"], ["accuses"]]


def test_inflection() -> None:
    assert inflect("deny", "verb", ("denied",)) == {"deny", "denies", "denied", "denying"}
    assert inflect("agree", "verb") == {"agree", "agrees", "agreed", "agreeing"}
    assert inflect("accuse", "verb") == {"accuse", "accuses", "accused", "accusing"}
    assert inflect("denial", "noun") == {"denial", "denials"}


def test_lexicon_covers_every_stance() -> None:
    lexicon = load_cues()
    stances = {cue.stance for cue in (*lexicon.verbs.values(), *lexicon.nouns.values(), *lexicon.adverbs.values())}
    others = {"claims_responsibility", "cannot_confirm"}
    assert stances | others == set(get_args(Stance))


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("say,verb,murmurs,clause,said,", "unknown stance"),
        ("say,pronoun,asserts,clause,said,", "unknown part of speech"),
        ("say,verb,asserts,song,said,", "unknown complement"),
        ("say,verb,asserts,clause,said,\nsay,verb,asserts,quote,said,", "listed twice"),
        ("flag,medium,,,,semaphore", "unknown medium"),
    ],
)
def test_faulty_lexicon_is_refused(row: str, message: str, tmp_path: Path) -> None:
    folder = tmp_path / "lexicon"
    folder.mkdir()
    (folder / "cues.csv").write_text(f"{','.join(COLUMNS)}\n{row}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=message) as caught:
        load_cues(open_layers([tmp_path]))
    assert caught.value.where is not None
    assert "cues.csv:" in caught.value.where

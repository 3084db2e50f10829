"""Readings in notebooks: tables and marked text, with nothing of a report taken for markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import casebook_factory as factory
import pytest

import reportedly
from reportedly.display import COLOURS, show, to_html
from reportedly.frames import attributions_frame, claims_frame, mentions_frame, relations_frame
from reportedly.records import Reading

TEXT = "Rebels of the Red Lantern Front killed at least five people near Goma on Sunday, police said."


@pytest.fixture(scope="module")
def reading() -> Reading:
    return reportedly.read(TEXT, published="2025-06-03", source="Invented Daily", title="Five dead")


class Page(HTMLParser):
    """Tags, texts and attributes of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.marked: list[str] = []
        self.attributes: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        if self.tags[-1] == "mark":
            self.marked.append(data)


def test_the_text_is_whole_and_its_words_are_marked(reading: Reading) -> None:
    page = Page(to_html(reading))
    assert TEXT in "".join(page.texts)
    assert {"killed", "Goma"} <= {text.strip() for text in page.marked}
    assert show(reading)._repr_html_() == to_html(reading)


def test_nothing_of_a_report_becomes_markup() -> None:
    hostile = '<script>alert(1)</script> Rebels killed "><img src=x onerror=alert(1)> five people near Goma\u202e, police said.'
    page = Page(to_html(reportedly.read(hostile, source="<b>x</b>", title="</div><script>")))
    assert set(page.tags) <= {"div", "p", "strong", "mark", "span", "table", "thead", "tbody", "tr", "th", "td"}
    assert page.attributes <= {"style", "title", "scope"}
    assert "\u202e" not in "".join(page.texts)


def test_what_is_unread_is_said() -> None:
    reading = Reading(reader="x", report=factory.report("Nada."), unread="language is 'es'; only English is read")
    assert "Not read: language is" in to_html(reading)
    assert str(show(reading)).startswith("not read")


def test_no_claims_is_said() -> None:
    assert str(show(reportedly.read("The minister opened a school."))) == "no claims"


def test_black_on_every_colour_can_be_read() -> None:
    def channel(value: int) -> float:
        share = value / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    for colour in COLOURS.values():
        assert re.fullmatch(r"#[0-9a-f]{6}", colour)
        red, green, blue = (channel(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
        light = 0.2126 * red + 0.7152 * green + 0.0722 * blue
        assert (light + 0.05) / (channel(0x11) + 0.05) > 7


def test_frames_have_a_row_each_and_no_invented_zero(reading: Reading) -> None:
    claims = claims_frame(reading)
    assert len(claims) == len(reading.claims) > 0
    assert claims["killed_low"].tolist()[0] == 5
    assert [claims[column].isna().tolist()[0] for column in ("killed_high", "injured_low")] == [True, True]
    assert len(mentions_frame([reading, reading])) == 2 * len(reading.mentions)
    attributions = attributions_frame(reading)
    assert attributions[["source", "cue", "stance"]].values.tolist()[0] == ["police", "said", "asserts"]
    assert len(relations_frame([])) == len(claims_frame([])) == len(attributions_frame([])) == 0


def test_empty_frames_keep_their_columns() -> None:
    nothing = reportedly.read("The minister opened a school.")
    filled = reportedly.read(TEXT, published="2025-06-03")
    for frame in (claims_frame, mentions_frame, attributions_frame):
        assert list(frame(nothing).columns) == list(frame(filled).columns) != []

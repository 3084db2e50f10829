"""Briefs: every line with its words, no bare figure, honest drawings, the same bytes twice, on both databases."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import casebook_factory as factory
import pypdfium2
import pytest
from lxml import html as markup

from reportedly.briefs import FORMATS, Brief, compose, gather, window, write
from reportedly.briefs.markdown import plain
from reportedly.briefs.pictures import map_svg, png, timeline_svg
from reportedly.briefs.records import Section, Sentence
from reportedly.briefs.words import marks
from reportedly.casebook import Filter
from reportedly.errors import SettingError
from reportedly.records import Reading

if TYPE_CHECKING:
    from reportedly.casebook.book import Casebook

NOW = datetime(2025, 6, 12, 6, 0, tzinfo=UTC)
AREA: dict[str, Any] = {"name": "Gao", "admin1": "Gao", "country": "Mali", "iso2": "ML", "lat": 16.9, "lon": 0.1, "precision": 4}
COUNTED = re.compile(r"(?:at least |up to |none|\d[\d,]* to )?\b\d[\d,]*\b|none")


def told(text: str, trigger: str, *, source: str, published: str | None = "2025-06-11", **more: Any) -> Reading:
    """A report with one claim."""
    address = more.pop("address", None)
    return factory.reading(
        factory.report(text, source=source, published=published, address=address), factory.claim(text, trigger, **more)
    )


def attack(
    killed: int, source: str, published: str, *, at: dict[str, Any] = factory.GAO, voice: str | None = None, **more: Any
) -> Reading:
    """A report of one attack on 2025-06-10 with its own toll."""
    says = f"{voice} said" if voice else f"{source} learned"
    text = f"Red Lantern Front attacked Blue Ridge Army in Gao on 2025-06-10, killing {killed} soldiers, {says}."
    sides: dict[str, Any] = {"actors": ["Red Lantern Front"], "targets": ["Blue Ridge Army"]}
    counts = (f"{killed} soldiers", killed, more.pop("high", killed))
    return told(
        text,
        "attacked",
        source=source,
        published=published,
        at=at,
        day=more.pop("day", "2025-06-10"),
        killed=counts,
        voice=voice,
        **sides,
        **more,
    )


def denial(source: str = "Ridge Radio", published: str = "2025-06-12") -> Reading:
    """A report in which one side denies the attack."""
    text = "Blue Ridge Army denied that Red Lantern Front attacked Blue Ridge Army in Gao on 2025-06-10."
    sides: dict[str, Any] = {"actors": ["Red Lantern Front"], "targets": ["Blue Ridge Army"]}
    return told(
        text,
        "attacked",
        source=source,
        published=published,
        at=factory.GAO,
        day="2025-06-10",
        voice="Blue Ridge Army",
        stance="denies",
        status="denied",
        negated=True,
        **sides,
    )


def threat(who: str = "Red Lantern Front", whom: str = "Blue Ridge Army", published: str = "2025-06-11") -> Reading:
    """A report of a threat."""
    text = f"{who} threatened on 2025-06-11 to attack {whom} near Gao."
    return told(
        text,
        "threatened",
        family="threat",
        type="threat",
        source="Desert Courier",
        published=published,
        actors=[who],
        targets=[whom],
        status="threatened",
        day="2025-06-11",
        voice=who,
        stance="threatens",
    )


def made(
    book: Casebook, *readings: Reading, since: str = "48h", until: str | None = None, by: Any = "published", **asked: Any
) -> Brief:
    """The brief of these readings for a window that ends on 2025-06-12."""
    for reading in readings:
        book.add(reading)
    book.merge()
    return compose(gather(book, Filter(**asked), window(since, until, NOW, by)), made_by="tests")


def section(brief: Brief, key: str) -> Section:
    return next(part for part in brief.sections if part.key == key)


def sentences(brief: Brief) -> Iterator[tuple[str, Sentence]]:
    """All sentences with the key of their section."""
    for part in brief.sections:
        yield from ((part.key, sentence) for sentence in part.sentences)
        yield from ((part.key, one) for group in part.groups for entry in group.entries for one in entry.sentences)


def labelled(brief: Brief, label: str) -> list[str]:
    """The texts of the sentences with a label."""
    return [sentence.text for _, sentence in sentences(brief) if sentence.label == label]


@pytest.fixture
def full(casebook: Casebook) -> Brief:
    """A brief of an attack told before and again with another toll, its denial, a threat, and a new attack without a point."""
    return made(
        casebook,
        attack(4, "Desert Courier", "2025-06-10T05:00:00+00:00"),
        attack(9, "Border Post", "2025-06-11", voice="Red Lantern Front"),
        denial(),
        threat(),
        attack(3, "Valley Post", "2025-06-11", at=factory.ERBIL | {"name": "Gao"}, day="2025-06-11"),
    )


class TestFootnotes:
    def test_every_sentence_on_an_act_has_one(self, full: Brief) -> None:
        bare = [text for key, text in sentences(full) if not text.notes]
        assert [text.text for text in bare if not re.match(r"\d+ reports? read|What no report", text.text)] == []

    def test_words_are_verbatim_in_their_report(self, full: Brief, casebook: Casebook) -> None:
        texts = {report.id: report.text for report in casebook.reports()}
        assert len(full.footnotes) >= 5
        for note in full.footnotes:
            assert note.words is not None
            assert all(piece in texts[note.report] for piece in note.words.split(" … "))

    def test_numbers_run_from_one_and_all_are_used(self, full: Brief) -> None:
        assert [note.number for note in full.footnotes] == list(range(1, len(full.footnotes) + 1))
        assert {number for _, sentence in sentences(full) for number in sentence.notes} == {
            note.number for note in full.footnotes
        }

    def test_addresses_are_defanged(self, casebook: Casebook) -> None:
        reading = attack(4, "Front Media", "2025-06-11", address="https://front.example/video")
        brief = made(casebook, reading)
        assert {note.address for note in brief.footnotes} == {"hxxps://front[.]example/video"}
        assert all(b"https://front" not in write(brief, layout) for layout in ("html", "markdown", "json"))


class TestFigures:
    def test_are_ranges_with_voices(self, full: Brief) -> None:
        text = next(text for text in labelled(full, "Killed") if "9" in text)
        assert text == "4 to 9, by who tells it: 4 (Desert Courier); 9 (Border Post, citing Red Lantern Front)."

    def test_never_stand_without_a_voice(self, full: Brief) -> None:
        for _, sentence in sentences(full):
            if (sentence.label or "").partition(" (")[0] in ("Killed", "Injured", "Abducted", "Arrested"):
                figures = sentence.text.partition(": ")[2] or sentence.text
                assert all(re.match(r"[^()]*\d[^()]* \(.+\)", version) for version in figures.split("; ") if version[0].isdigit())

    def test_an_open_end_stays_open(self, casebook: Casebook) -> None:
        brief = made(casebook, attack(9, "Border Post", "2025-06-11", high=None))
        assert labelled(brief, "Killed") == ["at least 9 (Border Post)."]

    def test_are_never_added_up(self, full: Brief) -> None:
        assert "13" not in " ".join(sentence.text for _, sentence in sentences(full))

    def test_what_is_not_told_is_no_zero(self, casebook: Casebook) -> None:
        text = "Red Lantern Front attacked Blue Ridge Army in Gao on 2025-06-10."
        reading = told(text, "attacked", source="X", at=factory.GAO, day="2025-06-10", targets=["Blue Ridge Army"])
        brief = made(casebook, reading)
        assert labelled(brief, "Killed") == []
        assert labelled(brief, "How many were harmed") == ["no figure is told for 1."]
        assert labelled(brief, "Who did it") == ["nobody names a group or force, or only in general words, for 1."]


class TestParts:
    def test_what_is_told_for_the_first_time_is_not_what_changed(self, full: Brief) -> None:
        changed, new = section(full, "changed"), section(full, "happened")
        assert [entry.heading for group in changed.groups for entry in group.entries] == ["Battle – Gao, Mali – 10 June 2025"]
        assert [entry.standing for group in new.groups for entry in group.entries] == ["one_voice"]

    def test_a_new_standing_is_told_with_the_old_one(self, full: Brief) -> None:
        assert labelled(full, "Standing") == ["one voice before, now disputed."]
        assert labelled(full, "Denied by") == ["Ridge Radio, citing Blue Ridge Army."]

    def test_a_threat_is_told_with_its_words(self, full: Brief) -> None:
        entry = section(full, "threats").groups[0].entries[0]
        assert entry.heading == "Threat – Red Lantern Front against Blue Ridge Army – 11 June 2025"
        assert "“Red Lantern Front threatened on 2025-06-11 to attack Blue Ridge Army near Gao.”" in entry.sentences[0].text

    def test_an_old_act_told_now_is_said_to_be_old(self, casebook: Casebook) -> None:
        brief = made(casebook, attack(4, "Desert Courier", "2025-06-11", day="2025-05-02"))
        assert section(brief, "earlier").groups[0].entries[0].heading.endswith("2 May 2025")
        assert section(brief, "happened").groups == ()

    def test_sides_that_change_places_are_told_alike(self, new_casebook: Callable[[], Casebook]) -> None:
        def shape(one: str, other: str) -> str:
            text = f"{one} attacked {other} in Gao on 2025-06-10, killing 4 soldiers, Desert Courier learned."
            act = told(
                text, "attacked", source="Desert Courier", at=factory.GAO, day="2025-06-10", killed=("4 soldiers", 4, 4),
                actors=[one], targets=[other],
            )  # fmt: skip
            brief = made(new_casebook(), act, threat(one, other))
            return write(brief, "markdown").decode().replace(one, "ONE").replace(other, "OTHER")

        first, second = shape("Red Lantern Front", "Blue Ridge Army"), shape("Blue Ridge Army", "Red Lantern Front")
        assert re.sub(r"claim-\w+|casebook\S*", "", first) == re.sub(r"claim-\w+|casebook\S*", "", second)


class TestWindow:
    @pytest.mark.parametrize(
        ("published", "is_in"),
        [
            ("2025-06-11T05:59:59+00:00", False),
            ("2025-06-11T06:00:00+00:00", True),
            ("2025-06-11T08:00:00+03:00", False),
            ("2025-06-12T06:00:00+00:00", True),
            ("2025-06-12T06:00:01+00:00", False),
            ("2025-06-11", True),
            ("2025-06-10", False),
        ],
    )
    def test_edges(self, casebook: Casebook, published: str, is_in: bool) -> None:
        assert made(casebook, attack(4, "X", published), since="24h").is_empty is not is_in

    def test_a_report_without_a_day_counts_by_when_it_was_added(self, casebook: Casebook) -> None:
        text = "Red Lantern Front attacked Blue Ridge Army in Gao."
        casebook.add(told(text, "attacked", source="X", published=None, at=factory.GAO, actors=["Red Lantern Front"]))
        casebook.merge()
        now = datetime.now(UTC)
        brief = compose(gather(casebook, Filter(), window("1h", None, now)), made_by="tests")
        assert not brief.is_empty
        assert labelled(brief, "Day of publication") == ["1 report of this window: not told; they count by when they were added."]
        assert compose(gather(casebook, Filter(), window("1h", "2025-06-12", now)), made_by="tests").is_empty

    def test_by_added_takes_what_came_late(self, casebook: Casebook) -> None:
        casebook.add(attack(4, "X", "2024-01-01"))
        casebook.merge()
        now = datetime.now(UTC)
        assert compose(gather(casebook, Filter(), window("1h", None, now)), made_by="tests").is_empty
        assert not compose(gather(casebook, Filter(), window("1h", None, now, "added")), made_by="tests").is_empty

    @pytest.mark.parametrize(
        ("since", "until", "first", "last"),
        [
            ("7d", "2025-06-11", "2025-06-05T00:00:00+00:00", "2025-06-11T23:59:59+00:00"),
            ("24h", None, "2025-06-11T06:00:00+00:00", "2025-06-12T06:00:00+00:00"),
            ("2025-06-01", "2025-06-02T06:00+02:00", "2025-06-01T00:00:00+00:00", "2025-06-02T04:00:00+00:00"),
            ("2W", None, "2025-05-29T06:00:00+00:00", "2025-06-12T06:00:00+00:00"),
        ],
    )
    def test_what_people_type(self, since: str, until: str | None, first: str, last: str) -> None:
        asked = window(since, until, NOW)
        assert (asked.since, asked.until) == (first, last)

    @pytest.mark.parametrize(("since", "until"), [("soon", None), ("24x", None), ("24h", "2025-13-01"), ("2025-07-01", None)])
    def test_what_means_nothing_is_refused(self, since: str, until: str | None) -> None:
        with pytest.raises(SettingError):
            window(since, until, NOW)


class TestNarrowing:
    @pytest.mark.parametrize(
        ("asked", "acts", "threats"),
        [
            ({}, 1, 1),
            ({"place": "Gao"}, 1, 0),
            ({"place": "Erbil"}, 0, 0),
            ({"actor": "Lantern"}, 1, 1),
            ({"actor": "River Guard"}, 0, 0),
            ({"family": "battle"}, 1, 0),
            ({"family": "threat"}, 0, 1),
        ],
    )
    def test_filters(self, casebook: Casebook, asked: dict[str, str], acts: int, threats: int) -> None:
        brief = made(casebook, attack(4, "X", "2025-06-11"), threat(), **asked)
        keys = {part.key: part for part in brief.sections}
        told_acts = [entry for group in keys["happened"].groups for entry in group.entries] if "happened" in keys else []
        told_threats = [entry for group in keys["threats"].groups for entry in group.entries] if "threats" in keys else []
        assert (len(told_acts), len(told_threats)) == (acts, threats)

    def test_a_threat_counts_for_the_area_of_its_report(self, casebook: Casebook) -> None:
        text = "Red Lantern Front attacked Blue Ridge Army in Gao. Red Lantern Front threatened to attack Blue Ridge Army again."
        both = factory.reading(
            factory.report(text, published="2025-06-11"),
            factory.claim(text, "attacked", at=factory.GAO, day="2025-06-10", actors=["Red Lantern Front"]),
            factory.claim(
                text, "threatened", family="threat", actors=["Red Lantern Front"], targets=["Blue Ridge Army"],
                status="threatened", day="2025-06-11", type="threat", voice="Red Lantern Front", stance="threatens",
            ),
        )  # fmt: skip
        brief = made(casebook, both, place="Gao")
        assert len(section(brief, "threats").groups[0].entries) == 1


class TestEmpty:
    def test_says_so_and_what_to_do(self, casebook: Casebook) -> None:
        brief = made(casebook, attack(4, "X", "2025-06-01"), since="24h", place="Gao")
        text = " ".join(sentence.text for _, sentence in sentences(brief))
        assert brief.is_empty and [part.key for part in brief.sections] == ["empty"]
        assert all(words in text for words in ("none tells", "--until 2025-06-01", "leave out area", "--since 7d", "--by added"))

    def test_an_empty_casebook_says_how_to_fill_it(self, casebook: Casebook) -> None:
        text = " ".join(sentence.text for _, sentence in sentences(made(casebook)))
        assert text == "The casebook is empty. Add reports with: reportedly add FILE"

    @pytest.mark.parametrize("layout", ["markdown", "html", "docx", "json"])
    def test_can_be_written(self, casebook: Casebook, layout: Any) -> None:
        assert write(made(casebook), layout)


class TestDrawings:
    def test_a_place_is_a_dot_and_an_area_a_ring(self, casebook: Casebook) -> None:
        brief = made(casebook, attack(4, "X", "2025-06-11"), attack(7, "Y", "2025-06-11", at=AREA, day="2025-05-20"))
        assert sorted((spot.is_area, spot.precision) for spot in brief.spots) == [(False, 1), (True, 4)]
        drawn = map_svg(brief) or ""
        assert drawn.count('stroke-dasharray="5 3"') == 1

    @pytest.mark.parametrize("at", [factory.MALI | {"name": "Gao", "lat": 17.0, "lon": -4.0}, AREA | {"lat": None, "lon": None}])
    def test_a_country_or_no_point_is_on_no_map_but_in_words(self, casebook: Casebook, at: dict[str, Any]) -> None:
        brief = made(casebook, attack(4, "X", "2025-06-11", at=at))
        assert brief.spots == () and map_svg(brief) is None
        assert brief.off_map == ("Told only for a country or region, or not located: 1.",)
        assert labelled(brief, "Where exactly") == ["no place, or only an area, is told for 1."]

    def test_a_range_is_a_line_and_an_unknown_day_is_no_day(self, casebook: Casebook) -> None:
        ranged = attack(4, "X", "2025-06-11", day=("2025-06-01", "2025-06-08"))
        text = "River Guard attacked Blue Ridge Army in Ansongo."
        undated = told(text, "attacked", source="Y", at=factory.ANSONGO, actors=["River Guard"], targets=["Blue Ridge Army"])
        brief = made(casebook, ranged, undated)
        assert [(one.first, one.last) for one in brief.stretches] == [("2025-06-01", "2025-06-08")]
        assert len(brief.off_timeline) == 1
        assert (timeline_svg(brief) or "").count("<circle") == 0

    def test_pictures_turn_into_png(self, full: Brief) -> None:
        drawn = map_svg(full)
        assert drawn is not None and png(drawn).startswith(b"\x89PNG")


class TestFormats:
    def test_the_same_brief_gives_the_same_bytes(self, full: Brief) -> None:
        layouts = [layout for layout in FORMATS if layout != "pdf"]
        assert [write(full, layout) for layout in layouts] == [write(full, layout) for layout in layouts]

    def test_hostile_text_is_text(self, casebook: Casebook) -> None:
        text = "Red Lantern Front attacked Blue Ridge Army <script>x()</script> [a](javascript:b) \u202e\x07 *in* Gao | `now`."
        reading = told(text, "attacked", source="<img src=x onerror=y>", at=factory.GAO, actors=["Red Lantern Front"])
        brief = made(casebook, reading, text="attacked")
        page = markup.document_fromstring(write(brief, "html"))
        assert page.xpath("//script | //img | //@onerror | //a[not(starts-with(@href, '#'))]") == []
        lines = write(brief, "markdown").decode()
        assert "\\<script\\>" in lines and "\\[a\\](javascript:b)" in lines and "\u202e" not in lines
        words = zipfile.ZipFile(io.BytesIO(write(brief, "docx"))).read("word/document.xml").decode()
        assert "&lt;script&gt;" in words

    def test_html_asks_for_nothing(self, full: Brief) -> None:
        page = write(full, "html").decode()
        assert "default-src 'none'" in page
        assert re.findall(r"(?:src|href)=\"(?!#)[^\"]*", page) == []
        tree = markup.document_fromstring(page)
        numbers = {note.get("value") for note in tree.xpath("//ol[@class='notes']/li")}
        assert {link.get("href")[2:] for link in tree.xpath("//sup/a")} == numbers

    @pytest.mark.skipif(shutil.which("chromium") is None, reason="Chromium is not installed: apt-get install chromium")
    @pytest.mark.parametrize("width", [390, 1100])
    def test_html_can_be_used_by_all(self, full: Brief, tmp_path: Path, width: int) -> None:
        from axe_playwright_python.sync_playwright import Axe
        from playwright.sync_api import sync_playwright

        (tmp_path / "brief.html").write_bytes(write(full, "html"))
        with sync_playwright() as playwright:
            flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
            page = browser.new_context(bypass_csp=True, viewport={"width": width, "height": 900}).new_page()
            page.goto((tmp_path / "brief.html").as_uri())
            found = Axe().run(page)
            assert found.violations_count == 0, found.generate_report()
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            browser.close()

    def test_word_document_has_all_parts(self, full: Brief) -> None:
        import docx

        document = docx.Document(io.BytesIO(write(full, "docx")))
        text = "\n".join(paragraph.text for paragraph in document.paragraphs)
        assert all(part.title in text for part in full.sections)
        assert all(note.words in text for note in full.footnotes if note.words)
        assert len(document.inline_shapes) == 2
        assert all(shape._inline.docPr.get("descr") for shape in document.inline_shapes)
        assert text.count("● ") >= 2, "the colours of the drawings have a key"

    def test_numbers_in_a_word_document_lead_somewhere(self, full: Brief) -> None:
        document = zipfile.ZipFile(io.BytesIO(write(full, "docx")))
        words, footer = document.read("word/document.xml").decode(), document.read("word/footer1.xml").decode()
        marks = set(re.findall(r'w:bookmarkStart [^>]*w:name="([^"]+)"', words))
        links = re.findall(r'w:hyperlink w:anchor="([^"]+)"', words)
        assert marks >= {f"note-{note.number}" for note in full.footnotes}
        assert links and set(links) <= marks
        assert any(link.startswith("entry-") for link in links)
        assert "NUMPAGES" in footer

    def test_days_are_written_alike_in_every_line(self, full: Brief) -> None:
        told = write(full, "markdown").decode()
        body = told.partition("## Threats")[2].partition("## Footnotes")[0]
        assert not re.findall(r"^- (?!In the words of).*\d{4}-\d{2}-\d{2}", re.sub("“[^”]*”", "", body), re.MULTILINE)

    @pytest.mark.skipif(shutil.which("chromium") is None, reason="Chromium is not installed: apt-get install chromium")
    def test_pdf_is_printed_whole(self, full: Brief) -> None:
        document = pypdfium2.PdfDocument(write(full, "pdf"))
        text = "\n".join(document[number].get_textpage().get_text_range() for number in range(len(document)))
        assert all(part.title in text for part in full.sections)
        assert "4 to 9, by who tells it" in text
        assert document.get_metadata_dict()["CreationDate"].startswith("D:20250612060000")

    def test_without_a_browser_pdf_says_what_to_do(self, full: Brief, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("shutil.which", lambda name: None)
        with pytest.raises(SettingError, match=r"apt-get install chromium.*html"):
            write(full, "pdf")

    def test_json_comes_back(self, full: Brief) -> None:
        assert Brief.model_validate(json.loads(write(full, "json"))) == full

    def test_marks_of_footnotes(self) -> None:
        assert marks(Sentence(text="", notes=(1, 2, 4, 5, 6))) == "[1, 2, 4–6]"

    @pytest.mark.parametrize("text", ["# x", "http://a.example", "1 & 2", "a_b_c", "$x$"])
    def test_plain_markdown(self, text: str) -> None:
        assert plain(text) != text

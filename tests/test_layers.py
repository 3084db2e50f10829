"""Own knowledge over the shipped one: what it changes, what it must not change, and how its faults are told."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import own_knowledge as own
import pytest
import shapefile

from reportedly import Input, Reader
from reportedly.errors import KnowledgeError
from reportedly.evaluation.own_knowledge import load_all, misread_examples, own_types, parts
from reportedly.intake import clean
from reportedly.knowledge.acts import inflect, load_acts
from reportedly.knowledge.classes import load_classes
from reportedly.knowledge.histories import load_ageing
from reportedly.knowledge.layers import LAYERED, SHIPPED, chosen, knowledge_version, open_layers
from reportedly.knowledge.status import load_status
from reportedly.knowledge.tables import ROOT
from reportedly.knowledge.types import crosswalk, gtd_attacks, ontology
from reportedly.knowledge.versions import State, parse_reader, read_versions, record, unrecorded
from reportedly.linking.gazetteer import Gazetteer
from reportedly.linking.gazetteer_build import gazetteer_file
from reportedly.linking.gazetteer_own import read_map
from reportedly.linking.register import Register
from reportedly.reading.casing import restore_case
from reportedly.reading.counts import load_count_lexicon
from reportedly.reading.reader import program_version, reader_version
from reportedly.reading.times import load_times

TEXT = "Fighters of the Lantern Covenant cattlejacked the lanternists in Zangabele on Monday, police said."


@pytest.fixture(scope="module", autouse=True)
def cache_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The shipped gazetteer in a folder that takes those of own places, and is deleted with them."""
    shipped, folder = gazetteer_file(), tmp_path_factory.mktemp("cache")
    (folder / shipped.name).symlink_to(shipped)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REPORTEDLY_CACHE", str(folder))
        yield
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return own.own_folder(tmp_path_factory.mktemp("own"))


@pytest.fixture(scope="module")
def reader(folder: Path) -> Reader:
    return Reader(knowledge=folder, workers=1)


class TestReading:
    def test_own_type_actor_word_and_place_are_read(self, reader: Reader) -> None:
        (claim,) = [claim for claim in reader.read(TEXT, published="2025-06-03").claims if claim.type == "cattle_raid"]
        assert claim.actors[0].id == "x-lantern"
        assert [target.kind for target in claim.targets] == ["class"]
        assert claim.place is not None
        assert (claim.place.name, claim.place.admin1, claim.place.lat) == ("Zangabele", "Guéra", 12.2)
        assert claim.crosswalk.acled_sub_event_type == "Looting/property destruction"
        assert claim.crosswalk.cameo_root is None

    def test_two_readers_in_turn_never_mix(self, reader: Reader) -> None:
        plain = Reader(knowledge=(), workers=1)
        for _ in range(2):
            assert "cattle_raid" in {claim.type for claim in reader.read(TEXT).claims}
            reading = plain.read(TEXT)
            assert "cattle_raid" not in {claim.type for claim in reading.claims}
            assert "x-lantern" not in {actor.id for claim in reading.claims for actor in claim.actors}

    def test_the_version_tells_the_layers(self, reader: Reader, folder: Path) -> None:
        assert reader.read(TEXT).reader == reader.version == reader_version(open_layers([folder]))
        assert reader.version.startswith(f"{Reader(knowledge=(), workers=1).version}.own")

    def test_other_processes_use_the_same_layers(self, reader: Reader, folder: Path) -> None:
        many = Reader(knowledge=folder, workers=2)
        inputs = [Input(text=TEXT, id=str(number)) for number in range(2)]
        assert list(many.read_all(inputs)) == list(reader.read_inputs(inputs))

    def test_what_no_layer_speaks_of_is_read_as_before(self, reader: Reader) -> None:
        text = "Gunmen killed three soldiers near Quetta on Monday, police said."
        mine, plain = (one.read(text, published="2025-06-03") for one in (reader, Reader(knowledge=(), workers=1)))
        assert mine.model_copy(update={"reader": ""}) == plain.model_copy(update={"reader": ""})

    def test_the_setting_names_layers_for_all(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("REPORTEDLY_KNOWLEDGE", str(folder))
        assert chosen().folders == (folder,)
        assert "x-lantern" in Register.load()
        assert "cattle_raid" in ontology()
        assert Reader(knowledge=()).layers == SHIPPED
        monkeypatch.delenv("REPORTEDLY_KNOWLEDGE")
        assert chosen() == SHIPPED
        assert "x-lantern" not in Register.load()


class TestLaying:
    def test_rows_of_a_term_replace_those_below(self, tmp_path: Path) -> None:
        head = own.ACTS.splitlines()[0]
        layer = open_layers([own.write(tmp_path, {"lexicon/acts.csv": f"{head}\nclash,verb,dispute,mutual,with,,weak,\n"})])
        assert {act.type for act in load_acts(layer).acts if (act.term, act.pos) == ("clash", "verb")} == {"dispute"}
        assert {act.type for act in load_acts(layer).acts if act.term == "exchange fire"} == {"clash"}
        assert {act.type for act in load_acts(SHIPPED).acts if (act.term, act.pos) == ("clash", "verb")} != {"dispute"}

    def test_the_later_folder_lies_over_the_earlier(self, tmp_path: Path) -> None:
        head = own.ACTORS.splitlines()[0]
        low = own.write(tmp_path / "low", {"actors/a.csv": f"{head}\nx-one,One Front,,,armed_group,REB,TD,,,,\n"})
        high = own.write(tmp_path / "high", {"actors/b.csv": f"{head}\nx-one,One Movement,,,armed_group,REB,TD,,,,\n"})
        for folders, name in (([low, high], "One Movement"), ([high, low], "One Front")):
            entry = Register.load(layers=open_layers(folders)).by_id("x-one")
            assert entry is not None and entry.name == name

    def test_an_own_entry_replaces_the_shipped_one_whole(self, tmp_path: Path) -> None:
        row = "hamas,Hamas,,,party,PTY,PS,,,,"
        layer = open_layers([own.write(tmp_path, {"actors/a.csv": f"{own.ACTORS.splitlines()[0]}\n{row}\n"})])
        entry, shipped = Register.load(layers=layer).by_id("hamas"), Register.load(layers=SHIPPED).by_id("hamas")
        assert entry is not None and shipped is not None
        assert (entry.kind, entry.aliases) == ("party", ())
        assert shipped.kind == "armed_group"

    def test_entries_are_added_to_lists(self, tmp_path: Path) -> None:
        layer = open_layers([own.write(tmp_path, {"lexicon/status.yaml": "planned:\n  verbs: [zorble]\n"})])
        assert load_status(layer).governors["zorbled"][0].effect == "planned"
        assert set(load_status(SHIPPED).governors) < set(load_status(layer).governors)

    def test_a_single_value_is_replaced(self, tmp_path: Path) -> None:
        layer = open_layers([own.write(tmp_path, {"lexicon/relation_ageing.yaml": "ageing:\n  truce:\n    days: '11'\n"})])
        assert load_ageing(layer).states["truce"] == 11
        assert load_ageing(layer).states["hostile"] == load_ageing(SHIPPED).states["hostile"]

    def test_words_are_added_to_a_line_of_words(self, tmp_path: Path) -> None:
        layer = open_layers([own.write(tmp_path, {"lexicon/counts.yaml": "cues:\n  killed:\n    transitive: zorbled kill\n"})])
        assert load_count_lexicon(layer).cues["zorbled"] == load_count_lexicon(SHIPPED).cues["slain"]
        assert load_count_lexicon(layer).cues.keys() == load_count_lexicon(SHIPPED).cues.keys() | {"zorbled"}

    def test_own_months_holidays_and_patterns_date_acts(self, tmp_path: Path) -> None:
        text = (
            "months:\n  january: zorbember\nholidays:\n  lantern day: 11-03\nnamed_days:\n  5/9: '2019-09-05'\n"
            "patterns:\n  word:\n    - {reads: this_day, pattern: '(?P<word>today) gone\\b', example: today gone}\n"
            "calls:\n  word: lantern\n"
        )
        reader = Reader(knowledge=own.write(tmp_path, {"lexicon/times.yaml": text}), workers=1)
        plain = Reader(knowledge=(), workers=1)
        told = "Gunmen killed three soldiers in Quetta on {}, police said."
        for words, day in (("3 Zorbember 2025", "2025-01-03"), ("Lantern Day", "2024-11-03")):
            mine, theirs = (one.read(told.format(words), published="2025-06-03").claims[0].time for one in (reader, plain))
            assert mine is not None and mine.from_ == day, words
            assert theirs is None or theirs.from_ != day, words
        assert load_times(reader.layers).grammar.named.search("since 5/9")

    def test_own_irregular_verbs_are_inflected_everywhere(self, tmp_path: Path) -> None:
        head = own.ACTS.splitlines()[0]
        files = {
            "lexicon/irregular.csv": "base,third,past,participle,gerund\nzorble,zorbles,zorblug,zorblug,zorbling\n",
            "lexicon/acts.csv": f"{head}\nzorble,verb,killing,agent_target,,person,strong,\n",
            "lexicon/status.yaml": "planned:\n  verbs: [zorble]\n",
        }
        layer = open_layers([own.write(tmp_path, files)])
        assert load_acts(layer).verbs["zorblug"][0].act.type == "killing"
        assert "zorblug" in load_status(layer).governors
        assert inflect("zorble", layer).past == ("zorblug",)
        assert inflect("zorble").past == ("zorbled",)
        only = open_layers([own.write(tmp_path / "b", {"lexicon/irregular.csv": files["lexicon/irregular.csv"]})])
        assert load_acts(only) is not load_acts(SHIPPED)

    def test_own_words_and_names_keep_their_capitals(self, tmp_path: Path) -> None:
        text = (
            "GUNMEN OF THE LANTERN COVENANT KILLED THREE SOLDIERS IN THE ZORBIAN VILLAGE, THE ZoRB SAID ON MONDAY.".upper()
            + " MORE" * 3
        )
        files = {
            "actors/mine.csv": own.ACTORS,
            "lexicon/casing_words.csv": "form,odds\nzorbian,9\nZoRB,-9\n",
            "lexicon/casing.yaml": "phrases: [Three Soldiers]\n",
        }
        layer = open_layers([own.write(tmp_path, files)])
        assert "the zorbian village, the ZoRB said" in restore_case(text, layer)
        assert "Lantern Covenant killed Three Soldiers" in restore_case(text, layer)
        assert "zorbian village, the ZoRB" not in restore_case(text)

    def test_own_furniture_is_taken_out(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        news = "Gunmen killed three soldiers in Quetta on Monday, police said."
        page = f"Zorb along with us\n\n{news}\n\nPolice said more on Tuesday."
        assert "Zorb along" in clean(page)
        folder = own.write(tmp_path, {"lexicon/furniture.yaml": "whole: [zorb along with us]\n"})
        monkeypatch.setenv("REPORTEDLY_KNOWLEDGE", str(folder))
        assert clean(page).startswith(news)

    def test_content_counts_not_the_moment(self, tmp_path: Path) -> None:
        before = open_layers([own.write(tmp_path, {"lexicon/classes.csv": own.CLASSES})])
        assert open_layers([tmp_path]) == before
        own.write(tmp_path, {"lexicon/classes.csv": own.CLASSES.replace("lanternist", "torchist")})
        after = open_layers([tmp_path])
        assert after != before
        assert knowledge_version(after) != knowledge_version(before)
        assert "torchist" in load_classes(after)
        assert "torchist" not in load_classes(SHIPPED)

    def test_line_ends_do_not_count(self, tmp_path: Path) -> None:
        one = own.write(tmp_path / "a", {"lexicon/classes.csv": own.CLASSES})
        other = tmp_path / "b" / "lexicon"
        other.mkdir(parents=True)
        (other / "classes.csv").write_bytes(own.CLASSES.replace("\n", "\r\n").encode("utf-8-sig")[3:])
        assert open_layers([one]).digest == open_layers([other.parent]).digest

    def test_a_table_saved_with_a_byte_order_mark_is_read(self, tmp_path: Path) -> None:
        path = tmp_path / "lexicon"
        path.mkdir()
        (path / "classes.csv").write_text(own.CLASSES, encoding="utf-8-sig")
        assert "lanternist" in load_classes(open_layers([tmp_path]))

    def test_every_pattern_has_its_shipped_file(self) -> None:
        data = [pattern for pattern in LAYERED if pattern.endswith((".csv", ".yaml"))]
        assert [pattern for pattern in data if not list(ROOT.glob(pattern))] == []


class TestPlaces:
    def test_a_geonames_dump(self, tmp_path: Path) -> None:
        lines = [
            own.geonames_line(990001, "Zorbaland Region", "A", "ADM1", "Z9"),
            own.geonames_line(990002, "Vellabero", "P", "PPL", "Z9", "Bella Vero,VLB"),
            own.geonames_line(990003, "Vellabero School", "S", "SCH", "Z9"),
            own.geonames_line(990004, "Old Vellabero", "P", "PPLQ", "Z9"),
        ]
        layer = open_layers([own.write(tmp_path, {"places/TD.txt": "".join(lines)})])
        gazetteer = Gazetteer.open(layers=layer)
        (town,) = gazetteer.lookup("Vellabero")
        assert (town.geonames_id, town.kind, town.admin1, town.iso2, town.country) == (
            990002,
            "city",
            "Zorbaland Region",
            "TD",
            "Chad",
        )
        assert gazetteer.lookup("Bella Vero")[0].key == town.key
        assert gazetteer.lookup("Vellabero School") == gazetteer.lookup("Old Vellabero") == gazetteer.lookup("VLB") == ()
        assert Gazetteer.open(layers=SHIPPED).lookup("Vellabero") == ()

    @pytest.mark.parametrize(
        "properties",
        [
            {"shapeName": "Zorba District", "shapeType": "ADM2", "shapeGroup": "TCD"},
            {"ADM2_EN": "Zorba District", "ADM1_EN": "Guéra", "ADM0_EN": "Chad", "ADM0_PCODE": "TD"},
            {"adm2_name": "Zorba District", "adm1_name": "Guéra", "adm0_name": "Chad", "iso3": "TCD"},
        ],
    )
    def test_a_map_of_units(self, tmp_path: Path, properties: dict[str, object]) -> None:
        layer = open_layers([own.write(tmp_path, {"places/units.geojson": own.square(properties)})])
        (unit,) = Gazetteer.open(layers=layer).lookup("Zorba District")
        assert (unit.kind, unit.iso2, unit.lat, unit.lon, unit.point) == ("admin2", "TD", 12.5, 18.5, "own")

    def test_a_shapefile_is_a_map_too(self, tmp_path: Path) -> None:
        (tmp_path / "places").mkdir()
        with shapefile.Writer(str(tmp_path / "places" / "tcd.shp")) as writer:
            for field in ("ADM1_EN", "ADM0_PCODE"):
                writer.field(field, "C", 40)
            writer.poly([[[18, 12], [18, 13], [19, 13], [19, 12], [18, 12]]])
            writer.record("Zorba Province", "TD")
        (row,) = read_map(tmp_path / "places" / "tcd.shp")
        assert (row.fields["name"], row.fields["kind"], row.fields["lat"]) == ("Zorba Province", "admin1", "12.5")
        (unit,) = Gazetteer.open(layers=open_layers([tmp_path])).lookup("Zorba Province")
        assert unit.iso2 == "TD"

    def test_layers_without_places_share_the_shipped_gazetteer(self, tmp_path: Path) -> None:
        layer = open_layers([own.write(tmp_path, {"lexicon/classes.csv": own.CLASSES})])
        assert Gazetteer.open(layers=layer).path == Gazetteer.open(layers=SHIPPED).path

    def test_a_known_place_gets_more_names(self, tmp_path: Path) -> None:
        text = "name,kind,iso2,aliases\nQuetta,city,PK,Zorbetta\n"
        layer = open_layers([own.write(tmp_path, {"places/variants.csv": text})])
        gazetteer = Gazetteer.open(layers=layer)
        assert gazetteer.lookup("Zorbetta")[0].key == gazetteer.lookup("Quetta")[0].key


FAULTS = [
    ("lexicon/act.csv", own.ACTS, "no part of knowledge has this name", "act.csv"),
    ("lexicon/acts.csv", own.ACTS, "no event type 'cattle_raid'", "acts.csv:2"),
    ("lexicon/acts.csv", own.ACTS.replace("agent_target", "agnt"), "frame 'agnt' is none", "acts.csv:2"),
    ("lexicon/acts.csv", own.ACTS.replace("strength", "power"), "columns are", "acts.csv:1"),
    ("lexicon/classes.csv", own.CLASSES.replace("armed_group", "rebels"), "unknown group 'rebels'", "classes.csv:2"),
    ("lexicon/instruments.csv", "term,type,kind\nzorb gun,zorbing,firearm\n", "no event type 'zorbing'", "instruments.csv:2"),
    ("lexicon/metonyms.csv", "metonym,id\nZorb House,zorb-government\n", "no actor 'zorb-government'", "metonyms.csv:2"),
    ("lexicon/relations.yaml", "nouns:\n  hostil:\n    - foe\n", "unknown relation kind 'hostil'", "relations.yaml:2"),
    ("lexicon/status.yaml", "palnned:\n  verbs: [zorble]\n", "unknown parts palnned", "status.yaml:1"),
    ("lexicon/status.yaml", "planned:\n  verbs: zorble\n", "'zorble' stands where a list belongs", "status.yaml:2"),
    ("crosswalks/gtd.csv", "type,attacktype,name,note\nattack,12,Zorbing,\n", "'12' is no attack type of GTD", "gtd.csv:2"),
    ("crosswalks/gtd.csv", "type,attacktype,name,note\nzorbing,9,Unknown,\n", "'zorbing' is no event type", "gtd.csv:2"),
    ("lexicon/times.yaml", "months:\n  zorbember: zorb\n", "'zorbember' is none of the months", "times.yaml:2"),
    ("lexicon/times.yaml", "months:\n  may: jun\n", "'jun' is listed twice", "times.yaml:2"),
    ("lexicon/times.yaml", "holidays:\n  zorb day: 13-40\n", "'zorb day' has the day '13-40'", "times.yaml:2"),
    ("lexicon/times.yaml", "named_days:\n  zorb: '2020-01-01'\n", "'zorb' is neither like", "times.yaml:2"),
    ("lexicon/times.yaml", "patterns:\n  zorbs: []\n", "'zorbs' is no group of patterns", "times.yaml:2"),
    (
        "lexicon/times.yaml",
        "patterns:\n  word:\n    - {reads: vague, pattern: 'zorb', example: lately}\n",
        "'lately' is no example of its pattern",
        "times.yaml:3",
    ),
    ("lexicon/counts.yaml", "cues:\n  kiled:\n    act: zorbing\n", "unknown kind of count 'kiled'", "counts.yaml:2"),
    ("lexicon/counts.yaml", "people:\n  rebels: zorbist\n", "unknown group 'rebels'", "counts.yaml:2"),
    ("lexicon/furniture.yaml", "whole: [Zorb]\n", "not in lower case, in whole: 'Zorb'", "furniture.yaml:1"),
    ("lexicon/furniture.yaml", "wole: [zorb]\n", "unknown or missing parts: wole", "furniture.yaml:1"),
    (
        "lexicon/irregular.csv",
        "base,third,past,participle,gerund\nzorb,zorbs,,zorbed,zorbing\n",
        "'past' of 'zorb'",
        "irregular.csv:2",
    ),
    ("lexicon/casing_words.csv", "form,odds\nZorb,often\n", "odds is 'often'", "casing_words.csv:2"),
    ("lexicon/casing.yaml", "titles: [president]\ntitels: [zorb]\n", "titels", "casing.yaml:2"),
    ("actors/mine.csv", own.ACTORS.replace("armed_group", "army"), "unknown kind 'army'", "mine.csv:2"),
    ("actors/mine.csv", own.ACTORS.replace("TD,,", "TD,nobody,"), "names 'nobody', which is no entry", "mine.csv:2"),
    ("actors/mine.csv", own.ACTORS.replace("LCVX", "TTP"), "names both", "mine.csv:2"),
    ("ontology/own_cattle.yaml", own.TYPES, "no row for cattle_raid", "acled.csv"),
    ("ontology/cattle.yaml", own.TYPES, "another name", "cattle.yaml:1"),
    ("places/towns.csv", own.TOWNS.replace("TD", "XX"), "no country has the code 'XX'", "towns.csv, line 2"),
    ("places/variants.csv", "name,kind,iso2,aliases\nZorb,city,TD,Zorbo\n", "is no known city", "variants.csv, line 2"),
    ("places/TD.txt", "1\tZorb\n", "2 cells where a GeoNames dump has 19", "TD.txt:1"),
    ("places/a.geojson", "{", "not GeoJSON", "a.geojson:1"),
    ("places/a.geojson", own.square({"name": "Zorb"}), "neither shapeName", "a.geojson: feature 1"),
    ("places/a.geojson", own.square({"ADM1_EN": "Zorb", "ADM0_PCODE": "XXX"}), "no country code", "a.geojson: feature 1"),
]


@pytest.mark.parametrize(("name", "text", "fault", "where"), FAULTS, ids=[f"{name}-{fault}" for name, _, fault, _ in FAULTS])
def test_a_fault_names_file_and_line(tmp_path: Path, name: str, text: str, fault: str, where: str) -> None:
    with pytest.raises(KnowledgeError) as caught:
        load_all(open_layers([own.write(tmp_path, {name: text})]))
    assert fault in caught.value.what
    assert where in str(caught.value.where)
    assert str(tmp_path) in str(caught.value.where)
    assert caught.value.remedy


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="no such folder"):
        Reader(knowledge=tmp_path / "none")


class TestCheck:
    def test_parts_are_counted(self, folder: Path, tmp_path: Path) -> None:
        over = own.write(tmp_path, {"actors/a.csv": own.ACTORS, "lexicon/cues.csv": "base,pos,stance,takes,forms,medium\n"})
        found = {part.file.relative_to(part.file.parents[1]).as_posix(): part for part in parts(open_layers([folder, over]))}
        assert (found["actors/mine.csv"].entries, found["actors/mine.csv"].replaced) == (1, 0)
        assert found["actors/a.csv"].replaced == 1
        assert found["ontology/own_cattle.yaml"].entries == 1

    def test_examples_are_read(self, reader: Reader) -> None:
        assert own_types(reader.layers) == ["cattle_raid"]
        assert list(misread_examples(reader)) == []

    def test_an_example_that_is_read_otherwise_is_told(self, tmp_path: Path) -> None:
        folder = own.own_folder(tmp_path)
        text = own.TYPES.replace("Gunmen cattlejacked the herders", "Gunmen greeted the herders")
        own.write(
            folder, {"ontology/own_cattle.yaml": text.replace("Gunmen attacked a village", "Gunmen cattlejacked villagers")}
        )
        found = list(misread_examples(Reader(knowledge=folder, workers=1)))
        assert [(one.type, one.counter) for one in found] == [("cattle_raid", False), ("cattle_raid", True)]


def test_own_types_have_an_attack_type_of_gtd(tmp_path: Path) -> None:
    row = "type,attacktype,name,note\ncattle_raid,2,Armed Assault,\n"
    layer = open_layers([own.write(own.own_folder(tmp_path), {"crosswalks/gtd.csv": row})])
    assert gtd_attacks(layer)["cattle_raid"] == (2, "Armed Assault")
    assert "cattle_raid" not in gtd_attacks(SHIPPED)


def test_crosswalks_of_layers_do_not_leak(folder: Path) -> None:
    layer = open_layers([folder])
    assert crosswalk("cattle_raid", layers=layer).plover_type == "ASSAULT"
    with pytest.raises(KnowledgeError, match="no event type"):
        crosswalk("cattle_raid", layers=SHIPPED)


class TestVersions:
    def test_the_register_is_sound(self) -> None:
        numbers = [tuple(map(int, state.version.split("."))) for state in read_versions()]
        assert numbers == sorted(numbers)

    def test_a_change_to_knowledge_is_recorded(self) -> None:
        assert not unrecorded(program_version(), knowledge_version(SHIPPED), read_versions()), (
            'Knowledge differs from its last record. Run: reportedly knowledge --record "what changed"'
        )

    def test_records_are_kept_in_order(self, tmp_path: Path) -> None:
        path = tmp_path / "versions.csv"
        path.write_text("version,date,knowledge,changed\n", encoding="utf-8")
        first = State("1.0", date(2025, 1, 1), "k00000001", "First.")
        second = State("1.0", date(2025, 1, 2), "k00000002", "More groups, and places.")
        record(first, path)
        record(second, path)
        assert read_versions(path) == (first, second)
        assert not unrecorded("1.0", "k00000002", (first, second))
        assert unrecorded("1.0", "k00000003", (first, second))
        assert not unrecorded("1.1", "k00000003", (first, second))
        with pytest.raises(KnowledgeError, match="recorded already"):
            record(second, path)

    @pytest.mark.parametrize(
        ("rows", "fault"),
        [
            ("1.0,2025-01-01,k1,First.\n", "no digest"),
            ("1.0,yesterday,k00000001,First.\n", "no ISO date"),
            ("1.0,2025-01-01,k00000001,\n", "lacks a cell"),
            ("1.0,2025-01-02,k00000001,First.\n1.0,2025-01-01,k00000002,Second.\n", "older"),
        ],
    )
    def test_faulty_rows_are_refused(self, tmp_path: Path, rows: str, fault: str) -> None:
        path = tmp_path / "versions.csv"
        path.write_text("version,date,knowledge,changed\n" + rows, encoding="utf-8")
        with pytest.raises(KnowledgeError, match=fault) as caught:
            read_versions(path)
        assert str(caught.value.where).startswith(f"{path}:")

    def test_every_reader_can_be_taken_apart(self, reader: Reader) -> None:
        own_parts, plain = parse_reader(reader.version), parse_reader(Reader(knowledge=()).version)
        assert own_parts is not None and plain is not None
        assert own_parts.own == reader.layers.digest
        assert (plain.version, plain.knowledge, plain.own) == (program_version(), knowledge_version(SHIPPED), None)
        assert parse_reader("0.1.0") is None

"""The layouts of export: columns exactly as in each scheme, codes from the crosswalks, nothing made up."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import exports_casebook as cases
import pyarrow.parquet as pq
import pytest
from casebook_factory import claim
from hypothesis import given
from hypothesis import strategies as st

import reportedly.casebook
from reportedly.casebook import Filter
from reportedly.casebook.stored import StoredClaim
from reportedly.errors import SettingError
from reportedly.exports import codes, export, export_file, layouts, network, ucdp_ged
from reportedly.exports.csv import FORMULA, cell
from reportedly.exports.formats_page import page
from reportedly.exports.material import Case, Material
from reportedly.exports.relations import escaped
from reportedly.incidents.records import Reductions, ToldFigure, Toll
from reportedly.knowledge.types import CROSSWALK_COLUMNS, crosswalk_rows, gtd_attacks, ontology

if TYPE_CHECKING:
    from reportedly.casebook.book import Casebook

ROOT = Path(__file__).parents[1]
COLUMNS = {
    "acled": (
        "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,actor2,"
        "assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,latitude,longitude,"
        "geo_precision,source,source_scale,notes,fatalities,tags,timestamp",
        31,
    ),
    "ucdp-ged": (
        "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,dyad_dset_id,"
        "dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,number_of_sources,"
        "source_article,source_office,source_date,source_headline,source_original,where_prec,where_coordinates,where_description,"
        "adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,region,event_clarity,date_prec,date_start,date_end,"
        "deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,gwnoa,gwnob",
        49,
    ),
    "polecat": (
        "Event ID,Event Date,Event Type,Event Mode,Intensity,Quad Code,Contexts,Actor Name,Actor Country,Actor COW,"
        "Primary Actor Sector,Actor Sectors,Actor Title,Actor Name Raw,Wikipedia Actor ID,Recipient Name,Recipient Country,"
        "Recipient COW,Primary Recipient Sector,Recipient Sectors,Recipient Title,Recipient Name Raw,Wikipedia Recipient ID,"
        "Placename,City,District,Province,Country,Latitude,Longitude,GeoNames ID,Raw Placename,Feature Type,Source,"
        "Publication Date,Story People,Story Organizations,Story Locations,Language,Version",
        40,
    ),
    "icews": (
        "Event ID,Event Date,Source Name,Source Sectors,Source Country,Event Text,CAMEO Code,Intensity,Target Name,"
        "Target Sectors,Target Country,Story ID,Sentence Number,Publisher,City,District,Province,Country,Latitude,Longitude",
        20,
    ),
    "gtd": ("eventid,iyear,imonth,iday,approxdate,extended", 135),
}
TABLES = ("acled", "ucdp-ged", "polecat", "icews", "gtd", "reports-csv", "hxl", "relations-csv")
ALL = tuple(layouts())


@pytest.fixture(scope="module")
def book(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Casebook]:
    file = tmp_path_factory.mktemp("exports") / "casebook.sqlite"
    with reportedly.casebook.open(shutil.copy(migrated_file, file)) as opened:
        yield cases.fill(opened)


def written(book: Casebook, layout: str, **more: Any) -> str:
    stream = io.StringIO(newline="")
    export(book, more.pop("asked", Filter()), layout, stream, **more)
    return stream.getvalue()


def rows(book: Casebook, layout: str, **more: Any) -> list[dict[str, str]]:
    text = written(book, layout, **more)
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter="\t" if layout == "polecat" else ","))


def by_type(book: Casebook, layout: str, column: str, value: str, **more: Any) -> dict[str, str]:
    found = [row for row in rows(book, layout, **more) if row[column] == value]
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize("layout", COLUMNS)
def test_columns_are_those_of_the_scheme_in_its_order(book: Casebook, layout: str) -> None:
    names, number = COLUMNS[layout]
    header = written(book, layout).splitlines()[0].split("\t" if layout == "polecat" else ",")
    assert len(header) == len(set(header)) == number
    assert header[: len(names.split(","))] == names.split(",")
    assert header == [column.name for column in layouts()[layout].columns]


@pytest.mark.parametrize("scheme", CROSSWALK_COLUMNS)
def test_every_type_is_mapped_or_declared_unmapped(scheme: str) -> None:
    target = CROSSWALK_COLUMNS[scheme][2]
    for type_id in ontology():
        for row in crosswalk_rows(scheme)[type_id].values():
            assert row[target] or row["note"], type_id


def test_every_type_has_an_attack_type_or_is_declared_to_have_none() -> None:
    assert set(gtd_attacks()) == set(ontology())


def test_codes_belong_to_their_schemes() -> None:
    for rows_of in crosswalk_rows("acled").values():
        pairs = {(row["event_type"], row["sub_event_type"]) for row in rows_of.values() if row["event_type"]}
        assert pairs <= set(codes.acled_disorder())
    for rows_of in crosswalk_rows("plover").values():
        for row in rows_of.values():
            if row["event"]:
                assert row["event"] in codes.plover_events()
    for rows_of in crosswalk_rows("cameo").values():
        assert all(
            row["root"] in codes.cameo_roots() and row["code"].startswith(row["root"]) for row in rows_of.values() if row["root"]
        )


class TestAcled:
    def test_a_clash_with_two_tolls(self, book: Casebook) -> None:
        row = by_type(book, "acled", "event_type", "Battles")
        assert (row["event_date"], row["time_precision"], row["sub_event_type"]) == ("2025-06-02", "1", "Armed clash")
        assert (row["actor1"], row["actor2"], row["interaction"]) == (
            "Red Lantern Front",
            "Blue Ridge Army",
            "Rebel group-Rebel group",
        )
        assert (row["iso"], row["location"], row["latitude"], row["geo_precision"]) == ("466", "Gao", "16.27", "1")
        assert (row["fatalities"], row["timestamp"], row["region"]) == ("4", "", "")
        assert "4 told by Desert Courier; 9 told by Red Lantern Front" in row["notes"]

    def test_zero_is_stated_and_silence_is_empty(self, book: Casebook) -> None:
        assert by_type(book, "acled", "event_type", "Explosions/Remote violence")["fatalities"] == "0"
        assert by_type(book, "acled", "event_type", "Protests")["fatalities"] == ""

    def test_a_country_is_no_point_and_a_bound_no_date(self, book: Casebook) -> None:
        march = by_type(book, "acled", "event_type", "Protests")
        assert (march["latitude"], march["geo_precision"], march["inter1"]) == ("", "", "")
        assert (march["event_date"], march["time_precision"]) == ("2025-05-16", "3")
        taken = by_type(book, "acled", "event_type", "Violence against civilians")
        assert (taken["event_date"], taken["year"], taken["time_precision"], taken["geo_precision"]) == ("", "", "", "3")
        assert "day not told; not later than 2025-06-03" in taken["notes"]
        assert (taken["inter1"], taken["inter2"]) == ("Political militia", "Civilians")
        assert taken["interaction"] == "Political militia-Civilians"


@pytest.mark.parametrize(
    ("rule", "number"), [("lowest", "4"), ("median", "4"), ("latest", "9"), ("highest", "9"), ("best_graded", "")]
)
def test_one_number_by_rule(book: Casebook, rule: Any, number: str) -> None:
    assert by_type(book, "acled", "event_type", "Battles", reduction=rule)["fatalities"] == number


def test_ucdp(book: Casebook) -> None:
    (row,) = rows(book, "ucdp-ged")
    assert (row["type_of_violence"], row["side_a"], row["side_b"]) == ("2", "Red Lantern Front", "Blue Ridge Army")
    assert (row["best"], row["low"], row["high"], row["date_prec"], row["where_prec"]) == ("4", "4", "9", "1", "1")
    assert row["dyad_name"] == "Red Lantern Front - Blue Ridge Army"
    assert row["source_original"] == "Desert Courier; Red Lantern Front"
    assert (row["conflict_new_id"], row["country_id"], row["priogrid_gid"], row["gwnoa"]) == ("", "", "", "")
    assert row["geom_wkt"] == "POINT (-0.04 16.27)"


@pytest.mark.parametrize(("who", "group", "code"), [(True, "police", 1), (False, "police", None), (True, None, None)])
def test_sides_named_by_different_voices_tell_the_type_of_violence(who: bool, group: Any, code: int | None) -> None:
    """One report names the attackers, the other whose people died; a class of people ("gunmen") is no side."""
    one, other = (stored(cases.FIRST, "r-1"), stored(cases.SECOND, "r-2"))
    named = one.model_copy(update={"actors": one.actors if who else (), "targets": (), "counts": ()})
    counts = tuple(count.model_copy(update={"group": group}) for count in other.counts)
    harmed = other.model_copy(update={"actors": (), "targets": (), "counts": counts})
    told = Case("incident-1", (named, harmed))
    assert told.crosswalk.ucdp_type_of_violence == code
    assert Case("incident-1", (named,)).crosswalk.ucdp_type_of_violence is None


@pytest.mark.parametrize(
    ("figures", "high"),
    [([(0, 0), (24, None)], None), ([(6, None), (19, 19)], 19), ([(3, 3), (9, 9)], 9), ([(0, 0)], 0)],
)
def test_the_highest_figure_is_open_where_an_open_one_is_highest(
    book: Casebook, figures: list[tuple[int, int | None]], high: int | None
) -> None:
    """ "Dozens" has no upper end, and a side that tells of nobody gives it none."""
    toll = Toll(
        what="killed",
        figures=tuple(ToldFigure(low=low, high=top, voices=("x",), independent=1, claims=("c",)) for low, top in figures),
        reductions=Reductions(lowest=0, highest=max(top or low for low, top in figures)),
    )
    case = next(Material(book, Filter()).cases())
    assert case.incident is not None
    told = replace(case, incident=case.incident.model_copy(update={"tolls": (toll,)}))
    assert told.figure("killed").high == high


def test_ucdp_sides_are_organisations_and_the_state_is_side_a() -> None:
    found = stored(cases.FIRST, "r-1")
    group = found.actors[0]
    gunmen, post, police = (
        group.model_copy(update={"name": name, "id": None, "kind": kind})
        for name, kind in (("gunmen", "class"), ("police post", "facility"), ("police officers", "class"))
    )
    said = [((gunmen,), (post,)), ((group,), (post,)), ((gunmen,), (police,))]
    claims = tuple(found.model_copy(update={"actors": who, "targets": whom}) for who, whom in said)
    state_based = claims[0].crosswalk.model_copy(update={"ucdp_type_of_violence": 1})
    told = Case("incident-1", tuple(one.model_copy(update={"crosswalk": state_based}) for one in claims))
    first, second, is_turned = ucdp_ged.sides(told)
    assert ([party.actor.name for party in first], [party.actor.name for party in second]) == (["police officers"], [group.name])
    assert is_turned


def test_a_type_that_is_not_known_here_keeps_the_codes_it_was_read_with() -> None:
    """A casebook read with own types can be exported without them."""
    claims = tuple(
        stored(text, report).model_copy(update={"type": "cattle_raid"})
        for text, report in ((cases.FIRST, "r-1"), (cases.SECOND, "r-2"))
    )
    assert Case("incident-1", claims).crosswalk == claims[0].crosswalk


def stored(text: str, report: str) -> StoredClaim:
    """A claim of an attack as a casebook gives it, without codes of its own."""
    toll = next((f"{number} soldiers", number, number) for number in (4, 9) if f"{number} soldiers" in text)
    told = claim(text, "attacked", type="attack", actors=["Red Lantern Front"], targets=["Blue Ridge Army"], killed=toll)
    return StoredClaim(**dict(told), report=report)


def test_gtd_holds_the_claim_of_responsibility(book: Casebook) -> None:
    row = by_type(book, "gtd", "attacktype1_txt", "Armed Assault")
    assert (row["gname"], row["claimed"], row["compclaim"], row["doubtterr"]) == ("Red Lantern Front", "1", "", "-9")
    assert (row["claimmode"], row["claimmode_txt"]) == ("10", "Unknown")
    assert (row["nkill"], row["nkillter"], row["nwound"]) == ("4", "", "")
    taken = by_type(book, "gtd", "attacktype1_txt", "Hostage Taking (Kidnapping)")
    assert (taken["gname"], taken["claimed"], taken["ishostkid"], taken["nhostkid"]) == ("", "-9", "1", "")
    assert (taken["iyear"], taken["imonth"], taken["iday"], taken["specificity"]) == ("", "", "", "4")
    assert by_type(book, "gtd", "attacktype1_txt", "Bombing/Explosion")["nkill"] == "0"


def test_plover_fills_the_auxiliary_modes(book: Casebook) -> None:
    events = json.loads(written(book, "plover"))
    told = {(event["event_text"][0]): (event["event"][0], event["mode"]) for event in events}
    assert told["raided"] == ("ASSAULT", ["historical"])
    assert told["seize"] == ("ASSAULT", ["hypothetical"])
    assert told["shelled"] == ("ASSAULT", ["heavy-weapons", "negation"])
    assert told["attack"] == ("MOBILIZE", ["troops", "future"])
    assert told["warned"] == ("THREATEN", ["violence"])
    assert told["attacked"] == ("ASSAULT", ["firearms"])
    clash = next(event for event in events if event["event_text"] == ["attacked"])
    assert (clash["size"], clash["quad_code"]) == ({"dead": 4, "injured": None, "arrested": None}, 4)
    assert next(event for event in events if event["event_text"] == ["abducted"])["date"] is None
    auxiliary = {"historical", "future", "hypothetical", "negation"}
    assert all(set(event["mode"]) <= auxiliary | codes.plover_events()[event["event"][0]][1] for event in events)
    names = [column.name for column in layouts()["plover"].columns]
    assert all(list(event) == names for event in events)


def test_an_incident_is_one_event_however_many_report_it(book: Casebook) -> None:
    for layout in ("polecat", "icews"):
        ids = [row["Event ID"] for row in rows(book, layout)]
        assert len(ids) == len(set(ids))
    assert [row["Event Type"] for row in rows(book, "polecat")].count("ASSAULT") == 6


def test_icews_leaves_out_what_it_cannot_mark(book: Casebook) -> None:
    texts = {row["CAMEO Code"] for row in rows(book, "icews")}
    assert {"190", "183", "181", "138"} <= texts
    assert "194" not in texts, "a denied shelling is no shelling"


def test_report_level_rows_keep_each_report(book: Casebook) -> None:
    clash = [row for row in rows(book, "reports-csv") if row["event_type"] == "clash"]
    assert {(row["source"], row["deaths_low"], row["deaths_best"], row["voices"]) for row in clash} == {
        ("Desert Courier", "4", "4", ""),
        ("River Post", "9", "9", "Red Lantern Front"),
    }
    taken = next(row for row in rows(book, "reports-csv") if row["event_type"] == "abduction")
    assert (taken["deaths_low"], taken["deaths_high"], taken["date_start"], taken["not_later_than"]) == ("", "", "", "2025-06-03")


def test_geojson(book: Casebook) -> None:
    told = json.loads(written(book, "geojson"))
    assert (told["type"], told["reportedly"]["reduction"]) == ("FeatureCollection", "lowest")
    found = {feature["properties"]["type"]: feature for feature in told["features"]}
    assert found["protest"]["geometry"] is None
    assert found["clash"]["geometry"] == {"type": "Point", "coordinates": [-0.04, 16.27]}
    taken = found["abduction"]["properties"]
    assert (taken["precision"], taken["precision_words"], taken["stand_in"]) == (4, "first-level unit", True)
    assert (found["bombing"]["properties"]["killed"], taken["killed"]) == (0, None)


def test_hxl_tags_stand_under_the_header(book: Casebook) -> None:
    lines = list(csv.reader(io.StringIO(written(book, "hxl"), newline="")))
    assert all(re.fullmatch(r"#[a-z]+(?:\d)?(?:\+[a-z_]+)*", tag) for tag in lines[1])
    tags = dict(zip(lines[0], lines[1], strict=True))
    assert (tags["killed"], tags["side_a"], tags["iso3"], tags["date_start"]) == (
        "#affected+killed",
        "#group+name+first",
        "#country+code",
        "#date+start",
    )


@pytest.mark.parametrize("what", ["claims", "incidents", "relations", "reports"])
def test_parquet_holds_the_columns_of_the_csv_with_types(book: Casebook, what: str, tmp_path: Path) -> None:
    done = export_file(book, Filter(), "parquet", tmp_path / "x.parquet", what)
    table = pq.read_table(done.files[0])
    stream = io.StringIO(newline="")
    export(book, Filter(), "csv", stream, what)
    assert table.column_names == stream.getvalue().splitlines()[0].split(",")
    assert table.num_rows == done.records == len(list(getattr(book, what)()))
    assert table.schema.metadata[b"records"] == what.encode()
    if what == "incidents":
        assert sorted(table["killed_low"].to_pylist(), key=str) == [0, 4, None, None]


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_followthemoney_entities_are_valid(book: Casebook) -> None:
    from followthemoney import model

    told = [json.loads(line) for line in written(book, "ftm").splitlines()]
    ids = [entity["id"] for entity in told]
    assert len(ids) == len(set(ids))
    for entity in told:
        proxy = model.get_proxy(entity)
        proxy.schema.validate(entity)
        for name, values in entity["properties"].items():
            assert len(proxy.get(name)) == len(set(values)), (entity["schema"], name, values)
            held = proxy.schema.get(name)
            if held is not None and held.range is not None:
                assert set(values) <= set(ids)
    assert {entity["schema"] for entity in told} == {"Event", "Organization", "Article", "Note", "UnknownLink"}
    clash = next(entity for entity in told if entity["properties"].get("keywords", [""])[0] == "clash")["properties"]
    assert (clash["date"], clash["country"]) == (["2025-06-02"], ["ml"])


def test_stix_bundle_is_valid(book: Casebook) -> None:
    import stix2

    text = written(book, "stix")
    bundle = stix2.parse(text, version="2.1")
    ids = [thing.id for thing in bundle.objects]
    assert len(ids) == len(set(ids))
    kinds = [thing.type for thing in bundle.objects]
    assert (kinds.count("incident"), kinds.count("relationship") > 3, kinds.count("opinion") >= 1) == (4, True, True)
    for thing in bundle.objects:
        refs = [*thing.get("object_refs", ()), *(thing[name] for name in ("source_ref", "target_ref") if name in thing)]
        assert set(refs) <= set(ids)
    places = {thing.name: thing for thing in bundle.objects if thing.type == "location"}
    assert "latitude" not in places["Mopti"]
    assert (places["Gao"].latitude, places["Gao"].precision) == (16.27, 5000.0)


@pytest.mark.parametrize("layout", ["gexf", "graphml"])
def test_networks_are_read_by_others(book: Casebook, layout: str) -> None:
    networkx = pytest.importorskip("networkx")
    graph = getattr(networkx, f"read_{layout}")(io.BytesIO(written(book, layout).encode()))
    assert {data["label"] for _, data in graph.nodes(data=True)} == {"Red Lantern Front", "Blue Ridge Army", "River Guard"}
    told = sorted((a, b, data["kind"], data["symmetric"]) for a, b, data in graph.edges(data=True))
    assert told == [
        ("grp-red-lantern", "grp-blue-ridge", "hostile", "true"),
        ("grp-red-lantern", "grp-river-guard", "threat", "false"),
    ]


@given(st.text())
def test_any_text_is_well_formed_xml(text: str) -> None:
    element = ET.fromstring(f"<a b={network.attribute(text)}>{network.text_of(text)}</a>")
    assert element.get("b") is not None


def test_relations_and_threats(book: Casebook) -> None:
    told = rows(book, "relations-csv")
    assert [(row["record"], row["kind"], row["a"], row["b"], row["voice"]) for row in told] == [
        ("relation", "hostile", "Red Lantern Front", "Blue Ridge Army", "Desert Courier"),
        ("threat", "threat", "Red Lantern Front", "River Guard", "Red Lantern Front"),
    ]
    text = written(book, "relations-md")
    assert text.startswith("# Relations and threats, as told")
    assert text.count("\n| ") == 2 + 2 + 2


@pytest.mark.parametrize("layout", ALL)
def test_the_same_bytes_twice(book: Casebook, layout: str, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    files = [export_file(book, Filter(), layout, tmp_path / name / "x").files for name in ("a", "b")]
    assert [file.read_bytes() for file in files[0]] == [file.read_bytes() for file in files[1]]
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.parametrize("layout", ALL)
def test_side_files_state_layout_rule_and_rows(book: Casebook, layout: str, tmp_path: Path) -> None:
    done = export_file(book, Filter(country="ML"), layout, tmp_path / "x", reduction="median")
    meta = json.loads((tmp_path / "x.meta.json").read_text("utf-8"))
    assert (meta["layout"], meta["filter"], meta["records"]) == (layout, {"country": "ML"}, done.records)
    assert meta["reduction"] == ("median" if layouts()[layout].reduces else None)
    assert (meta["attributed"] is not None) is layouts()[layout].reduces
    if meta["attributed"] is not None:
        rows_behind = list(csv.DictReader((tmp_path / meta["attributed"]).open(encoding="utf-8", newline="")))
        assert rows_behind
        assert all(row["id"] and row["record"] and row["evidence"] for row in rows_behind)


def test_the_rows_behind_are_those_of_the_exported_records(book: Casebook, tmp_path: Path) -> None:
    done = export_file(book, Filter(), "ucdp-ged", tmp_path / "x.csv")
    behind = list(csv.DictReader((tmp_path / "x.csv.attributed.csv").open(encoding="utf-8", newline="")))
    (exported,) = list(csv.DictReader(done.files[0].open(encoding="utf-8", newline="")))
    assert {row["record"] for row in behind} == {exported["id"]}
    assert {(row["killed_low"], row["voice"], row["role"]) for row in behind} >= {
        ("4", "article", "member"),
        ("9", "Red Lantern Front", "member"),
    }
    assert sum(done.left_out.values()) == 3


@pytest.mark.parametrize("layout", TABLES)
def test_no_cell_can_be_run(book: Casebook, layout: str) -> None:
    text = written(book, layout)
    for row in csv.reader(io.StringIO(text, newline=""), delimiter="\t" if layout == "polecat" else ","):
        for value in row:
            assert not value.startswith(FORMULA) or re.fullmatch(r"-?\d+(?:\.\d+)?", value), value


@given(st.text())
def test_neutralised_text_never_begins_a_formula(text: str) -> None:
    told = cell(text)
    assert not told.startswith(FORMULA)
    assert not told.lstrip(" \n").startswith(FORMULA)
    assert told.removeprefix("'") == text.replace("\x00", "") or told == text.replace("\x00", "")


@given(st.one_of(st.integers(), st.floats(allow_nan=False, allow_infinity=False)))
def test_numbers_stay_numbers(number: float) -> None:
    assert type(number)(cell(number)) == number


@given(st.text())
def test_a_markdown_cell_stays_one_cell(text: str) -> None:
    told = escaped(text)
    assert "\n" not in told
    assert not re.search(r"(?<!\\)(?:\\\\)*\|", told)


def test_corrections_of_people_are_laid_over(migrated_file: Path, tmp_path: Path) -> None:
    with reportedly.casebook.open(shutil.copy(migrated_file, tmp_path / "c.sqlite")) as book:
        cases.fill(book)
        blast = next(book.claims(Filter(type="bombing")))
        book.decide(blast.id, "correct", by="ana", correction='{"killed": 5}')
        march = next(book.claims(Filter(type="protest")))
        book.decide(march.id, "reject", by="ana")
        as_read = {row["event_type"]: row["fatalities"] for row in rows(book, "acled")}
        told = {row["event_type"]: row["fatalities"] for row in rows(book, "acled", corrected=True)}
    assert (as_read["Explosions/Remote violence"], told["Explosions/Remote violence"]) == ("0", "5")
    assert "Protests" in as_read
    assert "Protests" not in told


@pytest.mark.parametrize(
    ("layout", "more"),
    [("acled", {"reduction": "mean"}), ("xlsx", {}), ("csv", {"what": "casebook"}), ("csv", {"what": "people"})],
)
def test_what_cannot_be_is_refused(book: Casebook, layout: str, more: dict[str, Any]) -> None:
    with pytest.raises(SettingError):
        export(book, Filter(), layout, io.StringIO(), **more)


def test_a_file_that_cannot_be_written_leaves_nothing(book: Casebook, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="cannot be written"):
        export_file(book, Filter(), "acled", tmp_path / "no" / "x.csv")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("layout", ALL)
def test_an_empty_casebook_gives_an_empty_export(layout: str, migrated_file: Path, tmp_path: Path) -> None:
    with reportedly.casebook.open(shutil.copy(migrated_file, tmp_path / "e.sqlite")) as empty:
        done = export_file(empty, Filter(), layout, tmp_path / "x")
        assert done.records == 0
        if layouts()[layout].suffix.endswith(("json", "geojson")) and layout != "ftm":
            json.loads((tmp_path / "x").read_text("utf-8"))


def test_the_page_of_formats_is_the_one_that_the_layouts_make() -> None:
    assert (ROOT / "docs" / "formats.md").read_text("utf-8") == page(), "run: reportedly formats --markdown > docs/formats.md"


@pytest.mark.parametrize("layout", ALL)
def test_every_column_is_documented(layout: str) -> None:
    told = page()
    for column in layouts()[layout].columns:
        assert f"`{column.name.split('|')[0]}`" in told

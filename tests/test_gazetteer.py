"""Names, readings and the building of the gazetteer."""

from __future__ import annotations

import multiprocessing
from pathlib import Path
from typing import Any

import pytest

from reportedly.errors import KnowledgeError
from reportedly.linking import gazetteer_build
from reportedly.linking.gazetteer import KINDS, Gazetteer, normalise, without_unit


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.open()


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("Al-Ḥudaydah", "al hudaydah"),
        ("Sana’a", "sanaa"),
        ("Port-au-Prince", "port au prince"),
        ("U.S.", "us"),
        ("St. Petersburg", "saint petersburg"),
        ("  KABUL ", "kabul"),
        ("", ""),
    ],
)
def test_names_are_compared_in_plain_form(written: str, normal: str) -> None:
    assert normalise(written) == normal


def test_a_word_for_the_kind_is_left_out_but_never_the_whole_name() -> None:
    assert without_unit("mastung district") == "mastung"
    assert without_unit("department of meta") == "meta"
    assert without_unit("district") == "district"


@pytest.mark.parametrize(
    ("name", "kind", "iso2", "usual"),
    [
        ("Mastung", "city", "PK", "Mastung"),
        ("Mastung district", "admin2", "PK", "Mastung District"),
        ("Balochistan", "admin1", "PK", "Balochistan"),
        ("Baluchistan", "admin1", "PK", "Balochistan"),
        ("NWFP", "admin1", "PK", "Khyber Pakhtunkhwa"),
        ("Kech", "admin2", "PK", "Kech District"),
        ("Mir Ali", "city", "PK", "Mir Ali"),
        ("Borno", "admin1", "NG", "Borno"),
        ("al-Fashir", "city", "SD", "El Fasher"),
        ("Halab", "city", "SY", "Aleppo"),
        ("Ayn al-Arab", "city", "SY", "Kobani"),
        ("Kiev", "city", "UA", "Kyiv"),
        ("Donetsk Oblast", "admin1", "UA", "Donetsk Oblast"),
        ("Zamzam", "camp", "SD", "Zamzam camp"),
        ("Galmudug", "admin1", "SO", "Galmudug"),
        ("Gaza City", "city", "PS", "Gaza City"),
        ("Gaza Strip", "region", "PS", "Gaza Strip"),
        ("Strait of Hormuz", "sea", None, "Strait of Hormuz"),
        ("DRC", "country", "CD", "Democratic Republic of the Congo"),
        ("Congo-Kinshasa", "country", "CD", "Democratic Republic of the Congo"),
        ("the Republic of the Congo", "country", "CG", "Republic of the Congo"),
        ("U.S.", "country", "US", "United States"),
        ("UAE", "country", "AE", "United Arab Emirates"),
        ("Burma", "country", "MM", "Myanmar"),
        ("Ivory Coast", "country", "CI", "Ivory Coast"),
        ("Mexico City", "city", "MX", "Mexico City"),
        ("Jordan", "country", "JO", "Jordan"),
    ],
)
def test_the_likeliest_reading_of_a_bare_name(gazetteer: Gazetteer, name: str, kind: str, iso2: str | None, usual: str) -> None:
    best = gazetteer.lookup(name)[0]
    assert (best.kind, best.iso2, best.name) == (kind, iso2, usual)


@pytest.mark.parametrize("name", ["", "   ", "'", "Qaxotlin", "xyzzy district", "\x00", "%"])
def test_an_unknown_name_has_no_reading(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.lookup(name) == ()


def test_readings_are_ranked_and_bounded(gazetteer: Gazetteer) -> None:
    readings = gazetteer.lookup("San Jose")
    assert 5 < len(readings) <= 60
    assert [one.weight for one in readings] == sorted((one.weight for one in readings), reverse=True)
    assert all(0 < one.quality <= 1 and one.kind in KINDS for one in readings)


def test_an_exact_name_ranks_above_a_stripped_one(gazetteer: Gazetteer) -> None:
    quality = {one.name: one.quality for one in gazetteer.lookup("Jenin")}
    assert quality["Jenin"] > quality["Jenin camp"]


def test_a_point_says_whose_it_is(gazetteer: Gazetteer) -> None:
    town, district = gazetteer.lookup("Mastung")[0], gazetteer.lookup("Mastung district")[0]
    assert town.point == "own"
    assert district.point == "members"
    borrowed = next(one for one in gazetteer.lookup("Nyala District") if one.kind == "admin2")
    province = next(one for one in gazetteer.lookup("South Darfur") if one.kind == "admin1")
    assert borrowed.point == "admin1"
    assert (borrowed.lat, borrowed.lon) == (province.lat, province.lon)
    assert gazetteer.lookup("Soviet Union")[0].lat is None


def test_every_state_has_a_capital(gazetteer: Gazetteer) -> None:
    assert [gazetteer.capital(code).name for code in ("IQ", "ML", "HT")] == ["Baghdad", "Bamako", "Port-au-Prince"]  # type: ignore[union-attr]
    assert gazetteer.capital("ZZ") is None


def test_every_short_form_is_that_of_a_state(gazetteer: Gazetteer) -> None:
    short = gazetteer.abbreviations
    assert short["Ore."] == ("US", "Oregon")
    assert short["NSW"] == ("AU", "New South Wales")
    unknown = [
        form
        for form, (code, name) in short.items()
        if not any(one.kind == "admin1" and one.iso2 == code and one.quality >= 0.95 for one in gazetteer.lookup(name))
    ]
    assert unknown == []


@pytest.mark.parametrize("name", ["Ontario", "Queensland", "Alaska"])
def test_the_middle_of_a_wide_state_is_not_that_of_its_towns(gazetteer: Gazetteer, name: str) -> None:
    state = next(one for one in gazetteer.lookup(name) if one.kind == "admin1")
    town = max((one.lat or 0.0 for one in gazetteer.lookup("Thunder Bay")), default=0.0)
    assert state.point == "own"
    assert name != "Ontario" or (state.lat or 0.0) > town  # most of its people live far south of its middle


def test_a_district_bears_its_english_name(gazetteer: Gazetteer) -> None:
    district = gazetteer.lookup("Paschim Medinipur district")[0]
    assert (district.name, district.admin2, district.kind) == ("West Midnapore", "West Midnapore", "admin2")
    assert "West Singhbhum" in {one.admin2 for one in gazetteer.lookup("Chaibasa")}


def test_an_american_county_is_not_called_by_its_bare_name(gazetteer: Gazetteer) -> None:
    county = next(one for one in gazetteer.lookup("Carlton") if one.kind == "admin2" and one.iso2 == "US")
    assert county.quality < 0.7
    assert gazetteer.lookup("Carlton County")[0].quality == 1.0


def test_demonyms_give_countries(gazetteer: Gazetteer) -> None:
    assert gazetteer.demonym("Pakistani") == ("PK",)
    assert gazetteer.demonym("Congolese") == ("CD", "CG")
    assert gazetteer.demonym("Martian") == ()


def test_every_code_of_the_supplement_is_a_country(gazetteer: Gazetteer) -> None:
    codes = {code for found in gazetteer_build.demonyms().values() for code in found}
    assert [code for code in sorted(codes) if gazetteer.country(code) is None] == []
    assert gazetteer.country("ZZ") is None


def test_every_state_has_a_demonym(gazetteer: Gazetteer) -> None:
    named = {code for found in gazetteer_build.demonyms().values() for code in found}
    states = {row.fields["iso2"] for row in gazetteer_build.read_supplement("countries.csv")}
    dependent = {"MO", "NC", "GF", "GI", "FK", "RE", "YT", "GP", "MQ", "VA", "SM", "KI", "LC", "VC", "KN", "ST"}
    assert sorted(states - named - dependent) == []


def test_every_name_of_the_supplement_is_found(gazetteer: Gazetteer) -> None:
    names = list(gazetteer_build.supplement_names())
    assert len(names) > 900
    assert [name for name in names if not gazetteer.lookup(name)] == []


def test_every_renamed_province_is_listed(gazetteer: Gazetteer) -> None:
    rows = gazetteer_build.read_supplement("provinces.csv")
    missing = [
        row.where
        for row in rows
        if not any(
            one.kind == "admin1" and one.iso2 == row.fields["iso2"] and one.name == row.fields["name"]
            for one in gazetteer.lookup(row.fields["name"])
        )
    ]
    assert missing == []


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("towns.csv", "name,kind\n", "line 1"),
        ("towns.csv", "name,kind,iso2,admin1,lat,lon,aliases\nX,city,PK\n", "line 2: 3 fields"),
        ("towns.csv", "name,kind,iso2,admin1,lat,lon,aliases\nX,hamlet,PK,,1,2,\n", "unknown kind 'hamlet'"),
        ("towns.csv", "name,kind,iso2,admin1,lat,lon,aliases\nX,city,Pakistan,,1,2,\n", "no country code"),
        ("towns.csv", "name,kind,iso2,admin1,lat,lon,aliases\nX,city,PK,,1,,\n", "both"),
        ("towns.csv", "name,kind,iso2,admin1,lat,lon,aliases\nX,city,PK,,91,2,\n", "both"),
        ("towns.csv", "name,kind,iso2,admin1,lat,lon,aliases\nX,city,PK,,north,2,\n", "not a number"),
    ],
)
def test_a_faulty_supplement_is_refused_with_its_line(
    monkeypatch: pytest.MonkeyPatch, file: str, text: str, message: str
) -> None:
    monkeypatch.setattr(gazetteer_build, "_supplement_text", lambda _: text)
    with pytest.raises(KnowledgeError, match=message):
        gazetteer_build.read_supplement(file)


def test_a_changed_supplement_means_a_new_file(monkeypatch: pytest.MonkeyPatch) -> None:
    before = gazetteer_build.source_digest()
    assert before == gazetteer_build.source_digest()
    monkeypatch.setattr(gazetteer_build, "_supplement_text", lambda file: file)
    assert gazetteer_build.source_digest() != before


def test_a_build_that_fails_leaves_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fail(path: Path, progress: gazetteer_build.Progress) -> None:
        path.write_text("half")
        raise KnowledgeError("broken")

    monkeypatch.setenv("REPORTEDLY_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(gazetteer_build, "_build", fail)
    with pytest.raises(KnowledgeError):
        gazetteer_build.gazetteer_file()
    assert list((tmp_path / "cache").iterdir()) == []


def test_a_whole_file_is_put_in_place_and_used_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    builds: list[Path] = []

    def build(path: Path, progress: gazetteer_build.Progress) -> None:
        builds.append(path)
        progress(1.0, "done")
        path.write_text("whole")

    monkeypatch.setenv("REPORTEDLY_CACHE", str(tmp_path))
    monkeypatch.setattr(gazetteer_build, "_build", build)
    seen: list[float] = []
    first = gazetteer_build.gazetteer_file(lambda share, doing: seen.append(share))
    assert gazetteer_build.gazetteer_file() == first
    assert first.read_text() == "whole"
    assert (len(builds), seen, [path.name for path in tmp_path.iterdir()]) == (1, [1.0], [first.name])


def test_two_processes_may_build_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    together = context.Barrier(2)

    def build(path: Path, progress: gazetteer_build.Progress) -> None:
        path.write_text("half")
        together.wait(30)  # both are in the middle of it
        path.write_text("whole")

    def work(results: Any) -> None:
        results.put(str(gazetteer_build.gazetteer_file()))

    monkeypatch.setenv("REPORTEDLY_CACHE", str(tmp_path))
    monkeypatch.setattr(gazetteer_build, "_build", build)
    results = context.Queue()
    workers = [context.Process(target=work, args=(results,)) for _ in range(2)]
    for worker in workers:
        worker.start()
    paths = {results.get(timeout=60) for _ in workers}
    for worker in workers:
        worker.join(30)
    assert [worker.exitcode for worker in workers] == [0, 0]
    assert [str(path) for path in tmp_path.iterdir()] == list(paths)
    assert Path(paths.pop()).read_text() == "whole"

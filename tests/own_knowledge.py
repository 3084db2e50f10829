"""A folder of own knowledge for tests: an invented group, type, term, class word and places in real geography."""

from __future__ import annotations

import json
from pathlib import Path

ACTORS = """id,name,aliases,abbreviations,kind,sector,countries,part_of,successor_of,from,to
x-lantern,Lantern Covenant,Covenant of Lanterns,LCVX,armed_group,REB,TD,,,2019,
"""
TYPES = """group: own_cattle
definition: Acts against herds.
types:
  - id: cattle_raid
    definition: Armed people take a herd away from its owners.
    family: violence_against_civilians
    include: [cattle driven off by force]
    exclude: [quarrels over grazing without force]
    examples:
      - Gunmen cattlejacked the herders near Mongo on Monday.
      - Bandits cattlejacked villagers in Chad, police said.
    counter_examples:
      - Gunmen attacked a village near Mongo on Monday.
      - Herders sold their cattle at the market in Mongo.
"""
ACTS = """term,pos,type,frame,prep,object,strength,not_with
cattlejack,verb,cattle_raid,agent_target,,,strong,
"""
CROSSWALKS = {
    "acled.csv": "type,when,event_type,sub_event_type,note\ncattle_raid,,Strategic developments,Looting/property destruction,\n",
    "cameo.csv": "type,when,root,code,note\ncattle_raid,,,,no root for herds\n",
    "plover.csv": "type,when,event,mode,context,note\ncattle_raid,,ASSAULT,,,\n",
    "ucdp.csv": "type,when,type_of_violence,note\ncattle_raid,,,not lethal by itself\n",
}
CLASSES = """word,plural,kind,group,armed,sector,unidentified
lanternist,lanternists,class,armed_group,yes,UAF,no
"""
TOWNS = """name,kind,iso2,admin1,lat,lon,aliases
Zangabele,city,TD,Guéra,12.2,18.7,Zanga Belle
"""


def write(folder: Path, files: dict[str, str]) -> Path:
    """Put files with these contents into a folder."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def own_folder(folder: Path) -> Path:
    """A folder of own knowledge of most kinds."""
    files = {"actors/mine.csv": ACTORS, "ontology/own_cattle.yaml": TYPES, "lexicon/acts.csv": ACTS}
    files |= {"lexicon/classes.csv": CLASSES, "places/towns.csv": TOWNS, "README.md": "Ours.\n"}
    return write(folder, files | {f"crosswalks/{name}": text for name, text in CROSSWALKS.items()})


def geonames_line(id_: int, name: str, feature: str, code: str, admin1: str = "", others: str = "") -> str:
    """One line of a GeoNames dump, near Mongo in Chad."""
    cells = [str(id_), name, name, others, "12.25", "18.75", feature, code, "TD", "", admin1, *([""] * 3), "0", "", "", "", ""]
    return "\t".join(cells) + "\n"


def square(properties: dict[str, object]) -> str:
    """A map with one square unit around 12.5 N, 18.5 E."""
    ring = [[18, 12], [19, 12], [19, 13], [18, 13], [18, 12]]
    feature = {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    return json.dumps({"type": "FeatureCollection", "features": [feature]})

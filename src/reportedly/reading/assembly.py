"""Runs all finders over one parsed report and assembles its reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from reportedly.knowledge.acts import ActLexicon, Instrument, load_acts, load_instruments
from reportedly.knowledge.casing import load_casing
from reportedly.knowledge.classes import ClassWord, load_classes
from reportedly.knowledge.cues import CueLexicon, load_cues
from reportedly.knowledge.demonyms import load_demonyms, load_metonyms
from reportedly.knowledge.layers import Layers, chosen
from reportedly.knowledge.relations import RelationLexicon, load_relations
from reportedly.knowledge.status import StatusLexicon, load_status
from reportedly.knowledge.types import EventType, ontology
from reportedly.linking.gazetteer import Gazetteer
from reportedly.linking.references import check_references
from reportedly.linking.register import Register
from reportedly.reading.actors import FoundActor, find_actors
from reportedly.reading.acts import find_acts
from reportedly.reading.attribution import FoundAttribution, find_attributions
from reportedly.reading.claims import write_claims
from reportedly.reading.counts import CountLexicon, FoundCount, find_counts, load_count_lexicon
from reportedly.reading.merge import merge_mentions, merge_passage
from reportedly.reading.parse import Parse
from reportedly.reading.passage import fill_from_passage
from reportedly.reading.peace import retype_peace
from reportedly.reading.places import FoundPlace, find_places
from reportedly.reading.reader import dominant_country, publication_day, reader_version
from reportedly.reading.reference import Discourse
from reportedly.reading.relations import find_relations
from reportedly.reading.roles import RoleReader
from reportedly.reading.salience import mark_told, weigh_mentions
from reportedly.reading.setting import home_of
from reportedly.reading.speech import each_accuser, write_speech
from reportedly.reading.speech_days import date_speech
from reportedly.reading.times import FoundTime, TimeLexicon, find_times, load_times
from reportedly.reading.topic import is_of_conflict
from reportedly.reading.victims import name_victims
from reportedly.reading.voices import VoiceReader
from reportedly.reading.writer import DraftWriter
from reportedly.records import Mention, Reading, Report

BLAST_NOUNS = frozenset(
    "blast blasts explosion explosions detonation bombing bomber bombers car truck vehicle charge charges shell shells "
    "device".split()
)
"""Subjects of verbs of exploding beside the weapons of the lexicon."""
STATE_WEIGHT = 1.0
GROUP_WEIGHT = 0.5


@dataclass(frozen=True)
class Knowledge:
    """All data that reading needs, of the layers that it was loaded for."""

    register: Register
    gazetteer: Gazetteer
    acts: ActLexicon
    instruments: Mapping[str, Sequence[Instrument]]
    types: Mapping[str, EventType]
    status: StatusLexicon
    demonyms: Mapping[str, str]
    metonyms: Mapping[str, str]
    classes: Mapping[str, ClassWord]
    cues: CueLexicon
    relation_words: RelationLexicon
    times: TimeLexicon
    counts: CountLexicon
    layers: Layers

    @classmethod
    def load(cls, layers: Layers | None = None) -> Knowledge:
        """The knowledge of the package under these layers; ``None`` stands for those of the setting.

        Raises :class:`KnowledgeError` if a file does not hold what it must.
        """
        layers = chosen() if layers is None else layers
        knowledge = cls(
            register=Register.load(layers=layers),
            gazetteer=Gazetteer.open(layers=layers),
            acts=load_acts(layers),
            instruments=load_instruments(layers),
            types=ontology(layers),
            status=load_status(layers),
            demonyms=load_demonyms(layers),
            metonyms=load_metonyms(layers),
            classes=load_classes(layers),
            cues=load_cues(layers),
            relation_words=load_relations(layers),
            times=load_times(layers),
            counts=load_count_lexicon(layers),
            layers=layers,
        )
        load_casing(layers)
        check_references(layers)
        return knowledge


def read_parse(parse: Parse, report: Report, knowledge: Knowledge, published_until: str | None = None) -> Reading:
    """The reading of one parsed report. The result depends on the parse, the report and the knowledge alone."""
    published = publication_day(report)
    until = date.fromisoformat(published_until[:10]) if published_until else None
    actors = find_actors(parse, knowledge.register, knowledge.demonyms, knowledge.classes)
    weights = country_weights(actors)
    taken = [(a.first, a.last) for a in actors if a.actor.kind not in ("state", "class", "unknown", "person", "community")]
    places = find_places(parse, knowledge.gazetteer, taken, weights)
    for place in places:
        if place.place.iso2 and not home_of(parse.tokens[place.last]):
            weights[place.place.iso2] = weights.get(place.place.iso2, 0.0) + STATE_WEIGHT
    towns = {
        i for place in places if place.role == "place" and place.place.geonames_id for i in range(place.first, place.last + 1)
    }
    actors = [
        a
        for a in actors
        if a.actor.kind not in ("unknown", "person") or a.actor.id or a.role or not towns.issuperset(range(a.first, a.last + 1))
    ]
    times = find_times(parse, published, until, knowledge.times)
    counts = find_counts(parse, knowledge.counts)
    attributions = [found for found in find_attributions(parse, knowledge.cues) if not labels_place(parse, found, places)]

    country = dominant_country(weights)
    discourse = Discourse(parse, actors, knowledge.register, country, knowledge.demonyms, knowledge.metonyms)
    counts = [grouped(count, discourse) for count in counts]
    roles = RoleReader(parse, discourse)
    voices = VoiceReader(parse, attributions, discourse, roles, knowledge.register)
    names = {
        i: True
        for a in actors
        if a.actor.id is not None or a.actor.kind in ("unknown", "person")
        for i in range(a.first, a.last + 1)
    }
    for place in places:
        names.update(dict.fromkeys(range(place.first, place.last + 1), True))
    for time in times:
        if time.kind in ("date", "bound"):
            names.update(dict.fromkeys(range(time.first, time.last + 1), True))
    acts = find_acts(parse, knowledge.acts, knowledge.instruments, names)
    writer = DraftWriter(
        parse,
        types=knowledge.types,
        status=knowledge.status,
        roles=roles,
        voices=voices,
        places=places,
        times=times,
        counts=counts,
        blast_words=frozenset(one.words[-1] for many in knowledge.instruments.values() for one in many) | BLAST_NOUNS,
        published=published or until,
    )
    drafts = writer.write(acts)
    of_conflict = is_of_conflict(parse, drafts, actors, knowledge.status)
    retype_peace(parse, drafts, knowledge.types)
    drafts = write_speech(parse, drafts, voices, knowledge.types)
    weigh_mentions(parse, drafts)
    merged = merge_mentions(parse, drafts)
    name_victims(parse, merged, roles)
    mark_told(parse, merged, knowledge.status, of_conflict)
    fill_from_passage(parse, merged, places, dominant_country(weights), times, published or until)
    date_speech(parse, merged, times, voices, published or until)
    merged = [draft for draft in merge_passage(parse, merged) if draft.told or any(part.told for part in draft.merged)]
    merged = each_accuser(parse, merged)
    claims = write_claims(parse, report.id, merged, voices, knowledge.layers)
    words = knowledge.relation_words, knowledge.status
    relations = find_relations(parse, report.id, claims, actors, voices, roles, knowledge.register, *words, report.source)
    return Reading(
        reader=reader_version(knowledge.layers),
        report=report,
        claims=tuple(claims),
        relations=tuple(relations),
        mentions=tuple(write_mentions(parse, actors, places, times, counts, discourse)),
        attributions=tuple(found.attribution for found in attributions),
    )


def labels_place(parse: Parse, found: FoundAttribution, places: Sequence[FoundPlace]) -> bool:
    """True for a place before a colon that nobody speaks from: a town as dateline, a country above news from within it."""
    if found.rule != "label" or found.source is None:
        return False
    first, last = found.source
    label = next((place for place in places if place.first == first and place.last == last), None)
    if label is None:
        return False
    if label.place.precision != 6:
        return True
    inside = [place for place in places if place.first > last and parse.tokens[place.first].sent <= parse.tokens[last].sent + 1]
    return any(place.place.iso2 == label.place.iso2 and place.place.precision != 6 for place in inside)


def grouped(found: FoundCount, discourse: Discourse) -> FoundCount:
    """The count with the kind of people that their name tells ("30 ISKP members"), where their noun alone does not."""
    if found.count.group is not None or found.people is None:
        return found
    for i in range(found.people_first, found.people_last + 1):
        mention = discourse.at(i)
        if mention is not None and mention.actor.id is not None and mention.group is not None:
            return replace(found, count=found.count.model_copy(update={"group": mention.group}))
    return found


def country_weights(actors: Sequence[FoundActor]) -> dict[str, float]:
    """How much the actors of a report speak for each country, by ISO2 code; a news agency speaks for none ("told Reuters")."""
    weights: dict[str, float] = {}
    for found in actors:
        if found.country and found.actor.kind != "media":
            weight = STATE_WEIGHT if found.actor.kind in ("state", "class", "government", "military", "police") else GROUP_WEIGHT
            weights[found.country] = weights.get(found.country, 0.0) + weight
    return weights


def write_mentions(
    parse: Parse,
    actors: Sequence[FoundActor],
    places: Sequence[FoundPlace],
    times: Sequence[FoundTime],
    counts: Sequence[FoundCount],
    discourse: Discourse,
) -> list[Mention]:
    """Every actor, place, time and count found, with its reading, in the order of the text. Private persons are left out."""
    found: list[Mention] = []
    for actor in actors:
        if actor.actor.kind == "person" and not actor.role:
            continue
        reading = (discourse.holder(actor) or discourse.resolve(actor)).actor
        for named in (reading, *(office.actor for office in discourse.offices(actor))):
            found.append(Mention(kind="actor", text=named.text, start=named.start, end=named.end, reading=named))
    for place in places:
        if place.role == "place":
            span = place.place
            found.append(Mention(kind="place", text=span.text, start=span.start, end=span.end, reading=span))
    for time in times:
        if time.time.text is not None and time.time.start is not None and time.time.end is not None:
            found.append(Mention(kind="time", text=time.time.text, start=time.time.start, end=time.time.end, reading=time.time))
    for count in counts:
        found.append(
            Mention(kind="count", text=count.count.text, start=count.count.start, end=count.count.end, reading=count.count)
        )
    return sorted(found, key=lambda mention: (mention.start, mention.end, mention.kind))

"""An incident as an entry of a brief: what is told, every figure with its voices, what changed, what nobody tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from reportedly.briefs.material import Head, Material
from reportedly.briefs.notes import Notes
from reportedly.briefs.records import Entry, Sentence, Spot, Stretch
from reportedly.casebook.stored import StoredClaim
from reportedly.exports.material import Case
from reportedly.incidents.facts import facts
from reportedly.incidents.features import Related
from reportedly.incidents.records import ClaimLink, Incident, Role, Standing, ToldFigure, Toll
from reportedly.incidents.summary import standing_of
from reportedly.incidents.summary_parts import Part, Voices, voice_key
from reportedly.records import Place
from reportedly.wording import PRECISIONS, STANDINGS, amount, days_words, line, place_words, quote, voices_words, words

MOST_TELLERS: Final = 4
"""Voices named for one version; the others are counted and stand in the footnotes."""
CHANGES: Final = {
    "updates": "Updated",
    "contradicts": "Contradicted",
    "denies": "Denied",
    "retracts": "Changed their story",
    "confirms": "Told by others too",
}
HARMFUL: Final = frozenset({"battle", "explosion_remote_violence", "violence_against_civilians"})
SHOWN_AS_AREA: Final = (3, 4, 5)
"""Precisions that the map shows as a ring; a whole country or the sea is on no map of a brief."""


class Act:
    """One incident of a brief, with its number."""

    def __init__(self, case: Case, incident: Incident, number: int, material: Material, notes: Notes) -> None:
        self.case, self.incident, self.number, self.notes = case, incident, number, notes
        self.fresh, self._heads = material.fresh, material.heads
        self._by_id: dict[str, list[StoredClaim]] = {}
        for _, claim in case.told:
            self._by_id.setdefault(claim.id, []).append(claim)

    @property
    def is_new(self) -> bool:
        """Whether no report from before the window tells it."""
        return all(claim.report in self.fresh for claim in self.case.claims)

    @property
    def standing(self) -> Standing:
        """How it stands by all reports."""
        return self.incident.standing

    def days(self) -> str:
        """Its day or days, never more exact than told; empty where none is told."""
        when = self.case.when
        first, last = (day.isoformat() if day is not None else None for day in (when.first, when.last))
        if first or last:
            return days_words(first, last, when.precision or "day")
        return f"day not told, not after {days_words(when.bound.isoformat(), when.bound.isoformat())}" if when.bound else ""

    def heading(self) -> str:
        """What, where and when in one line."""
        what = words(self.case.type).capitalize()
        place = self.case.place
        where = _where(place) if place is not None else "place not told"
        return f"{what} – {where} – {self.days() or 'day not told'}"

    def toll(self) -> Toll | None:
        """The toll that tells most of how grave it is as told: people killed, all of them before parts."""
        own = [toll for toll in self.case.tolls if toll.figures]
        return min(own, key=lambda toll: (_ORDER.index(toll.what), toll.group is not None), default=None)

    def weight(self) -> int:
        """The lowest figure that anybody tells of the killed, for the order of the first lines; 0 where nobody tells one."""
        told = [toll.reductions.lowest or 0 for toll in self.case.tolls if toll.what == "killed"]
        return max(told, default=0)

    def entry(self, related: Related) -> Entry:
        """The whole entry."""
        sentences = [*self._changes(related), self._first_words(), *self._parties(), *self._tolls(), *self._positions()]
        return Entry(
            number=self.number,
            key=self.incident.id,
            heading=self.heading(),
            badge=STANDINGS[self.standing],
            standing=self.standing,
            sentences=(*sentences, self._tellers()),
        )

    def short(self) -> Sentence:
        """The act in one line."""
        toll = self.toll()
        if toll is None:
            text, claims = "", [self.case.first]
        else:
            ends = _ends(toll.figures)
            claims = [claim for figure in ends for claim in self._claims(figure.claims)]
            told = (f"{amount(one.low, one.high)} ({_tellers(self._claims(one.claims), 2)})" for one in ends)
            text = f"{_what(toll).lower()}: {' to '.join(told)}; "
        return Sentence(
            label=self.heading(), text=f"{text}{STANDINGS[self.standing]}. See {self.number}.", notes=self.notes.claims(claims)
        )

    def first_note(self) -> tuple[int, ...]:
        """The footnote of the claim told first."""
        return (self.notes.claim(self.case.first),)

    # What is told

    def _first_words(self) -> Sentence:
        claim = self.case.first
        return Sentence(label="In the words of", text=f"{_teller(claim)}: “{quote(claim)}”", notes=(self.notes.claim(claim),))

    def _parties(self) -> Iterator[Sentence]:
        for side, label in (("actors", "Who, as told"), ("targets", "Whom, as told")):
            told: dict[str, list[StoredClaim]] = {}
            for claim in self.case.claims:
                for actor in getattr(claim, side):
                    told.setdefault(line(actor.name), []).append(claim)
            if told:
                versions = [f"{name} ({_tellers(claims)})" for name, claims in told.items()]
                notes = self.notes.claims(claim for claims in told.values() for claim in claims)
                yield Sentence(label=label, text="; ".join(versions), notes=notes)

    def _tolls(self) -> Iterator[Sentence]:
        for toll in self.case.tolls:
            figures = sorted(toll.figures, key=lambda told: (told.low or 0, told.high is None, told.high or 0))
            told = [(figure, self._claims(figure.claims)) for figure in figures]
            versions = "; ".join(f"{amount(figure.low, figure.high)} ({_tellers(claims)})" for figure, claims in told)
            span = f"{_span(figures)}, by who tells it: " if len(figures) > 1 else ""
            only = " Only the other side tells it." if toll.only_by_the_enemy else ""
            notes = self.notes.claims(claim for _, claims in told for claim in claims)
            yield Sentence(label=_what(toll), text=f"{span}{versions}.{only}", notes=notes)

    def _positions(self) -> Iterator[Sentence]:
        against = {
            "claims_responsibility": "Claimed by",
            "denies": "Denied by",
            "denies_a_part": "A figure, the authorship or a detail denied by",
            "doubts": "Doubted by",
        }
        for stance, label in against.items():
            own = [position for position in self.incident.positions if position.stance == stance]
            claims = self._claims(key for position in own for key in position.claims)
            if claims:
                yield Sentence(label=label, text=f"{_tellers(claims)}.", notes=self.notes.claims(claims))

    def _tellers(self) -> Sentence:
        claims = self.case.claims
        sources = dict.fromkeys(line(claim.source) or "a report without a named source" for claim in claims)
        voices = self.incident.sources
        told = f"{_plural(self.incident.reports, 'report')} ({', '.join(sources)}), {_plural(voices, 'independent voice')}."
        return Sentence(label="Told by", text=told, notes=self.notes.claims(claims))

    # What changed

    def _changes(self, related: Related) -> Iterator[Sentence]:
        if self.is_new:
            return
        was = self._standing_before(related)
        if was is not None and was != self.standing:
            claims = [claim for role, claim in self.case.told if claim.report in self.fresh and role != "about"]
            text = f"{STANDINGS[was]} before, now {STANDINGS[self.standing]}."
            yield Sentence(label="Standing", text=text, notes=self.notes.claims(claims))
        links = [link for link in self.incident.links if link.report in self.fresh and link.kind in CHANGES]
        for kind, label in CHANGES.items():
            own = [link for link in links if link.kind == kind]
            if own:
                yield self._change(label, own)
        again = [claim for claim in self.case.claims if claim.report in self.fresh]
        if not links and again:
            yield Sentence(label="Told again", text=f"{_tellers(again)}.", notes=self.notes.claims(again))

    def _standing_before(self, related: Related) -> Standing | None:
        """How it stood by the reports from before the window; ``None`` where none of those told it."""
        old = [(role, claim) for role, claim in self.case.told if claim.report not in self.fresh]
        if not any(role == "member" for role, _ in old):
            return None
        parts = [_part(claim, role, self._heads) for role, claim in old]
        return standing_of(parts, Voices([voice_key(part) for part in parts], related))[0]

    def _change(self, label: str, links: Sequence[ClaimLink]) -> Sentence:
        """All changes of one sort, each with the day it was published."""
        told: dict[str, str] = {}
        claims: list[StoredClaim] = []
        for link in links:
            ends = [claim for claim in self._claims((link.claim, link.other)) if claim.report in (link.report, link.other_report)]
            day = next((claim.published for claim in ends if claim.id == link.claim), None)
            told.setdefault(line(link.why), f" ({days_words(day[:10], day[:10])})" if day else "")
            claims += ends
        return Sentence(
            label=label, text=f"{'; '.join(why + day for why, day in told.items())}.", notes=self.notes.claims(claims)
        )

    def _claims(self, keys: Iterable[str]) -> list[StoredClaim]:
        return [claim for key in dict.fromkeys(keys) for claim in self._by_id.get(key, ())]

    # On the drawings

    def spot(self) -> Spot | None:
        """The act on the map; ``None`` where no honest sign of it can be drawn."""
        place = self.case.place
        if place is None or place.lat is None or place.lon is None or place.precision is None:
            return None
        if place.precision > SHOWN_AS_AREA[-1]:
            return None
        is_area = place.precision in SHOWN_AS_AREA or place.stand_in
        precision = max(place.precision, SHOWN_AS_AREA[0]) if is_area else place.precision
        return Spot(
            number=self.number,
            lat=place.lat,
            lon=place.lon,
            precision=precision,
            is_area=is_area,
            standing=self.standing,
            place=line(place.name),
        )

    def stretch(self) -> Stretch | None:
        """The act on the timeline; ``None`` where its first or last possible day is not told."""
        when = self.case.when
        if when.first is None or when.last is None:
            return None
        place = self.case.place
        label = f"{words(self.case.type)}, {line(place.name)}" if place is not None else words(self.case.type)
        return Stretch(
            number=self.number, first=when.first.isoformat(), last=when.last.isoformat(), standing=self.standing, label=label
        )

    # What is not told

    @property
    def actor_is_vague(self) -> bool:
        """Whether nobody names who did an act of violence, or only in general words."""
        is_violent = self.case.family in HARMFUL or self.case.family == "abduction"
        return is_violent and not any(party.is_organisation for party in self.case.parties("actors"))

    @property
    def place_is_vague(self) -> bool:
        """Whether the place is told only by area, or not at all."""
        place = self.case.place
        return place is None or place.precision is None or place.precision > 2 or place.stand_in

    @property
    def day_is_vague(self) -> bool:
        """Whether no single day is told."""
        when = self.case.when
        return when.first is None or when.first != when.last

    @property
    def harm_is_untold(self) -> bool:
        """Whether an act of violence is told without any figure of people killed or hurt."""
        return self.case.family in HARMFUL and not any(toll.what in ("killed", "injured") for toll in self.case.tolls)

    @property
    def harm_is_open(self) -> bool:
        """Whether figures of the killed disagree or have an open end."""
        tolls = [toll for toll in self.case.tolls if toll.what == "killed" and toll.group is None]
        return any(len(toll.figures) > 1 or any(told.low != told.high for told in toll.figures) for toll in tolls)


_ORDER: Final = ("killed", "injured", "abducted", "missing", "arrested", "displaced")


def day_of(claim: StoredClaim) -> date | None:
    """The day a claim was published."""
    return date.fromisoformat(claim.published[:10]) if claim.published else None


def _part(claim: StoredClaim, role: Role, heads: Mapping[str, Head]) -> Part:
    origin = heads[claim.report].copies or claim.report
    first = heads[origin].source if origin in heads else claim.source
    return Part(claim.plain(), facts(claim, claim.report, origin, day_of(claim)), claim.source, first, role, 0.0, ())


def _where(place: Place) -> str:
    """The place with its units, and how exactly it is known where that is not to the place itself."""
    named = place_words(place)
    if place.precision is None:
        return f"{named} (how exactly is not known)"
    if place.precision == 1 and not place.stand_in:
        return named
    return f"{named} ({PRECISIONS[place.precision]})" if place.precision != 2 else f"near {named}"


def _what(toll: Toll) -> str:
    return f"{toll.what.capitalize()} ({words(toll.group)})" if toll.group else toll.what.capitalize()


def _span(figures: Sequence[ToldFigure]) -> str:
    """From the lowest to the highest figure told.

    The end is open where the highest figure is itself only a lower bound.
    """
    lows = [told.low for told in figures if told.low is not None]
    ends = [told.high if told.high is not None else told.low for told in figures]
    known = [end for end in ends if end is not None]
    low, high = min(lows, default=None), max(known, default=None)
    top_is_open = any(told.high is None and told.low == high for told in figures)
    if low is not None and high is not None and low != high:
        return f"{low:,} to {high:,}{' or more' if top_is_open else ''}"
    return amount(low, None if top_is_open else high)


def _ends(figures: Sequence[ToldFigure]) -> list[ToldFigure]:
    """The lowest and the highest figure told; one where they are the same."""
    order = sorted(figures, key=lambda told: (told.low or 0, told.high if told.high is not None else told.low or 0))
    return order[:1] if len(order) == 1 else [order[0], order[-1]]


def _teller(claim: StoredClaim) -> str:
    return voices_words(claim.attribution, claim.source)


def _tellers(claims: Sequence[StoredClaim], most: int = MOST_TELLERS) -> str:
    """Who tells it, each chain of voices once, the later ones counted."""
    chains = list(dict.fromkeys(_teller(claim) for claim in claims))
    shown = "; ".join(chains[:most])
    return f"{shown}; and {len(chains) - most} more" if len(chains) > most else shown


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count:,} {noun}s"

"""Makes a brief of its material: templates over records, nothing else. Pure: the same material gives the same brief."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import count
from typing import Final

from reportedly.briefs.acts import Act
from reportedly.briefs.material import Material
from reportedly.briefs.notes import Notes
from reportedly.briefs.records import Brief, Entry, Group, Section, Sentence, Window
from reportedly.briefs.turns import shift_entry, shift_heading, threat_entry, threat_heading
from reportedly.casebook.filters import Filter
from reportedly.casebook.stored import StoredClaim
from reportedly.exports.material import Case
from reportedly.incidents.features import Related
from reportedly.incidents.records import Incident, Standing
from reportedly.incidents.score import unrelated
from reportedly.relations import Shift
from reportedly.wording import STANCES, STANDINGS, days_words, line, number_words, quote, voices_words, words

FIRST: Final = 6
"""Acts that the first section names."""
SAID: Final = 30
"""Sayings tied to no act that are told in full; the others are counted."""
ORDER: Final[tuple[Standing, ...]] = (
    "acknowledged_by_both",
    "several_independent",
    "one_voice",
    "disputed",
    "denied",
    "no_claims",
)
MEANING: Final[dict[Standing, str]] = {
    "acknowledged_by_both": "A voice of each side tells it, and none denies it.",
    "several_independent": "Two or more independent voices tell it, and none denies it.",
    "one_voice": "One independent voice tells it; nobody else confirms or denies it.",
    "disputed": "Told by some, denied or doubted by others.",
    "denied": "Only alleged, and denied.",
    "no_claims": "No report tells it any more.",
}
LABELS: Final = {
    "place": "area",
    "country": "country",
    "actor": "actor",
    "type": "type",
    "family": "family",
    "status": "standing",
    "voice": "told by",
    "text": "words",
}
NOTHING: Final = "Nothing in this window."


def compose(material: Material, *, made_by: str, related: Related = unrelated) -> Brief:
    """The brief of a material. ``made_by`` names the version; ``related`` tells whether two register ids are of one lineage."""
    return _Composer(material, related).brief(made_by)


class _Composer:
    def __init__(self, material: Material, related: Related) -> None:
        self.material, self.related = material, related
        self.notes = Notes(material.heads)
        numbers = count(1)
        self.threats = [(threat, next(numbers)) for threat in material.threats]
        cases = [(case, case.incident) for case in material.cases if case.incident is not None]
        told = {(claim.report, span.start) for case, _ in cases for claim in case.claims for span in claim.evidence}
        turned = [shift for shift in material.shifts if not _is_told(shift, told)]
        self.shifts = [(shift, next(numbers)) for shift in turned]
        parts: dict[str, list[tuple[Case, Incident]]] = {"over": [], "lately": [], "earlier": [], "changed": []}
        for case, incident in cases:
            parts[_part(case, incident, material)].append((case, incident))

        def acts(part: str) -> list[Act]:
            chosen = sorted(parts[part], key=lambda pair: ORDER.index(pair[1].standing))
            return [Act(case, incident, next(numbers), material, self.notes) for case, incident in chosen]

        self.over, self.lately, self.earlier, self.changed = map(acts, parts)

    @property
    def acts(self) -> list[Act]:
        return [*self.over, *self.lately, *self.earlier, *self.changed]

    def brief(self, made_by: str) -> Brief:
        material = self.material
        is_empty = not (self.acts or self.threats or self.shifts or material.said)
        sections = [self._empty()] if is_empty else list(self._sections())
        spots = [(act, act.spot()) for act in self.acts]
        stretches = [(act, act.stretch()) for act in self.acts]
        return Brief(
            title=_title(material.asked),
            window=material.window,
            asked=tuple(_asked(material.asked)),
            casebook=material.casebook.rpartition("/")[2],
            made_by=made_by,
            is_empty=is_empty,
            sections=tuple(sections),
            spots=tuple(spot for _, spot in spots if spot is not None),
            off_map=tuple(_off_map([act for act, spot in spots if spot is None])),
            stretches=tuple(stretch for _, stretch in stretches if stretch is not None),
            off_timeline=tuple(_off_timeline([act for act, stretch in stretches if stretch is None])),
            footnotes=self.notes.all(),
        )

    def _sections(self) -> Iterator[Section]:
        yield Section(key="short", title="In short", sentences=tuple(self._short()))
        if self.material.threats_are_asked:
            yield self._turns()
        yield self._by_standing("happened", "What happened, by standing", self.lately)
        if self.earlier:
            yield self._by_standing("earlier", "Earlier acts, told for the first time", self.earlier)
        yield self._changed()
        if self.material.said:
            yield Section(key="said", title="Said, and tied to no act", sentences=tuple(self._said()))
        yield Section(key="unknown", title="What is not known", sentences=tuple(self._unknown()))

    # In short

    def _short(self) -> Iterator[Sentence]:
        yield Sentence(text=self._counted())
        for shift, number in self.shifts:
            if shift.direction == "broke" or shift.what == "declaration_of_war":
                told = (self.notes.words(shift.report, None, shift.evidence),) if shift.report and shift.evidence else ()
                yield Sentence(label=shift_heading(shift), text=f"by {', '.join(map(line, shift.by))}. See {number}.", notes=told)
        for threat, number in self.threats[:FIRST]:
            first = threat.tellings[0]
            outcome = "an act followed" if threat.outcome == "carried_out" else threat.outcome
            note = self.notes.words(first.report, first.claim, first.words)
            yield Sentence(label=threat_heading(threat), text=f"{outcome}. See {number}.", notes=(note,))
        if len(self.threats) > FIRST:
            left = _number(len(self.threats) - FIRST, "more threat is", "more threats are")
            yield Sentence(text=f"{left} told below.")
        yield from (act.short() for act in self.over)
        others = [act for act in self.acts if act not in self.over]
        heavy = sorted(others, key=lambda act: (-act.weight(), not act.is_new, act.number))[:FIRST]
        yield from (act.short() for act in heavy)
        if len(others) > FIRST:
            left = _number(len(others) - FIRST, "more act is", "more acts are")
            yield Sentence(text=f"{left} told below; those named here have the highest tolls of people killed, as told.")

    def _counted(self) -> str:
        fresh = [self.material.heads[key] for key in sorted(self.material.fresh)]
        sources = {head.source for head in fresh if head.source}
        read = sum(head.unread is None for head in fresh)
        copies = sum(head.copies is not None for head in fresh)
        copied = f" ({_number(copies, 'copy of another', 'copies of others')})" if copies else ""
        by = {standing: sum(act.standing == standing for act in self.lately) for standing in ORDER}
        acts = ", ".join(f"{number} {STANDINGS[standing]}" for standing, number in by.items() if number)
        return (
            f"{_number(read, 'report')} read{copied}, of {_number(len(sources), 'source')}. New acts: {len(self.lately)}"
            f"{f' ({acts})' if acts else ''}. Earlier acts told for the first time: {len(self.earlier)}. Acts known before of "
            f"which something new is told: {len(self.changed)}. Threats: {len(self.threats)}."
        )

    # Threats and relations

    def _turns(self) -> Section:
        threats = tuple(threat_entry(threat, number, self.material.claims, self.notes) for threat, number in self.threats)
        shifts = tuple(shift_entry(shift, number, self.notes) for shift, number in self.shifts)
        groups = []
        if threats:
            lead = "“An act followed”: an act of that actor against that target is told of a later day. It may be another."
            groups.append(Group(heading="Threats", lead=lead, entries=threats))
        if self.over:
            lead = "Told as over or broken by the voices named; how each stands is said with it."
            entries = tuple(act.entry(self.related) for act in self.over)
            groups.append(Group(heading="Truces and agreements told as over", lead=lead, entries=entries))
        if shifts:
            groups.append(Group(heading="Other relations that turned", entries=shifts))
        empty = () if groups else (Sentence(text=NOTHING),)
        return Section(key="threats", title="Threats and broken truces", sentences=empty, groups=tuple(groups))

    # Acts

    def _by_standing(self, key: str, title: str, acts: Sequence[Act]) -> Section:
        groups = []
        for standing in ORDER:
            own = tuple(act.entry(self.related) for act in acts if act.standing == standing)
            if own:
                groups.append(Group(heading=STANDINGS[standing].capitalize(), lead=MEANING[standing], entries=own))
        return Section(key=key, title=title, sentences=() if groups else (Sentence(text=NOTHING),), groups=tuple(groups))

    def _changed(self) -> Section:
        entries: tuple[Entry, ...] = tuple(act.entry(self.related) for act in self.changed)
        title = "What changed in earlier incidents"
        if not entries:
            return Section(key="changed", title=title, sentences=(Sentence(text=NOTHING),))
        return Section(key="changed", title=title, groups=(Group(entries=entries),))

    # Said

    def _said(self) -> Iterator[Sentence]:
        for claim in self.material.said[:SAID]:
            voice = claim.attribution[-1] if len(claim.attribution) > 1 else None
            stance = f" ({STANCES[voice.stance]})" if voice is not None else ""
            ahead = f" – {words(claim.status)}, not happened" if claim.status in ("planned", "requested", "hypothetical") else ""
            day = f", {days_words(claim.published[:10], claim.published[:10])}" if claim.published else ""
            text = f"{voices_words(claim.attribution, claim.source)}{stance}{day}: “{quote(claim)}”{ahead}"
            yield Sentence(text=text, notes=(self.notes.claim(claim),))
        if (left := len(self.material.said) - SAID) > 0:
            yield Sentence(text=f"{left:,} more are in the casebook: reportedly claims --family denial, accusation …")

    # Not known

    def _unknown(self) -> Iterator[Sentence]:
        questions: tuple[tuple[str, Callable[[Act], bool]], ...] = (
            ("Who did it: nobody names a group or force, or only in general words, for", lambda act: act.actor_is_vague),
            ("Where exactly: no place, or only an area, is told for", lambda act: act.place_is_vague),
            ("When: no single day is told for", lambda act: act.day_is_vague),
            ("How many were harmed: no figure is told for", lambda act: act.harm_is_untold),
            ("How many were killed: figures differ or are open for", lambda act: act.harm_is_open),
            ("Whether it is so: only one independent voice tells", lambda act: act.standing == "one_voice"),
            ("Whether it is so: it is denied or doubted by some for", lambda act: act.standing in ("disputed", "denied")),
        )
        for question, asks in questions:
            found = [act for act in self.acts if asks(act)]
            if found:
                notes = tuple(sorted({note for act in found for note in act.first_note()}))
                label, _, text = question.partition(": ")
                yield Sentence(label=label, text=f"{text} {_listed(found)}.", notes=notes)
        yield from self._unverified()
        yield from self._unread()

    def _unverified(self) -> Iterator[Sentence]:
        claims: dict[str, StoredClaim] = {}
        for act in self.acts:
            for _, claim in act.case.told:
                if claim.attribution and claim.attribution[-1].stance in ("cannot_confirm", "no_comment"):
                    claims.setdefault(f"{claim.report} {quote(claim)}", claim)
        for claim in claims.values():
            does = STANCES[claim.attribution[-1].stance]
            text = f"{voices_words(claim.attribution, claim.source)} {does}: “{quote(claim)}”"
            yield Sentence(text=text, notes=(self.notes.claim(claim),))

    def _unread(self) -> Iterator[Sentence]:
        fresh = [self.material.heads[key] for key in sorted(self.material.fresh)]
        unread = [head for head in fresh if head.unread is not None]
        if unread:
            why = ", ".join(sorted({line(head.unread) for head in unread}))
            notes = tuple(self.notes.report(head.id) for head in unread)
            told = f"nothing was read from {_number(len(unread), 'report')} of this window ({why})."
            yield Sentence(label="Unread", text=told, notes=notes)
        undated = [head for head in fresh if head.published is None]
        if undated and self.material.window.basis == "published":
            notes = tuple(self.notes.report(head.id) for head in undated)
            told = f"{_number(len(undated), 'report')} of this window: not told; they count by when they were added."
            yield Sentence(label="Day of publication", text=told, notes=notes)
        yield Sentence(text="What no report of this casebook tells, this brief does not know.")

    def _empty(self) -> Section:
        return Section(key="empty", title="Nothing to tell", sentences=tuple(map(_plain, self._nothing())))

    def _nothing(self) -> Iterator[str]:
        material = self.material
        if not material.held:
            yield "The casebook is empty. Add reports with: reportedly add FILE"
            return
        yield f"Reports of this window in the casebook: {len(material.fresh):,}; none tells what was asked for."
        yield f"The casebook holds {_number(material.held, 'report')} in all."
        if material.last_published is not None:
            last = days_words(material.last_published, material.last_published)
            yield f"The last day of publication is {last}; look at it with: --until {material.last_published}"
        narrowing = ", ".join(label for label, _ in _asked(material.asked))
        if narrowing:
            yield f"Or ask for less: leave out {narrowing}."
        yield "Or take a longer window: --since 7d"
        if material.window.basis == "published":
            yield "Or take what was added to the casebook in this time, whenever it was published: --by added"


def window_words(asked: Window) -> str:
    """The window in words, in UTC."""
    first, last = asked.since, asked.until
    start = f"{days_words(first[:10], first[:10])} {first[11:16]}"
    end = f"{days_words(last[:10], last[:10])} {last[11:16]}"
    return f"{start} to {end} UTC, by time of {'publication' if asked.basis == 'published' else 'adding to the casebook'}"


def _part(case: Case, incident: Incident, material: Material) -> str:
    """Which part of the brief an incident belongs to."""
    if incident.family == "truce_end" and material.threats_are_asked:
        return "over"
    if not all(claim.report in material.fresh for claim in case.claims):
        return "changed"
    # What may have happened at any time may have happened lately.
    is_late = incident.to_day is None or incident.to_day >= material.window.since[:10]
    return "lately" if is_late else "earlier"


def _is_told(shift: Shift, told: set[tuple[str, int]]) -> bool:
    """Whether the words of a turn are those of an act of the brief, so that it need not be told twice."""
    return shift.report is not None and any((shift.report, span.start) in told for span in shift.evidence)


def _plain(text: str) -> Sentence:
    return Sentence(text=text)


def _asked(asked: Filter) -> Iterator[tuple[str, str]]:
    for name, label in LABELS.items():
        value = getattr(asked, name)
        if value is not None:
            yield label, line(words(value) if name in ("type", "family", "status") else value)


def _title(asked: Filter) -> str:
    told = ", ".join(value for _, value in _asked(asked))
    return f"Brief: {told}" if told else "Brief"


def _listed(acts: Sequence[Act]) -> str:
    """The numbers of entries, as people write them: "3, 5–9"."""
    return number_words(act.number for act in acts)


def _off_map(acts: Sequence[Act]) -> Iterator[str]:
    untold = [act for act in acts if act.case.place is None]
    wide = [act for act in acts if act.case.place is not None]
    if untold:
        yield f"No place is told: {_listed(untold)}."
    if wide:
        yield f"Told only for a country or region, or not located: {_listed(wide)}."


def _off_timeline(acts: Sequence[Act]) -> Iterator[str]:
    if acts:
        yield f"No day is told, or only one end of the time: {_listed(acts)}."


def _number(number: int, noun: str, several: str = "") -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {several or noun + 's'}"

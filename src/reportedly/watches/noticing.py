"""What is new for a watch since it was looked at last: alerts, each made once, and put into the outbox with it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction

from reportedly.briefs import gather, window
from reportedly.briefs.acts import Act
from reportedly.briefs.notes import Notes
from reportedly.briefs.records import Entry, Sentence
from reportedly.briefs.turns import shift_entry, threat_entry
from reportedly.briefs.window import stamp
from reportedly.casebook import models
from reportedly.casebook.anchors import chunks
from reportedly.incidents.features import Related
from reportedly.records import content_id
from reportedly.watches.outbox import put
from reportedly.watches.records import Area, Sort, Told
from reportedly.watches.schedule import next_due
from reportedly.watches.watching import filter_of, sends_of
from reportedly.wording import STANCES, days_words, place_words, quote, voices_words, words

if TYPE_CHECKING:
    from reportedly.briefs.material import Material
    from reportedly.casebook.book import Casebook
    from reportedly.casebook.stored import StoredClaim
    from reportedly.exports.material import Case
    from reportedly.incidents.records import Incident
    from reportedly.relations import Collected

OVERLAP: Final = timedelta(hours=1)
"""How far before the last look a new look begins: reports that another process stored meanwhile may bear an earlier time."""
TOLD_CHANGES: Final = ("updates", "contradicts", "denies", "retracts")
"""Changes that are told; that one more voice tells the same is not."""


class Noticing:
    """Looks for what is new for one watch, up to ``now``."""

    def __init__(
        self, book: Casebook, watch: models.Watch, now: datetime, related: Related, follow: Callable[[], Collected] | None
    ) -> None:
        self._book, self._watch, self._now, self._related, self._follow = book, watch, now, related, follow
        self._noticed: set[str] = set()

    def look(self) -> int:
        """Make the alerts, and the brief that is due; the number of alerts."""
        first = max(self._watch.checked - OVERLAP, self._watch.made)
        time = window(stamp(first), stamp(self._now), self._now, "added")
        material = gather(self._book, filter_of(self._watch), time, self._follow, outcomes=False)
        return self._book._database.call(self._settle, material)

    def _settle(self, material: Material) -> int:
        using = self._book.alias
        with transaction.atomic(using=using):
            # Another process may look at the same watch: the second one waits here, and finds that all is noticed.
            watch = models.Watch.objects.using(using).select_for_update().filter(pk=self._watch.pk).first()
            if watch is None:
                return 0
            subjects = _subjects(material)
            self._noticed = _noticed(using, watch, subjects)
            found = list(self._alerts(material))
            models.Noticed.objects.using(using).bulk_create(
                [models.Noticed(watch=watch, subject=subject) for subject in sorted(subjects - self._noticed)]
            )
            models.Alert.objects.using(using).bulk_create(
                [
                    models.Alert(watch=watch, key=one.key, about=one.about, made=self._now, record=one.model_dump_json())
                    for one in found
                ]
            )
            self._send(watch, found)
            watch.checked = self._now
            watch.save(using=using, update_fields=["checked", "since", "due"])
        return len(found)

    def _send(self, watch: models.Watch, found: Sequence[Told]) -> None:
        """Put what is to go out into the outbox: alerts, one letter for all of them, the brief that is due."""
        using = self._book.alias
        is_due = watch.due is not None and watch.due <= self._now
        for send in sends_of(watch):
            match send.kind:
                case "cap" | "webhook":
                    for one in found:
                        put(using, watch, send, one.key, {"alert": one.key}, self._now)
                case "email" | "rss":
                    if found:
                        key = content_id("letter", *(one.key for one in found))
                        put(using, watch, send, key, {"alerts": [one.key for one in found]}, self._now)
                case "brief":
                    if is_due:
                        span = {"since": stamp(watch.since), "until": stamp(self._now), "formats": list(send.formats)}
                        put(using, watch, send, f"brief {stamp(self._now)}", span, self._now)
        if is_due:
            watch.since = self._now + timedelta(seconds=1)
            watch.due = next_due(watch.at, watch.every, self._now)

    # What is new

    def _alerts(self, material: Material) -> Iterator[Told]:
        for case in material.cases:
            if case.incident is not None:
                yield from self._of_case(case, case.incident, material)
        for threat in material.threats:
            told = [f"{one.report} {one.claim}" for one in threat.tellings]
            if not self._known(told, material):
                notes = Notes(material.heads)
                entry = threat_entry(threat, 1, material.claims, notes)
                yield self._told("threat", threat.id, entry, notes, threat.type, days=(threat.said, threat.said))
        told_words = {(claim.report, span.start) for case in material.cases for claim in case.claims for span in claim.evidence}
        for shift in material.shifts:
            is_told = any((shift.report, span.start) in told_words for span in shift.evidence)
            if shift.direction == "broke" and shift.statements and shift.statements[0] not in self._noticed and not is_told:
                notes = Notes(material.heads)
                entry = shift_entry(shift, 1, notes)
                yield self._told("relation", shift.statements[0], entry, notes, shift.what, days=(shift.day, shift.day))
        for claim in material.said:
            if f"{claim.report} {claim.id}" not in self._noticed:
                yield self._of_saying(claim, material)

    def _known(self, told: Sequence[str], material: Material) -> bool:
        """Whether it was told to this watch, or in a report from before it."""
        return any(one in self._noticed or one.partition(" ")[0] not in material.fresh for one in told)

    def _of_case(self, case: Case, incident: Incident, material: Material) -> Iterator[Told]:
        members = [f"{claim.report} {claim.id}" for claim in case.claims]
        notes = Notes(material.heads)
        sort: Sort = "act"
        if self._known(members, material):
            new = {(claim.report, claim.id) for _, claim in case.told if f"{claim.report} {claim.id}" not in self._noticed}
            new = {pair for pair in new if pair[0] in material.fresh}
            links = [link for link in incident.links if (link.report, link.claim) in new and link.kind in TOLD_CHANGES]
            if not links:
                return
            sort = "change"
            # Of a known act only what these claims change is new.
            material = replace(material, fresh=frozenset(report for report, _ in new))
        act = Act(case, incident, 1, material, notes)
        place = case.place
        is_exact = place is not None and place.precision in (1, 2) and not place.stand_in
        area = Area(
            words=place_words(place) if place is not None else "place not told",
            lat=place.lat if place is not None and is_exact else None,
            lon=place.lon if place is not None and is_exact else None,
        )
        entry = act.entry(self._related)
        when = case.when
        days = (when.first.isoformat() if when.first else None, when.last.isoformat() if when.last else None)
        yield self._told(sort, incident.id, entry, notes, case.type, area=area, days=days, standing=incident.standing)

    def _of_saying(self, claim: StoredClaim, material: Material) -> Told:
        notes = Notes(material.heads)
        voice = claim.attribution[-1] if len(claim.attribution) > 1 else None
        does = STANCES[voice.stance] if voice is not None else words(claim.status)
        sentence = Sentence(
            label="In the words of",
            text=f"{voices_words(claim.attribution, claim.source)} ({does}): “{quote(claim)}”",
            notes=(notes.claim(claim),),
        )
        day = claim.published[:10] if claim.published else None
        heading = f"{words(claim.type).capitalize()} – {days_words(day, day) if day else 'day not told'}"
        entry = Entry(number=1, key=claim.id, heading=heading, sentences=(sentence,))
        return self._told("said", claim.id, entry, notes, claim.type, days=(None, day))

    def _told(
        self,
        sort: Sort,
        about: str,
        entry: Entry,
        notes: Notes,
        type_: str,
        *,
        area: Area | None = None,
        days: tuple[str | None, str | None],
        standing: str | None = None,
    ) -> Told:
        footnotes = notes.all()
        earlier = models.Alert.objects.using(self._book.alias).filter(watch=self._watch, about=about).order_by("pk")
        rests = (f"{note.report} {note.claim} {note.words}" for note in footnotes)
        return Told(
            key=content_id("alert", self._watch.name, stamp(self._watch.made), sort, about, *rests),
            watch=self._watch.name,
            sort=sort,
            about=about,
            made=stamp(self._now),
            entry=entry,
            footnotes=footnotes,
            type=type_,
            standing=standing,
            area=area or Area(words="place not told"),
            days=days,
            replaces=tuple((key, stamp(made)) for key, made in earlier.values_list("key", "made")),
        )


def look(
    book: Casebook, watch: models.Watch, now: datetime, related: Related, follow: Callable[[], Collected] | None = None
) -> int:
    """Make the alerts of a watch up to ``now``, and its brief where one is due; the number of alerts.

    ``follow`` gives what the casebook tells of relations, where that is known already.
    """
    return Noticing(book, watch, now.astimezone(UTC).replace(microsecond=0), related, follow).look()


def _subjects(material: Material) -> set[str]:
    """All that the watch has looked at once this is settled."""
    found = {f"{claim.report} {claim.id}" for case in material.cases for _, claim in case.told if claim.report in material.fresh}
    tellings = [one for threat in material.threats for one in threat.tellings if one.report in material.fresh]
    found |= {f"{one.report} {one.claim}" for one in tellings}
    found |= {shift.statements[0] for shift in material.shifts if shift.statements}
    return found | {f"{claim.report} {claim.id}" for claim in material.said}


def _noticed(using: str, watch: models.Watch, subjects: set[str]) -> set[str]:
    found: set[str] = set()
    for chunk in chunks(sorted(subjects)):
        rows = models.Noticed.objects.using(using).filter(watch=watch, subject__in=chunk)
        found |= set(rows.values_list("subject", flat=True))
    return found


def alerts(book: Casebook, keys: Sequence[str]) -> list[Told]:
    """Alerts by key, in the order they were made."""
    rows = models.Alert.objects.using(book.alias).filter(key__in=list(keys)).order_by("pk")
    return book._database.call(lambda: [Told.model_validate(json.loads(row.record)) for row in rows])


def headings(book: Casebook, rows: Sequence[models.Outgoing]) -> dict[int, str]:
    """What each thing of the outbox tells, in a few words, by its number."""
    payloads = {row.pk: json.loads(row.payload) for row in rows}
    keys = {pk: [payload["alert"]] if "alert" in payload else payload.get("alerts", []) for pk, payload in payloads.items()}
    known = {told.key: told.entry.heading for told in alerts(book, sorted({key for own in keys.values() for key in own}))}
    found: dict[int, str] = {}
    for pk, payload in payloads.items():
        told = [known[key] for key in keys[pk] if key in known]
        if told:
            found[pk] = told[0] + (f" and {len(told) - 1} more" if len(told) > 1 else "")
        else:
            found[pk] = f"brief to {payload['until'][:16]}" if "until" in payload else "the latest alerts"
    return found

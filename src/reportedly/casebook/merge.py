"""Joins claims into incidents in the casebook: new claims meet those that share a block, then every group they touch is
formed anew.

The groups depend on the claims and people's decisions alone, not on the order of arrival; ids are given once and kept for life.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from typing import Any, TypeVar, cast

from django.db import transaction
from django.db.models import Q, QuerySet

from reportedly.casebook import models, rows
from reportedly.casebook.connection import Database
from reportedly.casebook.stored import MergeSummary
from reportedly.incidents.block import block_keys
from reportedly.incidents.facts import SPEECH, Facts, denies_incident, facts, makes_incident
from reportedly.incidents.features import Related
from reportedly.incidents.group import group
from reportedly.incidents.records import Incident, Review
from reportedly.incidents.score import score
from reportedly.incidents.summary import Part, emptied, summarise
from reportedly.incidents.weights import HOLD, LINK
from reportedly.records import Claim, content_id

Item = TypeVar("Item")
Place = tuple[str, str, int, str]
"""Where a claim stands in the fixed order of claims: day, report, offset, id."""
BATCH = 500
CHUNK = 800
"""Values in one IN list."""
FIRST = "the first claim of it in order"
BY_DECISION = "a person said that these are the same"


@dataclass(frozen=True, slots=True)
class Node:
    """A claim at work: its row, record, facts and place in the order."""

    row: models.Claim
    claim: Claim
    facts: Facts
    place: Place
    is_member: bool
    is_denial: bool


def merge(database: Database, related: Related, progress: Callable[[int], None] | None) -> MergeSummary:
    """Join all claims that were not joined yet, a batch a transaction; a killed run loses at most its last batch."""
    total = MergeSummary()
    while True:
        step = database.call(_merge_batch, database.alias, related)
        if step is None:
            return total
        total = MergeSummary(**{item.name: getattr(total, item.name) + getattr(step, item.name) for item in fields(MergeSummary)})
        if progress is not None:
            progress(total.claims)


def _merge_batch(using: str, related: Related) -> MergeSummary | None:
    with transaction.atomic(using=using):
        waiting = _claims(using).exclude(merging=models.Claim.DONE).order_by("day", "report_key", "start", "key")
        batch = [_node(row) for row in waiting[:BATCH]]
        if not batch:
            return None
        fresh = [node for node in batch if node.row.merging == models.Claim.NEW]
        able = [node for node in fresh if node.is_member or node.is_denial]
        pairs = _compare(using, able, related)
        seeds = {node.row.pk for node in batch} | _spoken_of(using, fresh)
        summary = _Regrouping(using, seeds).run()
        claims = models.Claim.objects.using(using)
        claims.filter(pk__in=[node.row.pk for node in batch]).update(merging=models.Claim.DONE)
        for chunk in _chunks(sorted(summary.reached)):
            claims.filter(pk__in=chunk, merging=models.Claim.REGROUP).update(merging=models.Claim.DONE)
        counts = {item.name: getattr(summary, item.name) for item in fields(MergeSummary)}
        return MergeSummary(**counts | {"claims": len(batch), "pairs": pairs})


def _claims(using: str) -> QuerySet[models.Claim]:
    query = models.Claim.objects.using(using).select_related("report__source", "report__duplicate_of__source")
    return query.defer("report__text", "report__duplicate_of__text", "evidence")


def _node(row: models.Claim) -> Node:
    claim = Claim.model_validate_json(row.record)
    origin = row.report.duplicate_of.key if row.report.duplicate_of else row.report.key
    place = (row.day.isoformat(), row.report_key, row.start, row.key)
    source = row.report.source.name if row.report.source else None
    known = facts(claim, row.report.key, origin, row.report.published_on, source)
    return Node(row, claim, known, place, makes_incident(claim), denies_incident(claim))


def _compare(using: str, fresh: Sequence[Node], related: Related) -> int:
    """Block and score the new claims against all they may match; the number of pairs compared."""
    known: dict[int, Node] = {node.row.pk: node for node in fresh}
    keys = {node.row.pk: block_keys(node.facts) for node in fresh}
    blocks = models.ClaimBlock.objects.using(using)
    blocks.bulk_create(
        [models.ClaimBlock(claim=node.row, key=key) for node in fresh for key in keys[node.row.pk]], batch_size=CHUNK
    )
    holders: dict[str, list[int]] = {}
    for chunk in _chunks(sorted({key for held in keys.values() for key in held})):
        for key, claim in blocks.filter(key__in=chunk).values_list("key", "claim"):
            holders.setdefault(key, []).append(claim)
    mates = {pk: {mate for key in keys[pk] for mate in holders.get(key, ())} - {pk} for pk in known}
    unknown = sorted({mate for found in mates.values() for mate in found} - set(known))
    fresh_pks = set(known)
    for some in _chunks(unknown):
        known |= {row.pk: _node(row) for row in _claims(using).filter(pk__in=some)}
    found: list[models.ClaimPair] = []
    compared = 0
    for pk, others in mates.items():
        for other in others:
            if other in fresh_pks and other < pk:
                continue  # seen from the other side
            compared += 1
            a, b = sorted((known[pk], known[other]), key=lambda node: node.place)
            told = score(a.facts, b.facts, related)
            if told.points >= HOLD:
                reasons = list(told.reasons) if told.points >= LINK else []
                found.append(models.ClaimPair(a=a.row, b=b.row, score=told.points, reasons=reasons))
    models.ClaimPair.objects.using(using).bulk_create(found, batch_size=CHUNK)
    return compared


def _spoken_of(using: str, fresh: Sequence[Node]) -> set[int]:
    """Claims that new acts of speech speak of: their incidents gain a link."""
    terms = [Q(report=node.row.report_id, key__in=node.claim.about) for node in fresh if node.claim.about]
    found: set[int] = set()
    for chunk in _chunks(terms, 50):
        condition = chunk[0]
        for term in chunk[1:]:
            condition |= term
        found |= set(models.Claim.objects.using(using).filter(condition).values_list("pk", flat=True))
    return found


class _Regrouping:
    """Forms anew every group that some claims belong to, and gives the groups to incidents."""

    def __init__(self, using: str, seeds: set[int]) -> None:
        self.using = using
        self.made = self.joined = self.merged = self.split = self.emptied = self.claims = self.pairs = 0
        self.same, self.different = _decided_pairs(using)
        self.reached = self._closure(seeds)
        self.nodes: dict[int, Node] = {}
        for chunk in _chunks(sorted(self.reached)):
            for row in _claims(using).filter(pk__in=chunk):
                node = _node(row)
                if node.is_member or node.is_denial:
                    self.nodes[row.pk] = node
        self.pair_rows = self._pairs()
        self.scores = {pair: row.score for pair, row in self.pair_rows.items()}
        self.links = models.IncidentClaim.objects.using(using)
        self.now = datetime.now(UTC)

    def run(self) -> _Regrouping:
        """Group, choose ids, write what changed."""
        groups = self._groups()
        before = self._before()
        chosen = self._choose(groups, before)
        speeches = self._speeches()
        kept: set[int] = set()
        for members, incident in zip(groups, chosen, strict=True):
            parts = self._parts(members, speeches)
            kept.add(self._write(members, parts, incident, before))
        home = {member: incident for members, incident in zip(groups, self._written, strict=True) for member in members}
        for incident, members in before.items():
            if incident.pk not in kept:
                self._empty(incident, members, home)
        return self

    def _closure(self, seeds: set[int]) -> set[int]:
        """The claims that strong pairs, decisions or shared incidents tie to the seeds, over any number of steps."""
        reached: set[int] = set()
        frontier = set(seeds)
        decided: dict[int, set[int]] = {}
        for a, b in self.same:
            decided.setdefault(a, set()).add(b)
            decided.setdefault(b, set()).add(a)
        pairs = models.ClaimPair.objects.using(self.using).filter(score__gte=LINK)
        links = models.IncidentClaim.objects.using(self.using).exclude(role=models.IncidentClaim.ABOUT)
        while frontier:
            reached |= frontier
            found: set[int] = set()
            for chunk in _chunks(sorted(frontier)):
                found |= set(pairs.filter(a__in=chunk).values_list("b", flat=True))
                found |= set(pairs.filter(b__in=chunk).values_list("a", flat=True))
                incidents = list(links.filter(claim__in=chunk).values_list("incident", flat=True).distinct())
                for part in _chunks(incidents):
                    found |= set(links.filter(incident__in=part).values_list("claim", flat=True))
                found |= {mate for pk in chunk for mate in decided.get(pk, ())}
            frontier = found - reached
        return reached

    def _pairs(self) -> dict[tuple[int, int], models.ClaimPair]:
        found = {}
        for chunk in _chunks(sorted(self.nodes)):
            for row in models.ClaimPair.objects.using(self.using).filter(a__in=chunk):
                if row.b_id in self.nodes:
                    found[row.a_id, row.b_id] = row
        return found

    def _groups(self) -> list[list[int]]:
        """Groups of members in the fixed order of claims, each in that order."""
        pk_of = {node.place: pk for pk, node in self.nodes.items()}
        place_of = {pk: node.place for pk, node in self.nodes.items()}
        members = {node.place for node in self.nodes.values() if node.is_member}
        scores = {(place_of[a], place_of[b]): points for (a, b), points in self.scores.items()}
        scores = {(a, b): points for (a, b), points in scores.items() if a in members and b in members}
        same, different = (
            [(place_of[a], place_of[b]) for a, b in pairs if a in place_of and b in place_of]
            for pairs in (self.same, self.different)
        )
        return [[pk_of[place] for place in places] for places in group(members, scores, same, different)]

    def _before(self) -> dict[models.Incident, list[int]]:
        """The incidents that the reached claims are members of now, oldest first."""
        found: dict[models.Incident, list[int]] = {}
        claims: dict[int, list[int]] = {}
        for chunk in _chunks(sorted(self.reached)):
            for incident, claim in self.links.filter(claim__in=chunk, role=models.IncidentClaim.MEMBER).values_list(
                "incident", "claim"
            ):
                claims.setdefault(incident, []).append(claim)
        for chunk in _chunks(sorted(claims)):
            for row in models.Incident.objects.using(self.using).filter(pk__in=chunk).order_by("pk"):
                found[row] = claims[row.pk]
        return found

    def _choose(self, groups: Sequence[Sequence[int]], before: dict[models.Incident, list[int]]) -> list[models.Incident | None]:
        """Which incident each group carries on: the one it shares most claims with, of equals the oldest; ``None`` for a new
        one."""
        number = {pk: index for index, members in enumerate(groups) for pk in members}
        shared: dict[tuple[int, int], int] = {}
        incidents = {incident.pk: incident for incident in before}
        for incident, members in before.items():
            for pk in members:
                if pk in number:
                    shared[incident.pk, number[pk]] = shared.get((incident.pk, number[pk]), 0) + 1
        chosen: list[models.Incident | None] = [None] * len(groups)
        used: set[int] = set()
        for (pk, index), _ in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
            if pk not in used and chosen[index] is None:
                chosen[index] = incidents[pk]
                used.add(pk)
        self._written: list[models.Incident] = []
        return chosen

    def _speeches(self) -> dict[tuple[int, str], list[Node]]:
        """Acts of speech by the (report, claim id) they speak of."""
        reports = sorted({node.row.report_id for node in self.nodes.values()})
        found: dict[tuple[int, str], list[Node]] = {}
        for chunk in _chunks(reports):
            for row in _claims(self.using).filter(report__in=chunk, family__in=SPEECH).order_by("start", "key"):
                node = _node(row)
                for key in node.claim.about:
                    found.setdefault((row.report_id, key), []).append(node)
        return found

    def _parts(self, members: Sequence[int], speeches: dict[tuple[int, str], list[Node]]) -> list[tuple[Node, Part]]:
        """The members with their reasons, then who denies them, then who speaks of them."""
        inside = set(members)
        found = []
        for pk in members:
            points, reasons = self._reasons(pk, inside)
            if not reasons:
                is_decided = any(pk in pair and inside.issuperset(pair) for pair in self.same)
                reasons = (BY_DECISION,) if is_decided else (FIRST,)
            found.append(self._part(self.nodes[pk], "member", points, reasons))
        for pk, node in sorted(self.nodes.items(), key=lambda item: item[1].place):
            if not node.is_member and self._best_group(pk) in inside:
                found.append(self._part(node, "denies", *self._reasons(pk, inside)))
        spoken: dict[int, Node] = {}
        for part_node, _ in tuple(found):
            for node in speeches.get((part_node.row.report_id, part_node.row.key), ()):
                spoken.setdefault(node.row.pk, node)
        for node in sorted(spoken.values(), key=lambda node: node.place):
            found.append(self._part(node, "about", 0.0, ("it speaks of a claim of this incident",)))
        return found

    @staticmethod
    def _part(node: Node, role: Any, points: float, reasons: tuple[str, ...]) -> tuple[Node, Part]:
        report = node.row.report
        first = report.duplicate_of or report
        source, first_source = (item.source.name if item.source else None for item in (report, first))
        return node, Part(node.claim, node.facts, source, first_source, role, points, reasons)

    def _reasons(self, pk: int, inside: set[int]) -> tuple[float, tuple[str, ...]]:
        """The points and reasons of a claim's strongest pair in a group."""
        best = max(
            (row for row in self._of(pk) if (row.a_id if row.b_id == pk else row.b_id) in inside),
            key=lambda row: (row.score, self.nodes[row.a_id].place, self.nodes[row.b_id].place),
            default=None,
        )
        if best is None or best.score < LINK:
            return 0.0, ()
        other = self.nodes[best.a_id if best.b_id == pk else best.b_id]
        return best.score, (f"told like {other.row.key}", *best.reasons)

    def _of(self, pk: int) -> list[models.ClaimPair]:
        if not hasattr(self, "_index"):
            self._index: dict[int, list[models.ClaimPair]] = {}
            for (a, b), row in self.pair_rows.items():
                self._index.setdefault(a, []).append(row)
                self._index.setdefault(b, []).append(row)
        return self._index.get(pk, [])

    def _best_group(self, pk: int) -> int | None:
        """The member that a denial is most like, if it is like enough."""
        found = []
        for row in self._of(pk):
            other = row.a_id if row.b_id == pk else row.b_id
            if row.score >= LINK and self.nodes[other].is_member:
                found.append((-row.score, self.nodes[other].place, other))
        return min(found)[2] if found else None

    def _write(
        self,
        members: Sequence[int],
        parts: Sequence[tuple[Node, Part]],
        row: models.Incident | None,
        before: dict[models.Incident, list[int]],
    ) -> int:
        old = set(before.get(row, ())) if row is not None else set()
        is_new = row is None
        if row is None:
            row = models.Incident(key=self._new_key(members))
            revived = models.Incident.objects.using(self.using).filter(key=row.key).first()
            row = revived or row
        record = summarise(row.key, [part for _, part in parts], cast("Review", row.review))
        text = record.model_dump_json()
        if row.record != text or row.claims != len(members):
            _fill(row, record, [part.claim for _, part in parts], len(members), text)
            row.merged_into = None
            row.save(using=self.using)
            self._link(row, parts)
        self._written.append(row)
        if is_new:
            self.made += 1
            source = next((incident for incident, claims in before.items() if members[0] in claims), None)
            self.split += source is not None
            self._trail(row, "split" if source is not None else "made", source, len(members))
        else:
            gained = len(set(members) - old)
            self.joined += gained
        return row.pk

    def _new_key(self, members: Sequence[int]) -> str:
        """An id from the first claim that gave no living incident its id yet."""
        for pk in members:
            node = self.nodes[pk]
            key = content_id("incident", node.row.report_key, node.row.key)
            if not models.Incident.objects.using(self.using).filter(key=key, claims__gt=0).exists():
                return key
        return content_id("incident", *(self.nodes[pk].row.key for pk in members), "again")

    def _link(self, row: models.Incident, parts: Sequence[tuple[Node, Part]]) -> None:
        claims = [node.row.pk for node, part in parts if part.role != "about"]
        for chunk in _chunks(claims):
            self.links.filter(claim__in=chunk).delete()
        self.links.filter(incident=row).delete()
        self.links.bulk_create(
            [
                models.IncidentClaim(incident=row, claim=node.row, role=part.role, score=part.score, reasons=list(part.reasons))
                for node, part in parts
            ],
            batch_size=CHUNK,
        )

    def _empty(self, row: models.Incident, members: Sequence[int], home: dict[int, models.Incident]) -> None:
        """An incident that no group carries on: say where most of its claims went."""
        went: dict[int, int] = {}
        for pk in members:
            if pk in home:
                went[home[pk].pk] = went.get(home[pk].pk, 0) + 1
        heirs = {incident.pk: incident for incident in home.values()}
        heir = heirs[min(went, key=lambda pk: (-went[pk], pk))] if went else None
        retire(self.using, row, heir)
        self._trail(row, "merged" if heir else "emptied", heir, len(members))
        self.merged, self.emptied = self.merged + (heir is not None), self.emptied + (heir is None)

    def _trail(self, row: models.Incident, kind: str, other: models.Incident | None, claims: int) -> None:
        models.IncidentChange(incident=row, kind=kind, other=other, when=self.now, claims=claims).save(using=self.using)


def retire(using: str, row: models.Incident, heir: models.Incident | None) -> None:
    """Leave an incident without claims; its id still leads to its record and its heir."""
    record = emptied(Incident.model_validate_json(row.record))
    row.record, row.standing, row.claims, row.reports = record.model_dump_json(), record.standing, 0, 0
    row.merged_into = heir
    row.save(using=using)
    models.IncidentClaim.objects.using(using).filter(incident=row).delete()


def _fill(row: models.Incident, record: Incident, claims: Sequence[Claim], members: int, text: str) -> None:
    row.type, row.family, row.standing = record.type, record.family, record.standing
    row.place = " | ".join(dict.fromkeys(rows.place_folded(claim.place) for claim in claims if claim.place))
    row.iso2, row.lat, row.lon = record.iso2, record.lat, record.lon
    row.first_day = date.fromisoformat(record.from_day) if record.from_day else None
    row.last_day = date.fromisoformat(record.to_day) if record.to_day else None
    row.day = row.first_day or row.last_day or rows.LAST_DAY
    row.claims, row.reports, row.record = members, record.reports, text


def _decided_pairs(using: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The pairs of claims that people called the same, and different; found by the words the decisions rest on."""
    found: dict[str, list[tuple[int, int]]] = {"same": [], "different": []}
    decisions = models.Decision.objects.using(using).filter(verdict__in=["same", "different"], undone_by=None)
    for row in decisions.order_by("when", "pk"):
        one = anchored(using, row.report, row.start, row.end)
        other = anchored(using, row.other_report, row.other_start, row.other_end)
        if one is not None and other is not None and one != other:
            found[row.verdict].append((one, other))
    return found["same"], found["different"]


def anchored(using: str, report: str | None, start: int | None, end: int | None) -> int | None:
    """The claim that rests on some words of a report now: that with the very trigger, else the first that overlaps it and
    makes incidents."""
    if report is None or start is None or end is None:
        return None
    claims = models.Claim.objects.using(using).filter(report_key=report, start__lt=end, end__gt=start)
    able = [row for row in claims.order_by("start", "key") if makes_incident(Claim.model_validate_json(row.record))]
    return next((row.pk for row in able if (row.start, row.end) == (start, end)), able[0].pk if able else None)


def _chunks(items: Iterable[Item], size: int = CHUNK) -> Iterator[list[Item]]:
    items = list(items)
    for at in range(0, len(items), size):
        yield items[at : at + size]

"""Joins claims into incidents in the casebook: new claims meet those that share a block, then every group they touch is
formed anew.

The groups depend on the claims and people's decisions alone, not on the order of arrival; ids are given once and kept for life.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from typing import Any, NamedTuple, cast

from django.db import connections, transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Substr

from reportedly.casebook import models, rows
from reportedly.casebook.anchors import CHUNK, Words, as_words, chunks
from reportedly.casebook.connection import Database
from reportedly.casebook.law import Law, Laws
from reportedly.casebook.locking import one_joins
from reportedly.casebook.stored import MergeSummary
from reportedly.incidents.answers import may_speak_of
from reportedly.incidents.block import Keys, block_keys
from reportedly.incidents.facts import (
    LEAD,
    SPEECH,
    Facts,
    denies_incident,
    denies_what_was_told,
    facts,
    makes_incident,
)
from reportedly.incidents.features import Related
from reportedly.incidents.group import group
from reportedly.incidents.records import Incident, Review
from reportedly.incidents.score import score
from reportedly.incidents.summary import emptied, summarise
from reportedly.incidents.summary_parts import Part
from reportedly.incidents.weights import LINK
from reportedly.records import Claim, content_id

Place = tuple[str, str, int, str]
"""Where a claim stands in the fixed order of claims: day, report, offset, id."""
BATCH = 1000
"""Claims joined in one transaction."""
FIRST = "the first claim of it in order"
BY_DECISION = "a person said that these are the same"


@dataclass(frozen=True, slots=True)
class Node:
    """A claim at work: its row, record, facts and place in the order.

    ``is_member``: it tells an incident; ``is_denial``: it denies one; ``is_pointer``: it speaks of one known from before.
    ``is_compared`` also holds for a claim that a person rejected, so that nothing is missing when that is undone.
    """

    row: models.Claim
    claim: Claim
    facts: Facts
    place: Place
    is_member: bool
    is_denial: bool
    is_pointer: bool
    is_compared: bool

    @property
    def is_joined(self) -> bool:
        """Whether it takes part in forming groups."""
        return self.is_member or self.is_denial or self.is_pointer


class ScoredPair(NamedTuple):
    """A stored pair of claims, by primary keys, without its reasons: there are many, and few are told."""

    pk: int
    a: int
    b: int
    score: float

    def other(self, pk: int) -> int:
        """The claim that a claim is paired with."""
        return self.b if self.a == pk else self.a


def merge(database: Database, related: Related, progress: Callable[[int], None] | None) -> MergeSummary:
    """Join all claims that were not joined yet, a batch a transaction; a killed run loses at most its last batch."""
    total = MergeSummary()
    laws = Laws(database.alias)
    while True:
        step = database.call(_merge_batch, database.alias, related, laws)
        total = MergeSummary(**{item.name: getattr(total, item.name) + getattr(step, item.name) for item in fields(MergeSummary)})
        if progress is not None and step.claims:
            progress(total.claims)
        if step.claims < BATCH:
            return total


def _merge_batch(using: str, related: Related, laws: Laws) -> MergeSummary:
    with transaction.atomic(using=using):
        one_joins(using)
        law = laws.now()
        batch = [_node(row, law) for row in _waiting(using)]
        if not batch:
            return MergeSummary()
        fresh = [node for node in batch if node.row.merging == models.Claim.NEW]
        pairs, known = _compare(using, [node for node in fresh if node.is_compared], related, law)
        known |= {node.row.pk: node for node in batch}
        seeds = {node.row.pk for node in batch} | _spoken_of(using, fresh)
        summary = _Regrouping(using, seeds, related, law, known).run()
        claims = models.Claim.objects.using(using)
        for chunk in chunks([node.row.pk for node in batch]):
            claims.filter(pk__in=chunk).update(merging=models.Claim.DONE)
        for chunk in chunks(sorted(summary.reached)):
            claims.filter(pk__in=chunk, merging=models.Claim.REGROUP).update(merging=models.Claim.DONE)
        counts = {item.name: getattr(summary, item.name) for item in fields(MergeSummary)}
        return MergeSummary(**counts | {"claims": len(batch), "pairs": pairs})


def _waiting(using: str) -> list[Any]:
    """The next claims to join, in the order of claims; each state is asked for by itself, which an index answers at once."""
    order = ("day", "report_key", "start", "key")
    claims = models.Claim.objects.using(using)
    states = [state for state in (models.Claim.NEW, models.Claim.REGROUP) if claims.filter(merging=state).exists()]
    found = [row for state in states for row in _claims(using).filter(merging=state).order_by(*order)[:BATCH]]
    return sorted(found, key=lambda row: (row.day, row.report_key, row.start, row.key))[:BATCH]


def _claims(using: str) -> QuerySet[Any]:
    query = models.Claim.objects.using(using).select_related("report__source", "report__duplicate_of__source")
    query = query.annotate(lead=Substr("report__text", 1, LEAD))
    return query.defer("report__text", "report__duplicate_of__text", "evidence")


def _node(row: Any, law: Law) -> Node:
    claim = Claim.model_validate_json(row.record)
    report = row.report
    origin = report.duplicate_of.key if report.duplicate_of else report.key
    source = report.source.name if report.source else None
    known = facts(claim, report.key, origin, report.published_on, source, report.title, row.lead)
    is_rejected = row.pk in law.rejected
    makes, denies = makes_incident(claim) and not known.looks_back, denies_incident(claim)
    return Node(
        row=row,
        claim=claim,
        facts=known,
        place=(row.day.isoformat(), row.report_key, row.start, row.key),
        is_member=makes and not is_rejected,
        is_denial=denies and not is_rejected,
        is_pointer=known.looks_back and not is_rejected,
        is_compared=makes or denies or known.looks_back,
    )


def _compare(using: str, fresh: Sequence[Node], related: Related, law: Law) -> tuple[int, dict[int, Node]]:
    """Block and score the new claims against all they may match; the number of pairs compared, and the claims loaded."""
    known: dict[int, Node] = {node.row.pk: node for node in fresh}
    keys = {node.row.pk: block_keys(node.facts) for node in fresh}
    _hold(using, keys)
    mates = _mates(using, keys)
    fresh_pks = set(known)
    for some in chunks(sorted({mate for found in mates.values() for mate in found} - fresh_pks)):
        for row in _claims(using).filter(pk__in=some):
            known[row.pk] = _node(row, law)
            keys[row.pk] = block_keys(known[row.pk].facts)
    found: list[tuple[int, int, float, str]] = []
    compared = 0
    for pk, others in mates.items():
        for other in sorted(others):
            one, mate = known[pk], known[other]
            if (other in fresh_pks and other < pk) or not keys[pk].meets(keys[other]):
                continue  # seen from the other side, or nothing to join
            compared += 1
            a, b = (one, mate) if one.place <= mate.place else (mate, one)
            told = score(a.facts, b.facts, related)
            if told.holds:
                reasons = json.dumps(told.reasons) if told.points >= LINK else "[]"
                found.append((a.row.pk, b.row.pk, told.points, reasons))
    with connections[using].cursor() as cursor:
        cursor.executemany("INSERT INTO casebook_claimpair (a_id, b_id, score, reasons) VALUES (%s, %s, %s, %s)", found)
    return compared, known


def hold_known(using: str) -> None:
    """Store anew the keys that claims which were compared before are found by, as they follow from the claims."""
    known = _claims(using).exclude(merging=models.Claim.NEW).order_by("pk").values_list("pk", flat=True)
    for chunk in chunks(known):
        nodes = [_node(row, Law((), (), frozenset())) for row in _claims(using).filter(pk__in=chunk).order_by("pk")]
        _hold(using, {node.row.pk: block_keys(node.facts) for node in nodes if node.is_compared})


def _hold(using: str, keys: dict[int, Keys]) -> None:
    """Store the keys that claims are found by: many small rows, written without the detour over model objects."""
    with connections[using].cursor() as cursor:
        cursor.executemany(
            "INSERT INTO casebook_claimblock (claim_id, key) VALUES (%s, %s)",
            [(pk, key) for pk, own in keys.items() for key in sorted(own.held)],
        )


def _mates(using: str, keys: dict[int, Keys]) -> dict[int, set[int]]:
    """The claims that hold what each of some claims looks for."""
    holders: dict[int, list[int]] = {}
    blocks = models.ClaimBlock.objects.using(using)
    for chunk in chunks(sorted({key for own in keys.values() for key in own.sought})):
        for key, claim in blocks.filter(key__in=chunk).values_list("key", "claim"):
            holders.setdefault(key, []).append(claim)
    return {pk: {mate for key in own.sought for mate in holders.get(key, ())} - {pk} for pk, own in keys.items()}


def _spoken_of(using: str, fresh: Sequence[Node]) -> set[int]:
    """Claims that new acts of speech speak of: their incidents gain a link."""
    terms = [Q(report=node.row.report_id, key__in=node.claim.about) for node in fresh if node.claim.about]
    found: set[int] = set()
    for chunk in chunks(terms, 50):
        condition = chunk[0]
        for term in chunk[1:]:
            condition |= term
        found |= set(models.Claim.objects.using(using).filter(condition).values_list("pk", flat=True))
    return found


class _Regrouping:
    """Forms anew every group that some claims belong to, and gives the groups to incidents."""

    def __init__(self, using: str, seeds: set[int], related: Related, law: Law, known: dict[int, Node]) -> None:
        self.using, self.related, self.law = using, related, law
        self.made = self.joined = self.merged = self.split = self.emptied = self.claims = self.pairs = 0
        self.same, self.different = law.same, law.different
        self.reached = self._closure(seeds)
        nodes = [known[pk] for pk in self.reached if pk in known]
        for chunk in chunks(sorted(self.reached - set(known))):
            nodes += [_node(row, law) for row in _claims(using).filter(pk__in=chunk)]
        self.nodes: dict[int, Node] = {node.row.pk: node for node in nodes if node.is_joined}
        self.pairs_of: dict[int, list[ScoredPair]] = {}
        for pair in self._pairs():
            self.pairs_of.setdefault(pair.a, []).append(pair)
            self.pairs_of.setdefault(pair.b, []).append(pair)
        self.links = models.IncidentClaim.objects.using(using)
        self.now = datetime.now(UTC)

    def run(self) -> _Regrouping:
        """Group, choose ids, write what changed."""
        groups = self._groups()
        before = self._before()
        chosen = self._choose(groups, before)
        self._revive(groups, chosen, before)
        self._seat_speeches()
        self._seat_others(groups)
        self._find_reasons(groups)
        self._prepare_keys(groups, chosen)
        self._written: list[models.Incident] = [
            self._write(members, self._parts(members), incident, before) for members, incident in zip(groups, chosen, strict=True)
        ]
        self._store()
        kept = {row.pk for row in self._written}
        home = {member: incident for members, incident in zip(groups, self._written, strict=True) for member in members}
        for incident, members in before.items():
            if incident.pk not in kept:
                self._empty(incident, members, home)
        self._store_trail()
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
            for chunk in chunks(sorted(frontier)):
                found |= set(pairs.filter(a__in=chunk).values_list("b", flat=True))
                found |= set(pairs.filter(b__in=chunk).values_list("a", flat=True))
                incidents = list(links.filter(claim__in=chunk).values_list("incident", flat=True).distinct())
                for part in chunks(incidents):
                    found |= set(links.filter(incident__in=part).values_list("claim", flat=True))
                found |= {mate for pk in chunk for mate in decided.get(pk, ())}
            frontier = found - reached
        return reached

    def _pairs(self) -> list[ScoredPair]:
        """The pairs of the claims at work; what is said of each is left in the database."""
        rows = models.ClaimPair.objects.using(self.using).order_by()
        found = (
            ScoredPair(*row)
            for chunk in chunks(sorted(self.nodes))
            for row in rows.filter(a__in=chunk).values_list("pk", "a", "b", "score")
        )
        return [pair for pair in found if pair.b in self.nodes]

    def _groups(self) -> list[list[int]]:
        """Groups of members in the fixed order of claims, each in that order."""
        pk_of = {node.place: pk for pk, node in self.nodes.items()}
        place_of = {pk: node.place for pk, node in self.nodes.items()}
        members = {node.place for node in self.nodes.values() if node.is_member}
        scores = {(place_of[pair.a], place_of[pair.b]): pair.score for pairs in self.pairs_of.values() for pair in pairs}
        scores = {(a, b): points for (a, b), points in scores.items() if a in members and b in members}
        same, different = (
            [(place_of[a], place_of[b]) for a, b in pairs if a in place_of and b in place_of]
            for pairs in (self.same, self.different)
        )
        reports = {node.place: node.facts.origin for node in self.nodes.values() if node.is_member}
        return [[pk_of[place] for place in places] for places in group(members, scores, same, different, reports)]

    def _before(self) -> dict[models.Incident, list[int]]:
        """The incidents that the reached claims are members of now, oldest first."""
        found: dict[models.Incident, list[int]] = {}
        claims: dict[int, list[int]] = {}
        for chunk in chunks(sorted(self.reached)):
            for incident, claim in self.links.filter(claim__in=chunk, role=models.IncidentClaim.MEMBER).values_list(
                "incident", "claim"
            ):
                claims.setdefault(incident, []).append(claim)
        for chunk in chunks(sorted(claims)):
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
        return chosen

    def _revive(
        self, groups: Sequence[Sequence[int]], chosen: list[models.Incident | None], before: dict[models.Incident, list[int]]
    ) -> None:
        """A group that splits off carries on the incident that its claims were before that was merged: a merge that is taken back
        gives each its id again."""
        self._revived: set[int] = set()
        where: dict[Words, int] = {}
        for index, (members, incident) in enumerate(zip(groups, chosen, strict=True)):
            if incident is None:
                rows = (self.nodes[pk].row for pk in members)
                where |= {(row.report_key, row.start, row.end): index for row in rows}
        merged = self._merged_into(before) if where else {}
        shared: dict[tuple[int, int], int] = {}
        for pk, words in self._last_words(merged).items():
            for item in words:
                if item in where:
                    shared[pk, where[item]] = shared.get((pk, where[item]), 0) + 1
        for (pk, index), _ in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
            if pk not in self._revived and chosen[index] is None:
                chosen[index] = merged[pk]
                self._revived.add(pk)

    def _merged_into(self, heirs: Iterable[models.Incident]) -> dict[int, models.Incident]:
        """The incidents without claims that were merged into some, over any number of steps."""
        found: dict[int, models.Incident] = {}
        frontier = sorted(incident.pk for incident in heirs)
        while frontier:
            rows = [
                row
                for chunk in chunks(frontier)
                for row in models.Incident.objects.using(self.using).filter(merged_into__in=chunk, claims=0)
                if row.pk not in found
            ]
            found |= {row.pk: row for row in rows}
            frontier = sorted(row.pk for row in rows)
        return found

    def _last_words(self, merged: Iterable[int]) -> dict[int, set[Words]]:
        """The words of the claims that incidents had when they were merged."""
        found: dict[int, set[Words]] = {}
        changes = models.IncidentChange.objects.using(self.using).filter(kind="merged").order_by("pk")
        for chunk in chunks(sorted(merged)):
            for incident, words in changes.filter(incident__in=chunk).values_list("incident", "words"):
                found[incident] = set(map(as_words, words))
        return found

    def _seat_speeches(self) -> None:
        """Acts of speech by the (report, claim id) they speak of."""
        self._speeches: dict[tuple[int, str], list[Node]] = {}
        reports = sorted({node.row.report_id for node in self.nodes.values()})
        speech = models.Claim.objects.using(self.using).filter(family__in=SPEECH)
        speech = speech.filter(Q(family="denial") | ~Q(record__contains='"about":[]'))
        spoken = [pk for chunk in chunks(reports) for pk in speech.filter(report__in=chunk).values_list("pk", flat=True)]
        for chunk in chunks(spoken):
            for row in _claims(self.using).filter(pk__in=chunk).order_by("start", "key"):
                node = _node(row, self.law)
                for key in node.claim.about or self._told_before(node):
                    self._speeches.setdefault((row.report_id, key), []).append(node)

    def _told_before(self, denial: Node) -> tuple[str, ...]:
        """The act that a denial such as "the army denied it" points at: the one told last before it in its report."""
        if not denies_what_was_told(denial.claim):
            return ()
        before = [
            (node.row.start, node.row.key)
            for node in self.nodes.values()
            if node.is_member and node.row.report_id == denial.row.report_id and node.row.start < denial.row.start
        ]
        return (max(before)[1],) if before else ()

    def _seat_others(self, groups: Sequence[Sequence[int]]) -> None:
        """Denials and claims that look back, by the group that holds the member they are most like."""
        number = {pk: index for index, members in enumerate(groups) for pk in members}
        self._others: dict[int, list[Node]] = {}
        for pk, node in sorted(self.nodes.items(), key=lambda item: item[1].place):
            if not node.is_member and (best := self._best_member(pk)) is not None:
                self._others.setdefault(number[best], []).append(node)
        self._number = number

    def _parts(self, members: Sequence[int]) -> list[tuple[Node, Part]]:
        """The members with their reasons, then who denies them, then who speaks of them."""
        inside = set(members)
        found = []
        for pk in members:
            points, reasons = self._reasons(pk)
            if not reasons:
                is_decided = any(pk in pair and inside.issuperset(pair) for pair in self.same)
                reasons = (BY_DECISION,) if is_decided else (FIRST,)
            found.append(self._part(self.nodes[pk], "member", points, reasons))
        others = self._others.get(self._number[members[0]], ())
        for node in others:
            if node.is_denial:
                found.append(self._part(node, "denies", *self._reasons(node.row.pk)))
        pointers = [node for node in others if node.is_pointer]
        spoken: dict[int, Node] = {}
        for told in (*(node for node, _ in found), *pointers):
            for node in self._speeches.get((told.row.report_id, told.row.key), ()):
                spoken.setdefault(node.row.pk, node)
        for node in sorted(spoken.values(), key=lambda node: node.place):
            if not any(node.row.pk == known.row.pk for known, _ in found):
                found.append(self._part(node, "about", 0.0, ("it speaks of a claim of this incident",)))
        for node in pointers:
            if node.row.pk not in spoken:
                points, reasons = self._reasons(node.row.pk)
                found.append(self._part(node, "about", points, ("it looks back upon this incident", *reasons)))
        return found

    @staticmethod
    def _part(node: Node, role: Any, points: float, reasons: tuple[str, ...]) -> tuple[Node, Part]:
        report = node.row.report
        first = report.duplicate_of or report
        source, first_source = (item.source.name if item.source else None for item in (report, first))
        return node, Part(node.claim, node.facts, source, first_source, role, points, reasons)

    def _find_reasons(self, groups: Sequence[Sequence[int]]) -> None:
        """The strongest pair of each claim in its group, and what is said of that pair, for all claims at once."""
        self._best: dict[int, ScoredPair] = {}
        for number, members in enumerate(groups):
            inside = set(members)
            others = (node.row.pk for node in self._others.get(number, ()))
            for pk in (*members, *others):
                best = max(
                    (pair for pair in self.pairs_of.get(pk, ()) if pair.score >= LINK and pair.other(pk) in inside),
                    key=lambda pair: (pair.score, self.nodes[pair.a].place, self.nodes[pair.b].place),
                    default=None,
                )
                if best is not None:
                    self._best[pk] = best
        self._told: dict[int, list[str]] = {}
        rows = models.ClaimPair.objects.using(self.using)
        for chunk in chunks(sorted({pair.pk for pair in self._best.values()})):
            self._told.update(rows.filter(pk__in=chunk).values_list("pk", "reasons"))

    def _reasons(self, pk: int) -> tuple[float, tuple[str, ...]]:
        """The points and reasons of a claim's strongest pair in its group."""
        best = self._best.get(pk)
        if best is None:
            return 0.0, ()
        return best.score, (f"told like {self.nodes[best.other(pk)].row.key}", *self._told[best.pk])

    def _best_member(self, pk: int) -> int | None:
        """The member that a denial, or a claim that looks back, is most like, if it is like enough."""
        strong = ((pair.score, pair.other(pk)) for pair in self.pairs_of.get(pk, ()) if pair.score >= LINK)
        found = [
            (-points, self.nodes[other].place, other)
            for points, other in strong
            if self.nodes[other].is_member and self._may_speak_of(pk, other)
        ]
        return min(found)[2] if found else None

    def _may_speak_of(self, pk: int, member: int) -> bool:
        node = self.nodes[pk]
        return may_speak_of(node.facts, self.nodes[member].facts, is_denial=node.is_denial)

    def _write(
        self,
        members: Sequence[int],
        parts: Sequence[tuple[Node, Part]],
        row: models.Incident | None,
        before: dict[models.Incident, list[int]],
    ) -> models.Incident:
        """The row of an incident, kept for writing where anything changed."""
        old = set(before.get(row, ())) if row is not None else set()
        is_new = row is None or row.pk in self._revived
        if row is None:
            key = self._new_key(members)
            row = self._dead.pop(key, None) or models.Incident(key=key)
        record = summarise(row.key, [part for _, part in parts], cast("Review", row.review), self.related)
        text = record.model_dump_json()
        if row.record != text or row.claims != len(members):
            _fill(row, record, [part.claim for _, part in parts], len(members), text)
            row.merged_into = None
            self._changed.append((row, parts))
        if is_new:
            self.made += 1
            source = next((incident for incident, claims in before.items() if members[0] in claims), None)
            self.split += source is not None
            self._trail(row, "split" if source is not None else "made", source, members)
        else:
            self.joined += len(set(members) - old)
        return row

    def _store(self) -> None:
        """Write the incidents that changed, their links and their trail."""
        incidents = models.Incident.objects.using(self.using)
        made, known = ([row for row, _ in self._changed if (row.pk is None) is is_new] for is_new in (True, False))
        incidents.bulk_create(made, batch_size=CHUNK)
        for row in known:
            row.save(using=self.using)
        stale = sorted({node.row.pk for _, parts in self._changed for node, part in parts if part.role != "about"})
        for chunk in chunks(stale):
            self.links.filter(claim__in=chunk).exclude(role=models.IncidentClaim.ABOUT).delete()
        for chunk in chunks([row.pk for row, _ in self._changed]):
            self.links.filter(incident__in=chunk).delete()
        self.links.bulk_create(
            [
                models.IncidentClaim(incident=row, claim=node.row, role=part.role, score=part.score, reasons=list(part.reasons))
                for row, parts in self._changed
                for node, part in parts
            ],
            batch_size=CHUNK,
        )

    def _store_trail(self) -> None:
        models.IncidentChange.objects.using(self.using).bulk_create(
            [
                models.IncidentChange(incident=row, kind=kind, other=other, when=self.now, claims=claims, words=words)
                for row, kind, other, claims, words in self._changes
            ],
            batch_size=CHUNK,
        )

    def _prepare_keys(self, groups: Sequence[Sequence[int]], chosen: Sequence[models.Incident | None]) -> None:
        """Which of the ids that new incidents may get are taken, and which belong to incidents without claims."""
        self._changed: list[tuple[models.Incident, Sequence[tuple[Node, Part]]]] = []
        self._changes: list[tuple[models.Incident, str, models.Incident | None, int, list[list[object]]]] = []
        wanted = [self._key_of(pk) for members, row in zip(groups, chosen, strict=True) if row is None for pk in members]
        self._alive: set[str] = {row.key for row in chosen if row is not None}
        self._dead: dict[str, models.Incident] = {}
        for chunk in chunks(wanted):
            for row in models.Incident.objects.using(self.using).filter(key__in=chunk):
                if row.claims:
                    self._alive.add(row.key)
                else:
                    self._dead[row.key] = row

    def _key_of(self, pk: int) -> str:
        return content_id("incident", self.nodes[pk].row.report_key, self.nodes[pk].row.key)

    def _new_key(self, members: Sequence[int]) -> str:
        """An id from the first claim that gave no living incident its id yet; where each did, from all claims together."""
        key = next((key for key in map(self._key_of, members) if key not in self._alive), None)
        parts = [self.nodes[pk].row.key for pk in members]
        while key is None:
            parts.append("again")
            key = content_id("incident", *parts)
            row = models.Incident.objects.using(self.using).filter(key=key).first()
            if key in self._alive or (row is not None and row.claims):
                key = None
            elif row is not None:
                self._dead[key] = row
        self._alive.add(key)
        return key

    def _empty(self, row: models.Incident, members: Sequence[int], home: dict[int, models.Incident]) -> None:
        """An incident that no group carries on: say where most of its claims went."""
        went: dict[int, int] = {}
        for pk in members:
            if pk in home:
                went[home[pk].pk] = went.get(home[pk].pk, 0) + 1
        heirs = {incident.pk: incident for incident in home.values()}
        heir = heirs[min(went, key=lambda pk: (-went[pk], pk))] if went else None
        retire(self.using, row, heir)
        self._trail(row, "merged" if heir else "emptied", heir, members)
        self.merged, self.emptied = self.merged + (heir is not None), self.emptied + (heir is None)

    def _trail(self, row: models.Incident, kind: str, other: models.Incident | None, members: Sequence[int]) -> None:
        moved = [self.nodes[pk].row for pk in members if pk in self.nodes] if kind != "made" else []
        words: list[list[object]] = [[claim.report_key, claim.start, claim.end] for claim in moved]
        self._changes.append((row, kind, other, len(members), words))


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

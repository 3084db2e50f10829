"""Which reports a question on relations over time needs: by days, by threats, by sides. Answered by indexes, so that what is
asked costs as much as it needs, and not as much as the casebook holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final, TypeVar

from django.db.models import Max, Q

from reportedly.casebook import models
from reportedly.casebook.anchors import chunks
from reportedly.casebook.book import Casebook
from reportedly.linking.register import Register
from reportedly.records import Actor
from reportedly.relations.records import Side
from reportedly.relations.sides import SideReader, folded, initials

TRUCES: Final = ("ceasefire", "truce", "peace_agreement", "truce_violation", "truce_ended", "pact")
"""Types of claims that may tell of a pair though they name one side only."""
MANY: Final = 50_000
"""Claims of a time that are looked at one by one; of more, the sides are looked up instead."""
Key = TypeVar("Key")
Names = dict[str, set[tuple[int | None, str]]]
"""By the key of a side what it is called in the casebook: the row of a register entry, or ``None`` with a name."""


class Wanted:
    """The reports of a casebook, by primary key, that hold what is asked. Sides are looked up once."""

    def __init__(self, casebook: Casebook, register: Register) -> None:
        self._casebook, self._using = casebook, casebook.alias
        self._reader = SideReader(register)
        self._called: Names | None = None
        self._in_relations: Names = {}
        self._shown: dict[str, str] = {}
        self._on_truces: frozenset[int] | None = None
        self._bridges: frozenset[int] = frozenset()

    def told_between(self, since: str, until: str | None) -> frozenset[int]:
        """Reports published between two days (ISO, inclusive), or with claims that tell of a time between them."""
        return self._casebook._database.call(self._told_between, date.fromisoformat(since), _day(until))

    def threatening(self, since: str | None, until: str | None, type_: str | None = None) -> frozenset[int]:
        """Reports that tell of a threat which may have been made between two days."""
        return self._casebook._database.call(self._threatening, _day(since), _day(until), type_)

    def threat_days(self, newest: bool, number: int) -> str | None:
        """The day up to which (``newest``: from which on) the first so many claims of threats reach; ``None``: these are all."""
        return self._casebook._database.call(self._threat_days, newest, number)

    def of_sides(self, keys: Iterable[str]) -> frozenset[int]:
        """Reports that name one of some sides (by their keys) as a party."""
        return self._casebook._database.call(self._of_sides, tuple(keys))

    def of_sides_between(self, keys: Iterable[str], since: str, until: str) -> frozenset[int]:
        """Reports that tell of something between two days (ISO, inclusive), with one of some sides (by their keys) as a party."""
        return self._casebook._database.call(
            self._of_sides_between, tuple(keys), date.fromisoformat(since), date.fromisoformat(until)
        )

    def of_pairs(self, pairs: Iterable[tuple[str, str]]) -> frozenset[int]:
        """Reports that name both sides of one of some pairs (keys), and those on truces that name one of them or nobody."""
        return self._casebook._database.call(self._of_pairs, tuple(pairs))

    def truces_of(self, keys: Iterable[str]) -> frozenset[int]:
        """Reports on truces that name one of some sides (keys)."""
        wanted = tuple(keys)
        if not wanted:
            return frozenset()
        return self.of_sides(wanted) & self._casebook._database.call(self._truces)

    def sides(self) -> list[tuple[str, str]]:
        """The keys of all sides that parties of claims or relations may be, with a name, by name."""
        self._casebook._database.call(self._names)
        return sorted(self._shown.items(), key=lambda item: (item[1], item[0]))

    def last_days(self) -> dict[str, date]:
        """By the key of a side the last day of which any report can vouch for what is told of it: of reports that name it, and of
        the times that their claims tell. What names nobody may tell of a truce: sides with a truce have the last such day too."""
        return self._casebook._database.call(self._last_days)

    def corrected(self) -> frozenset[int]:
        """Reports whose claims people corrected: they may tell of other sides than their rows."""
        return self._casebook._database.call(self._corrected)

    def bridges(self) -> frozenset[int]:
        """Reports that tell which abbreviations are which sides: they belong to whatever is read."""
        self._casebook._database.call(self._names)
        return self._bridges

    # In the database's thread

    def _told_between(self, since: date, until: date | None) -> frozenset[int]:
        reports = models.Report.objects.using(self._using).filter(day__gte=since)
        claims = models.Claim.objects.using(self._using).filter(last_day__gte=since)
        if until is not None:
            reports, claims = reports.filter(day__lte=until), claims.filter(first_day__lte=until)
        told = frozenset(reports.values_list("pk", flat=True)) | frozenset(claims.values_list("report", flat=True).order_by())
        return told | self._corrected()

    def _corrected(self) -> frozenset[int]:
        """Reports whose claims people corrected: they may tell of other sides and days than their rows."""
        decided = models.Decision.objects.using(self._using).filter(verdict="correct", undone_by=None).values("report")
        return frozenset(models.Report.objects.using(self._using).filter(key__in=decided).values_list("pk", flat=True))

    def _threatening(self, since: date | None, until: date | None, type_: str | None) -> frozenset[int]:
        claims = models.Claim.objects.using(self._using).filter(family="threat")
        if type_ is not None:
            claims = claims.filter(type=type_)
        if since is not None:
            claims = claims.filter(Q(report__day__gte=since) | Q(day__gte=since))
        if until is not None:
            claims = claims.filter(Q(report__day__lte=until) | Q(day__lte=until))
        return frozenset(claims.values_list("report", flat=True).order_by()) | self._corrected()

    def _threat_days(self, newest: bool, number: int) -> str | None:
        claims = models.Claim.objects.using(self._using).filter(family="threat")
        days = claims.order_by("-day" if newest else "day").values_list("day", flat=True)[number : number + 1]
        return days[0].isoformat() if days else None

    def _of_sides(self, keys: tuple[str, ...]) -> frozenset[int]:
        called = self._names()
        found: set[int] = set()
        for query, names in ((self._parties, called), (self._relations, self._in_relations)):
            wanted = [name for key in keys for name in names.get(key, ())]
            for chunk in chunks(wanted, 200):
                found |= query(chunk)
        return frozenset(found) | self._corrected()

    def _of_sides_between(self, keys: tuple[str, ...], since: date, until: date) -> frozenset[int]:
        claims = models.Claim.objects.using(self._using).filter(last_day__gte=since, first_day__lte=until).order_by()
        told = dict(claims.values_list("pk", "report"))
        if len(told) > MANY:
            return self._of_sides(keys) & self._told_between(since, until)
        called = self._names()
        wanted = {name for key in keys for name in called.get(key, ())}
        parties = models.ClaimActor.objects.using(self._using).order_by()
        found: set[int] = set()
        for chunk in chunks(sorted(told)):
            for claim, actor, name in parties.filter(claim__in=chunk).values_list("claim", "actor", "name"):
                if _name_of(actor, name) in wanted:
                    found.add(told[claim])
        in_relations = {name for key in keys for name in self._in_relations.get(key, ())}
        relations = models.Relation.objects.using(self._using).filter(day__gte=since, day__lte=until).order_by()
        for report, a, b, a_folded, b_folded in relations.values_list("report", "a", "b", "a_folded", "b_folded"):
            ends = (_name_of(a, a_folded), _name_of(b, b_folded))
            if not in_relations.isdisjoint(ends):
                found.add(report)
        return frozenset(found) | self._corrected()

    def _parties(self, names: list[tuple[int | None, str]]) -> set[int]:
        rows = models.ClaimActor.objects.using(self._using)
        ids, words = _split(names)
        found = set(rows.filter(actor__in=ids).values_list("claim__report", flat=True)) if ids else set()
        return found | (set(rows.filter(actor=None, name__in=words).values_list("claim__report", flat=True)) if words else set())

    def _relations(self, names: list[tuple[int | None, str]]) -> set[int]:
        rows = models.Relation.objects.using(self._using)
        ids, words = _split(names)
        found: set[int] = set()
        for end in ("a", "b"):
            if ids:
                found |= set(rows.filter(**{f"{end}__in": ids}).values_list("report", flat=True))
            if words:
                found |= set(rows.filter(**{end: None, f"{end}_folded__in": words}).values_list("report", flat=True))
        return found

    def _of_pairs(self, pairs: tuple[tuple[str, str], ...]) -> frozenset[int]:
        of: dict[str, frozenset[int]] = {}
        truces = self._truces()
        found: set[int] = set()
        for a, b in pairs:
            for key in (a, b):
                if key not in of:
                    of[key] = self._of_sides((key,))
            found |= (of[a] & of[b]) | ((of[a] | of[b]) & truces)
        return frozenset(found | self._nameless_truces())

    def _truces(self) -> frozenset[int]:
        if self._on_truces is None:
            claims = models.Claim.objects.using(self._using).filter(type__in=TRUCES)
            self._on_truces = frozenset(claims.values_list("report", flat=True).order_by())
        return self._on_truces

    def _last_days(self) -> dict[str, date]:
        called = self._names()
        days: dict[tuple[int | None, str], date] = {}
        parties = models.ClaimActor.objects.using(self._using).order_by()
        told = parties.values_list("actor", "name").annotate(Max("claim__report__day"), Max("claim__last_day"))
        for actor, name, published, happened in told:
            _keep_last(days, _name_of(actor, name), published, happened)
        relations = models.Relation.objects.using(self._using).order_by()
        for end in ("a", "b"):
            for actor, words, published in relations.values_list(end, f"{end}_folded").annotate(Max("report__day")):
                _keep_last(days, _name_of(actor, words), published)
        found: dict[str, date] = {}
        for names in (called, self._in_relations):
            for key, own in names.items():
                _keep_last(found, key, *(days.get(name) for name in own))
        truces = models.Claim.objects.using(self._using).filter(type__in=TRUCES)
        last = truces.aggregate(published=Max("report__day"), happened=Max("last_day"))
        for key in self._sides_with_truces(called):
            _keep_last(found, key, last["published"], last["happened"])
        return found

    def _sides_with_truces(self, called: Names) -> list[str]:
        parties = models.ClaimActor.objects.using(self._using).filter(claim__type__in=TRUCES).order_by().distinct()
        truced: set[tuple[int | None, str]] = set()
        truced |= {_name_of(actor, name) for actor, name in parties.values_list("actor", "name")}
        relations = models.Relation.objects.using(self._using).filter(kind__in=("truce", "non_aggression")).order_by()
        for end in ("a", "b"):
            ends = relations.values_list(end, f"{end}_folded").distinct()
            truced |= {_name_of(actor, words) for actor, words in ends}
        every = (called, self._in_relations)
        return sorted({key for names in every for key, own in names.items() if not truced.isdisjoint(own)})

    def _nameless_truces(self) -> frozenset[int]:
        claims = models.Claim.objects.using(self._using).filter(type__in=TRUCES, parties=None)
        return frozenset(claims.values_list("report", flat=True).order_by())

    def _names(self) -> Names:
        """Everything that sides are called, by their keys; an abbreviation belongs to each name that has its initials too."""
        if self._called is not None:
            return self._called
        called: Names = {}
        entries = models.Actor.objects.using(self._using).values_list("pk", "key", "name", "kind")
        for pk, key, name, kind in entries:
            self._put(called, Actor(text=name, start=0, end=0, name=name, id=key, kind=kind), (pk, ""))
        parties = models.ClaimActor.objects.using(self._using).filter(actor=None).order_by()
        for name, kind in parties.values_list("name", "kind").distinct():
            self._put(called, Actor(text=name, start=0, end=0, name=name, kind=kind), (None, name))
        self._in_relations = {key: set(names) for key, names in called.items() if any(pk is not None for pk, _ in names)}
        relations = models.Relation.objects.using(self._using).order_by()
        for end in ("a", "b"):
            for words in relations.filter(**{end: None}).values_list(f"{end}_folded", flat=True).distinct():
                key = folded(words.partition(" | ")[0])
                self._in_relations.setdefault(key, set()).add((None, words))
                self._shown.setdefault(key, key)
        self._called = called
        self._join_abbreviations(called)
        return called

    def _join_abbreviations(self, called: Names) -> None:
        """Gives an abbreviation and each name with its initials the names of both. Whether they are one side is told by a report
        that uses both: one such report of each two is kept, to be read with whatever is read."""
        unknown = {key: name for key, name in self._shown.items() if any(pk is None for pk, _ in self._all_names(key))}
        by_initials: dict[str, list[str]] = {}
        for key, name in sorted(unknown.items()):
            if " " in name or "-" in name:
                by_initials.setdefault(initials(name), []).append(key)
        fitting = [(key, by_initials[name.upper()]) for key, name in sorted(unknown.items()) if name.upper() in by_initials]
        for key, others in fitting:
            own = self._of_sides((key,))
            for other in others:
                both = own & self._of_sides((other,))
                self._bridges |= frozenset(sorted(both)[:1])
        for key, others in fitting:
            for other in others:
                for names in (called, self._in_relations):
                    joint = names.get(key, set()) | names.get(other, set())
                    names[key], names[other] = set(joint), set(joint)

    def _all_names(self, key: str) -> set[tuple[int | None, str]]:
        return (self._called or {}).get(key, set()) | self._in_relations.get(key, set())

    def _put(self, called: Names, actor: Actor, name: tuple[int | None, str]) -> None:
        for side in self._sides_of(actor):
            called.setdefault(side.key, set()).add(name)
            self._shown.setdefault(side.key, side.name)

    def _sides_of(self, actor: Actor) -> Iterator[Side]:
        for side in (self._reader.side(actor), self._reader.struck(actor)):
            if side is not None:
                yield side


def _name_of(actor: int | None, name: str) -> tuple[int | None, str]:
    """What a row calls a side: a register entry by its number, any other by its name."""
    return (actor, "") if actor is not None else (None, name)


def _split(names: list[tuple[int | None, str]]) -> tuple[list[int], list[str]]:
    return [pk for pk, _ in names if pk is not None], [name for pk, name in names if pk is None]


def _keep_last(days: dict[Key, date], key: Key, *told: date | None) -> None:
    last = max((day for day in told if day is not None), default=None)
    if last is not None and last > days.get(key, date.min):
        days[key] = last


def _day(day: str | None) -> date | None:
    return date.fromisoformat(day) if day is not None else None

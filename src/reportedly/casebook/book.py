"""The casebook as programs and notebooks use it: plain records in, plain records out; no database objects leave it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import Any, Self

from reportedly.casebook import corrections, decisions, grading, holding, load, lookup, merge, models, query, rows, search, whole
from reportedly.casebook.connection import Database
from reportedly.casebook.decisions import Verdict
from reportedly.casebook.filters import Filter
from reportedly.casebook.reread import Rereading
from reportedly.casebook.stored import (
    ActorUse,
    Added,
    Change,
    Decision,
    Fitting,
    GradedSource,
    Hit,
    MergeSummary,
    Reread,
    Restored,
    StaleDecision,
    StoredClaim,
    StoredRelation,
    StoredReport,
    Summary,
)
from reportedly.errors import CasebookError
from reportedly.incidents.features import Related
from reportedly.incidents.records import Incident
from reportedly.incidents.score import unrelated
from reportedly.records import Reading, Report

Anything = StoredReport | StoredClaim | Incident | StoredRelation | ActorUse | Decision
ALL = Filter()


class Casebook:
    """Reports, claims, incidents, relations and decisions in one database. Made by :func:`reportedly.casebook.open`.

    Usable from any thread, and while an event loop runs. As a context manager it closes itself.

    The examples are of a casebook of three ``readings`` made by hand, with invented groups: two outlets tell of one clash in Gao,
    and an army denies that it shelled a town.

    >>> import reportedly
    >>> with reportedly.open("example.sqlite") as opened:
    ...     opened.counts()["reports"]
    0
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def __repr__(self) -> str:
        return f"<Casebook {self.name}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    @property
    def name(self) -> str:
        """The file path, or the address without its password.

        >>> casebook.name.endswith(".sqlite")
        True
        """
        return self._database.name

    @property
    def alias(self) -> str:
        """The Django alias of the database, for a web application in the same process.

        >>> from django.db import connections
        >>> connections[casebook.alias].vendor
        'sqlite'
        """
        return self._database.alias

    def close(self) -> None:
        """Close the connections of this thread; using the casebook again opens them again.

        >>> casebook.close()
        """
        self._database.close()

    # Loading

    def add(self, reading: Reading, original: bytes | None = None, *, near: str | None = None) -> Added:
        """Store one reading, whole or not at all.

        The same report read by the same version changes nothing. A newer version's claims take the place of the older ones,
        whose reading is kept; an older version's reading is kept beside the one in use. ``original`` is kept as the bytes
        that the report came as. ``near`` is the id of a stored report that this one is nearly a copy of; exact copies are
        found by themselves.

        Raises :class:`CasebookError` for another text under a known id, bytes that do not have the report's SHA-256, or what
        cannot be stored.

        >>> casebook.add(readings[0]).outcome
        'unchanged'
        """
        return self._database.call(load.add, self._database, reading, original, near)

    def add_many(self, readings: Iterable[Reading]) -> Summary:
        """Store many readings, each in a transaction of its own; what cannot be stored is counted and listed, the rest goes
        on.

        >>> casebook.add_many(readings).unchanged
        3
        """
        with load.Loading(self._database, "") as loading:
            for reading in readings:
                try:
                    loading.store(reading)
                except CasebookError as error:
                    loading.fail(reading.report.sha256, error.where or "", error.what)
            return loading.summary

    def loading(self, version: str) -> load.Loading:
        """A loading run for one version of the reader, which skips what is done and can begin again after a kill.

        >>> new = readings[0].model_copy(update={"reader": "2.0"})
        >>> with casebook.loading("2.0") as run:
        ...     for one in run.todo([new], lambda reading: reading.report.sha256):
        ...         _ = run.store(one)
        >>> run.summary.read, casebook.readers()
        (1, {'1.0': 2, '2.0': 1})
        """
        return load.Loading(self._database, version)

    def merge(self, *, related: Related = unrelated, progress: Callable[[int], None] | None = None) -> MergeSummary:
        """Join claims that tell one incident; only claims that came or changed since the last time are compared.

        ``related`` tells whether two register ids are of one lineage; ``progress`` is called with the number of claims done.

        >>> casebook.merge().claims  # nothing came since the last time
        0
        """
        return merge.merge(self._database, related, progress)

    def reread(
        self,
        read: Callable[[Report], Reading],
        *,
        version: str | None = None,
        dry: bool = False,
        progress: Callable[[int], None] | None = None,
    ) -> Reread:
        """Read reports anew and tell which claims were gained, lost or changed, and which decisions no longer fit.

        ``read`` gives the new reading of a report (of a newer version, else nothing is stored). Where its ``version`` is named,
        reports that it has read are passed over, and a run that was killed goes on where it stopped. With ``dry`` nothing is
        stored at all, and decisions are set against what would be read. Call :meth:`merge` afterwards.

        >>> def read(report):
        ...     return casebook.reading(report.id).model_copy(update={"reader": "2.0", "claims": ()})
        >>> found = casebook.reread(read, dry=True)
        >>> found.reports, found.same, len(found.changes)
        (3, 0, 3)
        """
        with self.rereading(version, dry=dry) as run:
            for done, report in enumerate(run.todo(), 1):
                run.store(read(report))
                if progress is not None:
                    progress(done)
            return run.result()

    def rereading(self, version: str | None, *, dry: bool = False, reports: Iterable[str] = ()) -> Rereading:
        """A run of reading reports (by id; all where none is named) anew, for readings that are made elsewhere.

        ``run.todo()`` gives the reports that are still to be read, for :meth:`reportedly.Reader.read_all`, say.

        >>> with casebook.rereading("2.0") as run:
        ...     for report in run.todo():
        ...         run.store(casebook.reading(report.id).model_copy(update={"reader": "2.0"}))
        ...     run.result().same
        3
        """
        return Rereading(self._database, version, dry=dry, reports=tuple(reports))

    def dump(self, asked: Filter = ALL, *, put: Callable[[dict[str, Any]], object], version: str = "") -> int:
        """Pass on the whole casebook, object by object, for :meth:`restore`: every reading by every version, decisions and undone
        ones, incidents with their trail, grades, feeds and watches; the number of reports. ``version`` is that of the program.

        A filter that narrows anything gives its reports with their readings, the incidents that they tell and the decisions that
        rest on them; the first object says what stays behind.

        >>> told = []
        >>> casebook.dump(put=told.append)
        3
        >>> told[0]["whole"], sum("reading" in one for one in told)
        (True, 3)
        """
        return whole.tell(self._database, asked, version, put)

    def restore(self, told: Iterable[tuple[str, dict[str, Any]]], *, watches: bool = False) -> Restored:
        """Bring in what :meth:`dump` passed on, each object with where it stands (for messages): all of it or nothing.

        An empty casebook becomes the same. One that holds something gets what it lacks; call :meth:`merge` then. ``watches``:
        also feeds and watches, which poll and send from here too. Doing it twice changes nothing.

        Raises :class:`IntakeError` for what cannot be stored.

        >>> told = []
        >>> _ = casebook.dump(put=told.append)
        >>> casebook.restore(("memory", one) for one in told).known
        3
        """
        return whole.restore(self._database, told, watches=watches)

    # Reading

    def reports(self, asked: Filter = ALL) -> Iterator[StoredReport]:
        """Reports by day of publication; a few are in memory at a time, as in all listings.

        >>> [report.source for report in casebook.reports()]
        ['Desert Courier', 'Desert Courier', 'Border Post']
        """
        return query.reports(self._database, asked)

    def claims(self, asked: Filter = ALL, *, corrected: bool = False) -> Iterator[StoredClaim]:
        """Claims by day of the event, then by report and place in its text.

        With ``corrected`` as people corrected them, without those they rejected; a filter looks at what the machine read.

        >>> from reportedly.casebook import Filter
        >>> [(claim.type, claim.source, claim.counts[0].low) for claim in casebook.claims(Filter(place="Gao"))]
        [('battle', 'Desert Courier', 4), ('battle', 'Border Post', 9)]
        """
        return query.claims(self._database, asked, corrections.lay_over_claims if corrected else None)

    def incidents(self, asked: Filter = ALL, *, corrected: bool = False) -> Iterator[Incident]:
        """Incidents by day; ``corrected`` as for :meth:`claims`.

        >>> incident = next(casebook.incidents())
        >>> killed = next(spread for spread in incident.spreads if spread.field == "killed")
        >>> [(version.value, version.voices) for version in killed.versions]
        [('4', ('Desert Courier',)), ('9', ('Border Post',))]
        """
        return query.incidents(self._database, asked, corrections.lay_over_incidents if corrected else None)

    def relations(self, asked: Filter = ALL) -> Iterator[StoredRelation]:
        """Relations by day of publication.

        >>> {(relation.a.name, relation.kind, relation.b.name) for relation in casebook.relations()}
        {('Red Lantern Front', 'hostile', 'Blue Ridge Army')}
        """
        return query.relations(self._database, asked)

    def actors(self, asked: Filter = ALL) -> Iterator[ActorUse]:
        """Register entries named in the claims asked for, by id.

        >>> [(actor.name, actor.as_actor, actor.as_target) for actor in casebook.actors()]
        [('Blue Ridge Army', 1, 2), ('Red Lantern Front', 2, 0)]
        """
        return query.actors(self._database, asked)

    def get(self, key: str) -> Anything:
        """Anything by its id, or by a beginning of it (five characters or more) that fits one record.

        Raises :class:`CasebookError` where none or several fit.

        >>> claim = next(casebook.claims())
        >>> casebook.get(claim.id[:14]) == claim
        True
        """
        return self._database.call(self._get, key)

    def reading(self, report: str, reader: str | None = None) -> Reading:
        """The whole reading of a report by one version of the reader, or the reading in use.

        Raises :class:`CasebookError` where there is none.

        >>> report = next(casebook.reports())
        >>> casebook.reading(report.id).reader
        '1.0'
        """
        found = self._database.call(query.reading, self.alias, report, reader)
        if found is None:
            raise CasebookError("there is no such reading.", where=report)
        return found

    def original(self, report: str) -> bytes | None:
        """The bytes that a report came as; ``None`` where they were not kept.

        >>> casebook.original(next(casebook.reports()).id) is None
        True
        """
        return self._database.call(query.original, self.alias, report)

    def search(self, text: str, *, kinds: Iterable[str] = ("report", "claim"), limit: int = 20) -> Iterator[Hit]:
        """Full-text search: for each kind the best hits, best first, with the found words marked; of very many hits those stored
        last are weighed.

        All words must occur; ``"quoted words"`` are looked for as a phrase. Nothing that a user can type is an error; a text
        without words finds nothing.

        >>> [(hit.kind, hit.snippet[slice(*hit.marks[0])]) for hit in casebook.search("shelled")]
        [('report', 'shelled'), ('claim', 'shelled')]
        """
        for kind in kinds:
            yield from self._database.call(search.find, self.alias, kind, text, limit)

    def counts(self) -> dict[str, int]:
        """How many reports, claims, incidents (with claims), relations, actors and decisions there are.

        >>> casebook.counts()["claims"]
        3
        """
        return self._database.call(self._counts)

    # Deciding

    def readers(self) -> dict[str, int]:
        """How many readings in use each version of the reader made, most first: what to install to read them so again.

        >>> casebook.readers()
        {'1.0': 3}
        """
        return self._database.call(query.readers, self.alias)

    def decide(
        self,
        subject: str,
        verdict: Verdict,
        *,
        by: str,
        why: str | None = None,
        other: str | None = None,
        correction: str | None = None,
    ) -> Decision:
        """Store what a person says of a record (by id): accept, correct (with ``correction``), reject, unsure; or of two
        (``other``): same, different.

        *Same* and *different* of claims or incidents are law for every later :meth:`merge`, for all claims that two incidents
        have when it is said. A rejected claim, or each claim of a rejected incident or report, tells no incident any more. A
        correction is a JSON object of fields (see :mod:`reportedly.casebook.corrections`), laid over when records are read out.
        Saying the same again, with nothing said of the record since, gives the decision that is there.

        Raises :class:`SettingError` for what is no decision, :class:`CasebookError` for an unknown id.

        >>> claim = next(casebook.claims())
        >>> casebook.decide(claim.id, "reject", by="ana", why="A film is reviewed.").verdict
        'reject'
        >>> len(list(casebook.claims(corrected=True)))
        2
        """
        return self._database.call(
            decisions.decide, self.alias, subject, verdict, by=by, why=why, other=other, correction=correction
        )

    def undo(self, decision: str, *, by: str, why: str | None = None) -> Decision:
        """Take a decision back (by its id or a beginning of it); both stay on record.

        Raises :class:`CasebookError` for one that is not there or was undone before.

        >>> decision = casebook.decide(next(casebook.claims()).id, "accept", by="ana")
        >>> casebook.undo(decision.id, by="ben").undone_by
        'ben'
        """
        return self._database.call(decisions.undo, self.alias, decision, by, why)

    def decisions(
        self, subject: str | None = None, *, by: str | None = None, verdict: Verdict | None = None, undone: bool = False
    ) -> Iterator[Decision]:
        """Decisions in the order they were made, of one record or of all; with those undone, if asked.

        Those of a claim are also those made of the claim that an earlier reading read from the same words.

        >>> _ = casebook.decide(next(casebook.claims()).id, "unsure", by="ana")
        >>> [(decision.by, decision.verdict) for decision in casebook.decisions()]
        [('ana', 'unsure')]
        """
        return self._database.call(decisions.decisions, self.alias, subject, undone=undone, by=by, verdict=verdict)

    def grade(
        self, source: str, reliability: str | None, credibility: str | None = None, *, by: str, why: str | None = None
    ) -> GradedSource:
        """Grade a source (by its id, name or part of its name) on the Admiralty scales: how reliable it is (A to F), and how
        credible what it tells (1 to 6). ``None`` in both takes the grade away; earlier grades stay on record.

        The rule *best graded* of incidents takes the figure of the source with the best reliability, of equals the best
        credibility, of equals the one published last. F and ungraded sources have no say; where none is graded it gives nothing.

        Raises :class:`SettingError` for what is no grade, :class:`CasebookError` for an unknown source.

        >>> graded = casebook.grade("Border Post", "B", "2", by="ana")
        >>> graded.name, graded.reliability, graded.credibility
        ('Border Post', 'B', '2')
        """
        return self._database.call(grading.grade, self.alias, source, reliability, credibility, by=by, why=why)

    def note_source(
        self,
        source: str,
        *,
        kind: str | None = None,
        speaks_for: str | None = None,
        owner: str | None = None,
        by: str,
        why: str | None = None,
    ) -> GradedSource:
        """Note what a source is (by its id, name or part of its name): its kind (wire, newspaper, broadcaster, online, official,
        ngo, party, social_media, other), whom it speaks for, and who owns it; ``None``: not known. The newest note holds, earlier
        ones stay on record.

        Raises :class:`SettingError` for what is no kind, :class:`CasebookError` for an unknown source.

        >>> noted = casebook.note_source("Border Post", kind="newspaper", owner="Border Press Ltd", by="ana")
        >>> noted.kind, noted.owner, noted.speaks_for, noted.noted_by
        ('newspaper', 'Border Press Ltd', None, 'ana')
        """
        return self._database.call(grading.note, self.alias, source, kind, speaks_for, owner, by=by, why=why)

    def source(self, name: str) -> GradedSource:
        """A publisher by its id, its name, or part of its name that no other has.

        Raises :class:`CasebookError` where none or several fit.

        >>> casebook.source("Border").name
        'Border Post'
        """
        return self._database.call(grading.named, self.alias, name)

    def sources(self) -> list[GradedSource]:
        """The publishers by name, with what people noted of each, how many reports it published, and its grade.

        >>> [(source.name, source.reports, source.reliability) for source in casebook.sources()]
        [('Border Post', 1, None), ('Desert Courier', 2, None)]
        """
        return self._database.call(grading.sources, self.alias)

    def fitting(self) -> Fitting:
        """How the decisions that hold fit what is read now: those that fit, those that hold under another id, and the stale.

        >>> _ = casebook.decide(next(casebook.claims()).id, "accept", by="ana")
        >>> casebook.fitting().held, casebook.fitting().stale
        (1, ())
        """
        return self._database.call(holding.fitting, self.alias)

    def stale_decisions(self) -> list[StaleDecision]:
        """Decisions that hold but no longer fit what is read: listed, never dropped.

        >>> casebook.stale_decisions()
        []
        """
        return list(self.fitting().stale)

    def trail(self, incident: str | None = None) -> list[Change]:
        """What became of an incident: when it was made, merged, split or emptied, oldest first; the merges and splits of all
        incidents where none is named.

        >>> [(change.kind, change.claims) for change in casebook.trail(next(casebook.incidents()).id)]
        [('made', 2)]
        """
        return self._database.call(decisions.trail, self.alias, incident)

    def reverse(self, change: int, *, by: str, why: str | None = None) -> Decision:
        """Take a merge or a split of incidents back (by the id of the change in :meth:`trail`): a decision that the next
        :meth:`merge` obeys, and that can be undone.

        Raises :class:`CasebookError` for an unknown change, :class:`SettingError` for one that is neither.

        >>> from reportedly.errors import SettingError
        >>> try:
        ...     casebook.reverse(casebook.trail(next(casebook.incidents()).id)[0].id, by="ana")
        ... except SettingError:
        ...     print("an incident that was made is no merge and no split")
        an incident that was made is no merge and no split
        """
        return self._database.call(decisions.reverse, self.alias, change, by, why)

    def _get(self, key: str) -> Anything:
        using = self.alias
        _, row = lookup.locate(using, key)
        match row:
            case models.Report():
                return rows.stored_report(row, models.Claim.objects.using(using).filter(report=row).count())
            case models.Claim():
                return query.stored_claims(using, [row])[0]
            case models.Incident():
                return grading.lay_grades(using, [Incident.model_validate_json(row.record)])[0]
            case models.Relation():
                return rows.stored_relation(row, row.report)
            case models.Actor():
                return query.actor_use(using, row)
            case models.Decision():
                return decisions.record(row)

    def _counts(self) -> dict[str, int]:
        using = self.alias
        return {
            "reports": models.Report.objects.using(using).count(),
            "claims": models.Claim.objects.using(using).count(),
            "incidents": models.Incident.objects.using(using).filter(claims__gt=0).count(),
            "relations": models.Relation.objects.using(using).count(),
            "actors": models.Actor.objects.using(using).count(),
            "decisions": models.Decision.objects.using(using).filter(undone_by=None).count(),
        }

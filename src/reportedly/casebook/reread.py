"""Reading stored reports anew: what a newer version gains, loses and changes, claim by claim."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from reportedly.casebook import decisions, load, models, query, rows
from reportedly.casebook.connection import Database
from reportedly.casebook.stored import ClaimChange, Reread
from reportedly.records import Claim, Reading, Report

CHUNK = 50
COMPARED = ("type", "status", "negated", "background", "actors", "targets", "place", "time", "counts", "attribution")


def reread(database: Database, read: Callable[[Report], Reading], dry: bool, progress: Callable[[int], None] | None) -> Reread:
    """Read every report with ``read``, store what it gives (unless ``dry``), and tell what changed."""
    changes: list[ClaimChange] = []
    done = same = 0
    version: str | None = None
    for report in _reports(database):
        old = database.call(query.reading, database.alias, report.id, None)
        new = read(report)
        version = new.reader
        found = claim_changes(report.id, old.claims if old else (), new.claims)
        same += not found
        changes += found
        if not dry:
            database.call(load.add, database, new, None, None)
        done += 1
        if progress is not None:
            progress(done)
    stale = tuple(database.call(decisions.stale, database.alias))
    return Reread(reader=version, reports=done, same=same, changes=tuple(changes), stale=stale)


def claim_changes(report: str, old: tuple[Claim, ...], new: tuple[Claim, ...]) -> list[ClaimChange]:
    """Claims of two readings of one report set side by side by their trigger words: first the very same words and type, then
    the same words, then words that overlap."""
    left, pairs = list(old), []
    rest = list(new)
    for is_same in (_same_type, _same_words, _overlap):
        for claim in list(rest):
            mate = next((other for other in left if is_same(other, claim)), None)
            if mate is not None:
                left.remove(mate)
                rest.remove(claim)
                pairs.append((mate, claim))
    found = [change for was, now in pairs if (change := _changed(report, was, now)) is not None]
    found += [_whole(report, "gained", claim) for claim in rest]
    found += [_whole(report, "lost", claim) for claim in left]
    return found


def _reports(database: Database) -> Iterator[Report]:
    def fetch(after: int) -> list[tuple[int, Report]]:
        table = models.Report.objects.using(database.alias).select_related("source")
        return [(row.pk, rows.report_record(row)) for row in table.filter(pk__gt=after).order_by("pk")[:CHUNK]]

    last = 0
    while chunk := database.call(fetch, last):
        yield from (report for _, report in chunk)
        last = chunk[-1][0]


def _same_type(one: Claim, other: Claim) -> bool:
    return _same_words(one, other) and one.type == other.type


def _same_words(one: Claim, other: Claim) -> bool:
    return (one.trigger.start, one.trigger.end) == (other.trigger.start, other.trigger.end)


def _overlap(one: Claim, other: Claim) -> bool:
    return one.trigger.start < other.trigger.end and other.trigger.start < one.trigger.end


def _changed(report: str, was: Claim, now: Claim) -> ClaimChange | None:
    fields = tuple(name for name in COMPARED if getattr(was, name) != getattr(now, name))
    if not fields:
        return None
    return ClaimChange(
        report=report,
        kind="changed",
        claim=now.id,
        trigger=now.trigger.text,
        fields=fields,
        was="; ".join(_words(was, name) for name in fields),
        now="; ".join(_words(now, name) for name in fields),
    )


def _whole(report: str, kind: str, claim: Claim) -> ClaimChange:
    told = "; ".join(_words(claim, name) for name in ("type", "status", "actors", "place", "time", "counts"))
    side = {"now": told} if kind == "gained" else {"was": told}
    return ClaimChange.model_validate({"report": report, "kind": kind, "claim": claim.id, "trigger": claim.trigger.text, **side})


def _words(claim: Claim, name: str) -> str:
    """A field of a claim for people."""
    value = getattr(claim, name)
    if value is None or value == ():
        return f"no {name}"
    match name:
        case "actors" | "targets" | "attribution":
            return f"{name} {', '.join(item.name for item in value)}"
        case "place":
            return f"place {value.name}"
        case "time":
            return f"time {value.from_ or '…'} to {value.to or '…'}"
        case "counts":
            return f"counts {', '.join(f'{count.what} «{count.text}»' for count in value)}"
    return f"{name} {value}"

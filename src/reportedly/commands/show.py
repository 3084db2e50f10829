"""``reportedly show``: anything by its id, with its evidence marked in the text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING, Annotated

import typer

from reportedly.commands.options import DEFAULT_CASEBOOK, CasebookOption, JsonOption, open_casebook

if TYPE_CHECKING:
    from rich.text import Text

    from reportedly.casebook.book import Anything, Casebook
    from reportedly.casebook.stored import ActorUse, Decision, StoredClaim, StoredRelation, StoredReport
    from reportedly.incidents.records import Incident
    from reportedly.records import Claim, Voice

RECENT = 10
"""Claims of an actor that are shown."""
ROLES = ("member", "denies", "about")
"""The parts of claims in an incident, in the order in which they are shown."""
COPIES = 6
"""Names of those who copied a report that are shown."""


def show(
    key: Annotated[str, typer.Argument(metavar="ID", help="The id, or a beginning of it that fits one record.")],
    casebook: CasebookOption = DEFAULT_CASEBOOK,
    as_json: JsonOption = False,
) -> None:
    """Show a report, claim, incident, relation, actor or decision, with its evidence marked in the text."""
    from reportedly.commands.terminal import json_text, write

    with open_casebook(casebook) as book:
        found = book.get(key)
        if as_json:
            write(json_text(found, indent=2) + "\n")
            return
        _show(book, found)


def _show(book: Casebook, found: Anything) -> None:
    from reportedly.casebook.stored import ActorUse, Decision, StoredClaim, StoredRelation, StoredReport
    from reportedly.incidents.records import Incident

    match found:
        case StoredReport():
            show_report(book, found)
        case StoredClaim():
            show_claim(book, found)
        case StoredRelation():
            show_relation(book, found)
        case Incident():
            show_incident(book, found)
        case ActorUse():
            show_actor(book, found)
        case Decision():
            show_decision(found)
            return
    show_decisions(book, found.id)


def show_decisions(book: Casebook, key: str) -> None:
    """What people decided of a record, and hold."""
    from reportedly.commands.decisions import table
    from reportedly.commands.terminal import console, say

    made = list(book.decisions(key))
    if made:
        say("\nDecisions", "underline")
        console().print(table(book, [(decision, None) for decision in made]))


def show_report(book: Casebook, report: StoredReport) -> None:
    """The whole text with every claim's trigger and parties marked, then the claims."""
    from reportedly.casebook import Filter
    from reportedly.commands.terminal import console, notice, say
    from reportedly.commands.views import claims_table, fields, marked, report_head
    from reportedly.commands.wording import short_id
    from reportedly.wording import defanged

    out = console()
    out.print(report_head(report))
    copy = f"{report.duplicate_kind} copy of {short_id(report.duplicate_of)}" if report.duplicate_of else ""
    out.print(
        fields(
            [
                ("id", report.id),
                ("byline", _line(report.byline)),
                ("address", defanged(_line(report.address))),
                ("language", report.language),
                ("copy", copy),
                ("not read", _line(report.unread)),
                ("SHA-256", report.sha256),
            ]
        )
    )
    claims = sorted(book.claims(Filter(report=report.id)), key=lambda claim: claim.trigger.start)
    say()
    out.print(marked(report.text, [span for claim in claims for span in leaves(claim)]))
    say()
    if claims:
        out.print(claims_table((claim, report.source) for claim in claims))
        notice("One with its evidence: reportedly show ID")
    elif report.unread is None:
        notice("No claim was read from this report.")


def show_claim(book: Casebook, claim: StoredClaim) -> None:
    """Every field of a claim with the words it was read from, and the passage with those words marked."""
    from rich.text import Text

    from reportedly.commands import wording
    from reportedly.commands.terminal import console, notice, one_line, say
    from reportedly.commands.views import fields, passage

    out = console()
    out.print(Text.assemble((wording.words(claim.type), "bold"), (f"  {wording.caveats(claim)}", "yellow")))
    place, time = claim.place, claim.time
    rows: list[tuple[str, str | Text]] = [
        ("id", claim.id),
        ("family", wording.words(claim.family)),
        ("status", wording.words(claim.status) + (", negated" if claim.negated else "")),
        ("who", _with_words([(actor.name, actor.text, actor.id) for actor in claim.actors])),
        ("to whom", _with_words([(actor.name, actor.text, actor.id) for actor in claim.targets])),
        ("with", one_line(claim.instrument.text) if claim.instrument else ""),
        ("where", _with_words([(wording.place_words(place), place.text, wording.place_notes(place))]) if place else ""),
        ("when", _with_words([(wording.day_words(time), time.text, wording.words(time.basis))]) if time else ""),
    ]
    rows += [("how many", _with_words([(wording.figure(count), count.text, None)])) for count in claim.counts]
    rows += [("who says so", voices(claim.attribution, claim.source))]
    rows += [("hedges", ", ".join(f"“{one_line(span.text)}”" for span in claim.hedges))]
    rows += [("rules", ", ".join(claim.rules))]
    rows += [("incidents", "\n".join(claim.incidents))]
    rows += [("report", f"{one_line(claim.title or 'untitled')}\n{claim.report}")]
    reading = book.reading(claim.report)
    rows += [("read by", one_line(reading.reader))]
    out.print(fields(rows))
    say()
    spans = [*leaves(claim), *((span.start, span.end) for span in claim.hedges)]
    out.print(passage(reading.report.text, spans))
    notice(f"The whole report: reportedly show {wording.short_id(claim.report)}")


def show_relation(book: Casebook, relation: StoredRelation) -> None:
    """A relation, who says so, and the passage it was read from."""
    from rich.text import Text

    from reportedly.commands import wording
    from reportedly.commands.terminal import console, notice, say
    from reportedly.commands.views import fields, passage

    out = console()
    out.print(Text(wording.bond(relation), style="bold"))
    rows: list[tuple[str, str | Text]] = [
        ("id", relation.id),
        ("status", wording.words(relation.status)),
        ("a", _with_words([(relation.a.name, relation.a.text, relation.a.id)])),
        ("b", _with_words([(relation.b.name, relation.b.text, relation.b.id)])),
        ("who says so", voices(relation.attribution, relation.source)),
        ("published", relation.published or "not known"),
        ("report", relation.report),
    ]
    out.print(fields(rows))
    say()
    spans = [(actor.start, actor.end) for actor in (relation.a, relation.b)]
    spans += [(voice.start, voice.end) for voice in relation.attribution if voice.start is not None and voice.end is not None]
    out.print(passage(book.reading(relation.report).report.text, spans))
    notice(f"The whole report: reportedly show {wording.short_id(relation.report)}")


def show_incident(book: Casebook, incident: Incident) -> None:
    """What every voice says of one incident, field by field, then each claim with its words and why it is here."""
    from rich.padding import Padding
    from rich.text import Text

    from reportedly.casebook.stored import StoredClaim
    from reportedly.commands import views, wording
    from reportedly.commands.terminal import Rows, console, notice, one_line, say
    from reportedly.incidents.links import COPIED

    out = console()
    where = f"  {one_line(incident.place)} ({incident.iso2 or 'no country'})" if incident.place else ""
    out.print(Text.assemble((wording.words(incident.type) + where, "bold"), f"  {views.incident_days(incident)}"))
    standing = Text(wording.STANDINGS[incident.standing], style=views.standing_style(incident))
    standing.append(f": {incident.rule} ({views.voices_count(incident)})", style="not bold default")
    out.print(views.fields([("id", incident.id), ("standing", standing), ("review", incident.review)]))
    say()
    versions = Rows(("Field", {"width": 9}), ("Told as", {"ratio": 1}), ("By", {"ratio": 1}))
    for spread in incident.spreads:
        for number, version in enumerate(spread.versions):
            told_by = Text(views.tellers(book, version))
            if version.denied_by:
                told_by.append(f"\ndenied by {', '.join(map(one_line, version.denied_by))}", style="red")
            versions.put("" if number else spread.field, one_line(wording.words(version.value)), told_by)
    if incident.spreads:
        out.print(versions)
        say()
    if incident.denials:
        say("What is denied (only a denial of the whole makes an incident disputed)", "underline")
        for denial in incident.denials:
            out.print(Padding(f"{views.denial_words(denial)}: {denial.why}", (0, 0, 0, 2)))
        say()
    if incident.tolls:
        say("If one number must be had (each rule gives another; none is the truth)", "underline")
        out.print(views.reductions_table(incident))
        say()
    answers: dict[str, list[str]] = {}
    for link in incident.links:
        answers.setdefault(link.claim, []).append(f"{link.kind} {wording.short_id(link.other)}: {one_line(link.why)}")
    copies = {link.claim: link.other for link in incident.links if link.why == COPIED}
    claims = {member.claim: claim for member in incident.members if isinstance(claim := book.get(member.claim), StoredClaim)}
    told = sorted(
        (member for member in incident.members if member.claim in claims),
        key=lambda member: (ROLES.index(member.role), claims[member.claim].published or "9999", member.report, member.claim),
    )
    for member in told:
        if member.claim not in copies:
            own = [claims[copy] for copy, first in copies.items() if first == member.claim and copy in claims]
            show_member(claims[member.claim], member.role, member.reasons, answers.get(member.claim, ()), own)
    changes = [step for step in book.trail(incident.id) if step.kind != "made"]
    if changes:
        from reportedly.commands.trail import table

        say("Trail", "underline")
        out.print(table(book, changes))
        say()
    if not incident.members:
        notice("No claim tells this incident any more; its id is kept.")
        return
    notice("Figures are never added up over reports. One claim with its evidence: reportedly show ID")


def show_member(
    claim: StoredClaim, role: str, reasons: tuple[str, ...], answers: Sequence[str] = (), copies: Sequence[StoredClaim] = ()
) -> None:
    """One claim of an incident: who says what, in which words, how it answers earlier claims, why it belongs here, and which
    other reports have the same words."""
    from rich.padding import Padding
    from rich.text import Text

    from reportedly.commands import wording
    from reportedly.commands.terminal import amount, console, one_line
    from reportedly.commands.views import quoted

    roles = {"member": "", "denies": "denies it: ", "about": "speaks of it: "}
    head = Text(f"{roles[role]}{wording.chain(claim.attribution, claim.source)}", style="cyan")
    told = "; ".join(part for part in (wording.sides(claim), wording.figures(claim), wording.caveats(claim)) if part)
    body = quoted(wording.quote(claim), 300)
    if told:
        body.append(f"\n{told}", style="not italic")
    for answer in answers:
        body.append(f"\n{answer}", style="not italic")
    if copies:
        names = list(dict.fromkeys(one_line(copy.source or copy.report) for copy in copies))
        more = f" and {len(names) - COPIES} more" if len(names) > COPIES else ""
        body.append(f"\nthe same words in {amount(len(copies), 'reports')} more: ", style="not italic")
        body.append(f"{', '.join(names[:COPIES])}{more}", style="not italic")
    if reasons:
        body.append(f"\njoined because: {one_line('; '.join(reasons))}", style="not italic dim")
    body.append(f"\n{wording.short_id(claim.id)}, published {(claim.published or 'unknown')[:10]}", style="not italic dim")
    out = console()
    out.print(head)
    out.print(Padding(body, (0, 0, 1, 2)))


def show_actor(book: Casebook, actor: ActorUse) -> None:
    """A register entry, its names, and its latest claims and relations."""
    from rich.text import Text

    from reportedly.casebook import Filter
    from reportedly.commands import views, wording
    from reportedly.commands.terminal import console, notice, one_line, say
    from reportedly.linking.register import Register

    out = console()
    out.print(Text(one_line(actor.name), style="bold"))
    entry = Register.load().by_id(actor.id)
    rows: list[tuple[str, str | Text]] = [("id", actor.id), ("kind", wording.words(actor.kind))]
    if entry is not None:
        rows += [
            ("also called", ", ".join((*entry.abbreviations, *entry.aliases))),
            ("part of", entry.part_of or ""),
            ("comes from", ", ".join(entry.successor_of)),
            ("countries", ", ".join(entry.countries)),
            ("active", f"{entry.from_ or '?'} to {entry.to or 'now, as far as known'}" if entry.from_ or entry.to else ""),
        ]
    rows += [
        ("in claims", f"{actor.as_actor} as actor, {actor.as_target} as target"),
        ("days", " to ".join(dict.fromkeys(day for day in (actor.first, actor.last) if day))),
    ]
    out.print(views.fields(rows))
    say()
    claims = list(islice(book.claims(Filter(actor=actor.id, newest=True)), RECENT + 1))
    out.print(views.claims_table((claim, claim.source) for claim in claims[:RECENT]))
    relations = list(islice(book.relations(Filter(actor=actor.id, newest=True)), RECENT))
    if relations:
        out.print(views.relations_table((relation, relation.source) for relation in relations))
    if len(claims) > RECENT:
        notice(f"The latest {RECENT} claims. All: reportedly claims --actor {actor.id}")


def show_decision(decision: Decision) -> None:
    """What a person decided."""
    from rich.text import Text

    from reportedly.commands import wording
    from reportedly.commands.terminal import console, one_line
    from reportedly.commands.views import fields
    from reportedly.desk.correcting import correction_words

    out = console()
    out.print(Text(f"decision: {wording.words(decision.verdict)}", style="bold"))
    reason = f": {_line(decision.undone_why)}" if decision.undone_why else ""
    undone = f"by {one_line(decision.undone_by)}, {_time(decision.undone_when)}{reason}" if decision.undone_by else ""
    out.print(
        fields(
            [
                ("id", decision.id),
                ("of", f"{decision.subject_kind} {decision.subject}"),
                ("and", decision.other or ""),
                ("correction", _line(correction_words(decision.correction)) if decision.correction else ""),
                ("by", f"{one_line(decision.by)}, {_time(decision.when)}"),
                ("why", _line(decision.why)),
                ("undone", undone),
            ]
        )
    )


def leaves(claim: Claim) -> list[tuple[int, int]]:
    """The spans of a claim's own words: trigger, parties, place, time, counts, voices and their cues."""
    parts = [claim.trigger, *claim.actors, *claim.targets, *claim.counts]
    parts += [part for part in (claim.place, claim.instrument) if part is not None]
    spans = [(part.start, part.end) for part in parts]
    for other in (claim.time, *claim.attribution):
        if other is not None and other.start is not None and other.end is not None:
            spans.append((other.start, other.end))
    spans += [(voice.cue.start, voice.cue.end) for voice in claim.attribution if voice.cue is not None]
    return spans


def voices(attribution: tuple[Voice, ...], source: str | None) -> str:
    """The chain of voices, a line each, with the words that name them and their cue."""
    from reportedly.commands.terminal import one_line
    from reportedly.commands.wording import stance

    lines = [one_line(source) if source else "the report"]
    for voice in attribution[1:]:
        cue = f" — “{one_line(voice.cue.text)}”" if voice.cue else ""
        known = f" [{voice.id}]" if voice.id else ""
        lines.append(f"› {one_line(voice.name)}{known} {stance(voice)}{cue}")
    return "\n".join(lines)


def _with_words(values: list[tuple[str, str | None, str | None]]) -> str:
    """Values, each with the words it was read from where they differ, and a note."""
    from reportedly.commands.terminal import one_line

    lines = []
    for value, text, note in values:
        line = one_line(value)
        if text is not None and one_line(text) != line:
            line += f" — “{one_line(text)}”"
        lines.append(line + (f" [{one_line(note)}]" if note else ""))
    return "\n".join(lines)


def _time(when: str | None) -> str:
    """A moment to the minute, in UTC."""
    return f"{when[:16].replace('T', ' ')} UTC" if when else ""


def _line(text: str | None) -> str:
    from reportedly.commands.terminal import one_line

    return one_line(text) if text else ""

"""Tables and cards of records for 80 columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from rich.table import Table
from rich.text import Text

from reportedly.commands import wording
from reportedly.commands.terminal import Rows, amount, console, harmless, one_line, shorten
from reportedly.records import Claim, Relation, Report

if TYPE_CHECKING:
    from reportedly.casebook.book import Casebook
    from reportedly.casebook.stored import ActorUse, GradedSource, StoredReport
    from reportedly.incidents.records import Denial, Incident, Version

QUOTE: Final = 150
"""Characters of the words that a table row quotes."""
NAMES: Final = 4
"""Names of one field that a table row lists."""
AROUND: Final = 220
"""Characters of text shown before and after marked evidence."""
AGAINST: Final = frozenset({"denies", "doubts", "cannot_confirm"})
"""Stances of a voice that does not stand behind what it speaks of."""
SPOKEN: Final = frozenset({"denial", "threat", "accusation", "claim_of_responsibility", "statement"})


def quoted(text: str, width: int = QUOTE) -> Text:
    """Words of a report, shortened and set apart."""
    return Text(f"“{shorten(text, width)}”", style="italic")


def claims_table(rows: Iterable[tuple[Claim, str | None]], *, with_ids: bool = True) -> Table:
    """Claims, each with the name of its report's source (``None`` where unknown): when, what, who says so."""
    made = Rows(("When", {"width": 14}), ("What", {"ratio": 1}), ("Who says so", {"width": 20}), spaced=True)
    for claim, source in rows:
        when = Text(wording.day_words(claim.time) or "day not said")
        if with_ids:
            when.append(f"\n{wording.short_id(claim.id)}", style="dim")
        made.put(when, claim_text(claim), voices_text(claim, source))
    return made


def claim_text(claim: Claim) -> Text:
    """What a claim tells: the act, the sides, the place, the toll, and the words."""
    told = Text(wording.words(claim.type), style="bold")
    caveats = wording.caveats(claim)
    told = Text.assemble(told, (f"  {caveats}" if caveats else "", "yellow"))
    for line in (wording.sides(claim), wording.place_words(claim.place) if claim.place else "", wording.figures(claim)):
        if line:
            told.append("\n" + line, style="not bold")
    told.append("\n")
    told.append_text(quoted(wording.quote(claim)))
    return told


def voices_text(claim: Claim | Relation, source: str | None) -> Text:
    """The chain of voices, one under the other."""
    made = Text(one_line(source) if source else "the report")
    for voice in claim.attribution[1:]:
        made.append(f"\n› {one_line(voice.name)}", style="bold")
        made.append(f" {wording.stance(voice)}", style="cyan")
    return made


def relations_table(rows: Iterable[tuple[Relation, str | None]], *, with_ids: bool = True) -> Table:
    """Relations, each with the name of its report's source."""
    made = Rows(("Relation", {"ratio": 1}), ("Status", {"width": 14}), ("Who says so", {"width": 20}), spaced=True)
    for relation, source in rows:
        told = Text(one_line(relation.a.name))
        told.append(f" {wording.words(relation.kind)} ", style="bold")
        told.append(one_line(relation.b.name))
        told.append("\n")
        told.append_text(quoted(wording.quote(relation)))
        if with_ids:
            told.append(f"\n{wording.short_id(relation.id)}", style="dim")
        made.put(told, Text(wording.words(relation.status)), voices_text(relation, source))
    return made


def reports_table(rows: Iterable[StoredReport]) -> Table:
    """Reports: when published, title and source, how many claims."""
    made = Rows(("Published", {"width": 10}), ("Report", {"ratio": 1}), ("Claims", {"width": 6, "justify": "right"}))
    for report in rows:
        told = Text(shorten(report.title or report.text, 110), style="bold")
        told.append(f"\n{shorten(report.source or 'source not known', 60)}", style="not bold")
        if report.duplicate_of:
            how = "nearly a copy" if report.duplicate_kind == "near" else "a copy"
            told.append(f"\n{how} of {wording.short_id(report.duplicate_of)}", style="yellow")
        if report.unread:
            told.append(f"\nnot read: {shorten(report.unread, 60)}", style="yellow")
        told.append(f"\n{wording.short_id(report.id)}", style="dim")
        made.put(Text((report.published or "unknown")[:10]), told, Text("" if report.unread else str(report.claims)))
    return made


def tellers(book: Casebook, version: Version) -> str:
    """Who tells one version of a field; with what they do about it where they do not simply say it ("denies")."""
    from reportedly.casebook.stored import StoredClaim

    told: dict[str, None] = {}
    for key in version.claims:
        claim = book.get(key)
        if isinstance(claim, StoredClaim):
            inner = claim.attribution[1:]
            name = one_line(inner[-1].name) if inner else one_line(claim.source or claim.report)
            against = next((voice.stance for voice in inner if voice.stance in AGAINST), None)
            told[f"{name} ({wording.STANCES[against]})" if against else name] = None
    return ", ".join(told) or ", ".join(one_line(voice) for voice in version.voices)


def incidents_table(book: Casebook, rows: Iterable[Incident]) -> Table:
    """Incidents: when, what with the figures told, what stands behind them."""
    made = Rows(("When", {"width": 17}), ("What", {"ratio": 1}), ("Standing", {"width": 20}), spaced=True)
    for incident in rows:
        when = Text(incident_days(incident))
        when.append(f"\n{wording.short_id(incident.id)}", style="dim")
        standing = Text(wording.STANDINGS[incident.standing], style=standing_style(incident))
        standing.append(f"\n{voices_count(incident)}", style="not bold default")
        made.put(when, incident_text(book, incident), standing)
    return made


def incident_days(incident: Incident) -> str:
    """The days of an incident in two short lines at most."""
    if incident.from_day is None:
        return f"by {incident.to_day}" if incident.to_day else "day not said"
    if incident.to_day is None:
        return f"from {incident.from_day}"
    return incident.from_day if incident.from_day == incident.to_day else f"{incident.from_day} to {incident.to_day}"


def voices_count(incident: Incident) -> str:
    """How many reports and independent voices tell an incident."""
    return f"{amount(incident.reports, 'reports')}, {amount(incident.sources, 'voices')}"


def standing_style(incident: Incident) -> str:
    """The colour of a standing."""
    return "bold red" if incident.standing in ("disputed", "denied") else "bold"


def incident_text(book: Casebook, incident: Incident) -> Text:
    """What an incident is, and every figure told of it with who told it."""
    told = Text(wording.words(incident.type), style="bold")
    if incident.place:
        told.append(f"  {one_line(incident.place)}" + (f" ({incident.iso2})" if incident.iso2 else ""), style="not bold")
    doers, targets = told_values(incident, "actor"), told_values(incident, "target")
    if doers or targets:
        told.append(f"\n{doers or '(not said)'}" + (f" → {targets}" if targets else ""), style="not bold")
    for spread in incident.spreads:
        if spread.field in ("killed", "injured", "abducted", "arrested"):
            told.append(f"\n{spread.field}", style="not bold")
            for version in spread.versions:
                told.append(f"\n  {one_line(version.value)}", style="bold")
                told.append(f" — {tellers(book, version)}", style="not bold cyan")
                if version.denied_by:
                    told.append(f", denied by {_names(version.denied_by)}", style="not bold red")
    for denial in incident.denials:
        if denial.of != "whole":
            told.append(f"\n{denial_words(denial)}", style="not bold red")
    return told


def denial_words(denial: Denial) -> str:
    """What one voice denies, in a line."""
    who = one_line(denial.voice)
    match denial.of:
        case "whole":
            return f"{who} denies that it happened"
        case "figure" if denial.value is not None:
            return f"{who} denies the figure {denial.value} {denial.field}"
        case "figure":
            return f"{who} denies what is told of the {denial.field}"
        case "authorship":
            return f"{who} denies having done it"
        case "detail":
            return f"{who} denies a detail"


def _names(voices: Iterable[str]) -> str:
    return ", ".join(map(one_line, voices))


def reductions_table(incident: Incident) -> Table:
    """What each rule of reduction gives for each toll; a toll of one side told by the other alone is marked."""
    rules = (("lowest", 6), ("median", 6), ("latest", 6), ("highest", 7))
    made = Rows(
        ("Toll", {"ratio": 1}),
        *((name, {"width": width, "justify": "right"}) for name, width in rules),
        ("best graded", {"width": 22}),
    )
    for toll in incident.tolls:
        told = Text(toll.what + (f" ({wording.words(toll.group)})" if toll.group else ""))
        if toll.only_by_the_enemy:
            told.append("\ntold only by the other side", style="yellow")
        given = toll.reductions
        best = _number(given.best_graded)
        if given.best_graded_source is not None:
            best += f"  {one_line(given.best_graded_source)}, {given.best_graded_grade}"
        made.put(told, *(_number(getattr(given, name)) for name, _ in rules), best)
    return made


def _number(number: int | None) -> str:
    return "–" if number is None else f"{number:,}"


def told_values(incident: Incident, field: str) -> str:
    """The versions of one field of an incident, most voices first; may be empty."""
    values = [version.value for spread in incident.spreads if spread.field == field for version in spread.versions]
    once = list(reversed({one_line(value).casefold(): one_line(value) for value in reversed(values)}.values()))
    return ", ".join(once[:NAMES]) + (f" and {len(once) - NAMES} more" if len(once) > NAMES else "")


def sources_table(rows: Iterable[GradedSource]) -> Table:
    """Publishers with what people noted of them, and their grades."""
    from reportedly.incidents.grades import CREDIBILITY, RELIABILITY

    made = Rows(("Source", {"ratio": 1}), ("Reports", {"width": 7, "justify": "right"}), ("Grade", {"width": 34}), spaced=True)
    for source in rows:
        told = Text(one_line(source.name), style="bold")
        told.append(f"\n{wording.source_words(source.kind, source.speaks_for, source.owner)}", style="not bold dim")
        grade = Text(f"{source.reliability or ''}{source.credibility or ''}" or "–", style="bold")
        scales = ((source.reliability, RELIABILITY), (source.credibility, CREDIBILITY))
        words = ", ".join(scale[value] for value, scale in scales if value is not None)
        if words:
            grade.append(f"  {words}", style="not bold")
        if source.by is not None:
            grade.append(f"\nby {one_line(source.by)}, {(source.when or '')[:10]}", style="not bold dim")
        if source.why:
            grade.append(f"\nbecause: {shorten(source.why, 120)}", style="not bold dim")
        made.put(told, f"{source.reports:,}", grade)
    return made


def record_text(book: Casebook, key: str) -> Text:
    """Any record in one line or two: its id, and what it is as far as the casebook still holds it."""
    from reportedly.casebook.stored import ActorUse, StoredClaim, StoredRelation, StoredReport
    from reportedly.errors import CasebookError
    from reportedly.incidents.records import Incident

    made = Text(wording.short_id(key), style="not bold dim")
    try:
        found = book.get(key)
    except CasebookError:
        return made.append("  not read any more", style="not bold yellow")
    match found:
        case StoredClaim():
            told = f"{wording.words(found.type)}  “{shorten(wording.quote(found), 90)}”"
        case Incident():
            place = f"  {one_line(found.place)}" if found.place else ""
            told = f"{wording.words(found.type)}{place}  {incident_days(found)}  ({amount(len(found.members), 'claims')})"
        case StoredRelation():
            told = wording.bond(found)
        case StoredReport():
            told = shorten(found.title or found.text, 90)
        case ActorUse():
            told = one_line(found.name)
        case _:
            told = ""
    return made.append(f"  {told}", style="not bold not dim default")


def actors_table(rows: Iterable[ActorUse]) -> Table:
    """Register entries with how often claims name them."""
    made = Rows(
        ("Actor", {"ratio": 1}),
        ("Kind", {"width": 14}),
        ("Acts", {"width": 5, "justify": "right"}),
        ("Target", {"width": 6, "justify": "right"}),
        ("First and last", {"width": 14}),
    )
    for actor in rows:
        name = Text(one_line(actor.name), style="bold")
        name.append(f"\n{one_line(actor.id)}", style="dim")
        days = "\n".join(dict.fromkeys(day for day in (actor.first, actor.last) if day)) or "day not said"
        made.put(name, Text(wording.words(actor.kind)), str(actor.as_actor), str(actor.as_target), days)
    return made


def fields(rows: Iterable[tuple[str, str | Text]], width: int = 11) -> Table:
    """Named values of one record, a line each; empty values are left out."""
    made = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    made.add_column(style="dim", width=width)
    made.add_column(ratio=1)
    for name, value in rows:
        if value:
            made.add_row(name, Text(harmless(value)) if isinstance(value, str) else value)
    return made


def marked(text: str, spans: Sequence[tuple[int, int]], *, start: int = 0, end: int | None = None) -> Text:
    """A stretch of a report with spans marked: coloured on a terminal, between « and » where there is no colour.

    Spans are offsets into the whole text; those outside the stretch are left out.
    """
    end = len(text) if end is None else end
    inside = sorted({span for span in spans if start <= span[0] < span[1] <= end})
    if console().color_system is not None:
        made = Text(harmless(text[start:end]))
        for first, past in inside:
            made.stylize("bold reverse", first - start, past - start)
        return made
    opening: dict[int, int] = {}
    closing: dict[int, int] = {}
    for first, past in _outermost(inside):
        opening[first] = opening.get(first, 0) + 1
        closing[past] = closing.get(past, 0) + 1
    pieces = []
    for at in range(start, end + 1):
        pieces.append("»" * closing.get(at, 0) + "«" * opening.get(at, 0))
        pieces.append(harmless(text[at]) if at < end else "")
    return Text("".join(pieces))


def _outermost(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Overlapping and touching spans joined, so that marks never nest."""
    joined: list[tuple[int, int]] = []
    for first, past in spans:
        if joined and first < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(past, joined[-1][1]))
        else:
            joined.append((first, past))
    return joined


def around(text: str, first: int, past: int) -> tuple[int, int]:
    """The stretch of text to show around some words: whole words, within the paragraph where that is short."""
    start, end = max(0, first - AROUND), min(len(text), past + AROUND)
    paragraph = text.rfind("\n\n", start, first)
    start = paragraph + 2 if paragraph >= 0 else start
    paragraph = text.find("\n\n", past, end)
    end = paragraph if paragraph >= 0 else end
    if start > 0 and not text[start - 1].isspace():
        blank = text.find(" ", start, first)
        start = blank + 1 if blank >= 0 else start
    if end < len(text) and not text[end].isspace():
        blank = text.rfind(" ", past, end)
        end = blank if blank >= 0 else end
    return start, end


def passage(text: str, spans: Sequence[tuple[int, int]]) -> Text:
    """The part of a report that holds the spans, with them marked, and an ellipsis where text is left out."""
    start, end = around(text, min(first for first, _ in spans), max(past for _, past in spans))
    shown = marked(text, spans, start=start, end=end)
    return Text.assemble("… " if start > 0 else "", shown, " …" if end < len(text) else "")


def report_head(report: Report) -> Text:
    """Title, source and date of a report."""
    head = Text(one_line(report.title or "Report without a title"), style="bold")
    day = f"published {report.published}" if report.published else "publication date not known"
    basis = f" ({one_line(report.published_basis)})" if report.published_basis and report.published_basis != "given" else ""
    head.append(f"\n{one_line(report.source or 'source not known')}, {day}{basis}", style="not bold")
    return head

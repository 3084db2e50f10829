"""Wikinews: values of dates; certainty and polarity of events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from benchmarks.result import Figure, Miss, Result, f1, macro_f1, ratio
from benchmarks.sources import Case, overlaps, read_set, read_texts
from reportedly.knowledge.status import load_status
from reportedly.reading.parse import Parse
from reportedly.reading.reader import Input, Reader
from reportedly.reading.status import read_status
from reportedly.reading.times import FoundTime, find_times, timex_value
from reportedly.records import Claim, Span

NAME = "meantime"
NO_BLANK_BEFORE = frozenset(
    {",", ".", ";", ":", "!", "?", ")", "]", "''", "'s", "’s", "n't", "'", "%", "'re", "'ve", "'ll", "'d", "'m"}
)
NO_BLANK_AFTER = frozenset({"(", "[", "``", "$", "£", "€", "#"})
QUOTES: Mapping[str, str] = {"``": "“", "''": "”"}
ANNOTATED = 6
"""Sentences whose times the answers hold: title, dateline, and what follows up to the sixth."""
PROBABLE = frozenset(
    "expected expect expects likely probably believed thought forecast predicted predict predicts anticipated anticipates "
    "scheduled".split()
)
POSSIBLE = frozenset(
    "may might could possible possibly potential fear fears feared risk risks prospect prospects possibility danger threat "
    "chance worry worries worried can fearing fearful afraid dread".split()
)
OPEN = frozenset(
    "if unless until whether should want wants wanted hope hopes hoped wish intend intends intended agree seek seeks sought "
    "consider considers considering".split()
)
"""Words that leave it open whether an act takes place: conditions, wishes, duties."""
BY_RULE: Mapping[str, str] = {
    "status:infinitive": "UNDERSPECIFIED",
    "status:aim-of-noun": "POSSIBLE",
    "status:future-in-past": "PROBABLE",
}
"""What the set mostly calls an act that a reader's rule takes for planned: in the infinitive of a verb that does not bring it
about ("plans to cut"), as the aim of a noun ("an effort to ease"), and what would follow."""
TO_BE_PREVENTED = ("status:prevented-unsure", "status:foiled-word")
"""Rules of acts that somebody set out to prevent or stop: negative in the set, whether or not it came to that."""


def measure(reader: Reader) -> Result:
    """Value F1 of dates over expressions that overlap; macro F1 of certainty and polarity over all events of the answers."""
    cases = read_set("meantime")
    plain = [_Plain(case) for case in cases]
    readings = read_texts(
        reader,
        (
            Input(text=one.text, id=case["id"], published=_iso(case), language="en")
            for one, case in zip(plain, cases, strict=True)
        ),
    )
    lexicon = load_status()
    docs = reader.nlp.pipe((one.text for one in plain), batch_size=16)
    errors: list[Miss] = []
    dates, spans = [0, 0, 0], [0, 0, 0]
    certainty: list[tuple[str, str | None]] = []
    polarity: list[tuple[str, str | None]] = []
    word_certainty: list[tuple[str, str | None]] = []
    word_polarity: list[tuple[str, str | None]] = []
    for case, one, reading, doc in zip(cases, plain, readings, docs, strict=True):
        parse = Parse.from_doc(doc, one.text)
        times = find_times(parse, published(case))
        errors += _dates(case, one, times, dates, spans)
        for event in case["events"]:
            if not event.get("certainty") or not event.get("polarity"):
                continue
            claim = claim_at(reading.claims, one.span(event))
            token = parse.tokens[parse.token_at(one.span(event)[0])]
            status = read_status(parse, token, lexicon, nominal=not token.is_verb)
            word_certainty.append((event["certainty"], certainty_of(status.status, status.hedges, status.rules)))
            word_polarity.append((event["polarity"], polarity_of(status.status, status.negated, status.hedges, status.rules)))
            said = None if claim is None else certainty_of(claim.status, claim.hedges, claim.rules)
            pole = None if claim is None else polarity_of(claim.status, claim.negated, claim.hedges, claim.rules)
            certainty.append((event["certainty"], said))
            polarity.append((event["polarity"], pole))
            errors += _event_errors(case["id"], event, word_certainty[-1][1], word_polarity[-1][1], one.around(one.span(event)))
            if claim is None:
                errors.append(Miss("event: no claim", case["id"], one.around(one.span(event))))
    met = [(right, said) for right, said in certainty if said]
    met_poles = [(right, said) for right, said in polarity if said]
    return Result(
        NAME,
        f"{len(cases)} articles, {dates[1]} dates, {len(certainty)} events",
        [
            Figure("dates, value F1", f1(*dates), 0.80),
            Figure("dates, found F1 (overlap)", f1(*spans)),
            Figure("dates, value right of the found", ratio(dates[0], spans[0])),
            Figure("certainty macro F1, status rules at each event's word", macro_f1(word_certainty), 0.70),
            Figure("polarity macro F1, status rules at each event's word", macro_f1(word_polarity), 0.70),
            Figure("certainty macro F1, claims", macro_f1(certainty), note="an event without a claim counts as missed"),
            Figure("polarity macro F1, claims", macro_f1(polarity), note="an event without a claim counts as missed"),
            Figure("events with a claim", ratio(len(met), len(certainty))),
            Figure("certainty macro F1, events with a claim", macro_f1(met)),
            Figure("polarity macro F1, events with a claim", macro_f1(met_poles)),
        ],
        errors,
    )


class _Plain:
    """An article as running text, with the offsets of its tokens."""

    def __init__(self, case: Case) -> None:
        pieces: list[str] = []
        self.offsets: list[list[tuple[int, int]]] = []
        length = 0
        for sentence in case["sentences"]:
            row, before = [], ""
            for number, token in enumerate(sentence):
                blank = "" if number == 0 or token in NO_BLANK_BEFORE or before in NO_BLANK_AFTER else " "
                shown = QUOTES.get(token, token)
                pieces.append(blank + shown)
                row.append((length + len(blank), length + len(blank) + len(shown)))
                length, before = row[-1][1], token
            self.offsets.append(row)
            pieces.append("\n")
            length += 1
        self.text = "".join(pieces)

    def span(self, item: dict[str, Any]) -> tuple[int, int]:
        """The offsets of an event or time of the answers."""
        row = self.offsets[item["sent"]]
        return row[item["tok"][0]][0], row[item["tok"][-1]][1]

    def around(self, span: tuple[int, int]) -> str:
        """A span in brackets with the words around it."""
        start, end = span
        return " ".join(f"{self.text[max(0, start - 90) : start]}[{self.text[start:end]}]{self.text[end : end + 60]}".split())


def published(case: Case) -> date | None:
    """The day of publication; some answers write the day first, some give none."""
    if not case["dct"]:
        return None
    first, middle, last = case["dct"].split("-")
    return date.fromisoformat(f"{first}-{middle}-{last}" if len(first) == 4 else f"{last}-{middle}-{first}")


def _iso(case: Case) -> str | None:
    day = published(case)
    return day.isoformat() if day else None


def certainty_of(status: str, hedges: Sequence[Span], rules: Sequence[str]) -> str:
    """How sure the set calls the source of an act. When the act takes place is another attribute of the set: what will happen
    is certain as what has happened is; only words of likelihood, possibility, condition, wish and aim take from it.
    """
    words = {hedge.text.lower() for hedge in hedges}
    if words & PROBABLE:
        return "PROBABLE"
    if words & POSSIBLE:
        return "POSSIBLE"
    if words & OPEN or status == "requested":
        return "UNDERSPECIFIED"
    return next((BY_RULE[rule] for rule in rules if rule in BY_RULE), "CERTAIN")


def polarity_of(status: str, negated: bool, hedges: Sequence[Span], rules: Sequence[str]) -> str:
    """What the set calls the polarity of an act; open where its certainty is, and for the most part where it is only likely."""
    if negated or status == "denied" or any(rule.startswith(TO_BE_PREVENTED) for rule in rules):
        return "NEG"
    return "UNDERSPECIFIED" if certainty_of(status, hedges, rules) in ("UNDERSPECIFIED", "PROBABLE") else "POS"


def _event_errors(case: str, event: Mapping[str, Any], certainty: str | None, polarity: str | None, words: str) -> Iterator[Miss]:
    for name, right, said in (("certainty", event["certainty"], certainty), ("polarity", event["polarity"], polarity)):
        if right != said:
            yield Miss(f"{name}: {right} read {said}", case, f"{event['time']} | {words}")


def claim_at(claims: Sequence[Claim], span: tuple[int, int]) -> Claim | None:
    """The claim whose trigger stands at the span, or ``None``."""
    return next((claim for claim in claims if overlaps((claim.trigger.start, claim.trigger.end), span)), None)


def _dates(case: Case, one: _Plain, times: Sequence[FoundTime], dates: list[int], spans: list[int]) -> Iterator[Miss]:
    """Count dates found and of the right value, one to one, and yield the errors."""
    gold = [time for time in case["timexes"] if time["type"] == "DATE"]
    others = [one.span(time) for time in case["timexes"] if time["type"] != "DATE"]
    end = one.offsets[min(ANNOTATED, len(one.offsets)) - 1][-1][1]
    left = [time for time in times if time.kind in ("date", "bound") and _place(time)[0] < end]
    for time in gold:
        span = one.span(time)
        met = next((found for found in left if overlaps(_place(found), span)), None)
        for tally in (dates, spans):
            tally[1] += 1
        if met is None:
            yield Miss("date missed", case["id"], f"{time['value']} | {one.around(span)}")
            continue
        left.remove(met)
        for tally in (dates, spans):
            tally[2] += 1
        spans[0] += 1
        value = timex_value(met)
        dates[0] += value == time["value"]
        if value != time["value"]:
            yield Miss(
                "date value", case["id"], f"gold {time['value']} read {value} | published {case['dct']} | {one.around(span)}"
            )
    for found in left:
        if any(overlaps(_place(found), span) for span in others):
            continue
        for tally in (dates, spans):
            tally[2] += 1
        yield Miss("date false", case["id"], f"{timex_value(found)} | {one.around(_place(found))}")


def _place(found: FoundTime) -> tuple[int, int]:
    return found.time.start or 0, found.time.end or 0

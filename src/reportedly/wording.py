"""Words for the values of records, as every surface for people says them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

from reportedly.records import Claim, Place, Relation, Time, Voice

STANCES: Final = {
    "asserts": "says",
    "confirms": "confirms",
    "denies": "denies",
    "accuses": "accuses",
    "claims_responsibility": "claims responsibility",
    "threatens": "threatens",
    "demands": "demands",
    "condemns": "condemns",
    "doubts": "doubts",
    "cannot_confirm": "cannot confirm",
    "no_comment": "does not comment",
    "promises": "promises",
    "asks": "asks",
}
"""What a voice does, by its stance."""
STANDINGS: Final = {
    "one_voice": "one voice",
    "several_independent": "several independent voices",
    "acknowledged_by_both": "acknowledged by both sides",
    "disputed": "disputed",
    "denied": "denied",
    "no_claims": "no claims left",
}
"""How an incident stands."""
EVENTS: Final = {
    "told": "told as standing",
    "agreement": "agreement",
    "violation": "violation",
    "truce_end": "truce called over",
    "declaration_of_war": "declaration of war",
    "joint_operation": "joint operation",
    "clash": "clash",
    "attack": "attack",
    "threat": "threat",
    "accusation": "accusation",
    "designation": "designation",
    "pledge": "pledge of allegiance",
    "renunciation": "allegiance renounced",
    "merger": "merger",
    "split": "split",
}
"""What changed how two sides stand."""
BACKGROUND: Final = {"part_of": "is part of", "comes_from": "comes from", "media_wing_of": "is a media wing of"}
"""What the register tells of two sides."""
ON_WHOSE_WORD: Final = {
    "told": "",
    "both_sides": "both sides say so",
    "one_side": "one side's word",
    "others": "others say so",
    "alleged": "alleged",
    "disputed": "disputed",
}
"""On whose word a relation stands."""
SOURCE_KINDS: Final = {
    "wire": "wire service",
    "newspaper": "newspaper",
    "broadcaster": "broadcaster",
    "online": "site of news",
    "official": "office of a state",
    "ngo": "non-governmental organisation",
    "party": "party to the conflict, or its medium",
    "social_media": "social media",
    "other": "other",
}
"""What a source is."""
PRECISIONS: Final = {
    1: "exact place",
    2: "near a place",
    3: "district",
    4: "first-level unit",
    5: "part of a country, or a region",
    6: "country",
    7: "sea or airspace",
}
_MIDDLE: Final = 60


def words(name: str | None) -> str:
    """The words of an id of the ontology or of a code; empty for ``None``.

    >>> words("claim_of_responsibility")
    'claim of responsibility'
    """
    return (name or "").replace("_", " ")


def source_words(kind: str | None, speaks_for: str | None, owner: str | None) -> str:
    """What is known of a source, in words.

    >>> source_words("newspaper", None, "Border Press Ltd")
    'newspaper, owned by Border Press Ltd'
    >>> source_words(None, None, None)
    'kind not known'
    """
    known = SOURCE_KINDS.get(kind, words(kind)) if kind else "kind not known"
    ends = (("speaks for", speaks_for), ("owned by", owner))
    return ", ".join([known, *(f"{how} {line(name)}" for how, name in ends if name)])


def visible(text: str) -> str:
    """The text with what would turn or hide other text made visible: direction marks, controls, unusual blanks.

    Same length, so that offsets stay right.

    >>> visible("a\\u202eb\\x07")
    'a␦b␦'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        "␦" if unicodedata.category(character) in {"Cc", "Cf", "Cs"} and character not in "\n\t\u200c\u200d" else character
        for character in text
    )


def line(text: str | None) -> str:
    """The text on one line, without what would turn or hide other text."""
    return " ".join(visible(text or "").split())


def short(text: str, most: int = 160) -> str:
    """The text cut at a word's end."""
    text = line(text)
    if len(text) <= most:
        return text
    cut = text[: most - 1].rpartition(" ")[0]
    return (cut if len(cut) > _MIDDLE else text[: most - 1]) + "…"


def amount(low: int | None, high: int | None, hedge: str | None = None) -> str:
    """A figure in words.

    >>> amount(9, None), amount(None, 5), amount(40, 99), amount(0, 0), amount(None, None), amount(30, 30, "nearly")
    ('at least 9', 'up to 5', '40 to 99', 'none', 'number not given', 'nearly 30')
    """
    match low, high:
        case None, None:
            return "number not given"
        case 0, 0:
            return "none"
        case low, None:
            return f"at least {low:,}"
        case None, high:
            return f"up to {high:,}"
        case low, high if low == high:
            return f"{line(hedge)} {low:,}" if hedge and not any(c.isdigit() for c in hedge) else f"{low:,}"
        case low, high:
            return f"{low:,} to {high:,}"


def day_words(time: Time | None) -> str:
    """A time in a few characters, never more exact than told; empty where nothing is known."""
    if time is None:
        return ""
    return days_words(time.from_ if time.basis != "bounded_by_publication" else None, time.to, time.precision)


def days_words(first: str | None, last: str | None, precision: str = "day") -> str:
    """A span of ISO days in words.

    >>> days_words("2025-03-04", "2025-03-04"), days_words(None, "2025-03-04"), days_words("2025-03-01", "2025-03-31", "month")
    ('4 March 2025', 'by 4 March 2025', 'March 2025')
    """
    if first is None and last is None:
        return ""
    if first is None:
        return f"by {_day(last)}"
    if last is None:
        return f"from {_day(first)}"
    if first == last:
        return _day(first)
    if first[:4] == last[:4] and first[5:] == "01-01" and last[5:] == "12-31":
        return first[:4]
    if precision == "month" and first[:7] == last[:7]:
        return _day(first).partition(" ")[2]
    start = _day(first)
    if first[:7] == last[:7]:
        start = start.split(" ")[0]
    elif first[:4] == last[:4]:
        start = start.rpartition(" ")[0]
    return f"{start} – {_day(last)}"


def _day(iso: str | None) -> str:
    from datetime import date

    if iso is None:
        return ""
    day = date.fromisoformat(iso[:10])
    return f"{day.day} {day:%B} {day.year}"


def place_words(place: Place) -> str:
    """A place with the units it lies in."""
    units = [line(unit) for unit in (place.name, place.admin2, place.admin1, place.country) if unit]
    return ", ".join(list({unit.casefold(): unit for unit in reversed(units)}.values())[::-1])


def precision_words(place: Place) -> str:
    """How exactly a place is known."""
    told = PRECISIONS[place.precision] if place.precision else "precision not known"
    if place.lat is None:
        return f"{told}; not located"
    return f"{told}; the point only stands in for the area" if place.stand_in else told


def voices_words(voices: Sequence[Voice], source: str | None) -> str:
    """Who says so, in brackets' length: "Reuters, citing police". Who cites itself is named once."""
    named = [line(source) if source else "a report without a named source"]
    for voice in voices[1:]:
        name = line(voice.name)
        if name.casefold() != named[-1].casefold():
            named.append(name)
    first, *inner = named
    return f"{first}, citing {', who cites '.join(inner)}" if inner else first


def quote(record: Claim | Relation) -> str:
    """The words that a record rests on: those around its trigger first."""
    if isinstance(record, Relation):
        return line(record.evidence[0].text) if record.evidence else ""
    holding = [span for span in record.evidence if span.start <= record.trigger.start < span.end]
    return line((holding or list(record.evidence))[0].text) if record.evidence else line(record.trigger.text)


def number_words(numbers: Iterable[int]) -> str:
    """Numbers in rising order, runs of three and more as a span.

    >>> number_words([1, 2, 4, 5, 6])
    '1, 2, 4–6'
    """
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    spans = (f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)
    return ", ".join(spans)


def names(voices: Sequence[str], most: int = 4) -> str:
    """Voices in a row, the later ones counted."""
    shown = ", ".join(line(voice) for voice in voices[:most])
    return f"{shown} and {len(voices) - most} more" if len(voices) > most else shown


def defanged(address: str | None) -> str:
    """A web address that nobody opens by a slip: links may lead to armed groups' own media.

    >>> defanged("https://news.example/a.html")
    'hxxps://news[.]example/a.html'
    """
    if not address:
        return ""
    scheme, mark, rest = line(address).partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme.replace('http', 'hxxp')}{mark}{host.replace('.', '[.]')}{slash}{path}" if mark else scheme

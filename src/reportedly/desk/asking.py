"""What the address bar asks for: one filter over tables, map and timeline, and the page and order of a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet
from django.http import QueryDict

from reportedly.casebook import Filter, models
from reportedly.casebook.conditions import report_terms
from reportedly.casebook.filters import Box, is_box
from reportedly.errors import SettingError

PAGE: Final = 50
TERMS: Final = ("text", "since", "until", "place", "country", "actor", "type", "family", "status", "voice")
MORE: Final = ("source", "review", "precision", "located", "box", "told")
LABELS: Final = {
    "text": "words",
    "since": "from",
    "until": "to",
    "status": "standing",
    "voice": "said by",
    "type": "kind",
    "precision": "place known to",
    "located": "on the map",
    "box": "map section",
    "told": "told by at least so many reports:",
}
PRECISION_WORDS: Final = {"1": "exact place", "2": "near a place", "3": "district or closer", "4": "province or closer"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A filter as the address bar holds it. ``problems`` says what was left out, and why."""

    filter: Filter
    page: int
    problems: tuple[str, ...]
    given: Mapping[str, str]

    @property
    def chips(self) -> list[tuple[str, str, str]]:
        """Each narrowing in force: its name, its label, its value."""
        values = {"precision": PRECISION_WORDS}
        return [(name, LABELS.get(name, name), values.get(name, {}).get(value, value)) for name, value in self.given.items()]

    @property
    def has_more(self) -> bool:
        """Whether a term is in force that the form keeps among its further ones."""
        return bool({"country", "family", "voice", *MORE} - {"box"} & set(self.given))

    @property
    def name(self) -> str:
        """All that it asks for, save the page, in a fixed order."""
        return repr(sorted(self.given.items()))

    @property
    def offset(self) -> int:
        """Records before the asked page."""
        return (self.page - 1) * PAGE


def asked_of(query: QueryDict) -> Asked:
    """What a query string asks for. What means nothing is left out and told, never an error page."""
    problems: list[str] = []
    terms: dict[str, Any] = {}
    given: dict[str, str] = {}
    for name in (*TERMS, *MORE):
        value = (query.get(name) or "").strip()[:500]
        if not value:
            continue
        try:
            term = _term(name, value)
            Filter(**{name: term})
        except SettingError as error:
            problems.append(str(error))
            continue
        terms[name], given[name] = term, value
    page = query.get("page", "1")
    number = min(int(page), 100_000) if page.isascii() and page.isdecimal() and int(page) > 0 else 1
    return Asked(Filter(**terms), number, tuple(problems), given)


def _term(name: str, value: str) -> Any:
    """A value of the address bar as the filter wants it. Raises :class:`SettingError` for what means nothing."""
    match name:
        case "box":
            box = read_box(value)
            if box is None:
                raise SettingError(f"{value!r} is no section of the map.")
            return box
        case "precision" | "told":
            if not (value.isascii() and value.isdecimal()) or len(value) > 9:
                raise SettingError(f"{value!r} is no number.")
            return int(value)
        case "located":
            return value != "no"
    return value


def read_box(text: str) -> Box | None:
    """West, south, east, north from ``w,s,e,n``; ``None`` for what is no box on the earth."""
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        return None
    return (west, south, east, north) if is_box((west, south, east, north)) else None


def reports(using: str, asked: Asked) -> QuerySet[models.Report]:
    """The reports asked for, in no order yet."""
    return models.Report.objects.using(using).filter(report_terms(using, asked.filter))


@dataclass(frozen=True, slots=True)
class Pages:
    """Where a page of a table stands among all."""

    page: int
    total: int

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.total // PAGE))

    @property
    def first_row(self) -> int:
        """The number of the page's first row, from 1; 0 where there is none."""
        return min((self.page - 1) * PAGE + 1, self.total)

    @property
    def last_row(self) -> int:
        """The number of the page's last row."""
        return min(self.page * PAGE, self.total)

    @property
    def before(self) -> int | None:
        """The page before, if any."""
        return self.page - 1 if self.page > 1 else None

    @property
    def after(self) -> int | None:
        """The page after, if any."""
        return self.page + 1 if self.page < self.last else None

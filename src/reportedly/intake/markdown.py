"""Markdown, with optional YAML front matter that tells title, source, published, byline, address, language, id."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import yaml

from reportedly.errors import IntakeError
from reportedly.intake.build import Found, build
from reportedly.intake.dates import parse_published
from reportedly.intake.decode import decode
from reportedly.intake.item import Item, Options, Origin

LONGEST_MATTER = 65_536
ROLES: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "headline"),
    "source": ("source", "publisher", "outlet"),
    "published": ("published", "date", "publication_date"),
    "byline": ("byline", "author", "authors"),
    "address": ("address", "url", "link"),
    "language": ("language", "lang"),
    "id": ("id",),
}
_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_MARKS = (
    (re.compile(r"^[ \t]*(?:```|~~~).*$", re.MULTILINE), ""),
    (re.compile(r"^[ ]{0,3}#{1,6}[ \t]+(.*?)[ \t]*#*$", re.MULTILINE), r"\1"),
    (re.compile(r"^[ ]{0,3}(?:=+|-{3,}|(?:[*_][ \t]*){3,})[ \t]*$", re.MULTILINE), ""),
    (re.compile(r"^[ ]{0,3}(?:>[ \t]?)+", re.MULTILINE), ""),
    (re.compile(r"!\[[^\]\n]{0,500}\]\([^)\n]{0,2000}\)"), ""),
    (re.compile(r"\[([^\]\n]{1,500})\]\([^)\n]{0,2000}\)"), r"\1"),
    (re.compile(r"^[ ]{0,3}\[[^\]\n]{1,100}\]:[ \t]+\S.*$", re.MULTILINE), ""),
    (re.compile(r"(\*\*|__)(?=\S)([^\n]{1,500}?\S|\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,500}?)(?<=[^\s*])\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<!\w)_(?=[^\s_])([^_\n]{1,500}?)(?<=[^\s_])_(?!\w)"), r"\1"),
    (re.compile(r"`([^`\n]{1,500})`"), r"\1"),
    (re.compile(r"^[ ]{0,3}[*+][ \t]+", re.MULTILINE), "- "),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!>-])"), r"\1"),
)


def read(data: bytes, origin: Origin, options: Options) -> Iterator[Item]:
    """The one report in a Markdown file. Raises :class:`IntakeError` for front matter that is no YAML."""
    whole = decode(data, origin.where).replace("\r\n", "\n")
    match = _MATTER.match(whole[: LONGEST_MATTER + 10])
    fields = front_matter(match[1], origin.where) if match else {}
    body = whole[match.end() :] if match else whole
    published = parse_published(fields.get("published"))
    if fields.get("published") and published is None and options.notify is not None:
        written = fields["published"][:60]
        options.notify(f"{origin.where}: `published` is {written!r}, no full date: the report has no date of publication")
    found = Found(
        plain(body),
        title=fields.get("title") or _first_heading(body),
        source=fields.get("source"),
        byline=fields.get("byline"),
        address=fields.get("address"),
        published=published,
        published_basis="file front matter" if published else None,
        language=fields.get("language"),
        id=fields.get("id"),
    )
    yield build(found, data, origin, options)


def front_matter(text: str, where: str) -> dict[str, str]:
    """The known fields of a YAML block, as strings; other keys are passed over.

    Raises :class:`IntakeError` naming the line if it is no YAML mapping.
    """
    try:
        data = yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        raise IntakeError(
            f"the front matter is no YAML: {error.problem}.", where=f"{where}:{line}", remedy="Quote values that hold a colon."
        ) from error
    except (yaml.YAMLError, RecursionError) as error:
        raise IntakeError(
            "the front matter is no YAML.", where=where, remedy="Correct the lines between the --- marks."
        ) from error
    if data in (None, ""):
        return {}
    if not isinstance(data, dict):
        raise IntakeError(
            "the front matter is no list of `key: value` lines.", where=where, remedy="Correct the lines between the --- marks."
        )
    lowered = {str(key).lower(): value for key, value in data.items()}
    fields = {}
    for role, names in ROLES.items():
        value = next((lowered[name] for name in names if lowered.get(name)), None)
        if isinstance(value, list):
            value = ", ".join(part for part in value if isinstance(part, str))
        if isinstance(value, str) and value.strip():
            fields[role] = value.strip()
    return fields


def plain(text: str) -> str:
    """Markdown without its marks: headings, emphasis, links and quotations as plain words, pictures gone."""
    text = _without_comments(text)
    for pattern, replacement in _MARKS:
        text = pattern.sub(replacement, text)
    return text


def _without_comments(text: str) -> str:
    """Text without ``<!-- … -->``; found by hand, because a pattern would look for the end again from every beginning."""
    kept = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept.append(text[at:start])
        at = end + 3
    return "".join(kept) + text[at:]


def _first_heading(body: str) -> str | None:
    match = re.search(r"^[ ]{0,3}#[ \t]+(.+?)[ \t]*#*$", body[:5_000], re.MULTILINE)
    return plain(match[1]) if match else None

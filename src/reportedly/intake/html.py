"""Web pages: the article's text by trafilatura; title, publisher, author and publication time by the page's own metadata."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reportedly.errors import IntakeError
from reportedly.intake.bounded import parser_faults
from reportedly.intake.build import Found, build
from reportedly.intake.dates import LAST_YEAR, parse_published
from reportedly.intake.decode import decode
from reportedly.intake.item import Item, Options, Origin

DEEPEST = 1_000
"""Nested elements or JSON levels beyond which a page is refused: the tree walkers below it are recursive."""
ARTICLES = frozenset(
    {
        "newsarticle",
        "article",
        "reportagenewsarticle",
        "blogposting",
        "report",
        "liveblogposting",
        "analysisnewsarticle",
        "backgroundnewsarticle",
        "socialmediaposting",
        "webpage",
        "advertisercontentarticle",
        "opinionnewsarticle",
        "techarticle",
    }
)
TIME_METAS = (
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "publish_date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "citation_publication_date",
    "article.published",
    "date",
)
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*?(/?)>")
_VOID = frozenset(
    {
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "dt",
        "dd",
        "tr",
        "td",
        "th",
        "option",
    }
)
_BLOCKS = frozenset(
    {
        "p",
        "div",
        "br",
        "li",
        "ul",
        "ol",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "tr",
        "table",
        "blockquote",
        "section",
        "article",
        "figure",
        "hr",
        "pre",
        "header",
        "footer",
    }
)
_HIDDEN = frozenset({"script", "style", "noscript", "template", "figcaption", "head", "iframe", "svg", "button", "form"})


def read(data: bytes, origin: Origin, options: Options, charset: str | None = None) -> Iterator[Item]:
    """The one report of a page.

    Raises :class:`IntakeError` where the page holds no article, or is nested so deeply that it was made to break parsers.
    """
    match = _CHARSET.search(data[:4_096])
    declared = charset or (match[1].decode("ascii") if match else None)
    page = decode(data, origin.where, declared)
    yield build(extract(page, origin.where, origin.address), data, origin, options)


def extract(page: str, where: str, address: str | None = None) -> Found:
    """The article in a page's source. Raises :class:`IntakeError` where there is none."""
    if _depth(page) > DEEPEST:
        raise IntakeError("the page is nested too deeply to be parsed safely.", where=where)
    from trafilatura import bare_extraction
    from trafilatura.utils import load_html

    with parser_faults("the page", where):
        tree = load_html(page)
        if tree is None:
            raise IntakeError("this is no HTML page.", where=where, remedy="Check what was saved.")
        metadata = _Metadata(tree)
        document = bare_extraction(
            page,
            url=address,
            favor_precision=True,
            include_comments=False,
            with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": True, "max_date": f"{LAST_YEAR}-12-31"},
        )
    if document is None or isinstance(document, dict) or not (document.text or "").strip():
        raise IntakeError(
            "no article was found in the page.",
            where=where,
            remedy="Check that it is an article, not a list of links; or save its text.",
        )
    published, basis = metadata.published()
    if published is None and document.date:
        published = parse_published(document.date)
        basis = "page text, day only, as htmldate reads it" if published else None
    canonical = metadata.meta("og:url") or document.url
    return Found(
        text=re.sub(r"\n+", "\n\n", document.text or ""),
        title=metadata.title() or document.title,
        source=metadata.publisher() or document.sitename or document.hostname,
        byline=metadata.author() or document.author,
        address=address or (canonical if canonical and canonical.startswith(("http://", "https://")) else None),
        published=published,
        published_basis=basis,
        language=None,
    )


def fragment_text(markup: str) -> str:
    """The words of a piece of HTML, as in feeds and mails, a block a paragraph; scripts, forms and captions left out."""
    if "<" not in markup and "&" not in markup:
        return markup
    from trafilatura.utils import load_html

    tree = load_html(f"<html><body>{markup}</body></html>")
    words = "".join(_words(tree)) if tree is not None else ""
    return re.sub(r"[ \t\r\f]*\n\s*", "\n\n", re.sub(r"[ \t\r\f]+", " ", words)).strip()


def _words(tree: Any) -> Iterator[str]:
    """The text below an element in order, with a line end around every block."""
    waiting: list[tuple[Any, bool]] = [(tree, False)]
    while waiting:
        element, left = waiting.pop()
        block = "\n" if element.tag in _BLOCKS else ""
        if left:
            yield block + (element.tail or "").replace("\n", " ")
            continue
        waiting.append((element, True))
        if element.tag in _HIDDEN or not isinstance(element.tag, str):
            continue
        yield block + (element.text or "").replace("\n", " ")
        waiting.extend((child, False) for child in reversed(element))


def _depth(page: str) -> int:
    """How deep elements are nested at most, roughly: what browsers close by themselves does not count."""
    depth = deepest = 0
    for match in _TAG.finditer(page):
        name = match[2].lower()
        if match[3] or name in _VOID:
            continue
        depth = max(depth - 1, 0) if match[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


class _Metadata:
    """What a page says of itself: JSON-LD, ``<meta>``, ``<time>``, ``<title>``."""

    def __init__(self, tree: Any) -> None:
        self._metas: dict[str, str] = {}
        for element in tree.iter("meta"):
            name = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
            content = (element.get("content") or "").strip()
            if name and content:
                self._metas.setdefault(name, content)
        self._linked = list(_linked_data(tree))
        self._times = [(element.get("datetime") or element.text_content(), _is_marked(element)) for element in tree.iter("time")]
        self._itemprops = [
            element.get("datetime") or element.get("content") for element in tree.iterfind(".//*[@itemprop='datePublished']")
        ]
        self._heads = [" ".join(element.text_content().split()) for element in tree.iter("h1")]
        self._titles = [" ".join((element.text or "").split()) for element in tree.iter("title")]

    def meta(self, name: str) -> str | None:
        return self._metas.get(name)

    def published(self) -> tuple[str | None, str | None]:
        """The time of publication and the place that tells it: the first place, or a later one that adds the hour of that day."""
        told = [(found, place) for value, place in self._told() if (found := parse_published(value)) is not None]
        if not told:
            return None, None
        first, _ = told[0]
        return next(((found, place) for found, place in told if len(found) > 10 and found[:10] == first[:10]), told[0])

    def _told(self) -> Iterator[tuple[str | None, str]]:
        """Times of publication as written, with their places, the most reliable place first."""
        for node in self._linked:
            yield _first_string(node.get("datePublished")), "page metadata: JSON-LD datePublished"
        for name in TIME_METAS:
            yield self._metas.get(name), f"page metadata: {name}"
        for value in self._itemprops:
            yield value, "page metadata: itemprop datePublished"
        marked = [value for value, is_marked in self._times if is_marked]
        for value in marked or [value for value, _ in self._times][:1]:
            yield value, "page metadata: <time>"

    def title(self) -> str | None:
        linked = next((text for node in self._linked if (text := _first_string(node.get("headline")))), None)
        heads = self._heads[0] if len(self._heads) == 1 else None
        return self.meta("og:title") or linked or heads or None

    def publisher(self) -> str | None:
        named = self.meta("og:site_name")
        return named or next((name for node in self._linked if (name := _name(node.get("publisher")))), None)

    def author(self) -> str | None:
        named = next((name for node in self._linked if (name := _name(node.get("author")))), None)
        written = named or self.meta("author") or self.meta("article:author") or self.meta("dc.creator")
        return None if written and written.startswith(("http://", "https://")) else written


def _is_marked(element: Any) -> bool:
    """True for a ``<time>`` that says it is the time of publication."""
    words = " ".join(str(element.get(name) or "") for name in ("itemprop", "class", "pubdate", "id")).lower()
    return element.get("pubdate") is not None or "publish" in words or "entry-date" in words


def _linked_data(tree: Any) -> Iterator[Mapping[str, Any]]:
    """The JSON-LD objects that describe articles, those of news before others."""
    nodes: list[Mapping[str, Any]] = []
    for element in tree.iter("script"):
        if (element.get("type") or "").strip().lower() != "application/ld+json":
            continue
        try:
            _gather(json.loads(element.text or "", strict=False), nodes, 0)
        except (ValueError, RecursionError):
            continue  # broken JSON-LD is common, and says nothing against the page
    found = [node for node in nodes if ARTICLES.intersection(_types(node))]
    yield from sorted(found, key=lambda node: "webpage" in _types(node))


def _gather(value: object, nodes: list[Mapping[str, Any]], depth: int) -> None:
    if depth > 6 or len(nodes) > 200:
        return
    if isinstance(value, list):
        for part in value:
            _gather(part, nodes, depth + 1)
    elif isinstance(value, dict):
        nodes.append(value)
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            _gather(value.get(key), nodes, depth + 1)


def _types(node: Mapping[str, Any]) -> list[str]:
    kinds = node.get("@type")
    return [kind.lower() for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _first_string(value: object) -> str | None:
    if isinstance(value, Sequence) and not isinstance(value, str) and value:
        value = value[0]
    return value if isinstance(value, str) else None


def _name(value: object) -> str | None:
    """The name or names in a JSON-LD person or organisation."""
    if isinstance(value, list):
        return ", ".join(name for part in value[:10] if (name := _name(part))) or None
    if isinstance(value, dict):
        value = value.get("name")
    return value.strip() or None if isinstance(value, str) else None

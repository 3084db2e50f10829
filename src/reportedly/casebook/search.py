"""Full-text search over reports and the words of claims: FTS5 on SQLite, a text-search index on PostgreSQL; both stem English.

What a user types is never a query language: words are looked for as words, ``"quoted words"`` as a phrase, all of them must
occur. PostgreSQL searches the first :data:`INDEXED` characters of a report.
"""

from __future__ import annotations

import re
from typing import Any

from django.db import connections
from django.db.models.expressions import RawSQL

from reportedly.casebook.stored import Hit

INDEXED = 200_000
"""Characters of a text that PostgreSQL indexes: its text-search vectors end at one megabyte."""
WEIGHED = 2000
"""Hits that are weighed against each other, those stored last; a word that stands everywhere would take long otherwise."""
MARK, UNMARK = "\ue000", "\ue001"
"""Around found words in what the database returns; private-use characters that no report has a use for."""
TERM = re.compile(r'"([^"]*)"|([^\s"]+)')
WORD = re.compile(r"[^\W_]+")

POSTGRES_VECTORS = {
    "report": f"to_tsvector('english', left(coalesce(title, '') || ' ' || text, {INDEXED}))",
    "claim": f"to_tsvector('english', left(evidence, {INDEXED}))",
}
SNIPPET_OF = {"report": "text", "claim": "evidence"}


def phrases(text: str) -> list[str]:
    """What to look for: each a word or a phrase, made of letters and digits and single spaces."""
    found = []
    for quoted, plain in TERM.findall(text):
        words = WORD.findall(quoted or plain)
        if words:
            found.append(" ".join(words))
    return found[:64]


def matching(using: str, kind: str, text: str) -> RawSQL:
    """A subquery of the primary keys of the reports or claims that hold the text; of none where it has no words."""
    asked = phrases(text)
    if not asked:
        return RawSQL(f"SELECT id FROM casebook_{kind} WHERE 1 = 0", [])
    if connections[using].vendor == "postgresql":
        query, parameters = _postgres_query(asked)
        where = f"{POSTGRES_VECTORS[kind]} @@ ({query})"
        return RawSQL(f"SELECT id FROM casebook_{kind} WHERE {where}", parameters)
    table = f"casebook_{kind}_search"
    return RawSQL(f"SELECT rowid FROM {table} WHERE {table} MATCH %s", [_fts5_query(asked)])


def find(using: str, kind: str, text: str, limit: int) -> list[Hit]:
    """The best hits of one kind, best first; of very many those stored last are weighed."""
    asked = phrases(text)
    if not asked:
        return []
    with connections[using].cursor() as cursor:
        if connections[using].vendor == "postgresql":
            cursor.execute(*_postgres_find(kind, asked, limit))
        else:
            cursor.execute(*_sqlite_find(kind, asked, limit))
        return [_hit(kind, row) for row in cursor.fetchall()]


def _fts5_query(asked: list[str]) -> str:
    return " AND ".join(f'"{phrase}"' for phrase in asked)


def _postgres_query(asked: list[str]) -> tuple[str, list[Any]]:
    return " && ".join(["phraseto_tsquery('english', %s)"] * len(asked)), list(asked)


def _head(kind: str) -> tuple[str, str]:
    """The selected columns of the report's head and the joins, for one kind."""
    if kind == "report":
        return "t.key, t.key, t.title, t.published", "casebook_report t"
    return "t.key, r.key, r.title, r.published", "casebook_claim t JOIN casebook_report r ON r.id = t.report_id"


def _sqlite_find(kind: str, asked: list[str], limit: int) -> tuple[str, list[Any]]:
    table = f"casebook_{kind}_search"
    columns, source = _head(kind)
    column = 1 if kind == "report" else 0
    weights = "4.0, 1.0" if kind == "report" else "1.0"
    sql = (
        f"SELECT {columns}, snippet({table}, {column}, %s, %s, '…', 32), -bm25({table}, {weights}) "
        f"FROM {table} JOIN {source} ON t.id = {table}.rowid WHERE {table} MATCH %s AND {table}.rowid >= "
        f"(SELECT min(rowid) FROM (SELECT rowid FROM {table} WHERE {table} MATCH %s ORDER BY rowid DESC LIMIT {WEIGHED})) "
        f"ORDER BY 6 DESC, 1 LIMIT %s"
    )
    if kind == "claim":
        sql = sql.replace(f"JOIN {source} ON t.id", "JOIN casebook_claim t JOIN casebook_report r ON r.id = t.report_id AND t.id")
    return sql, [MARK, UNMARK, _fts5_query(asked), _fts5_query(asked), limit]


def _postgres_find(kind: str, asked: list[str], limit: int) -> tuple[str, list[Any]]:
    columns, source = _head(kind)
    query, parameters = _postgres_query(asked)
    vector = POSTGRES_VECTORS[kind]
    found = f"SELECT t.id FROM casebook_{kind} t, q WHERE {vector} @@ q.query ORDER BY t.id DESC LIMIT {WEIGHED}"
    inner = f"SELECT t.id, ts_rank({vector}, q.query) AS score FROM casebook_{kind} t, q WHERE t.id IN ({found})"
    options = f"StartSel={MARK},StopSel={UNMARK},MaxWords=32,MinWords=16,MaxFragments=1"
    sql = (
        f"WITH q AS (SELECT {query} AS query), "
        f"best AS ({inner} ORDER BY 2 DESC, 1 LIMIT %s) "
        f"SELECT {columns}, ts_headline('english', left(t.{SNIPPET_OF[kind]}, {INDEXED}), q.query, %s), best.score "
        f"FROM q, best JOIN {source} ON t.id = best.id ORDER BY 6 DESC, 1"
    )
    return sql, [*parameters, limit, options]


def _hit(kind: str, row: tuple[Any, ...]) -> Hit:
    key, report, title, published, marked, score = row
    pieces, marks, start = [], [], 0
    length = 0
    for piece in re.split(f"([{MARK}{UNMARK}])", marked or ""):
        if piece == MARK:
            start = length
        elif piece == UNMARK:
            marks.append((start, length))
        else:
            pieces.append(piece)
            length += len(piece)
    snippet = "".join(pieces)
    return Hit(
        kind=kind,
        id=key,
        report=report,
        title=title,
        published=published,
        snippet=snippet,
        marks=tuple(marks),
        score=float(score),
    )

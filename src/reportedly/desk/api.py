"""The typed JSON API: what the desk's pages show, for programs. A token stands for an account and has its role."""

from __future__ import annotations

import json
from itertools import islice
from typing import Annotated, Any, Literal, get_args

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from ninja import Field, NinjaAPI, Query, Schema
from ninja.security import HttpBearer, SessionAuth

from reportedly.casebook import Filter
from reportedly.casebook.filters import NAMES
from reportedly.casebook.stored import ActorUse, Decision, Hit, StoredClaim, StoredRelation, StoredReport
from reportedly.desk import followed, following, joining, queue
from reportedly.desk.asking import read_box
from reportedly.desk.audit import note
from reportedly.desk.links import bearer
from reportedly.desk.middleware import casebook
from reportedly.desk.roles import may
from reportedly.desk.streaming import streamed
from reportedly.desk.views.relations import pair_of
from reportedly.errors import CasebookError, SettingError
from reportedly.exports import COLUMNAR, LayoutName, What, export, layouts, statement
from reportedly.exports.layout import BYTES, MEDIA, UNITS, Nowhere, media_of
from reportedly.incidents.records import Incident, Reduction
from reportedly.relations import History, Side, State, Threat
from reportedly.relations.records import Outcome

MOST = 200
"""Records of one answer, at most."""
GREATEST = 10_000_000
TERMS = tuple(name for name in NAMES if name not in {"box", "background", "within"})
"""The terms of a filter that a request names as they are."""
Text = Annotated[str | None, Field(max_length=500)]
Limit = Annotated[int, Field(ge=1, le=MOST)]
Day = Annotated[str | None, Field(pattern=r"^\d{4}-\d{2}-\d{2}$", examples=["2025-06-01"])]


class ByToken(HttpBearer):
    """``Authorization: Bearer TOKEN``."""

    def authenticate(self, request: HttpRequest, token: str) -> Any | None:
        """The account that the token stands for."""
        user = bearer(token)
        if user is not None:
            request.user = user
        return user if user is not None and may(user, "reader") else None


class BySession(SessionAuth):
    """A signed-in browser; changes need the CSRF token."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Any | None:
        """The signed-in account."""
        return request.user if may(request.user, "reader") else None


class Problem(Schema):
    """What was wrong with a request, and what to do."""

    detail: str


class Narrowed(Schema):
    """What narrows a listing or an export; what is left out narrows nothing."""

    text: Text = None
    since: Day = None
    until: Day = None
    place: Text = None
    country: Text = None
    actor: Text = None
    type: Text = None
    family: Text = None
    status: Text = None
    voice: Text = None
    report: Text = None
    source: Text = None
    precision: int | None = Field(None, ge=1, le=7, description="place known at least so exactly: 1 exact place, 7 sea")
    located: bool | None = None
    box: Annotated[str | None, Field(max_length=100, description="west,south,east,north in degrees")] = None
    review: Text = None
    told: int | None = Field(None, ge=0, le=GREATEST, description="incident told by at least so many reports")

    def as_filter(self) -> Filter:
        """The casebook's filter. Raises :class:`SettingError` for a day or a box that is none."""
        box = read_box(self.box) if self.box else None
        if self.box and box is None:
            raise SettingError(f"{self.box!r} is no box.", remedy="Write west,south,east,north in degrees.")
        terms = self.model_dump(include=set(TERMS))
        return Filter(**terms, box=box)


class Asked(Narrowed):
    """The filter of a listing, a page at a time."""

    newest: bool = True
    limit: int = Field(50, ge=1, le=MOST)
    offset: int = Field(0, ge=0, le=GREATEST)


class Exporting(Narrowed):
    """What an export holds: everything that the filter lets through, unless a limit is named."""

    newest: bool = Field(False, description="last day first")
    limit: int | None = Field(None, ge=1, le=GREATEST)
    offset: int = Field(0, ge=0, le=GREATEST)
    records: What | Literal["casebook"] | None = Field(
        None, description="of jsonl, csv and parquet: claims where none is named; of jsonl also casebook, for admins"
    )
    reduction: Reduction = Field("lowest", description="the rule that makes one number of several told")
    corrected: bool = Field(False, description="as people corrected it, without what they rejected")


class Offered(Schema):
    """A layout of export: ``records`` are the kinds of record that it may be asked for, none where it holds what it holds;
    ``reduces`` tells that one number is made of several, so that there are attributed rows beside it."""

    name: LayoutName
    title: str
    imitates: str
    unit: str
    suffix: str
    media: str
    records: list[str]
    reduces: bool
    columns: list[str]
    cannot_say: list[str]


class Statement(Schema):
    """What an export is, by which rule and version, and what it cannot say: the content of ``NAME.meta.json``."""

    layout: str
    title: str
    imitates: str
    version: str
    unit: str
    records: int
    reduction: str | None
    rule: str | None
    corrected: bool
    filter: dict[str, str]
    left_out: dict[str, int]
    cannot_say: list[str]
    attributed: str | None


class Deciding(Schema):
    """A decision to be stored, signed by the account of the token."""

    subject: str = Field(min_length=1, max_length=255)
    verdict: Literal["accept", "correct", "reject", "same", "different", "unsure"]
    other: str | None = Field(None, max_length=255)
    correction: str | None = Field(None, max_length=4000)
    why: str | None = Field(None, max_length=4000)


api = NinjaAPI(
    title="Reportedly",
    version="1",
    description="Who said what happened: reports, claims, incidents, actors, relations, threats, decisions, search, exports.",
    auth=[ByToken(), BySession()],
    urls_namespace="api",
    docs_url=None,
)
READS: dict[Any, Any] = {400: Problem, 401: Problem, 422: Any}
GETS: dict[Any, Any] = READS | {404: Problem}
DECIDES: dict[Any, Any] = GETS | {403: Problem}


@api.exception_handler(CasebookError)
def _missing(request: HttpRequest, error: CasebookError) -> HttpResponse:
    return api.create_response(request, {"detail": str(error)}, status=404)


@api.exception_handler(SettingError)
def _meaningless(request: HttpRequest, error: SettingError) -> HttpResponse:
    return api.create_response(request, {"detail": str(error)}, status=400)


def plain(text: str | None) -> str | None:
    """Text that any database can look for."""
    return text and text.replace("\x00", " ")


def _list(records: Any, asked: Asked) -> list[Any]:
    return list(islice(records, asked.limit))


def _one(key: str, kind: type[Any]) -> Any:
    found = casebook().get(key)
    if not isinstance(found, kind):
        raise CasebookError("nothing of this kind has this id.", where=key)
    return found


@api.get("/reports", response={200: list[StoredReport], **READS}, by_alias=True, tags=["reports"])
def reports(request: HttpRequest, asked: Query[Asked]) -> Any:
    """Reports by day of publication."""
    return _list(casebook().reports(asked.as_filter()), asked)


@api.get("/reports/{key}", response={200: StoredReport, **GETS}, by_alias=True, tags=["reports"])
def report(request: HttpRequest, key: str) -> Any:
    """One report with its text."""
    return _one(key, StoredReport)


@api.get("/claims", response={200: list[StoredClaim], **READS}, by_alias=True, tags=["claims"])
def claims(request: HttpRequest, asked: Query[Asked]) -> Any:
    """Claims by day of the event."""
    return _list(casebook().claims(asked.as_filter()), asked)


@api.get("/claims/{key}", response={200: StoredClaim, **GETS}, by_alias=True, tags=["claims"])
def claim(request: HttpRequest, key: str) -> Any:
    """One claim with its evidence and its chain of voices."""
    return _one(key, StoredClaim)


@api.get("/incidents", response={200: list[Incident], **READS}, by_alias=True, tags=["incidents"])
def incidents(request: HttpRequest, asked: Query[Asked]) -> Any:
    """Incidents by day, each with the spread of what is told."""
    return _list(casebook().incidents(asked.as_filter()), asked)


@api.get("/incidents/{key}", response={200: Incident, **GETS}, by_alias=True, tags=["incidents"])
def incident(request: HttpRequest, key: str) -> Any:
    """One incident."""
    return _one(key, Incident)


@api.get("/actors", response={200: list[ActorUse], **READS}, by_alias=True, tags=["actors"])
def actors(request: HttpRequest, asked: Query[Asked]) -> Any:
    """Entries of the register that the claims asked for name."""
    return _list(casebook().actors(asked.as_filter()), asked)


@api.get("/actors/{key}", response={200: ActorUse, **GETS}, by_alias=True, tags=["actors"])
def actor(request: HttpRequest, key: str) -> Any:
    """One entry and its use."""
    return _one(key, ActorUse)


@api.get("/relations", response={200: list[StoredRelation], **READS}, by_alias=True, tags=["relations"])
def relations(request: HttpRequest, asked: Query[Asked]) -> Any:
    """Relations by day of publication."""
    return _list(casebook().relations(asked.as_filter()), asked)


class Stands(Schema):
    """How one relation of a pair stands from one day to another."""

    kind: str
    a: Side
    b: Side
    state: State


@api.get("/relations/states", response={200: list[Stands], **READS}, by_alias=True, tags=["relations"])
def states(request: HttpRequest, day: Day = None, kind: Text = None, actor: Text = None, limit: Limit = 50) -> Any:
    """How all pairs stand on a day, by default the last one; those told last first. Empty until it was worked out once."""
    run, wanted = following.latest(), Filter(since=day).since
    query = {"day": str(wanted or ""), "kind": plain(kind) or "", "actor": plain(actor) or ""}
    rows = followed.states(run, followed.states_asked(run, query))
    return [Stands(kind=row.kind, **json.loads(row.record)) for row in rows[:limit]]


@api.get("/relations/pair", response={200: History, **GETS}, by_alias=True, tags=["relations"])
def pair(request: HttpRequest, a: Annotated[str, Field(max_length=500)], b: Annotated[str, Field(max_length=500)]) -> Any:
    """All that is told of two actors over time; ``a`` and ``b`` are keys of sides, as listings give them."""
    return following.history_of(pair_of(plain(a) or "", plain(b) or ""))


@api.get("/threats", response={200: list[Threat], **READS}, by_alias=True, tags=["threats"])
def threats(request: HttpRequest, asked: Query[Asked], outcome: Outcome | None = None) -> Any:
    """The ledger: threats with what came of them, the latest first; of the filter words, actor and days count."""
    rows = followed.ledger(following.latest(), asked.as_filter(), outcome or "")
    page = rows[asked.offset : asked.offset + asked.limit]
    return [Threat.model_validate_json(row.record) for row in page]


@api.get("/search", response={200: list[Hit], **READS}, by_alias=True, tags=["search"])
def search(request: HttpRequest, q: Annotated[str, Field(max_length=500)], limit: Limit = 20) -> Any:
    """The best hits of a full-text search over reports and claims."""
    return list(casebook().search(plain(q) or "", limit=limit))


@api.get("/exports", response={200: list[Offered], 401: Problem}, tags=["exports"])
def offered(request: HttpRequest) -> Any:
    """The layouts of export."""
    return [
        Offered(
            name=one.name,  # type: ignore[arg-type]
            title=one.title,
            imitates=one.imitates,
            unit=UNITS[one.unit],
            suffix=one.suffix,
            media=media_of(one.suffix),
            records=list(get_args(What)) if one.name in COLUMNAR else [],
            reduces=one.reduces,
            columns=[column.name for column in one.columns],
            cannot_say=list(one.cannot_say),
        )
        for one in layouts().values()
    ]


WRITTEN: dict[str, Any] = {
    "responses": {
        200: {
            "description": "The file, as it is written",
            "content": {name: {"schema": {"type": "string", "format": "binary"}} for name in sorted({*MEDIA.values(), BYTES})},
        }
    }
}
ROWS: dict[str, Any] = {
    "responses": {
        200: {"description": "The rows, as they are written", "content": {MEDIA["csv"]: {"schema": {"type": "string"}}}}
    }
}
EXPORTS: dict[Any, Any] = {400: Problem, 401: Problem, 403: Problem, 404: Problem, 422: Any}


@api.get("/exports/{layout}", response=EXPORTS, openapi_extra=WRITTEN, tags=["exports"])
def exported(request: HttpRequest, layout: LayoutName, asked: Query[Exporting]) -> Any:
    """The file that ``reportedly export`` writes for the same filter, byte for byte, sent while it is written.

    An answer that breaks off is not whole. The header ``Link`` names what belongs beside it.
    """
    what = kind_of(layout, asked)
    if what == "casebook":
        if not may(request.user, "admin"):
            return api.create_response(request, {"detail": "A whole casebook needs the role admin."}, status=403)
        note(request.user, "exported the whole casebook", "")
    narrowed, book, name = asked.as_filter(), casebook(), file_name(layout, what)

    def write(stream: Any) -> None:
        export(book, narrowed, layout, stream, what, reduction=asked.reduction, corrected=asked.corrected)

    response = StreamingHttpResponse(streamed(write, book.close), content_type=media_of(name))
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    beside = {"meta": "describedby"} | ({"attributed": "related"} if layouts()[layout].reduces else {})
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    response["Link"] = ", ".join(f'<{request.path}/{part}{query}>; rel="{rel}"' for part, rel in beside.items())
    return response


@api.get("/exports/{layout}/attributed", response=EXPORTS, openapi_extra=ROWS, tags=["exports"])
def attributed(request: HttpRequest, layout: LayoutName, asked: Query[Exporting]) -> Any:
    """Every claim behind every record of an export, with its voices and why it is there: ``NAME.attributed.csv``."""
    what = kind_of(layout, asked)
    if not layouts()[layout].reduces:
        detail = f"The layout {layout} reduces nothing, so there are no rows behind it."
        return api.create_response(request, {"detail": detail}, status=404)
    narrowed, book = asked.as_filter(), casebook()

    def write(stream: Any) -> None:
        rule = asked.reduction
        export(book, narrowed, layout, Nowhere(), what, reduction=rule, corrected=asked.corrected, attributed=stream)

    response = StreamingHttpResponse(streamed(write, book.close), content_type=MEDIA["csv"])
    response["Content-Disposition"] = f'attachment; filename="{file_name(layout, what)}.attributed.csv"'
    return response


@api.get("/exports/{layout}/meta", response={200: Statement, **EXPORTS}, tags=["exports"])
def described(request: HttpRequest, layout: LayoutName, asked: Query[Exporting]) -> Any:
    """Layout, version, rule and filter of an export, how much it holds and what it cannot say: ``NAME.meta.json``."""
    what = kind_of(layout, asked)
    if what == "casebook" and not may(request.user, "admin"):
        return api.create_response(request, {"detail": "A whole casebook needs the role admin."}, status=403)
    name = file_name(layout, what)
    rule, is_corrected = asked.reduction, asked.corrected
    told = statement(casebook(), asked.as_filter(), layout, name, what, reduction=rule, corrected=is_corrected)
    return HttpResponse(told, content_type="application/json; charset=utf-8")


def kind_of(layout: str, asked: Exporting) -> str:
    """The kind of record that is asked for. Raises :class:`SettingError` for one that the layout cannot hold."""
    if layout not in COLUMNAR and asked.records is not None:
        raise SettingError(f"the layout {layout} has its own kind of record.", where="records", remedy="Leave it out.")
    if asked.records == "casebook" and layout != "jsonl":
        raise SettingError(f"there is no whole casebook as {layout}.", where="records", remedy="Ask for the layout jsonl.")
    return asked.records or "claims"


def file_name(layout: str, what: str) -> str:
    """What a file of an export is called."""
    name, suffix = what if layout in COLUMNAR else layout, layouts()[layout].suffix
    return suffix if suffix.startswith(f"{name}.") else f"{name}.{suffix}".replace(f"-{suffix}.", ".")


@api.get("/decisions", response={200: list[Decision], **READS}, by_alias=True, tags=["decisions"])
def decisions(request: HttpRequest, subject: Text = None, undone: bool = False) -> Any:
    """Decisions in the order they were made."""
    return list(islice(casebook().decisions(plain(subject), undone=undone), MOST))


@api.post("/decisions", response={200: Decision, **DECIDES}, by_alias=True, tags=["decisions"])
def decide(request: HttpRequest, made: Deciding) -> Any:
    """Store a decision; needs the role coder, on incidents editor."""
    needed = "editor" if made.subject.startswith("incident") else "coder"
    if not may(request.user, needed):
        return api.create_response(request, {"detail": f"This needs the role {needed} or a greater one."}, status=403)
    stored = casebook().decide(
        made.subject,
        made.verdict,
        by=request.user.get_username(),
        why=made.why,
        other=made.other,
        correction=made.correction,
    )
    queue.settle(stored.subject, stored.other)
    joining.soon(casebook())
    note(request.user, f"decided {stored.verdict}", stored.subject, stored.other or "")
    return stored


@api.post("/decisions/{key}/undo", response={200: Decision, **DECIDES}, by_alias=True, tags=["decisions"])
def undo(request: HttpRequest, key: str) -> Any:
    """Take a decision back; one's own needs the role coder, another's editor."""
    found = _one(key, Decision)
    needed = "coder" if found.by == request.user.get_username() else "editor"
    if not may(request.user, needed):
        return api.create_response(request, {"detail": f"This needs the role {needed} or a greater one."}, status=403)
    undone = casebook().undo(found.id, by=request.user.get_username())
    queue.settle(undone.subject, undone.other, done=False)
    note(request.user, "undid", undone.subject, undone.verdict)
    return undone

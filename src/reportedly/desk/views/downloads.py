"""What is on screen, as data."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Final, get_args

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse

from reportedly.desk import asking
from reportedly.desk.middleware import casebook
from reportedly.exports import Layout, What, export

TYPES: Final = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson"}


def download(request: HttpRequest, what: str, layout: str) -> HttpResponse | StreamingHttpResponse:
    """The records of the address bar's filter in one of the export layouts."""
    if what not in get_args(What) or layout not in get_args(Layout):
        raise Http404
    asked = asking.asked_of(request.GET)
    book = casebook()
    if what == "incidents" and asked.extra:
        chunks = _chosen_incidents(asked, layout)
    else:
        stream = io.StringIO(newline="")
        export(book, replace(asked.filter, newest=True), layout, stream, what)
        chunks = iter([stream.getvalue()])
    response = StreamingHttpResponse(chunks, content_type=TYPES.get(layout, "application/octet-stream"))
    response["Content-Disposition"] = f'attachment; filename="{what}.{layout}"'
    return response


def _chosen_incidents(asked: asking.Asked, layout: str) -> Iterator[str]:
    """Incidents narrowed by what the casebook's own filter has no word for."""
    from reportedly.exports import csv, jsonl
    from reportedly.incidents.records import Incident

    query = asking.incidents(casebook().alias, asked).order_by("-day", "-key").values_list("record", flat=True)
    records = (Incident.model_validate_json(record) for record in query.iterator(500))
    stream = io.StringIO(newline="")
    if layout == "jsonl":
        jsonl.write(records, stream)
    else:
        csv.write(records, "incidents", stream)
    yield stream.getvalue()

"""Adding reports from the desk: pasted text, files, or an address; read in the background, with progress."""

from __future__ import annotations

import shutil
import tempfile
import threading
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from reportedly.desk import following, joining
from reportedly.desk.audit import note
from reportedly.desk.middleware import casebook
from reportedly.desk.models import Job
from reportedly.desk.roles import needs
from reportedly.errors import ReportedlyError

MOST_FILES: Final = 200
_one_at_a_time = threading.Lock()


@cache
def _reader() -> Any:
    from reportedly.reading.reader import Reader

    return Reader(workers=1)


@needs("coder")
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """The form, and what becomes of what was sent by it."""
    jobs = Job.objects.order_by("-pk")[:10]
    if request.method == "GET":
        return render(request, "desk/add.html", {"jobs": jobs})
    problem = ""
    text, address = request.POST.get("text", "").strip(), request.POST.get("address", "").strip()
    files = request.FILES.getlist("files")[:MOST_FILES]
    published = request.POST.get("published", "").strip() or None
    if published is not None and not _is_day(published):
        problem = "The day of publication is written as 2025-06-01."
    elif not text and not address and not files:
        problem = "Paste a text, choose files, or give an address."
    elif address and not address.startswith(("https://", "http://")):
        problem = "An address begins with https:// or http://."
    if problem:
        return render(request, "desk/add.html", {"jobs": jobs, "problem": problem, "sent": request.POST}, status=400)
    what = address or (f"{len(files)} files" if files else request.POST.get("title", "").strip() or "a pasted text")
    made = Job.objects.create(by=request.user.get_username(), what=what[:300], started=datetime.now(UTC))
    note(request.user, "added reports", what)
    folder = _stored(files) if files else None
    asked = {
        "text": text,
        "title": request.POST.get("title", "").strip() or None,
        "source": request.POST.get("source", "").strip() or None,
        "published": published,
    }
    threading.Thread(target=_work, args=(made.pk, asked, address, folder), daemon=True).start()
    return redirect("job", number=made.pk)


@needs("coder")
def job(request: HttpRequest, number: int) -> HttpResponse:
    """How one adding goes; the page asks again until it is done."""
    found = get_object_or_404(Job, pk=number)
    is_part = request.htmx and not request.htmx.boosted  # type: ignore[attr-defined]
    return render(request, "desk/parts/job.html" if is_part else "desk/job.html", {"job": found})


def _is_day(text: str) -> bool:
    from datetime import date

    try:
        date.fromisoformat(text[:10])
    except ValueError:
        return False
    return True


def _stored(files: list[UploadedFile[Any]]) -> Path:
    """The uploaded files in a folder of their own, under names of our own with the ending they came with."""
    folder = Path(tempfile.mkdtemp(prefix="reportedly-"))
    for number, file in enumerate(files):
        ending = "".join(c for c in Path(file.name or "").suffix.lower() if c.isalnum() or c == ".")[:10]
        with (folder / f"{number:03}{ending}").open("wb") as stream:
            for chunk in file.chunks():
                stream.write(chunk)
    return folder


def _work(number: int, asked: dict[str, Any], address: str, folder: Path | None) -> None:
    """Read what was sent, one job at a time, and join what came with what was there."""
    try:
        with _one_at_a_time:
            _tell(number, told="Reading …")
            if asked["text"]:
                _read_text(number, asked)
            else:
                _read_sources(number, [address] if address else [str(folder)], asked)
            _tell(number, told="Joining claims into incidents …")
            joining.now(casebook())
            following.soon(casebook())
            _finish(number, "Done.")
    except ReportedlyError as error:
        _finish(number, str(error))
    finally:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
        connections.close_all()


def _read_text(number: int, asked: dict[str, Any]) -> None:
    reading = _reader().read(asked["text"], published=asked["published"], title=asked["title"], source=asked["source"])
    added = casebook().add(reading, None)
    _tell(number, read=1, reports=[added.report])


def _read_sources(number: int, sources: list[str], asked: dict[str, Any]) -> None:
    from reportedly import intake

    options = intake.Options(published=asked["published"], source=asked["source"], keep_original=True)
    reports: list[str] = []
    failed: list[str] = []
    for item in intake.collect(sources, options):
        if item.report is None:
            failed.append(str(item.error or f"{item.where}: {item.skipped}"))
        else:
            added = casebook().add(_reader().read_input(item.report.as_input()), item.report.original)
            reports.append(added.report)
        _tell(number, read=len(reports), failed=len(failed), reports=reports[-50:], told="; ".join(failed[-3:]) or "Reading …")


def _tell(number: int, **values: Any) -> None:
    Job.objects.filter(pk=number).update(**values)


def _finish(number: int, told: str) -> None:
    Job.objects.filter(pk=number).update(finished=datetime.now(UTC), told=told)

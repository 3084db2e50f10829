"""Reads reports: parse, finders, assembly. ``read`` for one text, ``Reader`` for many on all cores."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from reportedly.errors import SettingError
from reportedly.knowledge.layers import Layers, chosen, knowledge_version, open_layers
from reportedly.language import DEFAULT_MODEL, load_model, one_thread_each
from reportedly.records import Reading, Report, content_id

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from reportedly.reading.assembly import Knowledge

_SURROGATES = re.compile("[\ud800-\udfff]")
CHUNK = 32
LONGEST = 200_000
"""Characters of one report that are read; what lies beyond is kept in the text and said to be unread."""


@dataclass(frozen=True)
class Input:
    """One text to read, with what is known of it.

    >>> Input(text="Gunmen attacked Goma.", published="2025-06-03").source is None
    True
    """

    text: str
    id: str | None = None
    title: str | None = None
    source: str | None = None
    published: str | None = None
    published_until: str | None = None
    address: str | None = None
    language: str | None = None
    sha256: str | None = None
    published_basis: str | None = None
    byline: str | None = None

    @classmethod
    def of(cls, report: Report) -> Input:
        """The input that a report was made of, to read it anew.

        >>> Input.of(Report(id="report-1", text="Nothing happened.", sha256="0" * 64)).id
        'report-1'
        """
        return cls(**report.model_dump())


def program_version() -> str:
    """The version of the package, ``unknown`` where it is not installed.

    >>> program_version().count(".") >= 1
    True
    """
    try:
        return version("reportedly")
    except PackageNotFoundError:
        return "unknown"


def reader_version(layers: Layers | None = None) -> str:
    """The version that is written into every reading: of the package, its knowledge, and own layers (``None``: of the setting).

    Two readings of one report with equal versions are equal.

    >>> reader_version().startswith(program_version() + "+k")
    True
    """
    return f"{program_version()}+{knowledge_version(chosen() if layers is None else layers)}"


class Reader:
    """Reads many reports, in order, with the same result whatever the number of workers.

    ``model`` names an installed spaCy model (``None``: that of ``REPORTEDLY_MODEL``, else the usual one). ``workers``:
    processes; ``None`` takes all cores for :meth:`read_all` and this process for :meth:`read`. ``knowledge``: a folder of own
    knowledge, or several, each over the one before; ``None`` takes those of ``REPORTEDLY_KNOWLEDGE``, and ``()`` none.

    Raises :class:`~reportedly.errors.KnowledgeError` if a folder of knowledge cannot be used.

    >>> reader = Reader()
    >>> reader.read("Gunmen killed three soldiers near Quetta on Monday, police said.", published="2025-06-03").claims[0].family
    'battle'
    """

    def __init__(
        self,
        *,
        model: str | None = None,
        workers: int | None = None,
        knowledge: str | Path | Iterable[str | Path] | None = None,
    ) -> None:
        self.model = model or os.environ.get("REPORTEDLY_MODEL") or DEFAULT_MODEL
        self.workers = workers
        self.layers = _layers(knowledge)

    def __getstate__(self) -> dict[str, object]:
        """What another process needs to make the same reader: not the loaded model and knowledge, which it loads itself."""
        return {name: value for name, value in vars(self).items() if name not in ("nlp", "_knowledge")}

    @property
    def version(self) -> str:
        """The version that this reader writes into its readings.

        >>> Reader(knowledge=()).version == reader_version(open_layers(()))
        True
        """
        return reader_version(self.layers)

    @cached_property
    def nlp(self) -> Language:
        """The spaCy pipeline that parses, loaded when it is first asked for (about two seconds).

        >>> Reader().nlp.lang
        'en'
        """
        return load_model(self.model)

    @cached_property
    def _knowledge(self) -> Knowledge:
        from reportedly.reading.assembly import Knowledge

        return Knowledge.load(self.layers)

    def read(
        self,
        text: str,
        *,
        published: str | date | None = None,
        published_until: str | date | None = None,
        title: str | None = None,
        source: str | None = None,
        id: str | None = None,
    ) -> Reading:
        """What one report says. ``published`` is an ISO date or date-time; ``None`` where it is not known.

        Raises :class:`SettingError` if a date is not ISO.

        >>> Reader().read("Gunmen attacked a village near Goma.").claims[0].place.precision
        2
        """
        given = Input(
            text=text,
            id=id,
            title=title,
            source=source,
            published=_iso(published, "published"),
            published_until=_iso(published_until, "published_until"),
        )
        return self.read_input(given)

    def read_input(self, given: Input) -> Reading:
        """What one prepared input says.

        >>> Reader().read_input(Input(text="Gunmen attacked Goma.", id="a-1")).report.id
        'a-1'
        """
        return next(iter(self.read_inputs([given])))

    def read_doc(self, doc: Doc, given: Input | None = None) -> Reading:
        """What a text says whose parse is there already: a spaCy document that is tagged, parsed and searched for entities.

        ``given`` is what is known of the report besides; its text must be that of the document. The document's own sentence
        ends are kept, so headings and texts in capitals are read less well than by :meth:`read`, which prepares them.

        >>> reader = Reader()
        >>> reader.read_doc(reader.nlp("Rebels attacked Goma, the army said.")).claims[0].place.name
        'Goma'
        """
        from reportedly.reading.assembly import read_parse
        from reportedly.reading.parse import Parse

        given = given or Input(text=doc.text)
        if given.text != doc.text:
            raise SettingError("the text is not that of the document.", where="read_doc", remedy="Give doc.text.")
        report = _report(given)
        why = _unread(report)
        if why is not None:
            return Reading(reader=self.version, report=report, unread=why)
        return read_parse(Parse.from_doc(doc, report.text), report, self._knowledge, given.published_until)

    def read_inputs(self, inputs: Iterable[Input]) -> Iterator[Reading]:
        """Readings in the order of the inputs, in this process, with flat memory.

        >>> texts = ["Gunmen attacked Goma.", "The minister opened a school."]
        >>> [len(reading.claims) for reading in Reader().read_inputs(Input(text=text) for text in texts)]
        [1, 0]
        """
        from reportedly.reading.assembly import read_parse
        from reportedly.reading.casing import parser_text
        from reportedly.reading.parse import Parse

        inputs = iter(inputs)
        while batch := list(islice(inputs, CHUNK)):
            reports = [_report(given) for given in batch]
            unread = [_unread(report) for report in reports]
            texts = [
                parser_text(report.text[:LONGEST], self.layers) if why is None else ""
                for report, why in zip(reports, unread, strict=True)
            ]
            docs: Iterable[Doc] = self.nlp.pipe(texts, batch_size=CHUNK)
            for given, report, why, doc in zip(batch, reports, unread, docs, strict=True):
                if why is not None:
                    yield Reading(reader=self.version, report=report, unread=why)
                    continue
                parse = Parse.from_doc(doc, report.text[:LONGEST])
                yield read_parse(parse, report, self._knowledge, given.published_until)

    def read_all(self, inputs: Iterable[Input]) -> Iterator[Reading]:
        """Readings in the order of the inputs, on all cores; memory does not grow with the number of inputs.

        Started from a script, this needs ``if __name__ == "__main__":`` around it, for other processes import the script anew.

        >>> [reading.report.id for reading in Reader(workers=1).read_all([Input(text="Gunmen attacked Goma.", id="a")])]
        ['a']
        """
        workers = self.workers or os.cpu_count() or 1
        if workers == 1:
            yield from self.read_inputs(inputs)
            return
        one_thread_each()
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(
            workers, mp_context=context, initializer=_start_worker, initargs=(self.model, self.layers)
        ) as pool:
            waiting = []
            for chunk in partitions(inputs):
                waiting.append(pool.submit(_read_chunk, chunk))
                if len(waiting) > workers * 2:
                    yield from waiting.pop(0).result()
            for future in waiting:
                yield from future.result()


_worker: dict[str, Reader] = {}


def _start_worker(model: str, layers: Layers) -> None:
    one_thread_each()
    _worker["reader"] = Reader(model=model, workers=1, knowledge=layers.folders)


def _read_chunk(chunk: list[Input]) -> list[Reading]:
    return list(_worker["reader"].read_inputs(chunk))


def partitions(inputs: Iterable[Input]) -> Iterator[list[Input]]:
    """The inputs in their order, so many at a time as are read together."""
    inputs = iter(inputs)
    while chunk := list(islice(inputs, CHUNK)):
        yield chunk


def _layers(knowledge: str | Path | Iterable[str | Path] | None) -> Layers:
    if knowledge is None:
        return chosen()
    return open_layers([knowledge] if isinstance(knowledge, (str, Path)) else knowledge)


def _iso(value: str | date | None, name: str) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, date):
        return value.isoformat()
    try:
        date.fromisoformat(value[:10])
    except ValueError as error:
        raise SettingError(f"{name} is {value!r}, which is no ISO date.", remedy="Write it like 2025-06-01.") from error
    return value


def _report(given: Input) -> Report:
    text = _SURROGATES.sub("\ufffd", given.text)
    sha = given.sha256 or hashlib.sha256(text.encode()).hexdigest()
    return Report(
        id=given.id or content_id("report", sha),
        text=text,
        title=given.title,
        source=given.source,
        byline=given.byline,
        address=given.address,
        published=given.published,
        published_basis=given.published_basis or ("given" if given.published else None),
        language=given.language or _language(text),
        sha256=sha,
    )


def _language(text: str) -> str:
    from reportedly.reading.casing import recognise_language

    return recognise_language(text)


def _unread(report: Report) -> str | None:
    if report.language != "en":
        return f"language is {report.language!r}; only English is read"
    if not report.text.strip():
        return "the text is empty"
    return None


def publication_day(report: Report) -> date | None:
    """The day of publication, or ``None`` where it is not known."""
    return date.fromisoformat(report.published[:10]) if report.published else None


def dominant_country(weights: Mapping[str, float]) -> str | None:
    """The ISO2 code that most places and actors of a report speak for, or ``None``."""
    if not weights:
        return None
    return sorted(weights.items(), key=lambda item: (-item[1], item[0]))[0][0]

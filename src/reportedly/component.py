"""The spaCy component ``reportedly``, for those who have a pipeline of their own.

``nlp.add_pipe("reportedly")`` puts it behind the tagger, parser and entity recogniser of an English pipeline. It reads from
their output, so nothing is parsed twice. Each document then has

- ``doc._.reportedly``: the :class:`~reportedly.records.Reading`, with claims, relations, mentions and attributions;
- ``doc.spans["reportedly"]``: the words that each claim rests on, labelled with its type, ``span.id_`` its id.

What is known of a report besides its text goes into ``doc._.report_input`` before the pipeline runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, Final

from spacy.language import Language
from spacy.tokens import Doc, SpanGroup

from reportedly.errors import SettingError
from reportedly.reading.reader import Input, Reader
from reportedly.records import Reading

if TYPE_CHECKING:
    from reportedly.records import Claim

NAME: Final = "reportedly"
INPUT: Final = "report_input"
LAYERS: Final = {"TAG": "tagger", "DEP": "parser", "ENT_IOB": "ner"}
"""The annotations that reading needs, and the component that usually sets each."""


class ReportedlyComponent:
    """Reads each document that passes through. Made by ``nlp.add_pipe("reportedly", config={...})``.

    >>> import reportedly
    >>> from reportedly.language import load_model
    >>> nlp = load_model()
    >>> _ = nlp.add_pipe("reportedly")
    >>> doc = nlp("Gunmen killed three soldiers near Quetta, police said.")
    >>> doc._.reportedly.claims[0].family, [span.text for span in doc.spans["reportedly"]]
    ('battle', ['Gunmen killed three soldiers near Quetta'])
    """

    def __init__(self, knowledge: Sequence[str] | str | None = None, spans_key: str = NAME) -> None:
        self.spans_key = spans_key
        self._reader = Reader(knowledge=knowledge, workers=1)
        if not Doc.has_extension(NAME):
            Doc.set_extension(NAME, getter=reading_of)
        if not Doc.has_extension(INPUT):
            Doc.set_extension(INPUT, getter=_input_of, setter=_set_input)

    def __call__(self, doc: Doc) -> Doc:
        """The document with its reading. Raises :class:`SettingError` if it is not tagged, parsed and searched for entities."""
        _check(doc)
        given = _input_of(doc)
        reading = self._reader.read_doc(doc, replace(given, text=doc.text) if given is not None else None)
        doc.user_data[NAME] = reading.to_json()
        doc.spans[self.spans_key] = SpanGroup(doc, name=self.spans_key, spans=list(_spans(doc, reading.claims)))
        return doc


@Language.factory(
    NAME,
    default_config={"knowledge": None, "spans_key": NAME},
    assigns=["doc._.reportedly", "doc.spans"],
    requires=["token.tag", "token.dep", "doc.ents"],
)
def create(nlp: Language, name: str, knowledge: Sequence[str] | str | None, spans_key: str) -> ReportedlyComponent:
    """The component for a pipeline: what the entry point ``spacy_factories`` names.

    ``knowledge``: a folder of own knowledge or several, ``None`` for those of the setting; ``spans_key``: where the spans go.
    Raises :class:`SettingError` for a pipeline of another language than English.

    >>> import spacy
    >>> spacy.blank("en").add_pipe("reportedly", config={"spans_key": "acts"}).spans_key
    'acts'
    """
    if nlp.lang != "en":
        raise SettingError(
            f"the pipeline reads {nlp.lang!r}.", where=name, remedy="Use an English one; other languages are not read."
        )
    return ReportedlyComponent(knowledge, spans_key)


def reading_of(doc: Doc) -> Reading | None:
    """The reading that the component made of a document, ``None`` where it has not passed through it.

    >>> from spacy.tokens import Doc
    >>> from spacy.vocab import Vocab
    >>> reading_of(Doc(Vocab(), words=["Nothing"])) is None
    True
    """
    stored = doc.user_data.get(NAME)
    return None if stored is None else Reading.from_json(stored)


def _check(doc: Doc) -> None:
    missing = [f"{component} ({layer})" for layer, component in LAYERS.items() if len(doc) and not doc.has_annotation(layer)]
    if missing:
        raise SettingError(
            f"the document has no {', '.join(missing)}.",
            where=NAME,
            remedy="Add the component last, to an English pipeline with tagger, parser and ner, such as en_core_web_md.",
        )


def _input_of(doc: Doc) -> Input | None:
    stored: dict[str, Any] | None = doc.user_data.get(INPUT)
    return None if stored is None else Input(**stored)


def _set_input(doc: Doc, given: Input) -> None:
    doc.user_data[INPUT] = asdict(given)


def _spans(doc: Doc, claims: Sequence[Claim]) -> list[Any]:
    found = []
    for claim in claims:
        for span in claim.evidence:
            tokens = doc.char_span(span.start, span.end, label=claim.type, span_id=claim.id, alignment_mode="expand")
            if tokens is not None:
                found.append(tokens)
    return found

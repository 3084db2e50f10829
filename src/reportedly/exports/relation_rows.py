"""What binds or divides two actors, and who threatens whom: rows that the layouts of relations and of the network share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reportedly.exports.material import Case, Material, joined
from reportedly.records import Actor, Span, Voice


@dataclass(frozen=True, slots=True)
class Edge:
    """One relation or threat as one voice tells it, from ``a`` to ``b`` where the kind has a direction.

    ``a`` or ``b`` is ``None`` where the text names no one. ``published`` is the day (ISO) of the report.
    """

    record: str
    id: str
    kind: str
    a: Actor | None
    b: Actor | None
    status: str
    voices: tuple[Voice, ...]
    evidence: tuple[Span, ...]
    report: str
    source: str | None
    published: str | None

    @property
    def voice(self) -> str | None:
        """The innermost named voice, else the publisher."""
        return self.voices[-1].name if len(self.voices) > 1 else self.source

    @property
    def chain(self) -> str:
        """All voices, from the report inward."""
        return " > ".join(voice.name for voice in self.voices)

    @property
    def words(self) -> str:
        """The verbatim words."""
        return " … ".join(span.text for span in self.evidence)


def edges(material: Material) -> Iterator[Edge]:
    """Relations, then threats: a threat has one edge a target, or one without any."""
    for relation in material.relations():
        yield Edge(
            "relation",
            relation.id,
            relation.kind,
            relation.a,
            relation.b,
            relation.status,
            relation.attribution,
            relation.evidence,
            relation.report,
            relation.source,
            relation.published,
        )
    for case in material.threats():
        yield from _threat(case)


def _threat(case: Case) -> Iterator[Edge]:
    claim = case.claims[0]
    for actor in claim.actors or (None,):
        for target in claim.targets or (None,):
            yield Edge(
                "threat",
                claim.id,
                claim.type,
                actor,
                target,
                claim.status,
                claim.attribution,
                claim.evidence,
                claim.report,
                claim.source,
                claim.published,
            )


def row(edge: Edge) -> dict[str, object]:
    """The cells of an edge."""
    return {
        "record": edge.record,
        "id": edge.id,
        "kind": edge.kind,
        "a": edge.a.name if edge.a else None,
        "a_id": edge.a.id if edge.a else None,
        "b": edge.b.name if edge.b else None,
        "b_id": edge.b.id if edge.b else None,
        "status": edge.status,
        "voice": edge.voice,
        "stance": edge.voices[-1].stance if edge.voices else None,
        "voices": joined([edge.chain]),
        "words": edge.words,
        "report": edge.report,
        "source": edge.source,
        "published": edge.published,
    }

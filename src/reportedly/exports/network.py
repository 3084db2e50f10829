"""The network of organisations as GEXF 1.2 or GraphML: nodes are actors, edges are what one voice says of two of them.

All edges are written as directed, because common readers refuse to mix; ``symmetric`` tells those that go both ways. The edges
are held in memory, since nodes come first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final, TextIO
from xml.sax.saxutils import escape, quoteattr

from reportedly.exports.layout import Layout, columns
from reportedly.exports.material import Material, actor_key, is_organisation
from reportedly.exports.relation_rows import Edge, edges
from reportedly.reading.reader import reader_version
from reportedly.records import MUTUAL, Actor

FIELDS: Final = (
    "kind",
    "symmetric",
    "record",
    "status",
    "voice",
    "stance",
    "source",
    "published",
    "report",
    "record_id",
    "words",
)
_ILLEGAL: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def attribute(text: object) -> str:
    """A quoted XML attribute without characters that XML forbids."""
    return quoteattr(_ILLEGAL.sub("�", str(text)))


def text_of(text: object) -> str:
    """XML text without characters that XML forbids."""
    return escape(_ILLEGAL.sub("�", str(text)))


def network(material: Material) -> tuple[dict[str, Actor], list[Edge]]:
    """The nodes in the order first named, and the edges; edges with a class of people or no one at an end are left out."""
    nodes: dict[str, Actor] = {}
    held: list[Edge] = []
    for edge in edges(material):
        if edge.a is None or edge.b is None or not is_organisation(edge.a) or not is_organisation(edge.b):
            material.leave_out("edges with a class of people, or no one, at one end")
            continue
        for actor in (edge.a, edge.b):
            nodes.setdefault(actor_key(actor), actor)
        held.append(edge)
    return nodes, held


def values(edge: Edge) -> Iterator[tuple[str, str]]:
    """The attributes of an edge that are told."""
    told = (
        edge.kind,
        "true" if edge.kind in MUTUAL else "false",
        edge.record,
        edge.status,
        edge.voice,
        edge.voices[-1].stance if edge.voices else None,
    )
    for name, value in zip(FIELDS, (*told, edge.source, edge.published, edge.report, edge.id, edge.words), strict=True):
        if value:
            yield name, value


def _statement(layout: str) -> str:
    return f"Layout {layout}, Reportedly {reader_version()}. No rule of reduction: each edge is what one voice says."


def _write_gexf(material: Material, stream: TextIO) -> int:
    nodes, held = network(material)
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n')
    stream.write(f"<meta><creator>Reportedly</creator><description>{text_of(_statement('gexf'))}</description></meta>\n")
    stream.write('<graph mode="static" defaultedgetype="directed">\n<attributes class="node">')
    stream.write('<attribute id="kind" title="kind" type="string"/><attribute id="register" title="register" type="string"/>')
    stream.write('</attributes>\n<attributes class="edge">')
    stream.write("".join(f'<attribute id="{name}" title="{name}" type="string"/>' for name in FIELDS))
    stream.write("</attributes>\n<nodes>\n")
    for key, actor in nodes.items():
        own = f'<attvalue for="kind" value={attribute(actor.kind)}/>'
        own += f'<attvalue for="register" value={attribute(actor.id)}/>' if actor.id else ""
        stream.write(f"<node id={attribute(key)} label={attribute(actor.name)}><attvalues>{own}</attvalues></node>\n")
    stream.write("</nodes>\n<edges>\n")
    for number, edge in enumerate(held):
        own = "".join(f'<attvalue for="{name}" value={attribute(value)}/>' for name, value in values(edge))
        stream.write(f'<edge id="{number}" label={attribute(edge.kind)} {_ends(edge)}>')
        stream.write(f"<attvalues>{own}</attvalues></edge>\n")
    stream.write("</edges>\n</graph>\n</gexf>\n")
    return len(held)


def _write_graphml(material: Material, stream: TextIO) -> int:
    nodes, held = network(material)
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
    for kind, names in (("node", ("label", "actor_kind", "register")), ("edge", FIELDS)):
        for name in names:
            stream.write(f'<key id="{name}" for="{kind}" attr.name="{name}" attr.type="string"/>\n')
    stream.write(f'<graph edgedefault="directed">\n<desc>{text_of(_statement("graphml"))}</desc>\n')
    for key, actor in nodes.items():
        told = [("label", actor.name), ("actor_kind", actor.kind), ("register", actor.id)]
        own = "".join(f'<data key="{name}">{text_of(value)}</data>' for name, value in told if value)
        stream.write(f"<node id={attribute(key)}>{own}</node>\n")
    for number, edge in enumerate(held):
        own = "".join(f'<data key="{name}">{text_of(value)}</data>' for name, value in values(edge))
        stream.write(f'<edge id="e{number}" {_ends(edge)}>{own}</edge>\n')
    stream.write("</graph>\n</graphml>\n")
    return len(held)


def _ends(edge: Edge) -> str:
    assert edge.a is not None and edge.b is not None
    return f"source={attribute(actor_key(edge.a))} target={attribute(actor_key(edge.b))}"


def _layout(name: str, title: str, write: Callable[[Material, TextIO], int], imitates: str) -> Layout:
    return Layout(
        name=name,
        title=title,
        imitates=imitates,
        suffix=name,
        unit="relations",
        write=write,
        columns=columns(
            "node id,node label,node kind,node register," + ",".join(f"edge {name}" for name in FIELDS),
            {
                "node id": "register id, else the folded name",
                "node label": "usual name",
                "node kind": "kind of actor",
                "node register": "register id, where it has one",
                "edge kind": "kind of relation or type of threat",
                "edge symmetric": "true where the kind goes both ways, else the edge goes from the first actor to the second",
                "edge record": "relation or threat",
                "edge status": "of the relation or claim",
                "edge voice": "who says so",
                "edge stance": "of that voice",
                "edge source": "publisher",
                "edge published": "ISO day or time",
                "edge report": "id of the report",
                "edge record_id": "id of the relation or claim",
                "edge words": "verbatim",
            },
        ),
        cannot_say=("classes of people (gunmen), which are not the same in two reports", "until when a relation holds"),
        reduces=False,
    )


GEXF: Final = _layout("gexf", "Network, GEXF", _write_gexf, "GEXF 1.2")
GRAPHML: Final = _layout("graphml", "Network, GraphML", _write_graphml, "GraphML 1.0")

"""What reading needs before it starts, made with progress shown: the gazetteer, and a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportedly.commands.terminal import Progress, notice

if TYPE_CHECKING:
    from reportedly.casebook.book import Casebook
    from reportedly.casebook.stored import MergeSummary
    from reportedly.incidents.features import Related
    from reportedly.knowledge.layers import Layers
    from reportedly.reading.reader import Reader


def ready_reader() -> Reader:
    """A reader whose gazetteer is there: built now, with progress, where this machine has none yet."""
    from reportedly.reading.reader import Reader

    reader = Reader()
    build_gazetteer(reader.layers)
    return reader


def build_gazetteer(layers: Layers) -> None:
    """Build the gazetteer of these layers where it is missing (10 to 30 seconds, once)."""
    from reportedly.linking.gazetteer_build import gazetteer_file, gazetteer_path

    if not gazetteer_path().exists():
        notice("Building the gazetteer of places, once on this machine (10 to 30 seconds) ...")
        with Progress("Building the gazetteer", total=100, unit="percent", after=0.0) as progress:
            gazetteer_file(lambda share, doing: progress.at(round(share * 100), f"Building the gazetteer: {doing}"))
    gazetteer_file(layers=layers)


def join_claims(book: Casebook) -> MergeSummary:
    """Join what came or was decided since the last time into incidents; says how far it is where that takes long."""
    with Progress("Joining claims into incidents", unit="claims") as progress:
        return book.merge(related=lineage(), progress=progress.at)


def lineage() -> Related:
    """Whether two register ids are of one lineage, as merging asks for it."""
    from reportedly.linking.register import Register

    register = Register.load()

    def is_related(a: str, b: str) -> bool:
        return a in register.lineage(b) or b in register.lineage(a)

    return is_related

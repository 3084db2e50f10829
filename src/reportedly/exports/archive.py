"""A whole casebook as JSON Lines, and back: the same casebook, with the readings by older versions, decisions that were undone,
and the trail of incidents.

The first line is ``{"casebook": 2, "version": …, "whole": …}``, for a part with its filter and what stays behind; then a line for
each source, report (``reading``: the published record of the reading in use; ``earlier``: those by other versions;
``original``: its bytes in base64), incident, change, decision, feed, watch and so on. See :mod:`reportedly.casebook.whole`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, TextIO

from reportedly.casebook.stored import Restored
from reportedly.errors import IntakeError
from reportedly.incidents.features import Related
from reportedly.incidents.score import unrelated
from reportedly.reading.reader import reader_version

if TYPE_CHECKING:
    from reportedly.casebook.book import Casebook
    from reportedly.exports.material import Material

WHAT: Final = "casebook"
"""The name of this kind of record."""
BEHIND: Final[Mapping[str, str]] = {
    "reports": "reports that the filter does not ask for",
    "claims": "claims of its incidents that such reports tell",
    "decisions": "decisions that rest on such reports",
}
"""What stays behind when a part is written, in words."""


def write(material: Material, stream: TextIO) -> int:
    """Write the casebook, or the part of it that a filter asks for; the number of reports."""

    def put(told: dict[str, Any]) -> None:
        if "casebook" in told:
            left = told.get("left", {})
            material.left_out.update({why: left[name] for name, why in BEHIND.items() if left.get(name)})
        stream.write(json.dumps(told, ensure_ascii=False) + "\n")

    return material.book.dump(material.asked, put=put, version=reader_version())


def read(book: Casebook, lines: Iterable[str], where: str, *, related: Related = unrelated, watches: bool = False) -> Restored:
    """Bring in what :func:`write` wrote, all of it or nothing; then join claims into incidents, unless a whole casebook came into
    an empty one.

    Raises :class:`IntakeError` for a line that cannot be stored, naming it.
    """
    done = book.restore(_objects(lines, where), watches=watches)
    if not done.is_whole:
        book.merge(related=related)
    return done


def _objects(lines: Iterable[str], where: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, line in enumerate(lines, 1):
        try:
            told = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            raise IntakeError("this line is no JSON.", where=f"{where}:{number}") from error
        if not isinstance(told, dict):
            raise IntakeError("this line holds no object.", where=f"{where}:{number}")
        yield f"{where}:{number}", told

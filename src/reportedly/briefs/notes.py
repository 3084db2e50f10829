"""Footnotes: numbered in the order in which sentences first rest on them, each once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reportedly.briefs.material import Head
from reportedly.briefs.records import Footnote
from reportedly.casebook.stored import StoredClaim
from reportedly.records import Span
from reportedly.wording import defanged, line


class Notes:
    """Gives numbers to what sentences rest on."""

    def __init__(self, heads: Mapping[str, Head]) -> None:
        self._heads = heads
        self._found: dict[tuple[str, str], Footnote] = {}

    def claim(self, claim: StoredClaim) -> int:
        """The footnote of a claim: all the words it rests on."""
        return self.words(claim.report, claim.id, claim.evidence)

    def claims(self, claims: Iterable[StoredClaim]) -> tuple[int, ...]:
        """The footnotes of several claims, each number once, lowest first."""
        return tuple(sorted({self.claim(claim) for claim in claims}))

    def words(self, report: str, claim: str | None, spans: Iterable[Span]) -> int:
        """The footnote of words of a report."""
        return self._note(report, claim, joined_words(spans) or None)

    def report(self, report: str) -> int:
        """The footnote of a report as such."""
        return self._note(report, None, None)

    def all(self) -> tuple[Footnote, ...]:
        """All footnotes by number."""
        return tuple(self._found.values())

    def _note(self, report: str, claim: str | None, words: str | None) -> int:
        # Claims that rest on the same words of one report share a footnote.
        known = self._found.get((report, words or ""))
        if known is not None:
            return known.number
        head = self._heads.get(report)
        made = Footnote(
            number=len(self._found) + 1,
            report=report,
            claim=claim,
            source=line(head.source) or None if head else None,
            title=line(head.title) or None if head else None,
            published=head.published if head else None,
            address=defanged(head.address) or None if head else None,
            words=words,
        )
        self._found[report, words or ""] = made
        return made.number


def joined_words(spans: Iterable[Span]) -> str:
    """Spans of one text in its order, those within others left out, with a sign for what stands between."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if not kept or span.end > kept[-1].end:
            kept.append(span)
    return line(" … ".join(span.text for span in kept))

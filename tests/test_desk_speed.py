"""The desk is quick on a generated casebook; ``make bench`` measures it on a large one."""

from __future__ import annotations

from pathlib import Path

import benchmarks.desk
import pytest
from benchmarks.desk import measure, pages, percentiles, prepared
from benchmarks.desk_casebook import TELLINGS, fill

import reportedly.casebook
from reportedly.casebook import Filter
from reportedly.incidents.records import Incident
from reportedly.records import Claim, Relation

INCIDENTS = 600


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A small generated casebook."""
    address = str(tmp_path_factory.mktemp("generated") / "casebook.sqlite")
    fill(address, INCIDENTS)
    return address


def test_pages_are_quick_on_a_small_casebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Measured as the benchmark does: the casebook is made once, kept with what the desk works out of it, and copied."""
    for name, value in (("INCIDENTS", INCIDENTS), ("ROUNDS", 3), ("KEPT", tmp_path / "kept"), ("MEDIAN", 1500), ("LATE", 4000)):
        monkeypatch.setattr(benchmarks.desk, name, value)
    made = prepared(INCIDENTS)
    before = made.stat().st_mtime_ns
    result = measure(None)  # type: ignore[arg-type]
    named = {figure.name for figure in result.figures}
    assert {f"`{page}`, median ms" for page in pages(INCIDENTS)} <= named
    assert any(figure.name.startswith("review") for figure in result.figures)
    assert result.errors == []
    assert [path for path in (tmp_path / "kept").iterdir() if path.name == made.name] == [made]
    assert made.stat().st_mtime_ns == before


def test_generated_casebook_is_like_a_real_one(generated: str) -> None:
    """Its records are read as any others, and exports and filters work on them."""
    with reportedly.casebook.open(generated) as book:
        assert book.counts()["claims"] == INCIDENTS * TELLINGS
        incident = next(book.incidents(Filter(newest=True)))
        assert len(incident.members) == TELLINGS
        claim = next(book.claims(Filter(within=Filter(status="disputed"))))
        assert claim.incidents and claim.evidence


def test_generated_records_are_what_the_casebook_writes(generated: str) -> None:
    """Rows are written straight: each must be the very row that the casebook makes of its record, and spans hold their words."""
    with reportedly.casebook.open(generated) as book:
        from reportedly.casebook import models, rows

        register = {actor.key: actor for actor in models.Actor.objects.using(book.alias)}
        for row in models.Claim.objects.using(book.alias).select_related("report")[:200]:
            claim = Claim.model_validate_json(row.record)
            made = rows.claim_row(claim, row.report)
            own = {"id", "merging"}
            for field in row._meta.concrete_fields:
                if field.attname not in own:
                    assert getattr(row, field.attname) == getattr(made, field.attname), field.attname
            parties = rows.party_rows(claim, row, register)
            stored = row.parties.order_by("role", "pk")
            of = [[(one.role, one.actor_id, one.name, one.folded) for one in found] for found in (stored, parties)]
            assert of[0] == of[1]
            spans = (*claim.actors, *claim.targets, *claim.counts, claim.trigger, *claim.evidence, *filter(None, [claim.place]))
            assert all(row.report.text[span.start : span.end] == span.text for span in spans)
        for bond in models.Relation.objects.using(book.alias).select_related("report")[:50]:
            relation = Relation.model_validate_json(bond.record)
            assert bond.record == relation.model_dump_json(by_alias=True)
            ends = (relation.a, relation.b, *relation.evidence)
            assert all(bond.report.text[span.start : span.end] == span.text for span in ends)
        for record in models.Incident.objects.using(book.alias).values_list("record", flat=True)[:50]:
            assert record == Incident.model_validate_json(record).model_dump_json()


def test_percentiles() -> None:
    assert percentiles([float(number) for number in range(1, 101)]) == (50.5, 95.0)

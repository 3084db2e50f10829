"""Indexes that only the desk's pages need, on tables of the casebook."""

from __future__ import annotations

from django.db import connections

INDEXES = {
    "desk_incident_light": "casebook_incident (day, key, claims, reports, lat, lon, family, standing, review, place)",
    "desk_incident_reports": "casebook_incident (reports, day, key)",
    "desk_incident_view": "casebook_incident (claims, last_day, day, standing, family, review, iso2, lat, lon, first_day)",
    "desk_incident_place": "casebook_incident (place, day DESC, key)",
    "desk_decision_subject": "casebook_decision (subject_kind, subject)",
    "desk_claim_place": "casebook_claim (place)",
    "desk_claim_voice": "casebook_claim (voice_folded)",
    "desk_claim_precision": "casebook_claim (precision)",
    "desk_party_name": "casebook_claimactor (folded, claim_id)",
    "desk_party_actor": "casebook_claimactor (actor_id, role, claim_id)",
    "desk_party_unnamed": "casebook_claimactor (actor_id, name, kind)",
    "desk_relation_kind": "casebook_relation (kind, day)",
    "desk_report_source": "casebook_report (source_id, day)",
}


def ensure(using: str) -> None:
    """Create what is missing. Runs at every start, so that an index lost when a table was rebuilt comes back."""
    with connections[using].cursor() as cursor:
        for name, columns in INDEXES.items():
            cursor.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {columns}")

"""The addresses of the desk."""

from __future__ import annotations

from django.urls import path

from reportedly.desk.api import api
from reportedly.desk.views import (
    account,
    actors,
    adding,
    downloads,
    incidents,
    knowledge,
    relations,
    reports,
    review,
    search,
    sources,
    team,
    threats,
    today,
)

urlpatterns = [
    path("", today.today, name="today"),
    path("reports", reports.listing, name="reports"),
    path("reports/<path:key>", reports.reader, name="report"),
    path("incidents", incidents.listing, name="incidents"),
    path("incidents/<str:key>", incidents.incident, name="incident"),
    path("map", incidents.map_page, name="map"),
    path("claims/<path:key>", reports.claim, name="claim"),
    path("actors", actors.listing, name="actors"),
    path("actors/<str:key>", actors.actor, name="actor"),
    path("relations", relations.listing, name="relations"),
    path("relations/pair", relations.pair, name="pair"),
    path("threats", threats.listing, name="threats"),
    path("review", review.next_item, name="review"),
    path("review/decide", review.decide, name="decide"),
    path("review/undo", review.undo, name="undo"),
    path("review/reverse", review.reverse, name="reverse"),
    path("review/agreement", review.agreement, name="agreement"),
    path("search", search.search, name="search"),
    path("sources", sources.listing, name="sources"),
    path("sources/grade", sources.grade, name="grade"),
    path("sources/note", sources.note_source, name="source_note"),
    path("sources/feeds", sources.feeds, name="feeds"),
    path("codebook", knowledge.codebook, name="codebook"),
    path("add", adding.add, name="add"),
    path("add/<int:number>", adding.job, name="job"),
    path("download/<str:kind>", downloads.download, name="download"),
    path("team", team.team, name="team"),
    path("team/account", team.change, name="team_change"),
    path("team/token", team.token, name="team_token"),
    path("team/trail", team.trail, name="trail"),
    path("api/", api.urls),
    path("sign-in", account.sign_in, name="sign_in"),
    path("sign-out", account.sign_out, name="sign_out"),
    path("start/<str:secret>", account.start, name="start"),
    path("password", account.password, name="password"),
]

handler403 = "reportedly.desk.views.account.refused"
handler404 = "reportedly.desk.views.account.missing"
handler500 = "reportedly.desk.views.account.broken"

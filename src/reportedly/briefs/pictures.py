"""The map and the timeline of a brief as SVG: self-contained, without script, the same for the same brief."""

from __future__ import annotations

from datetime import date, timedelta
from html import escape
from itertools import groupby
from typing import Final

from reportedly.briefs.records import Brief, Spot
from reportedly.drawing import lanes, timeline
from reportedly.drawing import map as maps
from reportedly.wording import STANDINGS, short

COLOURS: Final = {
    "several_independent": "#2f7a4d",
    "acknowledged_by_both": "#1c5d99",
    "one_voice": "#6b7482",
    "disputed": "#a9500a",
    "denied": "#a83232",
}
"""The colour of a standing; numbers and badges say the same without colour."""
INK: Final = "#1f2428"
SOFT: Final = "#565e66"
FONT: Final = 'font-family="\'Liberation Sans\', Arial, sans-serif" font-size="12"'
BORDERS: Final = {
    "unit": 'stroke="#b3ad9d" stroke-width="0.6"',
    "country": 'stroke="#8d8778" stroke-width="1.1"',
    "disputed": f'stroke="{INK}" stroke-width="1.6" stroke-linecap="round" stroke-dasharray="0.1 3.4"',
}
"""How borders are drawn: disputed ones dotted, whoever holds the area."""
MAP: Final = (700, 255)
MOST_LANES: Final = 40
BEFORE: Final = timedelta(days=30)
"""How far before the window the timeline reaches at most, or as far as the window is long."""


def map_svg(brief: Brief) -> str | None:
    """The map: a dot where a place is told, a broken ring where only an area is; ``None`` where nothing can be shown."""
    groups = [list(group) for _, group in groupby(sorted(brief.spots, key=_at), key=_at)]
    points = [_point(group) for group in groups]
    box = maps.around((point.lat, point.lon) for point in points)
    if box is None:
        return None
    drawn = maps.draw(points, box, *MAP)
    parts = [f'<rect width="{drawn.width}" height="{drawn.height}" fill="#f3f4f3"/>']
    parts += [
        f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="#dcdedd" stroke-width="0.6"/>' for x1, y1, x2, y2 in drawn.lines
    ]
    parts += [f'<path d="{path}" fill="#e9e5da" fill-rule="evenodd" stroke="#9d978a" stroke-width="0.4"/>' for path in drawn.land]
    parts += [f'<path d="{path}" fill="none" stroke-linejoin="round" {BORDERS[kind]}/>' for kind, path in drawn.borders]
    looks = f'text-anchor="middle" font-size="11" letter-spacing="1" fill="{SOFT}"'
    parts += [f'<text x="{x}" y="{y + 4}" {looks}>{escape(name.upper())}</text>' for x, y, name in drawn.countries]
    for dot in drawn.dots:
        colour = COLOURS.get(dot.point.standing, INK)
        ring = f'fill="{colour}" fill-opacity="0.12" stroke="{colour}" stroke-width="1.6" stroke-dasharray="5 3"'
        looks = ring if dot.is_area else f'fill="{colour}" stroke="#fff" stroke-width="1.4"'
        title = f"<title>{escape(dot.point.label)}</title>"
        parts.append(f'<circle cx="{dot.x}" cy="{dot.y}" r="{dot.r if dot.is_area else 6.5}" {looks}>{title}</circle>')
    for x, y, anchor, name in drawn.names:
        halo = 'paint-order="stroke" stroke="#f7f5ef" stroke-width="3"'
        parts.append(f'<text x="{x}" y="{y + 4}" text-anchor="{anchor}" fill="{INK}" {halo}>{escape(name)}</text>')
    base = drawn.height - 12
    parts.append(f'<line x1="12" y1="{base}" x2="{drawn.scale_px + 12}" y2="{base}" stroke="{INK}" stroke-width="1.5"/>')
    parts.append(f'<text x="12" y="{base - 6}" fill="{SOFT}">{drawn.scale_km} km</text>')
    label = f"Map of {len(brief.spots)} acts: " + "; ".join(f"{spot.number} {spot.place}" for spot in brief.spots)
    return _svg(drawn.width, drawn.height, label, parts)


def timeline_svg(brief: Brief) -> str | None:
    """The timeline: a line an act from its first to its last possible day, or bars where there are very many."""
    earliest, latest = shown_days(brief)
    spans = [
        lanes.Span(
            date.fromisoformat(one.first), date.fromisoformat(one.last), f"{one.number}  {short(one.label, 34)}", one.standing
        )
        for one in brief.stretches
    ]
    if len(spans) > MOST_LANES:
        return _bars(brief, earliest)
    drawn = lanes.draw(spans, earliest, latest)
    if drawn is None:
        return None
    base = drawn.height - lanes.BOTTOM + 4
    parts = [f'<line x1="{drawn.left}" y1="{base}" x2="{drawn.width}" y2="{base}" stroke="{SOFT}"/>']
    for x, name in drawn.ticks:
        parts.append(f'<line x1="{x}" y1="2" x2="{x}" y2="{base}" stroke="#dcd8ce" stroke-width="0.8"/>')
        parts.append(f'<text x="{x + 3}" y="{drawn.height - 5}" fill="{SOFT}">{escape(name)}</text>')
    for lane in drawn.lanes:
        colour = COLOURS.get(lane.span.standing, INK)
        parts.append(f'<text x="0" y="{lane.y + 4}" fill="{INK}">{escape(lane.span.label)}</text>')
        if lane.is_day:
            parts.append(f'<circle cx="{lane.x1}" cy="{lane.y}" r="6" fill="{colour}"/>')
        else:
            dash = ' stroke-dasharray="5 4"'
            parts.append(
                f'<line x1="{lane.x1}" y1="{lane.y}" x2="{lane.x2}" y2="{lane.y}" stroke="{colour}" stroke-width="5"{dash}/>'
            )
        if lane.is_cut:
            parts.append(f'<path d="M{lane.x1} {lane.y - 6}l-8 6l8 6Z" fill="{colour}"/>')
    label = "Timeline: " + "; ".join(f"{one.number} {one.label}, {_days(one.first, one.last)}" for one in brief.stretches)
    return _svg(drawn.width, drawn.height, label, parts)


def shown_days(brief: Brief) -> tuple[date, date]:
    """The first and last day that the timeline shows."""
    first, last = date.fromisoformat(brief.window.since[:10]), date.fromisoformat(brief.window.until[:10])
    return first - max(BEFORE, last - first), last


def legend(brief: Brief) -> list[tuple[str, str]]:
    """Colour and words of each standing that the drawings show."""
    shown = {spot.standing for spot in brief.spots} | {one.standing for one in brief.stretches}
    return [(colour, STANDINGS[standing]) for standing, colour in COLOURS.items() if standing in shown]


def png(svg: str, scale: float = 2.0) -> bytes:
    """A drawing as PNG, for formats that take no SVG."""
    import vl_convert

    made: bytes = vl_convert.svg_to_png(svg, scale=scale)
    return made


def _bars(brief: Brief, earliest: date) -> str | None:
    """How many acts a day, for those of which one day is told."""
    days = [(date.fromisoformat(one.first), one.standing, 1) for one in brief.stretches if one.first == one.last]
    drawn = timeline.draw([row for row in days if row[0] >= earliest], lanes.WIDTH, 110)
    if drawn is None:
        return None
    base = drawn.height - 18
    parts = [f'<line x1="0" y1="{base}" x2="{drawn.width}" y2="{base}" stroke="{SOFT}"/>']
    for bar in drawn.bars:
        for part in bar.parts:
            colour = COLOURS.get(part.standing, INK)
            parts.append(f'<rect x="{bar.x}" y="{part.y}" width="{bar.width}" height="{part.height}" fill="{colour}"/>')
    parts += [f'<text x="{x}" y="{drawn.height - 4}" fill="{SOFT}">{escape(name)}</text>' for x, name in drawn.ticks]
    return _svg(drawn.width, drawn.height, f"Acts by {drawn.step}, most {drawn.most} in one {drawn.step}", parts)


def _at(spot: Spot) -> tuple[float, float, int]:
    return spot.lat, spot.lon, spot.precision


def _point(spots: list[Spot]) -> maps.Point:
    numbers = ", ".join(str(spot.number) for spot in spots)
    standings = {spot.standing for spot in spots}
    first = spots[0]
    return maps.Point(
        first.lat,
        first.lon,
        key=numbers,
        label=f"{numbers}: {first.place}{' (area)' if first.is_area else ''}",
        standing=first.standing if len(standings) == 1 else "",
        precision=first.precision,
        place=f"{short(first.place, 22)} ({numbers})",
    )


def _days(first: str, last: str) -> str:
    return first if first == last else f"{first} to {last}"


def _svg(width: int, height: int, label: str, parts: list[str]) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    return f'{head} role="img" aria-label="{escape(label)}" {FONT}>{"".join(parts)}</svg>'

"""``reportedly decide``: what a person says of a record, signed, dated, with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final, get_args

import typer

from reportedly.commands.options import (
    DEFAULT_CASEBOOK,
    ByOption,
    CasebookOption,
    JsonOption,
    WhyOption,
    check_signed,
    one_of,
    open_casebook,
)

if TYPE_CHECKING:
    from reportedly.casebook.book import Casebook
    from reportedly.casebook.stored import Decision

JOINING: Final = ("same", "different", "reject")
"""Verdicts that change which claims tell one incident."""


def decide(
    key: Annotated[str, typer.Argument(metavar="ID", help="The record: its id, or a beginning of it.")],
    verdict: Annotated[
        str, typer.Argument(metavar="VERDICT", help="accept, correct, reject, same, different or unsure.", show_default=False)
    ],
    what: Annotated[
        list[str] | None,
        typer.Argument(metavar="[OTHER|FIELD=VALUE...]", help="The other record, or what is right: killed=5 place=Gao."),
    ] = None,
    by: ByOption = "",
    why: WhyOption = None,
    casebook: CasebookOption = DEFAULT_CASEBOOK,
    as_json: JsonOption = False,
) -> None:
    """Accept, correct or reject a record, or call two claims or incidents the same or different; signed, dated, undoable."""
    from reportedly.commands.setup import join_claims
    from reportedly.commands.terminal import json_text, notice, write

    with open_casebook(casebook) as book:
        from reportedly.casebook.decisions import Verdict

        check_signed(by)
        one_of("VERDICT", verdict, get_args(Verdict))
        known = {decision.id for decision in book.decisions(by=by)}
        made = book.decide(key, verdict, by=by, why=why, **_what(book, key, verdict, what or []))  # type: ignore[arg-type]
        if verdict in JOINING:
            join_claims(book)
        if as_json:
            write(json_text(made, indent=2) + "\n")
            return
        if made.id in known:
            notice("This was decided before, and holds.")
        _show(book, made)


def _what(book: Casebook, key: str, verdict: str, what: list[str]) -> dict[str, Any]:
    """The other record, or the correction, as :meth:`Casebook.decide` takes it."""
    from reportedly.desk.correcting import corrections
    from reportedly.errors import SettingError
    from reportedly.incidents.records import Incident

    if verdict == "correct":
        if not what:
            raise SettingError(
                "a correction says what is right.", remedy="Write it after the verdict, as in: killed=5 place=Gao."
            )
        kind = "incident" if isinstance(book.get(key), Incident) else "claim"
        return {"correction": corrections(kind, what)}
    if len(what) > 1:
        raise SettingError("too much is named.", where=what[1], remedy="At most one other record.")
    return {"other": what[0]} if what else {}


def _show(book: Casebook, made: Decision) -> None:
    from reportedly.commands.show import show_decision
    from reportedly.commands.terminal import notice, say
    from reportedly.commands.wording import short_id

    show_decision(made)
    if (outcome := effect(book, made)) is not None:
        say(f"\n{outcome}")
    notice(f"Take it back with: reportedly undo {short_id(made.id)}")


def effect(book: Casebook, made: Decision) -> str | None:
    """What a decision, or taking it back, has made of incidents, in words; ``None`` where it says nothing of them."""
    if made.verdict in ("same", "different") and made.other is not None:
        ours, theirs = homes(book, made.subject), homes(book, made.other)
        if not ours or not theirs:
            return "One of the two tells no incident now."
        if ours == theirs:
            held = "They are one incident" if len(ours) == 1 else "They are in the same incidents"
            return f"{held}: {', '.join(ours)}"
        return f"They are in different incidents: {', '.join(ours)} and {', '.join(theirs)}"
    if made.verdict == "reject" and made.subject_kind in ("claim", "incident"):
        ours = homes(book, made.subject)
        return f"It is told in {', '.join(ours)}." if ours else "It tells no incident now."
    return None


def homes(book: Casebook, key: str) -> list[str]:
    """The incidents that a claim is in now, or that an incident's claims went to."""
    from reportedly.casebook.stored import StoredClaim
    from reportedly.errors import CasebookError
    from reportedly.incidents.records import Incident

    try:
        found = book.get(key)
    except CasebookError:
        return []
    if isinstance(found, StoredClaim):
        return list(found.incidents)
    if not isinstance(found, Incident):
        return []
    if found.members:
        return [found.id]
    heir = next(
        (step.other for step in reversed(book.trail(found.id)) if step.kind == "merged" and step.incident == found.id), None
    )
    return homes(book, heir) if heir is not None else []

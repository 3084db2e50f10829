"""``reportedly demo``: the main job on a few invented reports."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from reportedly.casebook.book import Casebook
    from reportedly.casebook.stored import StoredClaim
    from reportedly.incidents.records import Incident

FOLDER = Path("demo-casebook")
FILE = "casebook.sqlite"
CLAIMS_SHOWN = 3


def demo(
    folder: Annotated[Path, typer.Option(metavar="FOLDER", help="Where the demo's casebook is made anew.")] = FOLDER,
) -> None:
    """Read nine invented reports of one week into a new casebook, and show who says what.

    The groups and acts are invented, the places real. Takes less than a minute.
    """
    import time
    from importlib import resources

    from reportedly import casebook as casebooks
    from reportedly.commands.add import summary, take_in
    from reportedly.commands.terminal import near_path, own_command, say, write
    from reportedly.commands.wording import short_id
    from reportedly.intake import Options

    started = time.monotonic()
    file = _new_casebook(folder)
    say("Nine reports from seven sources on one week in southern Bolivia.", "bold")
    say("All is invented for this demo: groups, people, acts. Only the places are real.")
    say()
    with resources.as_file(resources.files("reportedly.demo") / "reports") as reports, casebooks.open(file) as book:
        outcome = take_in(book, [str(reports)], Options(keep_original=True))
        say(summary(outcome, book))
        show_claims(book)
        show_incidents(book)
        show_speech(book)
        show_relations(book)
        first = max(book.incidents(), key=lambda incident: len(incident.members), default=None)
    say()
    say(f"Done in {time.monotonic() - started:.0f} seconds. Go on with:", "bold")
    say()
    command = own_command()
    write(f"  export REPORTEDLY_CASEBOOK={near_path(str(file))}\n")
    for rest in (
        f"show {short_id(first.id) if first else 'ID'}",
        "claims --actor Brigade",
        "search nurses",
        "export --layout csv --output claims.csv",
    ):
        write(f"  {command} {rest}\n")


def _new_casebook(folder: Path) -> Path:
    """The path of the casebook, with what an earlier demo left there removed."""
    from reportedly.errors import SettingError

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingError(
            f"the folder cannot be made ({error.strerror}).", where=str(folder), remedy="Name another with --folder."
        ) from error
    file = folder / FILE
    for name in (FILE, f"{FILE}-wal", f"{FILE}-shm"):
        (folder / name).unlink(missing_ok=True)
    return file


def show_claims(book: Casebook) -> None:
    """A claim of each of the first reports in which somebody else speaks, with its words and voices."""
    from reportedly.commands.terminal import console, say
    from reportedly.commands.views import SPOKEN, claims_table

    _heading("Claims: what is said to have happened, in which words, and who says so")
    shown: dict[str, StoredClaim] = {}
    for claim in book.claims():
        if claim.counts and len(claim.attribution) > 1 and claim.family not in SPOKEN and not claim.background:
            shown.setdefault(claim.report, claim)
    some = sorted(shown.values(), key=lambda claim: (claim.published or "", claim.report))[:CLAIMS_SHOWN]
    console().print(claims_table((claim, claim.source) for claim in some))
    say(f"\n{len(some)} of {book.counts()['claims']} claims are shown.", "dim")


def show_incidents(book: Casebook) -> None:
    """Incidents that several claims tell."""
    from reportedly.commands.terminal import console, say
    from reportedly.commands.views import incidents_table

    told = [incident for incident in book.incidents() if _is_worth_showing(incident)]
    _heading("Incidents: claims of one act side by side (figures are never added up)")
    console().print(incidents_table(book, told))
    if not told:
        say("No two claims tell the same act.")


def _is_worth_showing(incident: Incident) -> bool:
    return len({member.report for member in incident.members}) > 1


def show_speech(book: Casebook) -> None:
    """Claims of responsibility, denials, accusations and threats: said, not happened."""
    from reportedly.casebook import Filter

    headings = {
        "claim_of_responsibility": "Who claims it",
        "denial": "Who denies what",
        "accusation": "Who accuses whom",
        "threat": "Threats",
    }
    for family, heading in headings.items():
        found = list(book.claims(Filter(family=family)))
        if found:
            _heading(heading)
            _show_words(found)


def _show_words(claims: Sequence[StoredClaim]) -> None:
    from rich.text import Text

    from reportedly.commands import wording
    from reportedly.commands.terminal import console
    from reportedly.commands.views import fields, quoted

    rows: list[tuple[str, str | Text]] = []
    for claim in claims:
        said = Text(wording.chain(claim.attribution, claim.source) + "\n", style="cyan")
        said.append_text(quoted(wording.quote(claim), 200))
        rows.append((claim.published[:10] if claim.published else "no date", said))
    console().print(fields(rows, width=10))


def show_relations(book: Casebook) -> None:
    """What binds or divides the groups."""
    from reportedly.commands.terminal import console
    from reportedly.commands.views import relations_table

    relations = list(book.relations())
    if relations:
        _heading("Relations between the groups")
        console().print(relations_table((relation, relation.source) for relation in relations))


def _heading(text: str) -> None:
    from reportedly.commands.terminal import say

    say()
    say(text, "bold underline")
    say()
